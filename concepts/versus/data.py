"""A comparison as data: each point with what every column says of it, and where that stands."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from concepts.versus.columns import Column
from concepts.versus.points import Chapter, Mark, Point, Value
from eerstelijn.pages.parts import Data, sources_data

Absolute = Callable[[str], str]

#: The columns of a CSV: a row for each point and each column of the comparison.
COLUMNS = (
    *("hoofdstuk", "soort", "punt", "over", "oordeel", "bij", "kolom", "waarde", "toelichting"),
    "bronnen",
)
#: What data call the marks: without spaces, as all that a program compares.
VERDICTS = {
    Mark.SAME: "gelijk",
    Mark.DIFFERENT: "verschilt",
    Mark.OTHER_ROLE: "andere-rol",
    Mark.ONLY: "enkel-bij",
    Mark.SILENT: "niet-vermeld",
}


def column_data(column: Column, absolute: Absolute) -> Data:
    version = column.version
    return {
        "kolom": column.id,
        "slug": version.concept.slug,
        "naam": version.name,
        "afkorting": version.abbreviation or None,
        "versie": version.number,
        "peildatum": column.day,
        "url": absolute(column.url),
    }


def chapter_data(chapter: Chapter, columns: Sequence[Column], absolute: Absolute) -> Iterator[Data]:
    """The points of a chapter, in the order of the page."""
    for point in chapter.points:
        yield {
            "hoofdstuk": chapter.id,
            "soort": point.kind or None,
            "punt": point.about or point.label,
            "over": point.label if point.about else None,
            "oordeel": VERDICTS[point.mark],
            "bij": [columns[number].id for number in point.filled],
            "waarden": {
                column.id: [_value(value, absolute) for value in values]
                for column, values in zip(columns, point.columns, strict=True)
            },
        }


def _value(value: Value, absolute: Absolute) -> Data:
    return {
        "waarde": value.text,
        "rol": value.role or None,
        "tekst": value.whole or None,
        "toelichting": value.note or None,
        "per_woord": [
            {"deel": change.label, "tekst": piece.text, "wat": piece.mark.value or "gelijk"}
            for change in value.changes
            for piece in change.pieces
        ],
        "url": absolute(value.url) if value.url else None,
        "bronnen": sources_data(value.statements, absolute),
    }


def table_rows(chapters: Sequence[Chapter], columns: Sequence[Column]) -> Iterator[list[Any]]:
    """A row for each point and column; of a column that says nothing too."""
    for chapter in chapters:
        for point in chapter.points:
            for column, values in zip(columns, point.columns, strict=True):
                yield [*_head(chapter, point, columns), column.id, *_cells(values)]


def _head(chapter: Chapter, point: Point, columns: Sequence[Column]) -> list[Any]:
    return [
        chapter.id,
        point.kind,
        point.about or point.label,
        point.label if point.about else "",
        VERDICTS[point.mark],
        [columns[number].id for number in point.filled],
    ]


def _cells(values: Sequence[Value]) -> list[Any]:
    places = {
        str(citation): None
        for value in values
        for statement in value.statements
        for citation in statement.citations.all()
    }
    return [
        [value.whole or value.text for value in values],
        [value.note for value in values if value.note],
        list(places),
    ]
