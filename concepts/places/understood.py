"""What a page says of what a reader typed: what was understood, or what may have been meant."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.text import capfirst

from concepts.places.location import MAIN_KINDS, in_words
from concepts.places.lookup import Lookup
from concepts.places.names import How, normal
from eerstelijn.dates import long_date

#: The key of an address that says what a reader typed who was sent on to it.
KEY = "gezocht"


@dataclass
class Choice:
    """A place that may be meant, as a link with a word about it."""

    url: str
    name: str
    notes: list = field(default_factory=list)


class Understood:
    """What a reader typed who was sent on to a municipality.

    `Understood.of(lookup, area, as_of)` is None when there is nothing to tell: the reader typed its
    name and nothing else is called so, or what stands in the address does not lead here.
    """

    def __init__(self, lookup, as_of):
        self.lookup = lookup
        self.as_of = as_of
        self.hit = lookup.only_hit

    @classmethod
    def of(cls, lookup, area, as_of):
        if lookup.only != area:
            return None
        understood = cls(lookup, as_of)
        return understood if understood.sentence or understood.others else None

    @property
    def row(self):
        """The name by which it was found: its own before any other."""
        return min(self.hit.called, key=lambda row: (row.area != self.hit.area, row.how, row.text))

    @cached_property
    def sentence(self):
        """In one line; empty when its own name was typed."""
        row, now = self.row, self.hit.area
        if row.how is How.PART:
            at = f" (postcode {row.postcode})" if row.postcode else ""
            return format_html("<b>{}</b> ligt in <b>{}</b>{}.", row.text, now.name, at)
        if row.how is How.POSTCODE:
            return format_html("<b>{}</b> is een postcode van <b>{}</b>.", row.text, now.name)
        was = ""
        if row.how is How.NIS:
            verb = "is" if row.area == now else "was"
            was = format_html("<b>{}</b> {} de NIS-code van {}.", row.text, verb, row.area.name)
        if row.area != now:
            asked = was or format_html("Je zocht <b>{}</b>.", row.text)
            return format_html("{} {}", asked, self._went_on(row.area))
        if row.how in (How.FORMER, How.OTHER):
            form = "<b>{}</b> is een andere naam van <b>{}</b>."
            if row.how is How.FORMER:
                form = "<b>{}</b> is een vroegere naam van <b>{}</b>."
            return format_html(form, row.text, now.name)
        return was

    def _went_on(self, asked):
        """What the municipality that was asked for became, or what was there before it."""
        now = self.hit.area
        if asked.valid_until is None or asked.valid_until >= self.as_of.day:
            return format_html("Op {} was dat <b>{}</b>.", self.as_of, now.name)
        since = asked.valid_until + dt.timedelta(days=1)
        is_new = now.valid_from == since
        verb = "is dat" if is_new else "hoort dat bij"
        return format_html("Sinds {} {} <b>{}</b>.", long_date(since), verb, now.name)

    @cached_property
    def others(self):
        """Other places that are called so, as links."""
        return [
            *(self._other(hit) for hit in self.lookup.others),
            *(
                area_choice(area, self.as_of)
                for area in self.lookup.areas
                if area.kind.slug in MAIN_KINDS
            ),
        ]

    def _other(self, hit):
        """Another municipality with that name, or with a part of it: "Halle in Zoersel"."""
        choice = choice_of(hit, self.as_of)
        part = next((row.text for row in hit.called if row.how is How.PART), "")
        return Choice(choice.url, f"{part} in {choice.name}") if part else choice


def sent_on(lookup, as_of):
    """The address of the one municipality that is meant, with what was typed if that needs a word.

    It works without a session: the page looks it up again, and only believes what leads to it.
    """
    path = lookup.only.get_absolute_url()
    if Understood.of(lookup, lookup.only, as_of):
        path = f"{path}?{urlencode({KEY: lookup.text})}"
    return as_of.url(path)


@dataclass
class Asking:
    """What the page of municipalities asks when it cannot be sure."""

    lookup: Lookup
    as_of: object

    @cached_property
    def choices(self):
        """The municipalities that may be meant."""
        return [choice_of(hit, self.as_of) for hit in self.lookup.hits]

    @cached_property
    def areas(self):
        """The areas of other kinds that are called so, as links."""
        found = self.lookup.areas or self.lookup.near_areas
        return [area_choice(area, self.as_of) for area in found]

    @property
    def heading(self):
        text = self.lookup.text
        if self.lookup.hits and self.lookup.hits[0].is_sure:
            return f"In welke gemeente ligt “{text}”?"
        if self.areas:
            return f"“{text}” is geen gemeente. Bedoel je dit gebied?"
        if len(self.choices) == 1:
            return f"Bedoel je {self.choices[0].name}?"
        if self.choices:
            return "Bedoel je een van deze gemeenten?"
        return f"Geen gemeente voor “{text}”"

    @property
    def note(self):
        """Why it asks; empty where the heading says it."""
        if self.lookup.corrected and not self.areas:
            return f"We vonden “{self.lookup.text}” niet. Dit komt er het dichtst bij."
        if self.choices and not self.lookup.hits[0].is_sure and not self.areas:
            return f"“{self.lookup.text}” is zelf geen gemeente of deel van een gemeente."
        return ""

    @property
    def second_heading(self):
        """Above the municipalities, when areas of other kinds stand first."""
        return "Of bedoel je een gemeente?" if self.areas and self.choices else ""

    @property
    def is_lost(self):
        """Whether there is nothing to offer."""
        return not (self.choices or self.areas)


def choice_of(hit, as_of):
    return Choice(as_of.url(hit.area.get_absolute_url()), hit.area.name_on(as_of.day), hit.notes)


def area_choice(area, as_of):
    name = area.name_on(as_of.day)
    said = in_words(area.kind, name)
    notes = [] if normal(said) != normal(name) else [area.kind.name]
    return Choice(as_of.url(area.get_absolute_url()), capfirst(said), notes)
