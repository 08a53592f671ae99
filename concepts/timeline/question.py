"""What an address may ask of the timeline: of which concept, service, kind, and when."""

import datetime as dt
import re
from collections.abc import Collection

from concepts.models import Concept
from concepts.timeline.entry import Kind, Status
from eerstelijn.dates import EARLIEST_PEILDATUM, LATEST_PEILDATUM, read_peildatum
from eerstelijn.finder.problems import MOST_VALUES, Problem, many_values, turned_round
from eerstelijn.finder.question import Day, Key, OneOf, OneValue, Question, as_known
from governance.models import Agency

SLUG = re.compile(r"[a-z0-9_-]{1,100}", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)


class Several(Key):
    """A key that takes several values, of which each must be known; `allowed` says which are."""

    allowed = ""

    def clean(self, given: list[str]) -> list[str]:
        self.problems: list[Problem] = []
        if len(given) > MOST_VALUES:
            self.problems.append(many_values(self.key, len(given)))
        given = given[:MOST_VALUES]
        found = self.found(given) if given else {}
        self.problems += [
            Problem(self.key, value, self.allowed) for value in given if value not in found
        ]
        return list(dict.fromkeys(found[value] for value in given if value in found))

    def found(self, given: list[str]) -> dict[str, str]:
        """What of the values is known, each with what it means."""
        raise NotImplementedError

    def written(self, value: list[str]) -> list[str]:
        return value


class SeveralOf(Several):
    """Several of a few values."""

    def __init__(self, *, choices: Collection[str]):
        super().__init__()
        self.choices = choices
        self.allowed = ", ".join(choices)

    def found(self, given: list[str]) -> dict[str, str]:
        meant = {value: as_known(value, self.choices) for value in given}
        return {value: known for value, known in meant.items() if known in self.choices}


class Records(Several):
    """The slugs of records; a former address means the record of today."""

    def __init__(self, rows, allowed: str):
        super().__init__()
        self.rows = rows
        self.allowed = allowed

    def found(self, given: list[str]) -> dict[str, str]:
        slugs = {value: value.lower() for value in given if SLUG.fullmatch(value.lower())}
        rows = self.rows()
        moved = rows.moved([*slugs.values()])
        meant = {value: moved.get(slug, slug) for value, slug in slugs.items()}
        known = set(rows.filter(slug__in=meant.values()).values_list("slug", flat=True))
        return {value: present for value, present in meant.items() if present in known}


class Edge(OneValue):
    """An end of a period: a year or a day."""

    allowed = "een jaar of een dag van 1800 tot 2199, geschreven als 2023 of 2023-03-13"

    def read(self, text: str) -> str:
        if YEAR.fullmatch(text):
            if not EARLIEST_PEILDATUM.year <= int(text) <= LATEST_PEILDATUM.year:
                raise ValueError(text)
        else:
            read_peildatum(text)
        return text


class PromisesQuestion(Question):
    """Of which concepts and services, between which days, and as it was on which day."""

    concept = Records(Concept.objects.public, "het adres van een concept, zoals gbo")
    dienst = Records(Agency.objects.all, "het adres van een dienst, zoals departement-zorg")
    van = Edge()
    tot = Edge()
    peildatum = Day()

    def clean(self):
        """A period that ends before it begins is none."""
        asked = super().clean()
        begin, end = asked.get("van"), asked.get("tot")
        if begin and end and first_day(begin) > last_day(end):
            field = self.fields["tot"]
            field.problems = [*field.problems, turned_round("tot", begin, end)]
            asked["tot"] = None
        return asked

    @property
    def chosen(self) -> dict[str, list[str]]:
        """What narrows the rows: all that it asks but the day."""
        return {key: self.values[key] for key in sorted(self.values) if key not in ASIDE}


class TimelineQuestion(PromisesQuestion):
    """The same, of which kind, and whether it happened."""

    soort = SeveralOf(choices=[kind.slug for kind in Kind])
    status = OneOf(choices=[status.value for status in Status])


#: What an address may hold beside what narrows the rows.
ASIDE = ("peildatum", "excel")


def first_day(edge: str | None) -> dt.date:
    """The first day of a period that begins so."""
    if not edge:
        return dt.date.min
    return dt.date(int(edge), 1, 1) if len(edge) == 4 else dt.date.fromisoformat(edge)


def last_day(edge: str | None) -> dt.date:
    """The last day of a period that ends so."""
    if not edge:
        return dt.date.max
    return dt.date(int(edge), 12, 31) if len(edge) == 4 else dt.date.fromisoformat(edge)
