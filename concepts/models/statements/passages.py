"""Text in our own words."""

from textwrap import shorten

from django.db import models
from django.utils.text import Truncator

from concepts.models.statements.base import Statement
from eerstelijn.choices import held_to_choices


@held_to_choices
class Passage(Statement):
    """A piece of text about one side of a concept, in our own words."""

    data_name = "passage"
    data_place = 1
    quoted = ("text",)

    class Kind(models.TextChoices):
        WHAT = "wat", "Wat het is"
        GOAL = "doelstelling", "Doelstelling"
        TASKS = "taken", "Taken"
        ORGANISATION = "organisatie", "Organisatie"
        ACCESS = "toegang", "Toegang"
        FUNDING = "financiering", "Financiering"
        SUPPORT = "ondersteuning", "Ondersteuning"
        STATE = "stand-van-zaken", "Stand van zaken"
        CONDITIONS = "voorwaarden", "Voorwaarden"
        FINDING = "vaststelling", "Vaststellingen"
        PLAN = "plan", "Plannen"

    kind = models.CharField("over", max_length=20, choices=Kind)
    headline = models.CharField(
        "kort antwoord",
        max_length=120,
        blank=True,
        help_text="Voor het kader bovenaan, hoogstens twaalf woorden. "
        "Bijvoorbeeld: Hulp bereikbaar maken en onderbescherming aanpakken.",
    )
    text = models.TextField(
        "tekst",
        help_text="In je eigen woorden, gewone taal, je-vorm, één idee per zin. "
        "Een opsomming begint op elke regel met “- ”.",
    )

    class Meta(Statement.Meta):
        verbose_name = "passage"
        verbose_name_plural = "passages"

    def __str__(self):
        """Its side and how it begins, in whole words."""
        start = shorten(self.text, 60, placeholder=" …")
        if start == "…":  # one word, longer than that
            start = Truncator(self.text).chars(60)
        return f"{self.get_kind_display()}: {start}"

    def called(self):
        return self.get_kind_display()

    def as_data(self):
        return {"over": self.kind, "kort": self.headline or None, "tekst": self.text}

    def key_parts(self):
        return [self.kind]

    def problems(self):
        if self.kind == self.Kind.ACCESS and not self.version.accesses.all():
            yield (
                "De passage “Toegang” zegt of je er zelf terechtkunt. Geef het antwoord ook bij "
                "“toegang”: het kader bovenaan leest het daar."
            )

    def words(self):
        """What it is and what it is for count more than the rest."""
        prominent = self.kind in (self.Kind.WHAT, self.Kind.GOAL)
        yield "B" if prominent else "C", f"{self.headline}. {self.text}"
