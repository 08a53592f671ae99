"""Coverage areas (gebieden): their kinds, their dated names, the names of their parts."""

from functools import lru_cache

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import slugify

from eerstelijn.choices import held_to_choices
from eerstelijn.rules import CheckAtField, EachOnce, SameName, one_name
from governance.models.bases import Page, Record, RecordQuerySet, Slugged
from governance.models.days import DatedByDay, days_range, held_on
from governance.models.sources import Cited


@held_to_choices
class AreaKind(Cited, Slugged):
    """A kind of area, which is also a scale that a concept is organised at."""

    class Composition(models.TextChoices):
        KNOWN = "volledig", "samenstelling bekend"
        PARTIAL = "gedeeltelijk", "samenstelling gedeeltelijk bekend"
        UNKNOWN = "onbekend", "samenstelling onbekend"
        NONE = "geen", "soort zonder eigen gebieden"

    name = models.CharField("naam", max_length=80, help_text="In het enkelvoud: eerstelijnszone.")
    plural = models.CharField("meervoud", max_length=80)
    position = models.PositiveSmallIntegerField(
        "volgorde", default=0, help_text="Van klein naar groot."
    )
    composition = models.CharField(
        "samenstelling", max_length=20, choices=Composition, default=Composition.UNKNOWN
    )
    data_from = models.DateField(
        "gegevens vanaf",
        null=True,
        blank=True,
        help_text="De eerste dag waarvoor we weten wat waar ligt. Een pagina over een vroegere dag "
        "zegt dat.",
    )
    description = models.TextField("wat het is", blank=True)

    class Meta:
        verbose_name = "soort gebied"
        verbose_name_plural = "soorten gebieden"
        ordering = ["position", "name"]
        constraints = [
            *Slugged.Meta.constraints,
            one_name("soort gebied", "governance_areakind_one_name"),
        ]

    def get_absolute_url(self):
        return f"{reverse('coveragearea-list')}?soort={self.slug}"

    def start(self, day):
        """The first day of something of this kind; None when it may have been so before.

        The day on which our data begin says nothing of when a thing began.
        """
        return None if day == self.data_from else day


#: No area has this slug: it is the address of the comparison.
RESERVED_SLUG = "vergelijk"
#: The kind of area that has pages of its own, at /gemeenten/.
MUNICIPALITY = "gemeente"


def municipality_slug(nis):
    """The slug of the municipality with a NIS code (contract, "Addresses")."""
    return f"{MUNICIPALITY}-{nis}"


@lru_cache(maxsize=2048)
def municipality_address(nis, name):
    """The address of the page of a municipality: its NIS code, and behind it its name of today."""
    return reverse("municipality-detail", args=[f"{nis}-{slugify(name)}"])


class CoverageAreaQuerySet(RecordQuerySet):
    def with_names(self):
        return self.select_related("kind").prefetch_related("names")

    def named_on(self, day):
        """Add to each area the name that it bore on a day, as `name_that_day`: for many at once."""
        bore = AreaName.objects.filter(held_on(day), area=OuterRef("pk")).order_by()
        return self.annotate(name_that_day=Coalesce(Subquery(bore.values("name")), "name"))

    def municipalities(self):
        return self.filter(kind__slug=MUNICIPALITY)

    def existing_on(self, day):
        """Areas that were there that day."""
        return self.filter(held_on(day))


