"""Turns a spreadsheet into rows of texts, and rows into a spreadsheet; a program of its own.

    sheet.py read MOST_ROWS MOST_COLUMNS LONGEST_CELL    XLSX on standard input, lines of JSON on
                                                         standard output: a number, its texts, and
                                                         which of them are days or hours
    sheet.py write NAME                                  JSON rows on standard input, XLSX on output

A spreadsheet of a few kilobytes can unpack to gigabytes of styles and empty cells, and openpyxl
reads those in full. So this imports nothing of the site, and whoever starts it holds it to what it
may cost (`eerstelijn.bounded`). It ends with `REFUSED` and a sentence for the editor on standard
error, or with another status when the file is broken.
"""

import datetime as dt
import io
import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

#: Ends with this status where a sentence says what is wrong.
REFUSED = 3
#: What a spreadsheet makes of "1.2" or "1:30" that somebody typed, where it can.
TIMED = (dt.date, dt.time, dt.timedelta)


class Refused(Exception):
    """Why it is not taken, as a sentence."""


def rows(data: bytes, most_rows: int, most_columns: int, longest: int) -> Iterator[list[object]]:
    """The rows of the first sheet in sight that are not empty, each with its number and its texts,
    and the places of those that are no text to a spreadsheet, but a day or an hour."""
    shown, formulas = (_sheet(data, with_outcomes) for with_outcomes in (True, False))
    both = zip(*(each.iter_rows(max_col=most_columns) for each in (shown, formulas)), strict=True)
    for number, (cells, made) in enumerate(both, 1):
        texts = [text(cell) for cell in cells]
        if any(len(each) > longest for each in texts):
            raise Refused(f"Een cel heeft meer dan {longest} tekens.")
        for cell, formula in zip(cells, made, strict=True):
            if formula.data_type == "f" and cell.value is None and cell.data_type != "str":
                raise Refused(
                    f"Cel {cell.coordinate} is een formule zonder uitkomst. Open het bestand in "
                    "een rekenblad en bewaar het opnieuw, of plak er de waarde."
                )
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            timed = [place for place, cell in enumerate(cells) if isinstance(cell.value, TIMED)]
            yield [number, texts, timed]
        if number > most_rows:
            raise Refused("Het rekenblad heeft te veel rijen.")


def _sheet(data: bytes, with_outcomes: bool) -> Any:
    """The first sheet that is not hidden; with outcomes, or with the formulas that give them."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=with_outcomes)
    sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
    if sheet is None:
        raise Refused("Dit rekenblad heeft geen blad dat te zien is.")
    sheet.reset_dimensions()  # some programs say that a sheet is one cell, and would lose the rest
    return sheet


def text(cell: Any) -> str:
    """A cell as people see it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dt.date):  # or a moment: a spreadsheet knows no zones
        return f"{value:{_precision(cell.number_format)}}"
    if isinstance(value, float | Decimal) and value == int(value):
        value = int(value)
    return str(value)


def _precision(number_format: str) -> str:
    """How much of a day a cell shows: who types "mei 2023" sees that, and means no first of May."""
    shown = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format).lower()
    if "d" in shown or "y" not in shown:
        return "%d/%m/%Y"
    return "%m/%Y" if "m" in shown else "%Y"


def written(name: str, table: list[list[str]]) -> bytes:
    """A spreadsheet of one sheet."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for row in table:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def main(task: str, *given: str) -> int:
    data, out = sys.stdin.buffer.read(), sys.stdout.buffer
    try:
        if task == "write":
            out.write(written(given[0], json.loads(data)))
        else:
            for row in rows(data, *map(int, given)):
                out.write(json.dumps(row).encode() + b"\n")
    except Refused as error:
        sys.stderr.write(str(error))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
