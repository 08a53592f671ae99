import django.db.models.deletion
from django.db import migrations, models

from eerstelijn.database.migrating import at_once

GUARD = """
CREATE OR REPLACE FUNCTION concepts_guard_version() RETURNS trigger AS $$
DECLARE
    -- The status moves on, and the rest of these is derived from the content.
    moving text[] := ARRAY['status', 'search'{derived}];
BEGIN
    IF coalesce(current_setting('eerstelijn.laadt_gegevens', true), '') = 'ja' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF OLD.published_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    {withdrawal}
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
        RAISE EXCEPTION 'De inhoud van een gepubliceerde versie verandert niet. '
            'Maak een nieuwe werkversie.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
"""
NEW = GUARD.format(
    derived=", 'told'",
    withdrawal="""-- How it was withdrawn is written down when that happens, and then stays so.
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL THEN
        moving := moving
            || ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawn_reason', 'successor_id'];
    END IF;""",
)
OLD = GUARD.format(derived="", withdrawal="")


class Migration(migrations.Migration):
    """What readers are told of a change; how a version was withdrawn, and what took its place."""

    dependencies = [("concepts", "0014_one_word_for_area")]

    operations = at_once([
        migrations.AddField(
            model_name="conceptversion",
            name="told",
            field=models.JSONField(
                blank=True, editable=False, null=True, verbose_name="wat er veranderde"
            ),
        ),
        migrations.AddField(
            model_name="conceptversion",
            name="withdrawn_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="van de site gehaald op"
            ),
        ),
        migrations.AddField(
            model_name="conceptversion",
            name="withdrawn_by",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=150,
                verbose_name="van de site gehaald door",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="conceptversion",
            name="withdrawn_reason",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=300,
                verbose_name="waarom van de site",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="conceptversion",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="took_over",
                to="concepts.concept",
                verbose_name="vervangen door",
            ),
        ),
        migrations.AddConstraint(
            model_name="conceptversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_at", None), ("status", "gearchiveerd"), _connector="OR"),
                name="concepts_conceptversion_withdrawn_is_archived",
            ),
        ),
        migrations.RunSQL(NEW, OLD),
    ])
