"""Turns a spreadsheet into rows of texts, and rows into a spreadsheet; a program of its own.

    sheet.py read MOST_ROWS MOST_COLUMNS LONGEST_CELL    XLSX on standard input, lines of JSON on
                                                         standard output: a number and its texts
    sheet.py write NAME                                  JSON rows on standard input, XLSX on output

A spreadsheet of a few kilobytes can unpack to gigabytes of styles and empty cells, and openpyxl
reads those in full. So this imports nothing of the site, and whoever starts it holds it to what it
may cost (`eerstelijn.bounded`). It ends with `REFUSED` and a sentence for the editor on standard
error, or with another status when the file is broken.
"""

import datetime as dt
import io
import json
import sys
from collections.abc import Iterator
from decimal import Decimal

#: Ends with this status where a sentence says what is wrong.
REFUSED = 3


class Refused(Exception):
    """Why it is not taken, as a sentence."""


def rows(data: bytes, most_rows: int, most_columns: int, longest: int) -> Iterator[list[object]]:
    """The rows of the first sheet that are not empty, each with its number and its texts."""
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    found = sheet.iter_rows(max_col=most_columns, values_only=True)
    for number, values in enumerate(found, 1):
        texts = [text(value) for value in values]
        if any(len(each) > longest for each in texts):
            raise Refused(f"Een cel heeft meer dan {longest} tekens.")
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            yield [number, texts]
        if number > most_rows:
            raise Refused("Het rekenblad heeft te veel rijen.")


def text(value: object) -> str:
    """A cell as people see it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dt.date):  # or a moment: a spreadsheet knows no zones
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float | Decimal) and value == int(value):
        value = int(value)
    return str(value)


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
