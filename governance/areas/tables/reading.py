"""Reading a CSV table of areas: its form is told by its columns.

| form        | a row says                                    | columns it must have               |
|-------------|-----------------------------------------------|------------------------------------|
| `gemeenten` | what holds of a municipality from a day on    | `refnis`, `naam`                   |
| `indeling`  | which municipalities an area holds from a day | `naam`, `gemeenten_refnis`         |
| `fusies`    | into what a municipality went on a day        | `oud_refnis`, `nieuw_refnis`, ...  |
| `liggingen` | one dated membership                          | `gebied`, `lid`                    |

UTF-8, with commas or semicolons; a list in a cell is separated by `|`. An empty cell says nothing.
"""

import csv
import io
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from eerstelijn import one_form
from governance.models import MUNICIPALITY

#: Anything longer is no cell of a table, but a file that lost its line ends.
LONGEST_CELL = 20_000


class UnreadableTable(Exception):
    """A file that is no table of areas, with a Dutch sentence that says where and why."""


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
    """One row: the line of the file where it ends, and its cells by column."""

    line: int
    cells: dict[str, str]
    problem: str = ""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def values(self, column: str) -> list[str]:
        """The values of a cell that holds several."""
        return [value for part in self[column].split("|") if (value := one_form.line(part))]


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
    lines = _lines(_text(data))
    header = [column.lower() for column in next(lines, (0, []))[1]]
    while header and not header[-1]:  # spreadsheets add empty columns at the end
        header.pop()
    if not header:
        raise UnreadableTable("Het bestand is leeg.")
    if doubled := {column for column in header if header.count(column) > 1}:
        raise UnreadableTable(f"Deze kolom staat er twee keer: {', '.join(sorted(doubled))}.")
    form = next((form for form in FORMS if set(form.required) <= set(header)), None)
    if form is None:
        needed = "; of ".join(", ".join(form.required) for form in FORMS)
        raise UnreadableTable(f"Regel 1 noemt niet de kolommen die we kennen: {needed}.")
    named: list[str] = []
    if form.name == "gemeenten":
        named = [kind for kind in header if kind in kinds and kind != MUNICIPALITY]
    known = {*form.required, *form.optional, *EVERYWHERE, *named}
    rows = [_row(line, header, values) for line, values in lines if any(values)]
    if not rows:
        raise UnreadableTable("De tabel heeft geen rijen.")
    _refuse_doubles(rows, form.key)
    return Table(form, rows, [column for column in header if column not in known], named)


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableTable(
            f"Regel {line} is niet in UTF-8 geschreven. Bewaar het bestand als CSV UTF-8."
        ) from None
    before, found, _ = text.partition("\x00")
    if found:
        raise UnreadableTable(f"Regel {before.count(chr(10)) + 1} is geen tekst.")
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Pairs of a line number and the cells of a row."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for values in reader:
            yield reader.line_num, [value.strip() for value in values]
    except csv.Error as error:
        raise UnreadableTable(f"Regel {reader.line_num} is geen CSV: {error}.") from None


def _row(line: int, header: list[str], values: list[str]) -> Row:
    while len(values) > len(header) and not values[-1]:
        values.pop()
    if len(values) != len(header):
        return Row(line, {}, f"{len(values)} cellen, maar {len(header)} kolommen")
    return Row(line, dict(zip(header, values, strict=True)))


def _refuse_doubles(rows: list[Row], key: tuple[str, ...]) -> None:
    """A row that says of the same thing again gets a problem that names the first."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        identity = tuple(row[column] for column in key)
        if row.problem or not any(identity):
            continue
        if identity in seen:
            row.problem = f"staat ook op regel {seen[identity]}"
        seen.setdefault(identity, row.line)
