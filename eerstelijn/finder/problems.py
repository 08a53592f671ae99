"""What of an address cannot be followed, and how much of one is read.

A page names what it left out, JSON and CSV refuse it. That holds for what nobody knows and for too
much as well: an answer must not grow with whatever somebody puts in an address.
"""

from collections.abc import Sequence
from dataclasses import dataclass

#: What a question may hold, so that none costs much more than another: values of one key, and
#: letters and words of a search word.
MOST_VALUES = 30
LONGEST_QUERY = 200
MOST_WORDS = 20
#: How many parts of an address a page names that it left out.
MOST_NOTICES = 5

#: A part of an address by its key and value, and what it is called.
Candidate = tuple[str, str, str]


@dataclass(frozen=True)
class Problem:
    """A part of the query string that cannot be followed; without a value, the key is unknown.

    `allowed` says what could have been given. `said` is what a reader is told where that is more
    than that we do not know it.
    """

    parameter: str
    value: str
    allowed: str
    said: str = ""

    @property
    def notice(self) -> str:
        """What a reader is told."""
        if self.said:
            return self.said
        parameter, value = shorten(self.parameter), shorten(self.value)
        if not self.value:
            return f"We kennen het filter “{parameter}” niet en lieten het weg."
        return f"We kennen “{value}” niet bij het filter “{parameter}” en lieten het weg."


@dataclass(frozen=True)
class Excess(Problem):
    """More of one key than is read; `said` tells a reader that the rest was left out."""


@dataclass(frozen=True)
class Doubt(Problem):
    """A value that can mean more than one thing, or something like it: a reader is asked which.

    `candidates` are those things.
    """

    candidates: tuple[Candidate, ...] = ()


def in_short(problems: Sequence[Problem]) -> list[str]:
    """What a reader is told of the parts that were left out: the first few, and how many more."""
    notices = list(dict.fromkeys(problem.notice for problem in problems))
    if len(notices) <= MOST_NOTICES:
        return notices
    more = len(notices) - MOST_NOTICES
    return [*notices[:MOST_NOTICES], f"Nog {more} andere delen van het adres lieten we weg."]


def many_values(key: str, number: int) -> Excess:
    """The Problem of giving this many values of one key."""
    said = (
        f"Bij het filter “{shorten(key)}” tellen hoogstens {MOST_VALUES} keuzes. "
        f"We lieten er {number - MOST_VALUES} weg."
    )
    return Excess(key, "", f"hoogstens {MOST_VALUES} waarden", said)


def long_word(key: str, limit: str) -> Excess:
    """The Problem of a search word that is longer than a limit: "20 woorden"."""
    said = f"We zoeken met hoogstens {limit}. De rest van wat je typte, lieten we weg."
    return Excess(key, "", f"hoogstens {limit}", said)


def turned_round(key: str, begin: str, end: str) -> Problem:
    """The Problem of a period that ends before it begins; `key` is that of its end."""
    said = f"De periode eindigt ({end}) voor ze begint ({begin}). We lieten het einde weg."
    return Problem(key, end, f"niet vóór {begin}", said)


def shorten(text: str, length: int = 60) -> str:
    """Somebody's input, short enough to repeat on a page."""
    text = " ".join(text.replace("\x00", "").split())
    return text if len(text) <= length else text[:length] + "…"
