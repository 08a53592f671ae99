"""The rows of a comparison as the page shows them: each point with its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from concepts.versus.points import Chapter, Mark, Point, Value, merged

#: What a cell over all columns is called on a phone, where each value says whose it is.
OF_ALL = {2: "Beide", 3: "Alle drie", 4: "Alle vier"}


@dataclass
class Cell:
    """What one column says, or all of them where they say the same."""

    name: str
    values: Sequence[Value]
    point: Point
    span: int = 1

    @property
    def spans_all(self) -> bool:
        """Whether it stands for all columns together."""
        return self.span > 1

    @property
    def told(self) -> list[tuple[Value, bool]]:
        """The values, each with whether all columns say it at a point that differs for the rest."""
        return [(value, value.same_as in self.point.common) for value in self.values]

    @property
    def is_folded(self) -> bool:
        return self.point.folded is not None and len(self.values) > 1

    @property
    def folded_label(self) -> str:
        one, many = self.point.folded or ("", "")
        return f"{len(self.values)} {one if len(self.values) == 1 else many}"


@dataclass
class Row:
    """A point with its mark in words: "enkel bij GBO"."""

    point: Point
    names: Sequence[str]
    #: What the rows from here on are about; empty where the row above it says so.
    about: str = ""

    @property
    def sign(self) -> str:
        return self.point.mark.sign

    @property
    def label(self) -> str:
        return mark_in_words(self.point, self.names)

    @cached_property
    def cells(self) -> list[Cell]:
        """One cell over all columns where they say the same or nothing, else one for each."""
        point, number = self.point, len(self.names)
        if point.mark in (Mark.SAME, Mark.SILENT):
            return [Cell(OF_ALL[number], merged(point.columns), point, number)]
        return [
            Cell(name, values, point)
            for name, values in zip(self.names, point.columns, strict=True)
        ]


def rows_of(chapter: Chapter, names: Sequence[str]) -> list[Row]:
    """The rows of a chapter."""
    before = ["", *(point.about for point in chapter.points)]
    return [
        Row(point, names, point.about if point.about != above else "")
        for point, above in zip(chapter.points, before, strict=False)
    ]


def mark_in_words(point: Point, names: Sequence[str]) -> str:
    """The mark of a point; of what only some columns say, which."""
    if point.mark is not Mark.ONLY:
        return point.mark.value
    *others, last = (names[number] for number in point.filled)
    return f"{point.mark.value} {', '.join(others)}{' en ' if others else ''}{last}"
