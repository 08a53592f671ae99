"""From the pages of concepts to the points of a comparison, chapter by chapter.

The chapters and parts are those of a concept's page (`concepts.page.sections`), so nothing that a
page says is left out. How the statements of a kind become points: `concepts.versus.kinds`.
"""

from collections.abc import Iterator, Sequence

from django.utils.text import capfirst

from concepts.models import Passage
from concepts.versus.columns import Column
from concepts.versus.kinds import READERS, Rows, as_said
from concepts.versus.points import Chapter, Point, Value
from eerstelijn.dates import long_date
from eerstelijn.pages.parts import Section

#: Chapters of a page that lead on to other pages, and say nothing of the concept.
WAYS_ON = {"verder"}
#: Chapters about the sources themselves: where there is nothing to say, no source is silent.
OF_THE_SOURCES = {"tegenspraak", "kanttekening"}


def chapters_of(columns: Sequence[Column]) -> list[Chapter]:
    """Everything that the pages of the columns say, point by point."""
    pages = [column.page.chapters for column in columns]
    chapters = [in_short(columns)]
    for same in zip(*pages, strict=True):
        chapter = same[0]
        if chapter.id not in WAYS_ON:
            points = list(_points(same, columns))
            if points:
                chapters.append(Chapter(chapter.id, chapter.title, points))
    return [*chapters, of_the_data(columns)]


def _points(same: Sequence[Section], columns: Sequence[Column]) -> Iterator[Point]:
    """The points of one chapter, of which `same` are those of each column."""
    chapter = same[0]
    for number, parts in enumerate(zip(*(each.all_parts for each in same), strict=True)):
        rows: Rows = [part.items for part in parts]
        first = next((row for items in rows for row in items), None)
        label = parts[0].label or ("" if number else chapter.label)
        if first is not None:
            yield from READERS.get(type(first), as_said)(rows, columns, label or chapter.label)
        elif label and chapter.id not in OF_THE_SOURCES:
            yield Point("", label, [[] for _ in columns])


# What stands above a page and below it


def in_short(columns: Sequence[Column]) -> Chapter:
    """What a concept is; that rests on the sources that say so."""

    def value(column: Column, text: str) -> list[Value]:
        says = [p for p in column.version.passages.all() if p.kind == Passage.Kind.WHAT]
        return [Value(capfirst(text), text.casefold(), tuple(says))] if text else []

    def names(column: Column) -> list[Value]:
        return [
            Value(item.text, item.text.casefold(), note=item.note) for item in column.page.names
        ]

    points = [
        Point("soort", "Soort", [value(c, c.version.get_kind_display()) for c in columns]),
        Point("samenvatting", "In één zin", [value(c, c.version.summary) for c in columns]),
    ]
    if any(other := [names(column) for column in columns]):
        points.append(Point("naam", "Ook gekend als", other))
    return Chapter("kort", "In het kort", points)


def of_the_data(columns: Sequence[Column]) -> Chapter:
    """How far what the site says can be relied on."""

    def value(text: str) -> list[Value]:
        return [Value(text, text)] if text else []

    def sources(column: Column) -> list[Value]:
        return [
            Value(source.name, source.pk, url=source.get_absolute_url())
            for source in column.page.described_by
        ]

    def reviewed(column: Column) -> str:
        return long_date(column.version.reviewed_on) if column.version.reviewed_on else ""

    points = [
        Point("bron", "Beschreven in", list(map(sources, columns))),
        Point(
            "stand-bronnen",
            "Stand van de bronnen",
            [value(c.version.sources_as_of) for c in columns],
        ),
    ]
    if any(map(reviewed, columns)):
        points.append(Point("nagekeken", "Nagekeken op", [value(reviewed(c)) for c in columns]))
    return Chapter("gegevens", "Waar steunt dit op?", points)
