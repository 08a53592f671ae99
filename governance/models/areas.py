"""Coverage areas (werkingsgebieden): their kinds, names and dated membership."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from eerstelijn.records import Page, Record, RecordQuerySet, Slugged
from governance.models.sources import Cited


class AreaKind(Cited, Slugged):
    """A kind of area, which is also a scale that a concept is organised at."""

    class Composition(models.TextChoices):
        KNOWN = "volledig", "samenstelling bekend"
        PARTIAL = "gedeeltelijk", "samenstelling gedeeltelijk bekend"
        UNKNOWN = "onbekend", "samenstelling onbekend"
        NONE = "geen", "schaal zonder eigen gebieden"

    name = models.CharField(
        "naam", max_length=80, unique=True, help_text="In het enkelvoud: eerstelijnszone."
    )
    plural = models.CharField("meervoud", max_length=80)
    position = models.PositiveSmallIntegerField(
        "volgorde", default=0, help_text="Van klein naar groot."
    )
    composition = models.CharField(
        "samenstelling", max_length=20, choices=Composition, default=Composition.UNKNOWN
    )
    description = models.TextField("wat het is", blank=True)

    class Meta:
        verbose_name = "soort gebied"
        verbose_name_plural = "soorten gebieden"
        ordering = ["position", "name"]

    def get_absolute_url(self):
        return f"{reverse('governance:coveragearea-list')}?soort={self.slug}"


class CoverageAreaQuerySet(RecordQuerySet):
    def with_names(self):
        return self.select_related("kind").prefetch_related("names")


class CoverageArea(Cited, Page):
    """One area. It keeps its identity while its kind and NIS code stay; its names are dated."""

    view_name = "governance:coveragearea-detail"

    kind = models.ForeignKey(
        AreaKind, models.PROTECT, related_name="areas", verbose_name="soort gebied"
    )
    name = models.CharField(
        "naam vandaag",
        max_length=120,
        help_text="De naam die nu geldt; vroegere namen staan hieronder met hun data.",
    )
    nis = models.CharField("NIS-code", max_length=5, blank=True)
    valid_from = models.DateField("bestaat van", null=True, blank=True)
    valid_until = models.DateField("bestaat tot en met", null=True, blank=True)
    note = models.TextField("toelichting", blank=True)

    objects = CoverageAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "werkingsgebied"
        verbose_name_plural = "werkingsgebieden"
        ordering = ["kind__position", "name", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "nis"],
                condition=~Q(nis=""),
                name="governance_coveragearea_unique_nis",
                violation_error_message="Er is al een gebied van deze soort met die NIS-code.",
            ),
            models.CheckConstraint(
                condition=Q(nis="") | Q(nis__regex=r"^\d{5}$"),
                name="governance_coveragearea_nis",
                violation_error_message="Een NIS-code heeft vijf cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__lte=F("valid_until")),
                name="governance_coveragearea_from_until",
                violation_error_message="Het einde valt vóór het begin.",
            ),
        ]

    def name_on(self, day):
        """The name that the area bore on a day."""
        for row in self.names.all():
            if (row.valid_from or day) <= day <= (row.valid_until or day):
                return row.name
        return self.name


def _days(start, end):
    """The days of a validity as a database range, both ends included, for constraints."""
    return Func(F(start), F(end), Value("[]"), function="daterange")


class DatedByDay(models.Model):
    """A row of reference data that holds from a day up to and including a day."""

    valid_from = models.DateField("van", null=True, blank=True)
    valid_until = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__lte=F("valid_until")),
                name="%(app_label)s_%(class)s_from_until",
                violation_error_message="Het einde valt vóór het begin.",
            )
        ]

    def clean(self):
        super().clean()
        # Before the exclusion constraint: a reversed range would be a database error there.
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValidationError({"valid_until": "Het einde valt vóór het begin."})


class AreaName(DatedByDay, Cited, Record):
    """A name that an area bore for some time."""

    key_fields = ("area__slug", "name", "valid_from")

    area = models.ForeignKey(
        CoverageArea, models.CASCADE, related_name="names", verbose_name="gebied"
    )
    name = models.CharField("naam", max_length=120)

    class Meta(DatedByDay.Meta):
        verbose_name = "naam van een gebied"
        verbose_name_plural = "namen van een gebied"
        ordering = ["area__slug", "valid_from", "name"]
        constraints = [
            *DatedByDay.Meta.constraints,
            ExclusionConstraint(
                name="governance_areaname_one_at_a_time",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    (_days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Een gebied heeft op elke dag één naam.",
            ),
        ]

    def __str__(self):
        return self.name


class AreaMembership(DatedByDay, Cited, Record):
    """An area lies in another for some time, wholly or for the part that is named."""

    key_fields = ("area__slug", "member__slug", "part", "valid_from")

    area = models.ForeignKey(
        CoverageArea, models.PROTECT, related_name="memberships", verbose_name="gebied"
    )
    member = models.ForeignKey(
        CoverageArea, models.PROTECT, related_name="containers", verbose_name="onderdeel"
    )
    part = models.CharField(
        "welk deel",
        max_length=200,
        blank=True,
        help_text="Leeg als het helemaal in het gebied ligt. Bijvoorbeeld: postcodes 2000, 2018.",
    )

    class Meta(DatedByDay.Meta):
        verbose_name = "ligging"
        verbose_name_plural = "liggingen"
        ordering = ["area__slug", "member__slug", "part", "valid_from"]
        constraints = [
            *DatedByDay.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(area=F("member")),
                name="governance_areamembership_not_itself",
                violation_error_message="Een gebied ligt niet in zichzelf.",
            ),
            ExclusionConstraint(
                name="governance_areamembership_no_overlap",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    ("part", RangeOperators.EQUAL),
                    (_days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze ligging staat er al voor een deel van die tijd.",
            ),
        ]

    def __str__(self):
        return f"{self.member} in {self.area}"


class AreaLine(models.Model):
    """Whether what holds in a territory says something of a place, flattened over every step.

    `is_whole`: all of the place lies in the territory. Otherwise only a part does, or the place is
    the larger of the two and the territory is only a part of it. Every area has a whole line to
    itself. Derived from the memberships (see `governance.lines`); never edited by hand.
    """

    place = models.ForeignKey(CoverageArea, models.CASCADE, related_name="lines_to_territory")
    territory = models.ForeignKey(CoverageArea, models.CASCADE, related_name="lines_to_place")
    is_whole = models.BooleanField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        verbose_name = "liggingslijn"
        verbose_name_plural = "liggingslijnen"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "territory", "is_whole", "valid_from", "valid_until"],
                name="governance_arealine_unique",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.place} / {self.territory}"
