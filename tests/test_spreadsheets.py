"""What spreadsheets do on their own to a table that comes in, and what the desk makes of that."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.desk import editor
from tests.factories import PartnerFactory, PartnerTypeFactory, SourceFactory
from tests.test_exchange import PARTNERS, PLACES, SHEET, SOURCES, look, rows_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(editor("redacteur"))
    return client


@pytest.fixture
def kind():
    return PartnerTypeFactory(slug="welzijn")


def spreadsheet(rows, formats=(), hidden=None):
    """A spreadsheet of these rows; `formats` are those of cells, `hidden` a sheet before it."""
    book, packed = Workbook(), io.BytesIO()
    sheet = book.active
    if hidden:
        for row in hidden:
            sheet.append(row)
        sheet.sheet_state = "hidden"
        sheet = book.create_sheet("Blad2")
        book.active = 1
    for row in rows:
        sheet.append(row)
    for cell, number_format in dict(formats).items():
        sheet[cell].number_format = number_format
    book.save(packed)
    return packed.getvalue()


def test_a_hidden_sheet_is_not_read(desk, kind):
    """Who sends a spreadsheet means the sheet that they see."""
    PartnerFactory(slug="caw", name="CAW", type=kind)
    data = spreadsheet([["adres", "naam"], ["caw", "Nieuw"]], hidden=[["adres"], ["oud"]])

    page = look(desk, PARTNERS, data, "x.xlsx")

    assert rows_of(page) == [(2, "gewijzigd", ["naam: “CAW” → “Nieuw”"])]


def test_a_sheet_that_says_it_is_smaller_is_read_whole(desk, kind):
    """Some programs write that every sheet is one cell."""
    data = spreadsheet([["adres", "naam"], ["caw", "CAW"], ["clb", "CLB"]])
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        content = book.read(SHEET).replace(b'ref="A1:B3"', b'ref="A1"')
        parts = {name: book.read(name) for name in book.namelist()} | {SHEET: content}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    assert b'ref="A1"' in content

    page = look(desk, PARTNERS, packed.getvalue(), "x.xlsx")

    assert [line for line, _, _ in rows_of(page)] == [2, 3]


def test_a_formula_without_outcome_is_no_empty_cell(desk, kind):
    """An empty cell would leave the name as it was, and say that all is well."""
    PartnerFactory(slug="caw", name="CAW", type=kind)
    data = spreadsheet([["adres", "naam"], ["caw", '="C"&"LB"']])

    assert "Cel B2 is een formule zonder uitkomst." in text_of(look(desk, PARTNERS, data, "x.xlsx"))


@pytest.mark.parametrize("fault", ["#N/A", "#N/B", "#NAAM?", "#VERW!", "#######"])
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_fault_of_a_spreadsheet_is_no_name(desk, kind, fault, name):
    table = [["adres", "naam"], ["caw", fault]]
    data = spreadsheet(table) if name == "x.xlsx" else "\n".join(map(";".join, table))

    page = look(desk, PARTNERS, data, name)

    assert f"Regel 2: “{fault}” is een fout van het rekenblad." in text_of(page)


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (dt.datetime(2026, 1, 2), "02/01/2026"),
        (dt.time(1, 30), "01:30:00"),
        (dt.timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_a_day_is_no_section(desk, made, shown):
    """Excel makes 2 January of "2.1"."""
    SourceFactory(slug="tekst")
    data = spreadsheet([["bron", "rubriek", "tussentitel of blok"], ["tekst", made, "Blok"]])

    assert f"Regel 2: het rekenblad maakte een datum of een uur van wat je typte, “{shown}”." in (
        text_of(look(desk, PLACES, data, "x.xlsx"))
    )


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [("mmm-yy", "05/2023"), ("[$-813]mmmm yyyy", "05/2023"), ("yyyy", "2023"), ("d/m/yyyy", None)],
)
def test_a_month_that_a_spreadsheet_keeps_as_a_day_is_a_month(desk, number_format, shown):
    """Excel makes the first of May of "mei 2023", and shows a month."""
    SourceFactory(slug="tekst", date_label="")
    rows = [["adres", "datum"], ["tekst", dt.datetime(2023, 5, 1)]]
    data = spreadsheet(rows, {"B2": number_format})

    page = look(desk, SOURCES, data, "x.xlsx")

    assert rows_of(page) == [(2, "gewijzigd", [f"datum: leeg → “{shown or '01/05/2023'}”"])]


@pytest.mark.parametrize("footnote", ["9" * 5_000, "9" * 30])
def test_a_footnote_that_is_no_number_is_told_in_dutch(desk, footnote):
    SourceFactory(slug="tekst")
    table = f"bron;tussentitel of blok;voetnoot\ntekst;Blok;{footnote}\n"

    [(_, outcome, said)] = rows_of(look(desk, PLACES, table))

    assert (outcome, said) == ("fout", [f"voetnoot: “{footnote}” is geen geheel getal"])


def test_a_field_without_a_column_is_not_called_by_its_name_in_the_database(desk):
    SourceFactory(slug="tekst")

    [(_, outcome, said)] = rows_of(look(desk, SOURCES, "adres;datum\ntekst;Q9 ooit\n"))

    assert outcome == "fout"
    assert not any("_" in line for line in said)
