"""Two versions of a concept compared: what is new, what is gone, what changed from what to what.

A statement is the same one when its kind and its key are; whatever its place. It is pure: the
versions come in as words (`concepts.versions.told`), and go out as pieces that say what they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from concepts.versions.told import Fields, Form, Kind, Row, Said, Told
from concepts.versions.words import Mark, Piece, by_word, differ, in_short, lines


@dataclass(frozen=True)
class FieldChange:
    """One field that differs, or a field of a statement that is new or gone."""

    label: str
    pieces: tuple[Piece, ...]
    #: Whether the pieces stand beside each other, as the places in sources, or are one text.
    is_list: bool = False
    #: What is told beside the pieces: what stays of a list, and in which order.
    note: str = ""

    @property
    def shown(self) -> list[list[Piece]]:
        """The pieces by line, without what is far from any change."""
        if self.is_list:
            return [[piece] for piece in self.pieces]
        return lines(in_short(self.pieces))

    @property
    def whole(self) -> list[list[Piece]]:
        """All of a text by line, where `shown` leaves something out."""
        is_cut = not self.is_list and in_short(self.pieces) != self.pieces
        return lines(self.pieces) if is_cut else []


@dataclass(frozen=True)
class RowChange:
    """A statement that is new, gone or changed."""

    mark: str
    title: str
    fields: tuple[FieldChange, ...]


CHANGED = "gewijzigd"


@dataclass(frozen=True)
class Chapter:
    """What differs among the statements of one kind."""

    one: str
    many: str
    rows: tuple[RowChange, ...]
    same: int
    is_reordered: bool

    @property
    def label(self) -> str:
        return capfirst(self.many)

    @property
    def note(self) -> str:
        """What is told under the statements that differ."""
        order = "De volgorde wijzigde." if self.is_reordered else ""
        rest = f"Gelijk: {counted(self.same, self.one, self.many)}." if self.same else ""
        return " ".join(filter(None, [order, rest]))


@dataclass(frozen=True)
class Comparison:
    """All that differs between two versions."""

    fields: tuple[FieldChange, ...]
    chapters: tuple[Chapter, ...]

    @property
    def is_same(self) -> bool:
        return not (self.fields or self.chapters)

    @property
    def summary(self) -> str:
        """In one line: "Gewijzigd: 1 veld, 2 passages. Nieuw: 1 deelname. De rest is gelijk."."""
        if self.is_same:
            return "Er is geen verschil."
        said = []
        for mark in (CHANGED, Mark.NEW, Mark.GONE):
            counts = [("veld", "velden", len(self.fields) if mark == CHANGED else 0)]
            for chapter in self.chapters:
                number = sum(row.mark == mark for row in chapter.rows)
                counts.append((chapter.one, chapter.many, number))
            if words := [counted(number, one, many) for one, many, number in counts if number]:
                said.append(f"{capfirst(mark)}: {', '.join(words)}.")
        if moved := [chapter.many for chapter in self.chapters if chapter.is_reordered]:
            said.append(f"Andere volgorde: {', '.join(moved)}.")
        return " ".join([*said, "De rest is gelijk."])


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def compare(before: Told, after: Told) -> Comparison:
    """What somebody who knows the first version finds different in the second."""
    chapters = [
        _chapter(before.kinds.get(name, Kind(kind.one, kind.many)), kind)
        for name, kind in after.kinds.items()
    ]
    return Comparison(
        tuple(_changes(before.fields, after.fields)),
        tuple(chapter for chapter in chapters if chapter.rows or chapter.is_reordered),
    )


def _chapter(before: Kind, after: Kind) -> Chapter:
    old, new = ({row.key: row for row in kind.rows} for kind in (before, after))
    rows = []
    for key, row in new.items():
        if key not in old:
            rows.append(RowChange(Mark.NEW, row.title, tuple(_whole(row))))
        elif changes := tuple(_changes(old[key].fields, row.fields)):
            rows.append(RowChange(CHANGED, row.title, changes))
    changed = sum(row.mark == CHANGED for row in rows)
    rows += [
        RowChange(Mark.GONE, row.title, tuple(_whole(row)))
        for key, row in old.items()
        if key not in new
    ]
    both = old.keys() & new.keys()
    is_reordered = _order(before.rows, both) != _order(after.rows, both)
    return Chapter(after.one, after.many, tuple(rows), len(both) - changed, is_reordered)


def _order(rows: Sequence[Row], keys: set[str]) -> list[str]:
    """The order that editors gave; how a kind sorts beside that follows from its fields."""
    return [
        row.key for row in sorted(rows, key=lambda row: (row.position, row.key)) if row.key in keys
    ]


def _whole(row: Row) -> Iterator[FieldChange]:
    """All that a statement says, as it is."""
    for said in row.fields.values():
        if said.words:
            is_list = said.form in (Form.MANY, Form.IN_ORDER)
            yield FieldChange(said.label, tuple(map(Piece, said.words)), is_list)


def _changes(before: Fields, after: Fields) -> Iterator[FieldChange]:
    for name, new in after.items():
        if change := _change(before[name], new):
            yield change


def _change(old: Said, new: Said) -> FieldChange | None:
    if old.value == new.value:
        return None
    if new.form is Form.TEXT:
        if not differ(old.text, new.text):
            return None
        return FieldChange(new.label, by_word(old.text, new.text))
    if new.form is Form.ONE:
        gone = [Piece(text, Mark.GONE) for text in old.words]
        return FieldChange(new.label, (*gone, *(Piece(text, Mark.NEW) for text in new.words)))
    return _list_change(old, new)


def _list_change(old: Said, new: Said) -> FieldChange | None:
    """By what is in the lists: two places, or two areas, may be called the same."""
    there, now = _named(old), _named(new)
    gone = [Piece(name, Mark.GONE) for key, name in there.items() if key not in now]
    added = [Piece(name, Mark.NEW) for key, name in now.items() if key not in there]
    stay = [key for key in there if key in now]
    is_reordered = new.form is Form.IN_ORDER and stay != [key for key in now if key in there]
    if not (gone or added or is_reordered):
        return None
    note = f"Volgorde nu: {'; '.join(new.words)}." if is_reordered else ""
    if stay and not is_reordered:
        note = f"Gelijk: {len(stay)}."
    return FieldChange(new.label, (*gone, *added), is_list=True, note=note)


def _named(said: Said) -> dict[object, str]:
    """The words of a list by what they stand for."""
    assert isinstance(said.value, tuple)
    return dict(zip(said.value, said.words, strict=True))