class CoverageArea(Cited, Page):
    """One area. It keeps its identity while its kind and NIS code stay; its names are dated.

    A municipality also has what a schematic map needs: a point well inside it (Belgian Lambert 72,
    in metres) and its surface (km²); and the postcodes by which people look it up.
    """

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
    postcodes = ArrayField(
        models.CharField(max_length=4),
        verbose_name="postcodes",
        default=list,
        blank=True,
        help_text="Van een gemeente, gescheiden door komma's. Bijvoorbeeld: 3740, 3742.",
    )
    x = models.PositiveIntegerField("x (Lambert 72, meter)", null=True, blank=True)
    y = models.PositiveIntegerField("y (Lambert 72, meter)", null=True, blank=True)
    surface = models.DecimalField(
        "oppervlakte (km²)", max_digits=7, decimal_places=1, null=True, blank=True
    )
    note = models.TextField("toelichting", blank=True)

    objects = CoverageAreaQuerySet.as_manager()

    #: What a trigger refuses, and the field that it is about.
    guarded = {"governance_coveragearea_one_name": "name"}

    class Meta:
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"
        ordering = ["kind__position", "name", "slug"]
        # That one kind has no two areas of a name on a day, a trigger guards (migration 0010).
        indexes = [models.Index("kind", SameName("name"), name="governance_area_same_name")]
        constraints = [
            *Slugged.Meta.constraints,
            CheckAtField(
                condition=EachOnce("postcodes"),
                name="governance_coveragearea_postcodes_once",
                field="postcodes",
                violation_error_message="Een postcode staat er één keer.",
            ),
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

    def get_absolute_url(self):
        if self.is_municipality:
            return municipality_address(self.nis, self.name)
        return super().get_absolute_url()

    @property
    def is_municipality(self):
        """Told by the slug, so that a list of links needs no query for each kind."""
        return bool(self.nis) and self.slug == municipality_slug(self.nis)

    @property
    def starts_on(self):
        """The first day of the area, where that is more than the first day of our data."""
        return self.kind.start(self.valid_from)

    @property
    def has_ended(self):
        """Whether its last day is known."""
        return self.valid_until is not None

    def holds_on(self, day):
        """Whether the area was there on a day."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)

    def name_on(self, day):
        """The name that the area bore on a day."""
        for row in self.names.all():
            if (row.valid_from or day) <= day <= (row.valid_until or day):
                return row.name
        return self.name

    def clean(self):
        super().clean()
        if self.slug == RESERVED_SLUG:
            raise ValidationError({"slug": "Dit adres is van de vergelijking van gebieden."})
        kind = self.kind.slug if self.kind_id else ""
        if (kind == MUNICIPALITY) != self.is_municipality:
            raise ValidationError(
                {"slug": "Het adres van een gemeente is gemeente-<NIS-code>, en enkel dat."}
            )


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
        indexes = [models.Index(SameName("name"), name="governance_areaname_same_name")]
        constraints = [
            *DatedByDay.Meta.constraints,
            ExclusionConstraint(
                name="governance_areaname_one_at_a_time",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    (days_range("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Een gebied heeft op elke dag één naam.",
            ),
        ]

    def __str__(self):
        return self.name


class AreaPart(Cited, Record):
    """The name of a part of a municipality: a village, a district, a municipality of before 1977.

    People type where they live. The post keeps a list of such names, each under a postcode, and the
    postcode tells the municipality: so "ligt in Leuven" rests on "3001 Heverlee". It is no area of
    its own: nothing lies in it, and no concept names it.
    """

    key_fields = ("area__slug", "name", "postcode")

    area = models.ForeignKey(
        CoverageArea, models.CASCADE, related_name="parts", verbose_name="gemeente"
    )
    name = models.CharField("naam", max_length=120, help_text="Bijvoorbeeld: Heverlee.")
    postcode = models.CharField(
        "postcode",
        max_length=4,
        help_text="De postcode waarbij de naam staat. Bijvoorbeeld: 3001.",
    )

    class Meta:
        verbose_name = "naam van een deel van een gemeente"
        verbose_name_plural = "namen van delen van een gemeente"
        ordering = ["area__slug", "name", "postcode"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name", "postcode"],
                name="governance_areapart_unique",
                violation_error_message="Deze naam staat er al bij die postcode.",
            ),
            models.CheckConstraint(
                condition=Q(postcode__regex=r"^\d{4}$"),
                name="governance_areapart_postcode",
                violation_error_message="Een postcode heeft vier cijfers.",
            ),
        ]

    def __str__(self):
        return self.name
