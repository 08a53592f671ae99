"""What all records share: a natural key for fixtures and links, and an address of their own."""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact
from django.urls import reverse

from eerstelijn.choices import held_to_choices
from eerstelijn.dates import valid_on
from eerstelijn.rules import small_letters


class RecordQuerySet(models.QuerySet):
    """Rows that can be found by their natural key, and asked about a day."""

    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.key_fields, values, strict=True)))

    def valid_on(self, day):
        """Rows with a validity that held that day, or possibly did; undated rows always hold."""
        return self.filter(valid_on(day))

    def moved(self, slugs):
        """The present address of what has its own no longer at one of these: {old: present}."""
        former = OldSlug.objects.filter(kind=self.model._meta.model_name, old__in=slugs)
        return dict(former.values_list("old", "current"))


class Record(models.Model):
    """A row that fixtures and other rows name by its natural key, never by its number."""

    #: The lookups that together are the natural key.
    key_fields = ("slug",)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(follow(self, path) for path in self.key_fields)


class Slugged(Record):
    """A record with a short name of its own, used in addresses, filters and fixtures."""

    #: The field that the record is called by.
    name_field = "name"
    #: Set on a row when the slugs of all rows of its kind were held to former addresses at once.
    slug_was_checked = False

    slug = models.SlugField(
        "adres",
        max_length=100,
        unique=True,
        help_text="Kort en herkenbaar, voor webadres en filters. Bijvoorbeeld: caw.",
    )

    class Meta:
        abstract = True
        constraints = [small_letters("slug", "%(app_label)s_%(class)s_slug_small")]

    def __str__(self):
        return str(getattr(self, self.name_field))

    def clean(self):
        """A slug that once led to another record is not given away."""
        super().clean()
        if self.slug_was_checked:
            return
        former = OldSlug.objects.filter(kind=self._meta.model_name, old=self.slug)
        own = type(self)._default_manager.filter(pk=self.pk).values("slug")
        if former.exclude(current__in=own).exists():
            raise ValidationError(
                {"slug": "Dit adres leidde vroeger naar een ander record. Kies een ander adres."}
            )

    def lead_on(self, former):
        """Let a former address lead to the present one, and so all addresses before it."""
        kind, present = self._meta.model_name, self.slug
        OldSlug.objects.filter(kind=kind, old=present).delete()  # it has its first address again
        OldSlug.objects.filter(kind=kind, current=former).update(current=present)
        OldSlug.objects.update_or_create(kind=kind, old=former, defaults={"current": present})


@held_to_choices
class OldSlug(Record):
    """A former address: it leads to the record's present page, and keeps working in filters."""

    class Kind(models.TextChoices):
        """Every kind of record with an address, by the name of its model."""

        AGENCY = "agency", "dienst"
        AREA = "coveragearea", "gebied"
        AREA_KIND = "areakind", "soort gebied"
        CHANGE = "changeevent", "verandering bij de overheid"
        CONCEPT = "concept", "concept"
        DECREE = "decree", "regelgeving of beleidsdocument"
        DISCREPANCY = "discrepancy", "tegenspraak of nuance"
        DOMAIN = "policydomain", "beleidsdomein"
        PARTNER = "partner", "partner"
        PARTNER_TYPE = "partnertype", "partnertype"
        SOURCE = "source", "bron"
        TERM = "term", "begrip"

    key_fields = ("kind", "old")

    kind = models.CharField("soort record", max_length=40, choices=Kind)
    old = models.SlugField("vroeger adres", max_length=100)
    current = models.SlugField("adres vandaag", max_length=100)

    class Meta:
        verbose_name = "vroeger adres"
        verbose_name_plural = "vroegere adressen"
        ordering = ["kind", "old"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "old"],
                name="governance_oldslug_unique",
                violation_error_message="Dit vroegere adres leidt al naar een record.",
            ),
            small_letters("old", "governance_oldslug_old_small"),
            small_letters("current", "governance_oldslug_current_small"),
            models.CheckConstraint(
                condition=~Q(old=F("current")), name="governance_oldslug_leads_elsewhere"
            ),
        ]

    def __str__(self):
        return f"{self.old} → {self.current}"


class Page(Slugged):
    """A record with a public page of its own, at an address named after the model."""

    class Meta(Slugged.Meta):
        abstract = True

    def get_absolute_url(self):
        return address_of(f"{self._meta.model_name}-detail", self.slug)


@lru_cache(maxsize=8192)
def address_of(view_name, slug):
    """The address of a page. It rests on these two, and a page holds hundreds: remembered."""
    return reverse(view_name, args=[slug])


def follow(record, path):
    """What a lookup path such as "version__concept__slug" leads to from a record."""
    for name in path.split("__"):
        record = getattr(record, name)
    return record


class ExactlyOne:
    """The rule that a row points to exactly one of several kinds of record.

    A generic relation would do that too, but the database could not guard it.
    """

    def __init__(self, *fields, message):
        self.fields = fields
        self.message = message

    def constraint(self, name):
        count = Func(*self.fields, function="num_nonnulls", output_field=models.IntegerField())
        return models.CheckConstraint(
            condition=Exact(count, 1), name=name, violation_error_message=self.message
        )

    def check(self, row):
        """Raise a ValidationError with the message when not exactly one field is filled in."""
        if sum(getattr(row, f"{field}_id") is not None for field in self.fields) != 1:
            raise ValidationError(self.message)

    def target(self, row):
        """The record that the row points to; None while the row is still empty."""
        for field in self.fields:
            if getattr(row, f"{field}_id") is not None:
                return getattr(row, field)
        return None
