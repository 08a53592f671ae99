"""The question in words: "4 concepten met partner CAW, van Departement Zorg"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eerstelijn.dates import long_date


@dataclass
class Segment:
    """A piece of the sentence that states the question."""

    text: str
    strong: bool = False


def one_or_other(options: Sequence[Any], all_of_them: bool = False) -> list[Segment]:
    """Options by their names: "CAW of OCMW", or "CAW en OCMW"."""
    segments: list[Segment] = []
    for option in options:
        if segments:
            segments.append(Segment(" en " if all_of_them else " of "))
        segments.append(Segment(option.label, True))
    return segments


def counted(number: int, nouns: tuple[str, str]) -> Segment:
    """How many there are: "1 concept", "4 concepten", "Geen concepten"."""
    return Segment(f"{number}\u00a0{nouns[number != 1]}" if number else f"Geen {nouns[1]}", True)


def asked(filterset: Any) -> list[Segment]:
    """What was asked, as it follows on the noun; each part begins with a space."""
    parts = [facet.said() for key, facet in filterset.facets.items() if key in filterset.active]
    if filterset.q_text:
        parts.insert(0, filterset.word_said)
    parts += [[Segment(said, True)] for said in filterset.settings_said.values()]
    if filterset.day_shown:
        day = long_date(filterset.day_shown)
        parts.append([Segment("op datum "), Segment(day, True)])
    segments: list[Segment] = []
    for part in filter(None, parts):
        segments += [Segment(", " if segments else " "), *part]
    return segments


def sentence(number: int, nouns: tuple[str, str], filterset: Any) -> list[Segment]:
    """How many rows a question found, and what it asked."""
    return [counted(number, nouns), *asked(filterset)]
