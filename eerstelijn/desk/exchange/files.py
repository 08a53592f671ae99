"""A file that an editor sends, or gets: CSV, or a spreadsheet of one sheet."""

import json
import subprocess
import sys
from collections.abc import Collection

from django.http import HttpResponse
from tablib import Dataset

from eerstelijn import bounded, one_form
from eerstelijn.desk.exchange import sheet
from eerstelijn.pages.export import cell, csv_response
from eerstelijn.tables import (
    LONGEST_CELL,
    UnreadableTable,
    body_of,
    lines_of,
    plain,
    refuse_faults,
    text_of,
)

#: No table of editors comes near: 1,000 rows of 1,000 signs. It travels with its report.
LARGEST = 1_000_000
MOST_ROWS = 1_000
MOST_COLUMNS = 60
#: Bytes of memory, seconds of processor and seconds by the clock that a spreadsheet may take: what
#: needs more is a bomb. A thousand full rows need a fifth of it.
MOST_MEMORY, MOST_SECONDS, PATIENCE = 300 * 2**20, 5, 20
UNREADABLE_SHEET = (
    "Dit rekenblad kunnen we niet lezen: het is te groot of beschadigd. Open het en bewaar het "
    "opnieuw als XLSX, of als CSV UTF-8."
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(
    name: str, data: bytes, columns: list[str], needed: str, days: Collection[str] = ()
) -> tuple[Dataset, list[int], list[str]]:
    """The rows of a file by these columns, the line of each, and the columns that we do not know.

    `days` are the columns in which a spreadsheet may have made a date of what was typed.
    Raises UnreadableTable.
    """
    if len(data) > LARGEST:
        raise UnreadableTable("Het bestand is te groot: hoogstens 1 MB.")
    is_sheet = data[:4] == b"PK\x03\x04"
    if name.lower().endswith((".xls", ".ods", ".numbers")) or data[:4] == b"\xd0\xcf\x11\xe0":
        raise UnreadableTable("Dit is geen CSV en geen XLSX. Bewaar het in een van die twee.")
    lines = _sheet(data) if is_sheet else _csv(data)
    first, head, _ = next(lines, (1, [], []))
    header = [one_form.line(column).lower() for column in head]
    if not any(header):
        raise UnreadableTable("Het bestand is leeg.")
    doubled = sorted({column for column in header if column and header.count(column) > 1})
    if doubled:
        raise UnreadableTable(f"Deze kolom staat er twee keer: {', '.join(doubled)}.")
    if needed not in header:
        raise UnreadableTable(
            f"Regel {first} noemt de kolom “{needed}” niet. De kolommen zijn: {', '.join(columns)}."
        )
    known = [column for column in header if column in columns]
    table, numbers, texts = Dataset(headers=known), [], {*columns}.difference(days)
    for number, values, timed in lines:
        if len(numbers) == MOST_ROWS:
            raise UnreadableTable(f"Het bestand heeft meer dan {MOST_ROWS} rijen. Verdeel het.")
        loose = [value for value in values[len(header) :] if one_form.line(value)]
        if loose:
            raise UnreadableTable(f"Regel {number} heeft meer cellen dan er kolommen zijn.")
        _refuse_timed(number, [values[place] for place in timed if header[place] in texts])
        padded = dict(zip(header, [*values, *[""] * len(header)], strict=False))
        table.append([plain(padded[column], one_form.text).strip() for column in known])
        numbers.append(number)
    if not numbers:
        raise UnreadableTable("De tabel heeft geen rijen.")
    return table, numbers, [column for column in header if column and column not in columns]


def _csv(data):
    text, delimiter, skipped = body_of(text_of(data))
    return ((line, values, []) for line, values in lines_of(text, delimiter, skipped))


def _sheet(data):
    """The rows of the first sheet, as texts."""
    status, told, said = _in_sheet(data, "read", 20 * MOST_ROWS, MOST_COLUMNS, LONGEST_CELL)
    if status == sheet.REFUSED:
        raise UnreadableTable(said)
    if status != 0:
        raise UnreadableTable(UNREADABLE_SHEET)
    for line in map(json.loads, told.splitlines()):
        refuse_faults(line[0], line[1])
        yield line


def _refuse_timed(number: int, found: list[str]) -> None:
    """What was typed as "2.1" is a day to a spreadsheet: nobody can tell any more what it was."""
    if found:
        raise UnreadableTable(
            f"Regel {number}: het rekenblad maakte een datum of een uur van wat je typte, "
            f"“{found[0]}”. Geef die cel de opmaak Tekst en typ het opnieuw."
        )


def _in_sheet(data, task, *given):
    """What the program for spreadsheets answers: its status, and what it said on both outputs.

    None is the status of one that took too long.
    """
    command = [sys.executable, "-I", sheet.__file__, task, *map(str, given)]
    limits = {"memory": MOST_MEMORY, "seconds": MOST_SECONDS}
    with bounded.program(command, told={"PYTHONIOENCODING": "utf-8"}, **limits) as started:
        try:
            told, said = started.communicate(data, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return None, b"", ""
    return started.returncode, told, said.decode(errors="replace")


def as_file(form: str, name: str, table: Dataset) -> HttpResponse:
    """A table as an answer that is saved; what a spreadsheet would calculate is made harmless."""
    if form != "xlsx":
        return _closed(csv_response(name, table.headers, table, excel=True))
    rows = [[str(cell(value)) for value in row] for row in [table.headers, *table]]
    status, packed, said = _in_sheet(json.dumps(rows).encode(), "write", name)
    if status != 0:
        raise RuntimeError(f"no spreadsheet of {name}: {said}")
    response = HttpResponse(packed, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _closed(response):
    """What the desk gives is not for pages of other sites."""
    del response["Access-Control-Allow-Origin"]
    return response
