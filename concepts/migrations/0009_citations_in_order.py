from django.db import migrations

from eerstelijn.ordered import OrderedManyToManyField, OrderLinks

MODELS = [
    "access",
    "audience",
    "claim",
    "conceptrelation",
    "coverage",
    "keyfigure",
    "legalbasis",
    "lostlink",
    "milestone",
    "ownership",
    "participation",
    "passage",
    "standing",
    "term",
]

#: What was published keeps its order of until now; the guards let that be written down.
UNGUARDED = "SELECT set_config('eerstelijn.laadt_gegevens', '{}', true)"


def citations():
    return OrderedManyToManyField(
        "governance.citation",
        blank=True,
        related_name="cited_%(app_label)s_%(class)s",
        verbose_name="bronnen",
        help_text="Waar het staat. Minstens één plaats; eerst die waar het het best staat.",
    )


class Migration(migrations.Migration):
    """Whoever cites says in which order."""

    dependencies = [("concepts", "0008_standing"), ("governance", "0008_citations_in_order")]

    operations = [
        migrations.RunSQL(UNGUARDED.format("ja"), migrations.RunSQL.noop),
        *(OrderLinks(model, "citations", citations()) for model in MODELS),
        OrderLinks(
            "milestone",
            "outcome_citations",
            OrderedManyToManyField(
                "governance.citation",
                blank=True,
                related_name="cited_outcomes",
                verbose_name="bronnen van de afloop",
            ),
        ),
        migrations.RunSQL(UNGUARDED.format(""), migrations.RunSQL.noop),
    ]
