"""The points of a comparison: what each column says, and whether that is the same.

It is pure: what a column says comes in as values that say themselves what they are compared by.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from concepts.versions.comparing import FieldChange


class Mark(StrEnum):
    """What becomes of a point, as readers and data are told it."""

    SAME = "gelijk"
    DIFFERENT = "verschilt"
    OTHER_ROLE = "andere rol"
    ONLY = "enkel bij"
    SILENT = "niet vermeld"

    @property
    def sign(self) -> str:
        """The name of its drawing; another role is a difference."""
        return SIGNS[self]


SIGNS = {
    Mark.SAME: "same",
    Mark.DIFFERENT: "different",
    Mark.OTHER_ROLE: "different",
    Mark.ONLY: "only",
    Mark.SILENT: "silent",
}

#: What "toon enkel verschillen" leaves out.
NO_DIFFERENCE = (Mark.SAME, Mark.SILENT)


@dataclass(frozen=True)
class Value:
    """One thing that a column says at a point."""

    text: str
    #: What is compared of it: two values are the same when these are.
    same_as: Hashable
    #: The statements whose sources say it.
    statements: tuple[Any, ...] = ()
    url: str = ""
    note: str = ""
    #: The key of a role, whose tile stands before the words.
    role: str = ""
    #: The whole text, in Markdown, where `text` is but its beginning.
    whole: str = ""
    #: What its words changed of the column before it, where one concept stands beside itself.
    changes: tuple[FieldChange, ...] = ()

    @property
    def cited(self) -> list[Any]:
        """The same for the tag that prints their sources."""
        return list(self.statements)


@dataclass
class Point:
    """A point on which columns may differ: a row of the page."""

    #: What it is about, by the name that data give a kind of statement.
    kind: str
    label: str
    #: What each column says, in the order of the columns.
    columns: list[list[Value]]
    #: What the label is one of, where it is the name of a record: "Rechtsgrond".
    about: str = ""
    url: str = ""
    #: What a sentence calls it, where that is shorter.
    short: str = ""
    #: What it is called when columns differ.
    differs_as: Mark = Mark.DIFFERENT
    #: What its values are, where they are many and shown folded: "partner", "partners".
    folded: tuple[str, str] | None = None

    @cached_property
    def filled(self) -> list[int]:
        """The columns that say something, by their numbers."""
        return [number for number, values in enumerate(self.columns) if values]

    @cached_property
    def mark(self) -> Mark:
        if not self.filled:
            return Mark.SILENT
        said = {frozenset(value.same_as for value in self.columns[n]) for n in self.filled}
        if len(said) > 1:
            return self.differs_as
        return Mark.SAME if len(self.filled) == len(self.columns) else Mark.ONLY

    @property
    def is_difference(self) -> bool:
        return self.mark not in NO_DIFFERENCE

    @cached_property
    def common(self) -> frozenset[Hashable]:
        """What all columns say at a point on which they differ for the rest."""
        if self.mark in (*NO_DIFFERENCE, Mark.ONLY) or len(self.filled) < len(self.columns):
            return frozenset()
        sets = [frozenset(value.same_as for value in values) for values in self.columns]
        return frozenset.intersection(*sets)


def merged(columns: Iterable[Iterable[Value]]) -> list[Value]:
    """Values of one column or of several, each once, with the statements of all its likes."""
    found: dict[Hashable, Value] = {}
    for value in (value for values in columns for value in values):
        known = found.get(value.same_as)
        if known is None:
            found[value.same_as] = value
        else:
            more = tuple(row for row in value.statements if row not in known.statements)
            note = known.note if known.note == value.note else ""
            statements = known.statements + more
            found[value.same_as] = replace(known, statements=statements, note=note)
    return list(found.values())


@dataclass
class Chapter:
    """The points under one heading."""

    id: str
    title: str
    points: list[Point]

    def differing(self) -> "Chapter":
        """The same with only the points on which columns differ."""
        points = [point for point in self.points if point.is_difference]
        return Chapter(self.id, self.title, points)


def points_of(chapters: Sequence[Chapter]) -> Iterator[Point]:
    for chapter in chapters:
        yield from chapter.points
