"""How the records on one page of a finder show: as rows of the page, and as rows of data."""

from dataclasses import dataclass


@dataclass
class RowGroup:
    """Rows under a heading that says what they have in common, and how many they are in all."""

    rows: list
    key: str = ""
    label: str = ""
    count: int = 0
    note: str = ""


class Rows:
    """The rows of one page. Subclasses say in `row` and `data` how a record shows."""

    template_name = "finder/_row_reference.html"
    #: The header of an empty CSV; otherwise the keys of `data` are the columns.
    csv_columns = ("slug", "naam")

    # What a list may say beside its rows; most lists say nothing.

    #: The trees of all records of the list (see `concepts.finder.forest`).
    forest = None
    #: What a reader should know of the question beside what could not be followed.
    remarks = ()
    #: Search words that are spelled like the one that was given.
    spelling = ()
    #: What the data say of all that was found.
    totals = {}

    def __init__(self, filterset, records, absolute):
        self.filterset = filterset
        self.records = records
        self.absolute = absolute

    @property
    def groups(self):
        """The rows under the headings that the list has; usually there is none."""
        return [RowGroup([self.row(record) for record in self.records])]

    def row(self, record):
        """What a row of the page shows (see the template)."""
        raise NotImplementedError

    def data(self, record):
        """What the data formats give of a record."""
        raise NotImplementedError

    def cells(self, record):
        """The same for a CSV: a value or a list of them for each column."""
        return self.data(record)
