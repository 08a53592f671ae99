"""A row under a record as one line, so that a page of rows reads as a list."""

from dataclasses import dataclass

from django.utils.text import Truncator

#: The most that one part of a line says, in characters.
PART = 90


@dataclass(frozen=True)
class Line:
    """What a folded row says of itself: what it is, as what, and what it rests on."""

    name: str
    detail: str = ""
    sources: str = ""


def line_of(row, *parts):
    """The line of a row: its own parts (all of it, if it gives none) and its sources, shortened."""
    name, detail = (*parts, "", "")[:2] if parts else (str(row), "")
    return Line(_short(name), _short(detail), _short(sources_of(row)))


def sources_of(row):
    """The sources of a row in few words: "Poster, blok GBO en 2 andere"."""
    cited = [*row.citations.all()] if hasattr(row, "citations") else []
    if not cited:
        return "zonder bron" if hasattr(row, "citations") else ""
    more = len(cited) - 1
    rest = f" en {more} andere" if more > 1 else " en 1 andere" if more else ""
    return f"{Truncator(str(cited[0])).chars(60)}{rest}"


def _short(text):
    return Truncator(" ".join(str(text).split())).chars(PART)
