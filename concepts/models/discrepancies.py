"""Where the sources contradict each other, or stay silent, or have been overtaken."""

from django.db import models
from django.db.models import Prefetch, Q

from concepts.models.concepts import Concept
from eerstelijn.choices import held_to_choices
from governance.models import Cited, Record, Slugged


@held_to_choices
class Discrepancy(Slugged):
    """A point on which sources differ, kept visible with the claim of each."""

    class Kind(models.TextChoices):
        CONTRADICTION = "tegenspraak", "tegenspraak"
        NUANCE = "nuance", "nuance"
        GAP = "leemte", "leemte"
        OUTDATED = "verouderd", "verouderd"

    name_field = "title"

    title = models.CharField(
        "wat botst",
        max_length=200,
        help_text="In één regel. Bijvoorbeeld: 133 zorgzame buurten, of 132?",
    )
    kind = models.CharField("soort", max_length=20, choices=Kind)
    concepts = models.ManyToManyField(
        Concept, blank=True, related_name="discrepancies", verbose_name="concepten"
    )
    note = models.TextField(
        "nota van de redactie", blank=True, help_text="Wat we kiezen en waarom, of waarom niet."
    )
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "tegenspraak of nuance"
        verbose_name_plural = "tegenspraken en nuances"
        ordering = ["position", "slug"]
        constraints = [*Slugged.Meta.constraints]

    @property
    def is_contradiction(self):
        return self.kind == self.Kind.CONTRADICTION

    @property
    def is_one_against_one(self):
        """Whether two claims stand against each other, and no third."""
        return len(self.claims.all()) == 2

    @property
    def preferred(self):
        """The claim that the site follows, or None when it makes no choice."""
        return next((claim for claim in self.claims.all() if claim.is_preferred), None)


class ClaimQuerySet(models.QuerySet):
    def to_public(self):
        """Claims on what the public can read of, with the public concepts that show them."""
        public = Concept.objects.public()
        hidden = Discrepancy.objects.exclude(concepts=None).exclude(concepts__in=public)
        return self.exclude(discrepancy__in=hidden).prefetch_related(
            Prefetch("discrepancy__concepts", public, to_attr="public_concepts")
        )


class Claim(Cited, Record):
    """What one source says on a point of difference."""

    key_fields = ("discrepancy__slug", "key")

    discrepancy = models.ForeignKey(
        Discrepancy, models.CASCADE, related_name="claims", verbose_name="tegenspraak"
    )
    key = models.SlugField("sleutel", max_length=60)
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    value = models.CharField("waarde, kort", max_length=120, help_text="Bijvoorbeeld: 133 buurten.")
    text = models.TextField("wat de bron zegt", blank=True, help_text="In je eigen woorden.")
    is_preferred = models.BooleanField(
        "deze volgen we", default=False, help_text="Hoogstens één. Laat uit als we niet kiezen."
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "bewering"
        verbose_name_plural = "beweringen"
        ordering = ["discrepancy__slug", "position", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["discrepancy", "key"], name="concepts_claim_unique_key"
            ),
            models.UniqueConstraint(
                fields=["discrepancy"],
                condition=Q(is_preferred=True),
                name="concepts_claim_one_preferred",
                violation_error_message="Je kunt maar één bewering volgen.",
            ),
        ]

    def __str__(self):
        return self.value

    @property
    def page_url(self):
        """Where a public page shows this, of a claim fetched `to_public`; "" when none does."""
        place = "tegenspraak" if self.discrepancy.is_contradiction else "kanttekening"
        concepts = self.discrepancy.public_concepts
        return f"{concepts[0].get_absolute_url()}#{place}" if concepts else ""
