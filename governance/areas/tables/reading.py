"""Reading a CSV table of areas: its form is told by its columns.

| form        | a row says                                    | columns it must have               |
|-------------|-----------------------------------------------|------------------------------------|
| `gemeenten` | what holds of a municipality from a day on    | `refnis`, `naam`                   |
| `indeling`  | which municipalities an area holds from a day | `naam`, `gemeenten_refnis`         |
| `fusies`    | into what a municipality went on a day        | `oud_refnis`, `nieuw_refnis`, ...  |
| `liggingen` | one dated membership                          | `gebied`, `lid`                    |

UTF-8, with commas, semicolons or tabs; a list in a cell is separated by `|`. An empty cell says
nothing, and one that is missing at the end of a row is empty. What this site exports is read: it
calls `refnis` `nis`, and puts an apostrophe before what a spreadsheet would take for a formula.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from eerstelijn import one_form
from eerstelijn.tables import UnreadableTable, body_of, lines_of, plain, text_of
from governance.models import MUNICIPALITY

#: Columns that have two names, and the one by which they are known here.
OTHER_NAMES = {"nis": "refnis"}
#: What is said of the list of areas that this site exports: it has no form of its own.
OUR_LIST = (
    " Een lijst van gebieden van deze site zegt niet wat waar ligt: voeg een kolom "
    "“gemeenten_refnis” toe, met de NIS-codes van de gemeenten in elk gebied."
)
#: The column whose cells are texts of more lines.
TEXT = "toelichting"


@dataclass(frozen=True)
class Form:
    """A form of table: the columns it must have, those it may have, and what identifies a row."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    key: tuple[str, ...]


FORMS = (
    Form(
        "fusies",
        ("oud_refnis", "nieuw_refnis", "nieuwe_naam", "datum"),
        (),
        ("oud_refnis",),
    ),
    Form(
        "liggingen",
        ("gebied", "lid"),
        ("deel", "van", "tot"),
        ("gebied", "lid", "deel", "van"),
    ),
    Form(
        "indeling",
        ("naam", "gemeenten_refnis"),
        ("code", "aantal_gemeenten", "toelichting"),
        ("naam",),
    ),
    Form(
        "gemeenten",
        ("refnis", "naam"),
        ("postcodes", "x_lambert72", "y_lambert72", "oppervlakte_km2", "buurgemeenten_refnis"),
        ("refnis",),
    ),
)
#: What every form may say of itself in each of its rows, instead of on the command line.
EVERYWHERE = ("soort", "vanaf", "bron")


@dataclass
class Row:
    """One row: the line of the file where it begins, and its cells by column."""

    line: int
    cells: dict[str, str]
    problem: str = ""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def listed(self, column: str) -> list[str]:
        """The values of a cell that holds several, as they stand in it."""
        return [value for part in self[column].split("|") if (value := one_form.line(part))]

    def values(self, column: str) -> list[str]:
        """The same, each once."""
        return list(dict.fromkeys(self.listed(column)))


@dataclass
class Table:
    """A table that was read. `ignored` are the columns that nothing was done with."""

    form: Form
    rows: list[Row]
    ignored: list[str] = field(default_factory=list)
    #: In a table of municipalities: the kinds of area that it has a column for.
    kinds: list[str] = field(default_factory=list)


def read(data: bytes, kinds: Container[str]) -> Table:
    """The table in the bytes of a file. `kinds` are the slugs of the kinds of area.

    In a table of municipalities a column that is called after a kind names the area of that kind.
    Raises UnreadableTable.
    """
    text, delimiter, skipped = body_of(text_of(data))
    lines = lines_of(text, delimiter, skipped)
    first, head = next(lines, (1, []))
    written = [one_form.line(column) for column in head]
    header = [OTHER_NAMES.get(name.lower(), name.lower()) for name in written]
    if not any(header):
        raise UnreadableTable("Het bestand is leeg.")
    if doubled := {column for column in header if column and header.count(column) > 1}:
        names = (name for name, column in zip(written, header, strict=True) if column in doubled)
        said = ", ".join(sorted(set(names)))
        raise UnreadableTable(f"Deze kolom staat er twee keer: {said}.")
    form = next((form for form in FORMS if set(form.required) <= set(header)), None)
    if form is None:
        needed = "; of ".join(", ".join(form.required) for form in FORMS)
        said = f"Regel {first} noemt niet de kolommen die we kennen: {needed}."
        raise UnreadableTable(said + OUR_LIST * ({"slug", "soort"} <= set(header)))
    named: list[str] = []
    if form.name == "gemeenten":
        named = [kind for kind in header if kind in kinds and kind != MUNICIPALITY]
    known = {*form.required, *form.optional, *EVERYWHERE, *named}
    rows = [_row(line, header, values, delimiter) for line, values in lines]
    if not rows:
        raise UnreadableTable("De tabel heeft geen rijen.")
    _refuse_doubles(rows, form.key)
    ignored = [
        name for name, column in zip(written, header, strict=True) if column and column not in known
    ]
    return Table(form, rows, ignored, named)


def _row(line: int, header: Sequence[str], values: Sequence[str], delimiter: str) -> Row:
    """A row by the columns of the header; without a name a column has nothing to say."""
    row = Row(line, {})
    for number, value in enumerate(values, 1):
        column = header[number - 1] if number <= len(header) else ""
        if column:
            in_one_form = one_form.text if column == TEXT else one_form.line
            row.cells[column] = plain(value, in_one_form)
            if column != TEXT and delimiter in value and re.search(r"[\r\n]", value):
                row.problem = f"bij “{column}” sluit een aanhalingsteken pas op een andere rij"
        elif (loose := one_form.line(value)) and not row.problem:
            row.problem = f"kolom {number} heeft geen kop, maar er staat “{loose[:60]}” in"
    return row


def _refuse_doubles(rows: list[Row], key: tuple[str, ...]) -> None:
    """A row that says of the same thing again gets a problem that names the first.

    Of another kind or from another day it is not the same thing.
    """
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        if row.problem or not any(row[column] for column in key):
            continue
        identity = tuple(row[column].casefold() for column in (*key, "soort", "vanaf"))
        if identity in seen:
            row.problem = f"staat ook op regel {seen[identity]}"
        seen.setdefault(identity, row.line)
