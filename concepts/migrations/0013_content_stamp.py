from django.db import migrations

from concepts.models.guards import StampPublished
from eerstelijn.database.stamping import MoveStamp

FUNCTION = """
CREATE FUNCTION concepts_move_stamp() RETURNS trigger AS $$
DECLARE
    changed text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT * FROM entered'
        WHEN 'DELETE' THEN 'SELECT * FROM gone'
        ELSE 'SELECT * FROM gone UNION ALL SELECT * FROM entered' END;
    way text;
    is_public boolean;
    versions bigint[];
BEGIN
    IF TG_RELID = 'concepts_conceptversion'::regclass THEN
        EXECUTE format('SELECT bool_or(published_at IS NOT NULL) FROM (%s) changed', changed)
            INTO is_public;
    ELSE
        -- How a row leads to its version: by itself, or, of a link, by the statement that has it.
        SELECT format('SELECT %I FROM (%s) changed', attname, changed) INTO way
            FROM pg_constraint own
            JOIN pg_attribute ON attrelid = own.conrelid AND attnum = own.conkey[1]
            WHERE own.conrelid = TG_RELID AND own.contype = 'f'
                AND own.confrelid = 'concepts_conceptversion'::regclass;
        IF way IS NULL THEN
            SELECT format('SELECT version_id FROM %s WHERE id IN (SELECT %I FROM (%s) changed)',
                    link.confrelid::regclass, attname, changed) INTO STRICT way
                FROM pg_constraint link
                JOIN pg_attribute ON attrelid = link.conrelid AND attnum = link.conkey[1]
                JOIN pg_constraint said ON said.conrelid = link.confrelid AND said.contype = 'f'
                    AND said.confrelid = 'concepts_conceptversion'::regclass
                WHERE link.conrelid = TG_RELID AND link.contype = 'f';
        END IF;
        EXECUTE format('SELECT array_agg(DISTINCT version) FROM (%s) ways (version)', way)
            INTO versions;
        -- Who publishes such a working copy waits until this is done, and then moves the stamp; or
        -- this waits for him, and sees below that it is public.
        PERFORM 1 FROM concepts_conceptversion
            WHERE id = ANY (versions) AND published_at IS NULL ORDER BY id FOR SHARE;
        is_public := EXISTS (SELECT 1 FROM concepts_conceptversion
            WHERE id = ANY (versions) AND published_at IS NOT NULL);
    END IF;
    IF is_public THEN
        INSERT INTO content_stamp DEFAULT VALUES;
    END IF;
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;
"""

#: What belongs to a version: its working copies move nothing.
IN_VERSIONS = [
    "ConceptVersion",
    "Access",
    "Audience",
    "ConceptRelation",
    "Coverage",
    "KeyFigure",
    "LegalBasis",
    "Milestone",
    "Ownership",
    "Participation",
    "Passage",
    "Standing",
    "Review",
]

PLAIN = [
    "Alias",
    "Claim",
    "Concept",
    "Discrepancy",
    "IndexedWord",
    "LostLink",
    "SearchEntry",
    "TargetGroup",
    "Term",
    "WordPart",
]


class Migration(migrations.Migration):
    """The stamp of the content takes the place of that of the search index."""

    dependencies = [
        ("concepts", "0012_same_names"),
        ("governance", "0012_content_stamp"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION concepts_move_stamp()"),
        *(StampPublished(name) for name in IN_VERSIONS),
        *(MoveStamp(name) for name in PLAIN),
        migrations.DeleteModel(name="SearchStamp"),
    ]
