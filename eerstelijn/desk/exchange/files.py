"""A file that an editor sends, or gets: CSV, or a spreadsheet of one sheet."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

from django.http import HttpResponse
from tablib import Dataset

from eerstelijn import one_form
from eerstelijn.pages.export import cell, csv_response
from eerstelijn.tables import LONGEST_CELL, UnreadableTable, body_of, lines_of, plain, text_of

#: No table of editors comes near: 1,000 rows of 1,000 signs. It travels with its report.
LARGEST = 1_000_000
MOST_ROWS = 1_000
#: What a spreadsheet may hold once it is unpacked: more is a bomb.
LARGEST_UNPACKED = 30_000_000
MOST_COLUMNS = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(
    name: str, data: bytes, columns: list[str], needed: str
) -> tuple[Dataset, list[int], list[str]]:
    """The rows of a file by these columns, the line of each, and the columns that we do not know.

    Raises UnreadableTable.
    """
    if len(data) > LARGEST:
        raise UnreadableTable("Het bestand is te groot: hoogstens 1 MB.")
    is_sheet = data[:4] == b"PK\x03\x04"
    if name.lower().endswith((".xls", ".ods", ".numbers")) or data[:4] == b"\xd0\xcf\x11\xe0":
        raise UnreadableTable("Dit is geen CSV en geen XLSX. Bewaar het in een van die twee.")
    lines = _sheet(data) if is_sheet else _csv(data)
    first, head = next(lines, (1, []))
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
    table, numbers = Dataset(headers=known), []
    for number, values in lines:
        if len(numbers) == MOST_ROWS:
            raise UnreadableTable(f"Het bestand heeft meer dan {MOST_ROWS} rijen. Verdeel het.")
        loose = [value for value in values[len(header) :] if one_form.line(value)]
        if loose:
            raise UnreadableTable(f"Regel {number} heeft meer cellen dan er kolommen zijn.")
        padded = dict(zip(header, [*values, *[""] * len(header)], strict=False))
        table.append([plain(padded[column], one_form.text).strip() for column in known])
        numbers.append(number)
    if not numbers:
        raise UnreadableTable("De tabel heeft geen rijen.")
    return table, numbers, [column for column in header if column and column not in columns]


def _csv(data):
    text, delimiter, skipped = body_of(text_of(data))
    return lines_of(text, delimiter, skipped)


def _sheet(data):
    """The rows of the first sheet, as texts."""
    from openpyxl import load_workbook  # here only: 7 MB in each process of the site

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise UnreadableTable("Het rekenblad is uitgepakt te groot.")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        for number, values in enumerate(rows, 1):
            texts = [_text(value) for value in values]
            if any(map(one_form.line, texts)):
                yield number, _without_end(texts)
            if number > 20 * MOST_ROWS:
                raise UnreadableTable("Het rekenblad heeft te veel rijen.")
    except UnreadableTable:
        raise
    except Exception as error:  # whatever openpyxl stumbles over in a file that is broken
        raise UnreadableTable(
            "Dit rekenblad kunnen we niet lezen. Open het en bewaar het opnieuw als XLSX, "
            "of als CSV UTF-8."
        ) from error


def _without_end(texts):
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value):
    """A cell as people see it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dt.datetime):
        value = dt.date(value.year, value.month, value.day)  # a spreadsheet knows no zones
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, (float, Decimal)) and value == int(value):
        value = int(value)
    text = str(value)
    if len(text) > LONGEST_CELL:
        raise UnreadableTable(f"Een cel heeft meer dan {LONGEST_CELL} tekens.")
    return text


def as_file(form: str, name: str, table: Dataset) -> HttpResponse:
    """A table as an answer that is saved; what a spreadsheet would calculate is made harmless."""
    if form != "xlsx":
        return _closed(csv_response(name, table.headers, table, excel=True))
    from openpyxl import Workbook  # as above
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for row in [table.headers, *table]:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell(value)) for value in row])
    packed = io.BytesIO()
    book.save(packed)
    response = HttpResponse(packed.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _closed(response):
    """What the desk gives is not for pages of other sites."""
    del response["Access-Control-Allow-Origin"]
    return response
