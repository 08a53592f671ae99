"""The day that a page is about, and the rest of what its address asks.

For pages that are no finder: they take a few keys with one value each. As in a finder, what cannot
be followed is a `Problem`: a page names it and leaves it out, JSON and CSV refuse it.
"""

import datetime as dt
from dataclasses import dataclass, field

from eerstelijn.dates import PEILDATUM_FORM, long_date, read_peildatum
from eerstelijn.finder.problems import Problem, in_short, read_search_word


@dataclass(frozen=True)
class AsOf:
    """The day that is asked about, and whether the reader said so: otherwise it is today."""

    day: dt.date
    is_stated: bool = False

    @classmethod
    def today(cls):
        return cls(dt.date.today())

    def __str__(self):
        return long_date(self.day)

    @property
    def is_other_day(self):
        """Whether the reader chose a day that is not today: then a banner says so."""
        return self.is_stated and self.day != dt.date.today()

    def url(self, path):
        """An address that keeps the day that the reader chose."""
        if not self.is_stated:
            return path
        return f"{path}{'&' if '?' in path else '?'}peildatum={self.day}"


@dataclass
class Question:
    """What the address of a page asks: its keys with one value each, and its day."""

    values: dict = field(default_factory=dict)
    as_of: AsOf = field(default_factory=AsOf.today)
    problems: list = field(default_factory=list)

    @property
    def notices(self):
        """What a reader is told of what was left out."""
        return in_short(self.problems)


def read_question(data, keys=(), ignored=(), is_dated=True):
    """Read a query string that may hold these keys, and a peildatum where a day matters."""
    question = Question()
    known = (*keys, "peildatum") if is_dated else keys
    for key, given in data.lists():
        given = list(dict.fromkeys(value.strip() for value in given if value.strip()))
        if key in ignored:
            continue
        if key not in known:
            question.problems.append(Problem(key, "", ", ".join(known)))
            continue
        for extra in given[1:]:
            question.problems.append(Problem(key, extra, "één waarde"))
        if not given:
            continue
        if key == "q":
            text, excess = read_search_word(key, given[0])
            question.problems = excess + question.problems
            if text:
                question.values[key] = text
        elif key == "peildatum":
            try:
                question.as_of = AsOf(read_peildatum(given[0]), is_stated=True)
            except ValueError:
                question.problems.append(Problem(key, given[0], PEILDATUM_FORM))
        else:
            question.values[key] = given[0]
    return question
