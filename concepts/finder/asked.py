"""A place in words: "Bilzen", "3000", "provincie Limburg".

Understood when it can mean one thing only; else a page asks which, and data refuse it with the
candidates. What a text can mean says `concepts.places.lookup`.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from concepts.places.lookup import Lookup, municipalities
from eerstelijn.finder.fields import FacetField
from eerstelijn.finder.problems import Candidate, Doubt, Problem, shorten
from eerstelijn.finder.question import OneValue, Question
from governance.models import CoverageArea

#: How many places a reader is asked to choose from.
MOST_ASKED = 8
MUNICIPALITY_MARK = " (gemeente)"


@dataclass
class Reading:
    """What a text means. Without a `place` the candidates are what it may mean."""

    text: str
    place: Candidate | None = None
    candidates: list[Candidate] = field(default_factory=list)
    #: Why it means that, where that is not plain.
    notes: list[str] = field(default_factory=list)
    #: What bears the same name and was not chosen.
    others: list[Candidate] = field(default_factory=list)
    #: Whether each candidate bears that very name.
    is_name: bool = True

    @property
    def needs_saying(self) -> bool:
        """Whether a reader should be told how the text was understood."""
        return bool(self.place and (self.notes or self.others))

    @property
    def said(self) -> str:
        """How it was understood, for the reader."""
        name = self.place[2] if self.place else ""
        why = f" ({'; '.join(self.notes)})" if self.notes else ""
        return f"Je zocht “{shorten(self.text)}”. We tonen {name}{why}."

    def doubt(self, key: str) -> Problem:
        """Why nothing was chosen, as a Problem of this key."""
        text = shorten(self.text)
        if not self.candidates:
            return Problem(
                key, self.text, "een plaats", f"We kennen geen plaats “{text}” en lieten ze weg."
            )
        allowed = ", ".join(f"{k}={value} ({label})" for k, value, label in self.candidates)
        said = f"We kennen geen plaats “{text}”."
        if self.is_name:
            said = f"“{text}” kan meer dan één plaats zijn."
        return Doubt(key, self.text, allowed, said, tuple(self.candidates))


class Places:
    """What the words for a place can mean in one finder, on one day."""

    def __init__(self, filterset: Any, day: dt.date):
        self.facets = filterset.facets
        self.options = filterset.options
        self.day = day

    def read(self, text: str) -> Reading:
        """A municipality, else an area that a page offers."""
        areas = self.areas(text, offered=True)
        reading = self.municipality(text)
        if reading.place:
            reading.others = areas
            return reading
        return one_of_these(text, areas) if areas else reading

    def read_municipality(self, text: str) -> Reading:
        reading = self.municipality(text)
        if reading.place is None and not reading.candidates:
            return Reading(text, candidates=self.areas(text, offered=True)[:MOST_ASKED])
        return reading

    def read_area(self, text: str) -> Reading:
        """An area of whatever kind, a municipality among them by its slug in this key."""
        if areas := self.areas(text):
            return one_of_these(text, areas)
        reading = self.municipality(text)
        as_area = [("gebied", f"gemeente-{nis}", label) for _, nis, label in reading.candidates]
        if reading.place:
            as_area = [("gebied", f"gemeente-{reading.place[1]}", reading.place[2])]
        known = [place for place in as_area if place[1] in self.options["gebied"]]
        if reading.place and known:
            return Reading(text, known[0], notes=reading.notes)
        return Reading(text, candidates=known, is_name=reading.is_name)

    def municipality(self, text: str) -> Reading:
        """The municipality of that day that bears this name, postcode or code, or the nearest."""
        lookup = self._lookup(text)
        named = [hit for hit in lookup.hits if hit.is_sure]
        if only := lookup.only_hit:
            return Reading(text, self._municipality(only.area), notes=only.notes)
        places = [self._municipality(hit.area) for hit in (named or lookup.hits)[:MOST_ASKED]]
        return Reading(text, candidates=places, is_name=bool(named))

    def areas(self, text: str, offered: bool = False) -> list[Candidate]:
        """The areas that are called so, alone or with their kind; no municipalities."""
        facet, options = self.facets["gebied"], self.options["gebied"]
        return [
            ("gebied", area.slug, options[area.slug].label)
            for area in self._lookup(text).areas
            if area.slug in options and (facet.offers(area.slug) or not offered)
        ]

    def _municipality(self, area: CoverageArea) -> Candidate:
        return "gemeente", area.nis, area.name_on(self.day)

    def _lookup(self, text: str) -> Lookup:
        return municipalities().find(text.removesuffix(MUNICIPALITY_MARK), self.day)


def one_of_these(text: str, places: list[Candidate]) -> Reading:
    """The one place of this name, or the question which."""
    if len(places) == 1:
        return Reading(text, places[0])
    return Reading(text, candidates=places[:MOST_ASKED])


class PlaceField(FacetField):
    """The values of a facet of places: slugs or codes, and names that can mean one thing only."""

    readings: dict[str, Reading]

    def present(self, values: list[str], options: dict[str, Any]) -> list[str]:
        present: list[str] = super().present(values, options)
        self.readings = {}
        for value in present:
            if value not in options:
                places = Places(self.facet.parent, self.facet.parent.asked_day)
                read = places.read_area if self.key == "gebied" else places.read_municipality
                self.readings[value] = read(value[:100].replace("\x00", " "))
        found = {text: reading.place for text, reading in self.readings.items() if reading.place}
        return [found[value][1] if value in found else value for value in present]

    def problem(self, value: str) -> Problem:
        reading = self.readings.get(value)
        if reading is None or not reading.candidates:
            return super().problem(value)
        return reading.doubt(self.key)


class PlaceWordField(OneValue):
    """The field in which a reader types a place; its value is the Reading, where it has one."""

    def __init__(self, filterset: Any, **kwargs: Any):
        super().__init__(**kwargs)
        self.filterset = filterset

    def read(self, text: str) -> Reading | None:
        text = " ".join(text.replace("\x00", " ").split())[:100]
        reading = Places(self.filterset, self.filterset.asked_day).read(text)
        if reading.place:
            return reading
        self.problems.append(reading.doubt(self.key))
        return None

    def written(self, value: object) -> list[str]:
        """Nothing: what was understood stands under the key of the place."""
        return []


class ConceptQuestion(Question):
    """The question of the finder of concepts: a place in words becomes a municipality or area."""

    @property
    def word(self) -> Reading | None:
        """How the field for a place was understood."""
        reading: Reading | None = self.cleaned_data["waar"]
        return reading

    @property
    def readings(self) -> list[Reading]:
        """How each place in words was understood, where a reader should be told."""
        readings = [self.word] if self.word else []
        for key in ("gemeente", "gebied"):
            readings += getattr(self.fields[key], "readings", {}).values()
        return [reading for reading in readings if reading.needs_saying]

    @property
    def is_shorthand(self) -> bool:
        """Whether the address is to be written otherwise: nothing more is to be said of it."""
        return bool(self.word) and not self.readings and not self.problems

    def clean(self) -> None:
        if self.word and self.word.place:
            key, value, _ = self.word.place
            option = self.fields[key].facet.parent.options[key].get(value)
            if option and option not in self.cleaned_data[key]:
                self.cleaned_data[key] = [*self.cleaned_data[key], option]
        has_place = self.cleaned_data["gemeente"] or self.cleaned_data["gebied"]
        if self.cleaned_data["dekking"] and not has_place:
            self.cleaned_data["dekking"] = []
            said = "Het filter “dekking” telt enkel samen met een plaats. We lieten het weg."
            given = ", ".join(self.data.getlist("dekking"))
            where = "enkel samen met gemeente of gebied"
            self.fields["dekking"].problems = [Problem("dekking", given, where, said)]

    @property
    def values(self) -> dict[str, list[str]]:
        """And the place that was meant, under its key."""
        values: dict[str, list[str]] = dict(super().values)
        if self.word and self.word.place:
            key = self.word.place[0]
            values[key] = self.fields[key].written(self.cleaned_data[key])
        return values
