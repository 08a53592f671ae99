"""How the records on one page of a finder show: as rows of the page, and as rows of data."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eerstelijn.finder.sentence import Segment, sentence
from eerstelijn.pages.export import AT_ONCE


@dataclass
class RowGroup:
    """Rows under a heading that says what they have in common, and how many they are in all.

    A folded group shows its heading only, until a reader opens it, unless it `is_open`.
    """

    rows: list[Any]
    key: str = ""
    label: str = ""
    count: int = 0
    note: str = ""
    is_folded: bool = False
    is_open: bool = False


class Rows:
    """The rows of one page. Subclasses say in `row` and `data` how a record shows."""

    template_name = "finder/_row_reference.html"
    #: The header of an empty CSV; otherwise the keys of `data` are the columns.
    csv_columns: tuple[str, ...] = ("slug", "naam")

    def __init__(self, filterset: Any, records: Iterable[Any], absolute: Callable[[str], str]):
        self.filterset = filterset
        self.records = records
        self.absolute = absolute

    # What a list may say beside its rows; most lists say nothing.

    @property
    def forest(self) -> Any:
        """The trees of all records of the list (see `concepts.finder.forest`)."""
        return None

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
        return [RowGroup([self.row(record) for record in self.records])]

    def sentence(self, number: int, nouns: tuple[str, str]) -> list[Segment]:
        """The question in words, and how many rows it found."""
        return sentence(number, nouns, self.filterset)

    def row(self, record: Any) -> Any:
        """What a row of the page shows (see the template)."""
        raise NotImplementedError

    def data(self, record: Any) -> dict[str, Any]:
        """What the data formats give of a record."""
        raise NotImplementedError

    def all_cells(self, is_large: bool) -> Iterator[dict[str, Any]]:
        """The rows of a CSV: every record that was found, in the order of the pages."""
        found = self.filterset.qs
        return map(self.cells, found.iterator(AT_ONCE) if is_large else found)

    def cells(self, record: Any) -> dict[str, Any]:
        """The same for a CSV: a value or a list of them for each column."""
        return self.data(record)
