"""How the records on one page of a finder show: as rows of the page, and as rows of data."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template import loader

from eerstelijn.database import stamp
from eerstelijn.finder.counting import RowSet
from eerstelijn.finder.sentence import Segment, sentence
from eerstelijn.kept import Kept
from eerstelijn.pages.export import AT_ONCE

#: How many rows a process keeps as they were printed, of some two kilobytes each.
MOST_PRINTED = 1_000

#: Rows by their list, their primary key, and what their question says of them.
printed: Kept[str] = Kept(MOST_PRINTED)


@dataclass
class RowGroup:
    """Rows under a heading that says what they have in common, and how many they are in all.

    A folded group shows its heading only, until a reader opens it, unless it `is_open`.
    """

    maker: "Rows"
    #: The primary keys of the rows.
    keys: Sequence[Any]
    key: str = ""
    label: str = ""
    count: int = 0
    note: str = ""
    is_folded: bool = False
    is_open: bool = False

    @property
    def rows(self) -> list[Any]:
        """What the rows say; a page takes them as they were printed."""
        return [self.maker.row(record) for record in self.maker.shown(self.keys)]

    @property
    def printed(self) -> list[str]:
        return self.maker.printed(self.keys)


class Rows:
    """The rows of one page. Subclasses say in `row` and `data` how a record shows."""

    template_name = "finder/_row_reference.html"
    #: The header of an empty CSV; otherwise the keys of `data` are the columns.
    csv_columns: tuple[str, ...] = ("slug", "naam")
    #: Where its printed rows are kept: what holds for another time has a place of its own.
    store: Kept[str] = printed

    def __init__(self, filterset: Any, keys: Sequence[Any], absolute: Callable[[str], str]):
        self.filterset = filterset
        self.keys = keys
        self.absolute = absolute

    @cached_property
    def records(self) -> list[Any]:
        """The records of the page, in its order."""
        return self.fetch(self.keys)

    def fetch(self, keys: Sequence[Any]) -> list[Any]:
        """Records by their primary keys, with what data give of them; none that is gone by now."""
        if not keys:
            return []
        found = {record.pk: record for record in self.filterset.queryset.filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]

    def shown(self, keys: Sequence[Any]) -> list[Any]:
        """The same with what a row of the page shows."""
        return self.fetch(keys)

    def printed(self, keys: Sequence[Any]) -> list[str]:
        """Rows as HTML, each made once for as long as it stays what it is."""
        of_list, variant = type(self), self.variant

        def make(names: list[Any]) -> Mapping[Hashable, str]:
            template = loader.get_template(self.template_name)
            by_key = {name[1]: name for name in names}
            return {
                by_key[record.pk]: template.render({"row": self.row(record)})
                for record in self.shown([*by_key])
            }

        names = [(of_list, key, variant, self.said_elsewhere(key)) for key in keys]
        return self.store.several(self.holds_while, names, make)

    @property
    def holds_while(self) -> Hashable:
        """What is another as soon as a printed row may be, save by what is `said_elsewhere`."""
        return stamp.of_today()

    def said_elsewhere(self, key: Any) -> Hashable:
        """What a row shows and its record does not say, where that may be another any time."""
        return None

    @property
    def variant(self) -> Hashable:
        """What a row shows beside its record: of a question that changes nothing, nothing."""
        return self.filterset.stated_day

    # What a list may say beside its rows; most lists say nothing.

    @property
    def forest(self) -> Any:
        """The trees of all records of the list (see `concepts.finder.forest`)."""
        return None

    @property
    def upright(self) -> RowSet:
        """Which of those trees are upright: what was found."""
        found: RowSet = self.filterset.found
        return found

    @property
    def remarks(self) -> Sequence[str]:
        """What a reader should know of the question beside what could not be followed."""
        return ()

    @property
    def spelling(self) -> Sequence[str]:
        """Search words that are spelled like the one that was given."""
        return ()

    def ways(self, finder: Any) -> Sequence[Any]:
        """Links out of an empty list, of its Finder, beside those that every list has."""
        return ()

    @property
    def totals(self) -> dict[str, Any]:
        """What the data say of all that was found."""
        return {}

    @property
    def groups(self) -> list[RowGroup]:
        """The rows under the headings that the list has; usually there is none."""
        return [RowGroup(self, self.keys)]

    def sentence(self, number: int, nouns: tuple[str, str]) -> list[Segment]:
        """The question in words, and how many rows it found."""
        return sentence(number, nouns, self.filterset)

    def row(self, record: Any) -> Any:
        """What a row of the page shows (see the template)."""
        raise NotImplementedError

    def data(self, record: Any) -> dict[str, Any]:
        """What the data formats give of a record."""
        raise NotImplementedError

    def as_data(self) -> list[dict[str, Any]]:
        """The rows of the page as data."""
        return [self.data(record) for record in self.records]

    def all_cells(self, is_large: bool) -> Iterator[dict[str, Any]]:
        """The rows of a CSV: every record that was found, in the order of the pages."""
        found = self.filterset.qs
        return map(self.cells, found.iterator(AT_ONCE) if is_large else found)

    def cells(self, record: Any) -> dict[str, Any]:
        """The same for a CSV: a value or a list of them for each column."""
        return self.data(record)
