"""What stands above a comparison: the difference in one breath, from what was counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from concepts.models import LegalBasis, Ownership, Participation
from concepts.versus.columns import Column
from concepts.versus.points import Chapter, Mark, Point, points_of
from eerstelijn.finder.sentence import Segment, counted

#: How many names a sentence holds; more are counted.
MOST_NAMED = 3
ALL_OF_THEM = {2: "allebei", 3: "alle drie", 4: "alle vier"}
POINTS = ("punt", "punten")
PARTNERS = ("partner", "partners")


def sentence(
    columns: Sequence[Column], chapters: Sequence[Chapter], of_one: str = ""
) -> list[Segment]:
    """The difference between concepts; or, `of_one` concept, between its days or versions."""
    points = list(points_of(chapters))
    if of_one:
        return list(_of_one(of_one, columns, points))
    return list(Concepts(columns, points).segments())


def _of_one(name: str, columns: Sequence[Column], points: Sequence[Point]) -> Iterator[Segment]:
    yield Segment(name, strong=True)
    on = "op " if columns[0].day and columns[0].id == str(columns[0].day) else ""
    yield Segment(", " if not on else " ")
    yield from _listed([f"{on}{column.name}" for column in columns])
    differing = [point for point in points if point.is_difference]
    if not differing:
        yield Segment(": de bronnen zeggen hetzelfde.")
        return
    yield Segment(": ")
    yield counted(len(differing), POINTS)
    names = list(dict.fromkeys(point.label for point in differing))
    named = ", ".join(names[:MOST_NAMED]) + (" ..." if len(names) > MOST_NAMED else "")
    same = sum(point.mark is Mark.SAME for point in points)
    yield Segment(f" {'verschilt' if len(differing) == 1 else 'verschillen'} ({named}), ")
    yield Segment(f"{same} {'is' if same == 1 else 'zijn'} gelijk.")


@dataclass
class Concepts:
    """The sentence about several concepts, clause by clause."""

    columns: Sequence[Column]
    points: Sequence[Point]

    def segments(self) -> Iterator[Segment]:
        yield from self._kinds()
        yield from self._between()
        yield from self._shared()
        yield from self._partners()
        yield from self._alone()

    def _kinds(self) -> Iterator[Segment]:
        """ "GBO is een samenwerkingsverband, Sociaal Huis een loket of huis." """
        kinds = [column.version.get_kind_display() for column in self.columns]
        if len(set(kinds)) == 1:
            yield from _listed([column.name for column in self.columns])
            yield Segment(f" zijn {ALL_OF_THEM[len(kinds)]} een ")
            yield Segment(kinds[0], strong=True)
        else:
            for number, (column, kind) in enumerate(zip(self.columns, kinds, strict=True)):
                verb = " een " if number else " is een "
                yield Segment(f"{', ' if number else ''}{column.name}{verb}")
                yield Segment(kind, strong=True)
        yield Segment(". ")

    def _between(self) -> Iterator[Segment]:
        """What the sources say of one to the other: "GBO vertrekt vanuit Sociaal Huis." """
        shown = {column.version.concept_id: column.name for column in self.columns}
        for column in self.columns:
            for row in column.version.relations.all():
                if row.other_id in shown:
                    words = row.get_kind_display()
                    yield Segment(f"{column.name} ")
                    yield Segment(words, strong=True)
                    yield Segment(f" {shown[row.other_id]}. ")

    def _shared(self) -> Iterator[Segment]:
        """What is the same beside the partners."""
        shared = [
            words
            for kind, words in (
                (Ownership.data_name, "de dienst"),
                ("schaal", "de soort gebied"),
                ("gebied", "de gebieden"),
            )
            if any(point.mark is Mark.SAME for point in self._of(kind))
        ]
        laws = [
            point.short
            for point in self._of(LegalBasis.data_name)
            if len(point.filled) == len(self.columns)
        ]
        if laws:
            more = f" en nog {len(laws) - 1} andere" if len(laws) > 1 else ""
            shared.append(f"het {laws[0]}" if _is_decree(laws[0]) else laws[0])
            shared[-1] += more
        if shared:
            yield Segment("Ze delen ")
            yield from _listed(shared)
            yield Segment(". ")

    def _partners(self) -> Iterator[Segment]:
        """Whom they all ask, and whether in the same role."""
        partners = self._of(Participation.data_name)
        common = [point for point in partners if len(point.filled) == len(self.columns)]
        if not partners:
            return
        if not common:
            yield Segment("Ze vragen geen enkele partner allemaal. " if self._many else NO_PARTNER)
            return
        other = sum(point.mark is Mark.OTHER_ROLE for point in common)
        yield Segment(f"Ze vragen {ALL_OF_THEM[len(self.columns)]} ")
        if len(common) <= MOST_NAMED:
            yield from _listed([point.label for point in common])
        else:
            yield counted(len(common), ("dezelfde partner", "dezelfde partners"))
        if other == len(common):
            yield Segment(", in een andere rol")
        elif other:
            yield Segment(f", {other} daarvan in een andere rol")
        yield Segment(". ")

    def _alone(self) -> Iterator[Segment]:
        """How many partners only one of them asks."""
        partners = self._of(Participation.data_name)
        alone = [
            (number, [point for point in partners if point.filled == [number]])
            for number in range(len(self.columns))
        ]
        alone = [(number, points) for number, points in alone if points]
        for place, (number, points) in enumerate(alone):
            name = self.columns[number].name
            if place:
                yield Segment(f", {len(points)} enkel bij {name}")
            else:
                verb = "staat" if len(points) == 1 else "staan"
                yield counted(len(points), PARTNERS)
                yield Segment(f" {verb} enkel bij {name}")
        if alone:
            yield Segment(".")

    @property
    def _many(self) -> bool:
        return len(self.columns) > 2

    def _of(self, kind: str) -> list[Point]:
        return [point for point in self.points if point.kind == kind]


NO_PARTNER = "Ze vragen geen enkele partner allebei. "


def _is_decree(title: str) -> bool:
    return title.casefold().startswith(("decreet", "besluit"))


def _listed(names: Sequence[str]) -> Iterator[Segment]:
    """Names in a row, each strong: "A, B en C"."""
    for number, name in enumerate(names):
        if number:
            yield Segment(" en " if number == len(names) - 1 else ", ")
        yield Segment(name, strong=True)
