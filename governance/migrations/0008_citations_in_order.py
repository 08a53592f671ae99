from django.db import migrations

from eerstelijn.ordered import OrderedManyToManyField, OrderLinks

MODELS = [
    "agency",
    "agencytask",
    "areakind",
    "areamembership",
    "areaname",
    "changeevent",
    "coveragearea",
    "decree",
    "decreedate",
    "decreerelation",
    "partner",
    "policydomain",
]


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

    dependencies = [("governance", "0007_words_of_a_list")]

    operations = [OrderLinks(model, "citations", citations()) for model in MODELS]
