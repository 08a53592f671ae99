"""What an address asks, read in one way: for the finders, and for the pages of places.

A question is a form with a field for each key that it may hold. It is never invalid: what cannot
be followed is left out and kept as a `Problem`. A page names it, JSON and CSV refuse it.
"""

import datetime as dt
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms

from eerstelijn.dates import PEILDATUM_FORM, long_date, read_peildatum
from eerstelijn.finder.problems import (
    LONGEST_QUERY,
    MOST_WORDS,
    Excess,
    Problem,
    in_short,
    long_word,
)


@dataclass(frozen=True)
class AsOf:
    """The day that is asked about, and whether the reader said so: otherwise it is today."""

    day: dt.date
    is_stated: bool = False

    @classmethod
    def today(cls) -> "AsOf":
        return cls(dt.date.today())

    def __str__(self) -> str:
        return long_date(self.day)

    @property
    def is_other_day(self) -> bool:
        """Whether the reader chose a day that is not today: then a banner says so."""
        return self.is_stated and self.day != dt.date.today()

    def url(self, path: str) -> str:
        """An address that keeps the day that the reader chose."""
        if not self.is_stated:
            return path
        return f"{path}{'&' if '?' in path else '?'}peildatum={self.day}"


class AllValues(forms.Widget):
    """Gives every value of a key and not the last one: stripped, each once, without the empty."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        stripped = (value.strip() for value in data.getlist(name))
        return list(dict.fromkeys(value for value in stripped if value))


class Key(forms.Field):
    """A key of an address. `clean` keeps what can be followed, and the rest as `problems`."""

    widget = AllValues
    #: What the key is called; its question says so.
    key = ""
    problems: Sequence[Problem] = ()

    def __init__(self, *, required: bool = False, **kwargs: Any):
        super().__init__(required=required, **kwargs)

    def clean(self, given: Any) -> Any:
        raise NotImplementedError

    def written(self, value: Any) -> list[str]:
        """What was kept, as an address writes it: the values of the key."""
        return [str(value)] if value else []


class OneValue(Key):
    """A key that takes one value; a second value is a problem, not the winner."""

    #: What a reader may give, in words.
    allowed = ""

    def clean(self, given: list[str]) -> Any:
        self.problems: list[Problem] = [
            Problem(self.key, extra, "één waarde") for extra in given[1:]
        ]
        if not given:
            return None
        try:
            return self.read(given[0])
        except ValueError:
            self.problems.append(Problem(self.key, given[0], self.allowed))
            return None

    def read(self, text: str) -> Any:
        """What a value means; ValueError when it is not allowed."""
        return text


def as_known(text: str, known: Container[str]) -> str:
    """A value as it is known here: in small letters, as addresses are, where only these are."""
    small = text.lower()
    return small if text not in known and small in known else text


class Slug(OneValue):
    """The short name of one record; it stands in small letters, whatever somebody typed."""

    def read(self, text: str) -> str:
        return text.lower()


class OneOf(OneValue):
    """A key that takes one of a few values."""

    def __init__(self, *, choices: Collection[str], **kwargs: Any):
        super().__init__(**kwargs)
        self.choices = choices
        self.allowed = ", ".join(choices)

    def read(self, text: str) -> str:
        text = as_known(text, self.choices)
        if text not in self.choices:
            raise ValueError(text)
        return text


class Day(OneValue):
    """A reference date."""

    allowed = PEILDATUM_FORM

    def read(self, text: str) -> dt.date:
        return read_peildatum(text)


class SearchWord(OneValue):
    """What a reader typed, as far as it is read."""

    def read(self, text: str) -> str:
        text = " ".join(text.replace("\x00", " ").split())
        for limit, short in (
            (f"{LONGEST_QUERY} tekens", text[:LONGEST_QUERY].strip()),
            (f"{MOST_WORDS} woorden", " ".join(text[:LONGEST_QUERY].split()[:MOST_WORDS])),
        ):
            if short != text:
                self.problems.append(long_word(self.key, limit))
                text = short
        return text


class GivenValues(forms.Widget):
    """Gives every value of a key as it stands in the address."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values: list[str] = data.getlist(name)
        return values


class Flag(Key):
    """A key that is set in one way only: to this value, once."""

    widget = GivenValues

    def __init__(self, value: str):
        super().__init__()
        self.value = value

    def clean(self, given: list[str]) -> str | None:
        is_right = given in ([], [""], [self.value])
        self.problems = () if is_right else (Problem(self.key, ", ".join(given), self.value),)
        return self.value if given == [self.value] else None


class Question(forms.Form):
    """What an address asks. Subclasses have a field for each key, a `Key`; `more` are others."""

    def __init__(self, data: Any, more: Any = (), **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields.update(more)
        for key, field in self.fields.items():
            field.key = key
        self.full_clean()

    @cached_property
    def values(self) -> dict[str, list[str]]:
        """What can be followed, as an address writes it and in its order: {key: [value]}."""
        known = [key for key in self.data if key in self.fields]
        written = {key: self.fields[key].written(self.cleaned_data[key]) for key in known}
        return {key: values for key, values in written.items() if values}

    @cached_property
    def problems(self) -> list[Problem]:
        """What cannot be followed, in the order of the address; too much of a key comes first."""
        excess: list[Problem] = []
        others: list[Problem] = []
        for key in self.data:
            found = self._problems_of(key)
            excess[:0] = [problem for problem in found if isinstance(problem, Excess)]
            others += [problem for problem in found if not isinstance(problem, Excess)]
        return excess + others

    def _problems_of(self, key: str) -> Sequence[Problem]:
        if key in self.fields:
            return self.fields[key].problems
        return [Problem(key, "", ", ".join(self.fields) or "geen enkele parameter")]

    @property
    def notices(self) -> list[str]:
        """What a reader is told of what was left out."""
        return in_short(self.problems)

    @cached_property
    def as_of(self) -> AsOf:
        """The day that the page is about."""
        day = self.cleaned_data.get("peildatum")
        return AsOf(day, is_stated=True) if day else AsOf.today()

    @property
    def robots(self) -> str:
        """A page about a chosen day is for people, not for indexes."""
        return "noindex,follow" if self.as_of.is_stated or self.problems else ""


class DayQuestion(Question):
    """A page about a day, and about nothing else that an address could choose."""

    peildatum = Day()
