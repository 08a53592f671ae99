from importlib import import_module

from django.db import migrations

from concepts.models.guards import KeepPublished

before = import_module("concepts.migrations.0002_published_is_read_only")

GUARD_LINK = """
CREATE FUNCTION concepts_guard_link() RETURNS trigger AS $$
DECLARE
    statements regclass;
    side name;
    version_id bigint;
BEGIN
    IF coalesce(current_setting('eerstelijn.laadt_gegevens', true), '') = 'ja' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    -- Which of the two that are linked belongs to a version. Asked of the database itself: a name
    -- that stood here, or in the trigger, would no longer be right after the model is renamed.
    SELECT link.confrelid, attname INTO STRICT statements, side
        FROM pg_constraint link
        JOIN pg_attribute ON attrelid = link.conrelid AND attnum = link.conkey[1]
        JOIN pg_constraint said ON said.conrelid = link.confrelid AND said.contype = 'f'
            AND said.confrelid = 'concepts_conceptversion'::regclass
        WHERE link.conrelid = TG_RELID AND link.contype = 'f';
    FOR version_id IN
        EXECUTE format('SELECT version_id FROM %s WHERE id IN ($1, $2)', statements)
        USING (to_jsonb(OLD) ->> side)::bigint, (to_jsonb(NEW) ->> side)::bigint
    LOOP
        PERFORM concepts_refuse_published(version_id);
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END;
$$ LANGUAGE plpgsql;
"""


class Migration(migrations.Migration):
    """One function guards the links of every kind of statement, where each link had its own."""

    dependencies = [("concepts", "0006_words_of_a_list")]

    operations = [
        migrations.RunSQL(GUARD_LINK, "DROP FUNCTION concepts_guard_link()"),
        *(
            migrations.RunSQL(
                before.FREE_STATEMENT.format(name=name), before.GUARD_STATEMENT.format(name=name)
            )
            for name in before.STATEMENTS
        ),
        *(
            migrations.RunSQL(
                before.FREE_LINK.format(link=link), before.GUARD_LINK.format(name=name, link=link)
            )
            for name, link in before.LINKS
        ),
        *(KeepPublished(name) for name in before.STATEMENTS),
    ]
