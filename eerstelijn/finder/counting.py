"""What a process keeps of a list, to find and count its rows without asking the database.

A set of rows is a whole number here, with a bit for each row: the first for the first row by name.
The rows that are left by a question and have an option are the bits that two such numbers share, so
that counting a thousand options takes about a millisecond at ten thousand rows, whatever the
question.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Protocol

from django.db.models import QuerySet

from eerstelijn.database.asking import Prepared, answered, of_keys, prepared
from eerstelijn.kept import Kept, Part

#: How many lists of today a process keeps: every one there is, with the options of each kind. And
#: how many of another day, so that whoever asks many days does not push those of today out.
MOST_OF_TODAY, MOST_OF_A_DAY = 24, 4
#: Of so many rows that came and went a list is amended; of more it is read anew.
MOST_MOVED = 40

#: A set of rows: a bit for each.
RowSet = int
#: What goes with a Tally goes when it goes.
ALWAYS = ""
#: From the digits of a number in base two to bytes that say yes or no.
BITS = bytes.maketrans(b"01", b"\x00\x01")


class Sets(Protocol):
    """The set of each option of a facet, by its primary key as text."""

    def get(self, option: str, other: RowSet, /) -> RowSet: ...

    def amended(self, moved: "Moved", came: Any) -> "Sets":
        """The same of a list of which some rows went and came, with those of what came."""


class OptionSets(dict[str, RowSet]):
    """The same, all worked out."""

    def amended(self, moved: "Moved", came: "OptionSets") -> "OptionSets":
        both = {option: moved(rows) | came.get(option, 0) for option, rows in self.items()}
        return OptionSets(came | both)


def one_query(queries: Iterable[Any]) -> Any:
    """The rows of several queries as one, each row as often as it comes."""
    first, *rest = queries
    return first.union(*rest, all=True) if rest else first


@dataclass(frozen=True)
class Moved:
    """How the rows of a list became those of it now: a few went and came, the rest kept its order.

    The places of those that went, last first, and of those that came.
    """

    gone: list[int]
    come: list[int]

    @classmethod
    def between(cls, before: list[Any], now: list[Any]) -> "Moved | None":
        """None where that is not so."""
        gone, come = set(before).difference(now), set(now).difference(before)
        if len(gone) + len(come) > MOST_MOVED:
            return None
        if [pk for pk in before if pk not in gone] != [pk for pk in now if pk not in come]:
            return None
        places = [place for place, pk in enumerate(before) if pk in gone]
        return cls(places[::-1], [place for place, pk in enumerate(now) if pk in come])

    def __call__(self, rows: RowSet) -> RowSet:
        """A set of rows with each at its place of now; what came is not in it."""
        for place in self.gone:
            rows = rows & (1 << place) - 1 | rows >> place + 1 << place
        for place in self.come:
            rows = rows & (1 << place) - 1 | rows >> place << place + 1
        return rows


class Tally:
    """Which rows of a list have which options: the rows by name, and one query for all facets.

    `rows` are in the order of their names. `ground` is what they rest on beside themselves: of rows
    that never change, those of a `last` Tally on the same ground are not read again.
    """

    def __init__(
        self,
        rows: QuerySet,
        facets: Mapping[str, Any],
        ground: Hashable = None,
        last: "Tally | None" = None,
    ):
        self.ground = ground
        self.pks = list(rows.values_list("pk", flat=True))
        self._position = {pk: position for position, pk in enumerate(self.pks)}
        self._beside: dict[str, Any] = {}
        self._parts: Kept[str] = Kept(most=3)
        self._question: Prepared | None = None
        rows = rows.order_by()
        self.everything: RowSet = (1 << len(self._position)) - 1
        amended = self._amended(last, rows, facets)
        self._sets = self._read(rows, facets) if amended is None else amended

    def _read(self, rows: QuerySet, facets: Mapping[str, Any]) -> dict[str, tuple[Sets, RowSet]]:
        """The sets of each facet of these rows, and that of every other option: one query."""
        question = _members(rows, facets)
        return self._settled(facets, () if question is None else question)

    def _read_some(
        self, keys: list[Any], facets: Mapping[str, Any]
    ) -> dict[str, tuple[Sets, RowSet]]:
        """The same of a few rows, by their primary keys."""
        return self._settled(facets, answered(self._question, keys) if self._question else ())

    def _settled(
        self, facets: Mapping[str, Any], members: Iterable[tuple[str, str, list[Any] | None]]
    ) -> dict[str, tuple[Sets, RowSet]]:
        found = {key: OptionSets() for key in facets}
        for key, option, pks in members:
            found[key][option] = self.set_of(pks or ())
        return {key: facet.settle(found[facet.counted_with]) for key, facet in facets.items()}

    def _amended(
        self, last: "Tally | None", rows: QuerySet, facets: Mapping[str, Any]
    ) -> dict[str, tuple[Sets, RowSet]] | None:
        """The same from those of before, with what came; None where more is another."""
        if last is None or self.ground is None or last.ground != self.ground:
            return None
        if (moved := Moved.between(last.pks, self.pks)) is None:
            return None
        # On one ground the question is the same, which takes longer to put together than to answer.
        self._question = last._question
        if self._question is None and (members := _members(of_keys(rows), facets)) is not None:
            self._question = prepared(members)
        came = self._read_some([self.pks[place] for place in moved.come], facets)
        return {
            key: (sets.amended(moved, came[key][0]), moved(others) | came[key][1])
            for key, (sets, others) in last._sets.items()
        }

    def set_of(self, pks: Iterable[Any]) -> RowSet:
        """These rows as a set; what is not in the list is left out."""
        bits = bytearray(len(self._position) // 8 + 1)
        for position in map(self._position.get, pks):
            if position is not None:
                bits[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(bits, "little")

    def in_order(self, rows: RowSet, positions: Sequence[int] | None = None) -> Iterator[Any]:
        """The primary keys of a set, by name or in another order of positions, as far as asked."""
        # As bytes, so that one of them is looked up and not shifted out of a long number.
        bits = f"{rows:b}".zfill(len(self.pks)).encode().translate(BITS)[::-1]
        if positions is None:
            return compress(self.pks, bits)
        return (self.pks[position] for position in positions if bits[position])

    def positions(self, pks: Iterable[Any]) -> list[int]:
        """Rows in some order, by their positions."""
        return [self._position[pk] for pk in pks if pk in self._position]

    def has(self, rows: RowSet, pk: Any) -> bool:
        """Whether a row is in a set."""
        return bool(rows >> self._position[pk] & 1)

    def beside(self, name: str, read: Callable[[], Any]) -> Any:
        """What else holds as long as the sets do: it is read when it is asked for first.

        Two requests may read the same at once; what they read is the same.
        """
        if name not in self._beside:
            self._beside[name] = read()
        return self._beside[name]

    def part(self, name: str) -> Part:
        """A part of the page that holds as long as the sets do."""
        return Part(self._parts, ALWAYS, name)

    def rows_with(self, key: str, option: str, other: RowSet | None = None) -> RowSet:
        """The rows that have an option of a facet; of one that nobody counted, `other`."""
        found, others = self._sets[key]
        return found.get(option, others if other is None else other)


def _members(rows: QuerySet, facets: Mapping[str, Any]) -> Any:
    """What all facets count these rows by, as one query; None where none counts them."""
    queries = [query for facet in facets.values() for query in facet.members(rows)]
    return one_query(queries) if queries else None


#: The lists of today by their rows, and the options of every finder by its class.
of_today: Kept[Any] = Kept(MOST_OF_TODAY)
#: Lists by their rows and a peildatum.
of_a_day: Kept[Tally] = Kept(MOST_OF_A_DAY)
