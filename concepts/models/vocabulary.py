"""Words that belong to no single concept: target groups, terms, names, lost links."""

from django.db import models
from django.utils.text import capfirst

from eerstelijn.choices import held_to_choices
from eerstelijn.rules import SameLine, SameName, UniqueAtField, one_name, small_letters
from eerstelijn.webaddress import WebAddressField, only_web
from governance.models import (
    Agency,
    Cited,
    CoverageArea,
    Decree,
    ExactlyOne,
    Page,
    Partner,
    Record,
    Slugged,
)


class TargetGroup(Record):
    """A group of people that concepts are meant for, broad enough to filter on."""

    slug = models.SlugField("sleutel", max_length=60, unique=True)
    name = models.CharField("naam", max_length=120)
    position = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"
        ordering = ["position", "name"]
        constraints = [
            small_letters("slug", "concepts_targetgroup_slug_small"),
            one_name("doelgroep", "concepts_targetgroup_one_name"),
        ]

    def __str__(self):
        return self.name


class Term(Cited, Page):
    """A term (begrip) of the field, explained in plain Dutch from a source."""

    name = models.CharField("begrip", max_length=120)
    abbreviation = models.CharField("afkorting", max_length=30, blank=True)
    definition = models.TextField(
        "uitleg", help_text="In gewone woorden, je-vorm, één idee per zin. Markdown mag."
    )
    language = models.CharField(
        "taal van het woord",
        max_length=5,
        blank=True,
        help_text="Enkel als het geen Nederlands is, bijvoorbeeld: en.",
    )

    class Meta:
        verbose_name = "begrip"
        verbose_name_plural = "begrippen"
        ordering = ["name"]
        constraints = [
            *Slugged.Meta.constraints,
            one_name("begrip", "concepts_term_one_name"),
        ]


NAMED = ExactlyOne(
    "concept",
    "agency",
    "partner",
    "area",
    "decree",
    message="Kies precies één record waarvan dit een naam is.",
)


@held_to_choices
class Alias(Record):
    """Another name, spelling or abbreviation of exactly one record."""

    class Kind(models.TextChoices):
        ABBREVIATION = "afkorting", "afkorting"
        SPELLING = "schrijfwijze", "andere schrijfwijze"
        NAME = "naam", "andere naam"
        PART = "deel", "naam van een deel"

    key_fields = ("key",)

    key = models.SlugField("sleutel", max_length=120, unique=True)
    text = models.CharField("naam", max_length=200, help_text="Bijvoorbeeld: 1G1P.")
    kind = models.CharField("soort", max_length=20, choices=Kind)
    concept = models.ForeignKey(
        "concepts.Concept",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name="concept",
    )
    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name="dienst",
    )
    partner = models.ForeignKey(
        Partner,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name="partner",
    )
    area = models.ForeignKey(
        CoverageArea,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name="gebied",
    )
    decree = models.ForeignKey(
        Decree,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name="regelgeving",
    )
    note = models.CharField(
        "toelichting",
        max_length=250,
        blank=True,
        help_text="Bijvoorbeeld: “de bronnen gebruiken deze afkorting niet”.",
    )

    class Meta:
        verbose_name = "andere naam"
        verbose_name_plural = "andere namen"
        ordering = ["text", "key"]
        constraints = [
            NAMED.constraint("concepts_alias_exactly_one"),
            UniqueAtField(
                *NAMED.fields,
                SameLine("text"),
                name="concepts_alias_once",
                field="text",
                nulls_distinct=False,
                violation_error_message="Dit record heeft deze naam al. Hoofdletters maken geen "
                "verschil.",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def target(self):
        """The one record that this is a name of."""
        return NAMED.target(self)

    def clean(self):
        super().clean()
        NAMED.check(self)


class WordPart(Record):
    """A word that Dutch compounds of this field are made of: gezin, coach, zorg, raad, zone.

    Search splits compounds on these when it indexes, so that "coach" finds "gezinscoach".
    """

    key_fields = ("text",)

    text = models.CharField(
        "woorddeel", max_length=40, help_text="Kleine letters, bijvoorbeeld: coach."
    )

    class Meta:
        verbose_name = "woorddeel voor het zoeken"
        verbose_name_plural = "woorddelen voor het zoeken"
        ordering = ["text"]
        constraints = [
            UniqueAtField(
                SameName("text"),
                name="concepts_wordpart_once",
                field="text",
                violation_error_message="Dit woorddeel is er al.",
            )
        ]

    def __str__(self):
        return self.text


@held_to_choices
class LostLink(Cited, Record):
    """A link in a source whose target was lost when the document became text."""

    class State(models.TextChoices):
        LOST = "verloren", "verloren"
        FOUND = "gevonden", "teruggevonden"
        GONE = "weg", "bestaat niet meer"

    key_fields = ("key",)

    key = models.SlugField("sleutel", max_length=80, unique=True)
    text = models.CharField(
        "waar de link over ging", max_length=200, help_text="Bijvoorbeeld: leidraad STEK."
    )
    is_marked = models.BooleanField(
        "stond als link in de bron",
        default=True,
        help_text="Uit als de bron enkel naar iets verwijst zonder link.",
    )
    concept = models.ForeignKey(
        "concepts.Concept",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lost_links",
        verbose_name="concept",
    )
    decree = models.ForeignKey(
        Decree,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lost_links",
        verbose_name="regelgeving",
    )
    state = models.CharField("stand", max_length=20, choices=State, default=State.LOST)
    url = WebAddressField("webadres vandaag", max_length=500, blank=True)
    note = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "verloren link"
        verbose_name_plural = "verloren links"
        ordering = ["key"]
        constraints = [only_web("url", "concepts_lostlink_url_on_the_web")]

    @property
    def state_in_words(self):
        """What became of it, on its own: "Link verloren"."""
        if self.state == self.State.LOST:
            return "Link verloren"
        return capfirst(self.get_state_display())

    def __str__(self):
        return self.text
