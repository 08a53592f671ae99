from django.db import migrations

#: Tables whose rows belong to a version, with the way from a row to that version.
STATEMENTS = [
    "access",
    "audience",
    "conceptrelation",
    "coverage",
    "keyfigure",
    "legalbasis",
    "milestone",
    "ownership",
    "participation",
    "passage",
]
LINKS = [(name, f"{name}_citations") for name in STATEMENTS] + [
    ("coverage", "coverage_territory"),
    ("milestone", "milestone_outcome_citations"),
]

REFUSE = """
CREATE FUNCTION concepts_refuse_published(version_id bigint) RETURNS void AS $$
BEGIN
    -- laad_gegevens fills published versions row by row, and says so for its own transaction.
    IF coalesce(current_setting('eerstelijn.laadt_gegevens', true), '') = 'ja' THEN
        RETURN;
    END IF;
    PERFORM 1 FROM concepts_conceptversion
        WHERE id = version_id AND published_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'De inhoud van een gepubliceerde versie verandert niet. '
            'Maak een nieuwe werkversie.' USING ERRCODE = 'restrict_violation';
    END IF;
END;
$$ LANGUAGE plpgsql;

CREATE FUNCTION concepts_guard_version() RETURNS trigger AS $$
BEGIN
    IF coalesce(current_setting('eerstelijn.laadt_gegevens', true), '') = 'ja' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF OLD.published_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    -- The status moves on and the search index is derived; all else stays as it was published.
    IF TG_OP = 'DELETE' OR
        (to_jsonb(NEW) - 'status' - 'search') IS DISTINCT FROM
        (to_jsonb(OLD) - 'status' - 'search')
    THEN
        RAISE EXCEPTION 'De inhoud van een gepubliceerde versie verandert niet. '
            'Maak een nieuwe werkversie.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER concepts_conceptversion_read_only
    BEFORE UPDATE OR DELETE ON concepts_conceptversion
    FOR EACH ROW EXECUTE FUNCTION concepts_guard_version();

CREATE FUNCTION concepts_guard_statement() RETURNS trigger AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        PERFORM concepts_refuse_published(OLD.version_id);
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        PERFORM concepts_refuse_published(NEW.version_id);
        RETURN NEW;
    END IF;
    RETURN OLD;
END;
$$ LANGUAGE plpgsql;

CREATE FUNCTION concepts_guard_described_by() RETURNS trigger AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        PERFORM concepts_refuse_published(OLD.conceptversion_id);
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        PERFORM concepts_refuse_published(NEW.conceptversion_id);
        RETURN NEW;
    END IF;
    RETURN OLD;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER concepts_described_by_read_only
    BEFORE INSERT OR UPDATE OR DELETE ON concepts_conceptversion_described_by
    FOR EACH ROW EXECUTE FUNCTION concepts_guard_described_by();
"""

ALLOW = """
DROP TRIGGER concepts_described_by_read_only ON concepts_conceptversion_described_by;
DROP TRIGGER concepts_conceptversion_read_only ON concepts_conceptversion;
DROP FUNCTION concepts_guard_described_by();
DROP FUNCTION concepts_guard_statement();
DROP FUNCTION concepts_guard_version();
DROP FUNCTION concepts_refuse_published(bigint);
"""

GUARD_STATEMENT = """
CREATE TRIGGER concepts_{name}_read_only
    BEFORE INSERT OR UPDATE OR DELETE ON concepts_{name}
    FOR EACH ROW EXECUTE FUNCTION concepts_guard_statement();
"""

GUARD_LINK = """
CREATE FUNCTION concepts_guard_{link}() RETURNS trigger AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        PERFORM concepts_refuse_published(version_id)
            FROM concepts_{name} WHERE id = OLD.{name}_id;
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        PERFORM concepts_refuse_published(version_id)
            FROM concepts_{name} WHERE id = NEW.{name}_id;
        RETURN NEW;
    END IF;
    RETURN OLD;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER concepts_{link}_read_only
    BEFORE INSERT OR UPDATE OR DELETE ON concepts_{link}
    FOR EACH ROW EXECUTE FUNCTION concepts_guard_{link}();
"""

FREE_STATEMENT = "DROP TRIGGER concepts_{name}_read_only ON concepts_{name};"
FREE_LINK = """
DROP TRIGGER concepts_{link}_read_only ON concepts_{link};
DROP FUNCTION concepts_guard_{link}();
"""


class Migration(migrations.Migration):
    """The content of a version that was published is read-only; only its status moves on."""

    dependencies = [("concepts", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        *(
            migrations.RunSQL(GUARD_STATEMENT.format(name=name), FREE_STATEMENT.format(name=name))
            for name in STATEMENTS
        ),
        *(
            migrations.RunSQL(
                GUARD_LINK.format(name=name, link=link), FREE_LINK.format(link=link)
            )
            for name, link in LINKS
        ),
    ]
