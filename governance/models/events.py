"""Changes in the administration: mergers, renamings, transfers, foundations, reforms."""

from django.db import models

from eerstelijn.choices import held_to_choices
from eerstelijn.dates import Dated, passed_on
from governance.models.agencies import Agency, PolicyDomain
from governance.models.areas import CoverageArea
from governance.models.bases import ExactlyOne, Record, RecordQuerySet, Slugged
from governance.models.decrees import Decree
from governance.models.partners import Partner
from governance.models.sources import Cited


class ChangeEventQuerySet(RecordQuerySet):
    def unanswered(self, day):
        """Announced changes whose date went by, and that nobody said to have happened."""
        return self.filter(passed_on(day), status=ChangeEvent.Status.ANNOUNCED)


@held_to_choices
class ChangeEvent(Dated, Cited, Slugged):
    """A change with a before and an after: possible, announced, or done.

    Possible is what a source takes into account and nobody announced.
    """

    class Kind(models.TextChoices):
        FOUNDING = "oprichting", "oprichting"
        MERGER = "fusie", "fusie"
        RENAMING = "hernoeming", "hernoeming"
        TRANSFER = "overdracht", "overdracht"
        ABOLITION = "opheffing", "opheffing"
        REDIVISION = "herindeling", "herindeling"
        REFORM = "hervorming", "hervorming"

    class Status(models.TextChoices):
        POSSIBLE = "mogelijk", "mogelijk"
        ANNOUNCED = "aangekondigd", "aangekondigd"
        DONE = "gebeurd", "gebeurd"

    name = models.CharField(
        "wat er verandert", max_length=250, help_text="In één zin, met wie en wat."
    )
    kind = models.CharField("soort", max_length=20, choices=Kind)
    status = models.CharField("status", max_length=20, choices=Status)
    decree = models.ForeignKey(
        Decree,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="beslist door",
    )
    description = models.TextField("toelichting", blank=True)

    objects = ChangeEventQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "verandering bij de overheid"
        verbose_name_plural = "veranderingen bij de overheid"
        ordering = ["date_earliest", "slug"]
        constraints = [*Dated.Meta.constraints, *Slugged.Meta.constraints]

    @property
    def standing(self):
        """How sure it is, in words; "" for what happened."""
        said = {
            self.Status.POSSIBLE: "mogelijk (niet aangekondigd)",
            self.Status.ANNOUNCED: "aangekondigd in de bronnen",
        }
        return said.get(self.status, "")


SUBJECT = ExactlyOne(
    "agency",
    "partner",
    "policy_domain",
    "decree",
    "area",
    message="Kies precies één betrokkene per rij.",
)


@held_to_choices
class ChangeSubject(Record):
    """What a change is about: exactly one agency, partner, domain, act or area, before or after."""

    class Side(models.TextChoices):
        BEFORE = "voor", "voor de verandering"
        AFTER = "na", "na de verandering"

    key_fields = ("event__slug", "key")

    event = models.ForeignKey(
        ChangeEvent, models.CASCADE, related_name="subjects", verbose_name="verandering"
    )
    key = models.SlugField("sleutel", max_length=60)
    side = models.CharField("kant", max_length=10, choices=Side)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name="dienst",
    )
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name="partner",
    )
    policy_domain = models.ForeignKey(
        PolicyDomain,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name="beleidsdomein",
    )
    decree = models.ForeignKey(
        Decree,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name="regelgeving",
    )
    area = models.ForeignKey(
        CoverageArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name="gebied",
    )

    class Meta:
        verbose_name = "betrokkene bij een verandering"
        verbose_name_plural = "betrokkenen bij een verandering"
        ordering = ["event__slug", "-side", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "key"], name="governance_changesubject_unique_key"
            ),
            SUBJECT.constraint("governance_changesubject_exactly_one"),
        ]

    def __str__(self):
        return f"{self.get_side_display()}: {self.subject}"

    @property
    def subject(self):
        """The one record that this row is about."""
        return SUBJECT.target(self)

    def clean(self):
        super().clean()
        SUBJECT.check(self)
