"""What of an address cannot be followed, and how much of one is read.

A page names what it left out, JSON and CSV refuse it. That holds for what nobody knows and for too
much as well: an answer must not grow with whatever somebody puts in an address.
"""

from dataclasses import dataclass

#: What a question may hold, so that none costs much more than another: values of one key, and
#: letters and words of a search word.
MOST_VALUES = 30
LONGEST_QUERY = 200
MOST_WORDS = 20
#: How many parts of an address a page names that it left out.
MOST_NOTICES = 5


@dataclass(frozen=True)
class Problem:
    """A part of the query string that cannot be followed; without a value, the key is unknown."""

    parameter: str
    value: str
    allowed: str

    @property
    def notice(self):
        """What a reader is told."""
        parameter, value = shorten(self.parameter), shorten(self.value)
        if not self.value:
            return f"We kennen het filter “{parameter}” niet en lieten het weg."
        return f"We kennen “{value}” niet bij het filter “{parameter}” en lieten het weg."


@dataclass(frozen=True)
class Excess(Problem):
    """More of one key than is read; `said` tells a reader that the rest was left out."""

    said: str = ""

    @property
    def notice(self):
        return self.said


def in_short(problems):
    """What a reader is told of the parts that were left out: the first few, and how many more."""
    notices = list(dict.fromkeys(problem.notice for problem in problems))
    if len(notices) <= MOST_NOTICES:
        return notices
    more = len(notices) - MOST_NOTICES
    return [*notices[:MOST_NOTICES], f"Nog {more} andere delen van het adres lieten we weg."]


def read_values(key, given):
    """The values that are read of those that were given, and the Problem of giving too many."""
    if len(given) <= MOST_VALUES:
        return given, []
    said = (
        f"Bij het filter “{shorten(key)}” tellen hoogstens {MOST_VALUES} keuzes. "
        f"We lieten er {len(given) - MOST_VALUES} weg."
    )
    return given[:MOST_VALUES], [Excess(key, "", f"hoogstens {MOST_VALUES} waarden", said)]


def read_search_word(key, text):
    """A search word as it is read, and the Problem of one that is too long."""
    text = " ".join(text.replace("\x00", " ").split())
    problems = []
    for what, short in (
        (f"{LONGEST_QUERY} tekens", text[:LONGEST_QUERY].strip()),
        (f"{MOST_WORDS} woorden", " ".join(text[:LONGEST_QUERY].split()[:MOST_WORDS])),
    ):
        if short != text:
            said = f"We zoeken met hoogstens {what}. De rest van wat je typte, lieten we weg."
            problems.append(Excess(key, "", f"hoogstens {what}", said))
            text = short
    return text, problems


def shorten(text, length=60):
    """Somebody's input, short enough to repeat on a page."""
    text = " ".join(text.replace("\x00", "").split())
    return text if len(text) <= length else text[:length] + "…"
