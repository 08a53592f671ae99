"""Tables of partners, sources, places and names, out of the desk and back: a trial, then all."""

import base64
import datetime as dt
import io
import re
import zipfile

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from concepts.models import Alias
from eerstelijn.database import turns
from eerstelijn.desk.exchange import files, pages
from governance.models import Citation, Partner, Source
from tests.desk import editor, list_url
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    CitationFactory,
    PartnerFactory,
    PartnerTypeFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

PARTNERS = "/beheer/governance/partner/tabel/"
SOURCES = "/beheer/governance/source/tabel/"
PLACES = "/beheer/governance/citation/tabel/"
NAMES = "/beheer/concepts/alias/tabel/"


@pytest.fixture
def desk(client):
    client.force_login(editor("redacteur"))
    return client


@pytest.fixture
def kind():
    return PartnerTypeFactory(slug="welzijn")


def look(client, url, table, name="tabel.csv"):
    data = table if isinstance(table, bytes) else table.encode()
    return client.post(url, {"bestand": SimpleUploadedFile(name, data)})


def text_of(answer):
    return " ".join(answer.content.decode().split())


def rows_of(answer):
    return [(row.line, row.outcome, row.details) for row in answer.context["report"].rows]


def bring_in(client, url, page, **changes):
    hidden = re.findall(r'type="hidden" name="(naam|inhoud|gezien)" value="([^"]*)"', text_of(page))
    return client.post(url, dict(hidden) | changes)


# The main path


def test_a_table_is_looked_at_first_and_then_taken_in(desk, kind):
    PartnerFactory(slug="caw", name="CAW", type=kind)
    PartnerFactory(slug="clb", name="CLB", type=kind)
    table = "adres;naam;partnertype\ncaw;CAW Nieuw;\nclb;CLB;\nvvsg;VVSG;welzijn\n"

    page = look(desk, PARTNERS, table)

    assert rows_of(page) == [
        (2, "gewijzigd", ["naam: “CAW” → “CAW Nieuw”"]),
        (3, "gelijk", []),
        (
            4,
            "nieuw",
            ["adres: leeg → “vvsg”", "naam: leeg → “VVSG”", "partnertype: leeg → “welzijn”"],
        ),
    ]
    assert "1 nieuw, 1 gewijzigd, 1 gelijk" in text_of(page)
    assert Partner.objects.get(slug="caw").name == "CAW"

    answer = bring_in(desk, PARTNERS, page)

    assert answer.url == list_url(Partner)
    assert Partner.objects.get(slug="caw").name == "CAW Nieuw"
    assert Partner.objects.get(slug="vvsg").type == kind
    logged = set(LogEntry.objects.values_list("object_repr", "action_flag"))
    assert logged == {("CAW Nieuw", 2), ("VVSG", 1)}


def test_what_the_desk_gives_the_desk_takes(desk, kind):
    place = CitationFactory(section="2.1", heading="GBO | en meer", footnote=3)
    other = CitationFactory(section="", heading="Blok")
    partner = PartnerFactory(
        slug="caw", type=kind, agency=AgencyFactory(slug="zorg"), note="=1+1", description="a\nb"
    )
    partner.citations.set([other])
    source = SourceFactory(slug="blad", consulted_on="2026-11-29", note="@x")
    AliasFactory(text="-5", partner=partner)
    AliasFactory(text="Oud", agency=partner.agency)

    for url in (PARTNERS, SOURCES, PLACES, NAMES):
        for form in ("csv", "xlsx"):
            given = desk.get(f"{url}?vorm={form}").content
            page = look(desk, url, given, f"tabel.{form}")
            assert {row[1] for row in rows_of(page)} == {"gelijk"}, (url, form, rows_of(page))
            assert "Er verandert niets" in text_of(page)
    assert (place.source.slug, source.slug) == ("tekst", "blad")


def test_a_spreadsheet_is_read_as_people_see_it(desk):
    book = Workbook()
    sheet = book.active
    sheet.append(["adres", "titel", "korte titel", "soort", "herkomst", "geraadpleegd op", None])
    day = dt.datetime(2026, 11, 29)
    sheet.append(["blad", 2026.0, "Blad", "webpagina", "externe bron", day, None])
    sheet.append([None, None])
    packed = io.BytesIO()
    book.save(packed)

    page = look(desk, SOURCES, packed.getvalue(), "bronnen.xlsx")
    assert not page.context["problem"]
    assert rows_of(page)[0][1] == "nieuw", rows_of(page)
    bring_in(desk, SOURCES, page)

    source = Source.objects.get(slug="blad")
    assert (source.name, source.origin, source.consulted_on) == ("2026", "extern", day.date())


def test_places_come_with_their_sources(desk):
    SourceFactory(slug="blad")
    table = "bron;rubriek;tussentitel of blok;voetnoot;begint op p.\nblad;2.1;GBO;3;9\n"

    bring_in(desk, PLACES, look(desk, PLACES, table))

    place = Citation.objects.get()
    assert (place.source.slug, place.section, place.footnote, place.page) == ("blad", "2.1", 3, 9)


def test_a_new_name_gets_its_key_from_what_it_says(desk):
    AgencyFactory(slug="zorg")
    table = "sleutel;naam;soort;dienst\n;AZG;afkorting;zorg\n;Zorg;andere naam;zorg\n"

    bring_in(desk, NAMES, look(desk, NAMES, table))

    assert set(Alias.objects.values_list("key", "text")) == {
        ("agency-zorg-azg", "AZG"),
        ("agency-zorg-zorg", "Zorg"),
    }


def test_a_name_may_go_to_another_record(desk):
    old, new = AgencyFactory(slug="oud"), AgencyFactory(slug="nieuw")
    AliasFactory(key="az", text="AZ", agency=old)
    partner = PartnerFactory(slug="caw")
    table = "sleutel;naam;dienst;partner\naz;AZ;-;caw\n"

    bring_in(desk, NAMES, look(desk, NAMES, table))

    alias = Alias.objects.get()
    assert (alias.agency, alias.partner) == (None, partner)
    assert new.aliases.count() == 0


def test_an_empty_cell_says_nothing_and_a_dash_empties(desk, kind):
    PartnerFactory(slug="caw", name="CAW", type=kind, long_name="Lang", note="Nota")
    table = "adres,naam,voluit,toelichting\ncaw,,,-\n"

    bring_in(desk, PARTNERS, look(desk, PARTNERS, table))

    caw = Partner.objects.get()
    assert (caw.name, caw.long_name, caw.note) == ("CAW", "Lang", "")


def test_the_bounds_of_a_date_follow_from_its_words(desk):
    SourceFactory(slug="blad", date="2019")

    bring_in(desk, SOURCES, look(desk, SOURCES, "adres;datum\nblad;maart 2023\n"))

    source = Source.objects.get()
    assert (source.date_label, str(source.date_latest)) == ("maart 2023", "2023-03-31")


# What is refused


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("caw;CAW;onzin;", "partnertype: we kennen geen partnertype met adres “onzin”"),
        ("Met Hoofdletter;X;welzijn;", "adres:"),
        ("nieuw;;welzijn;", "naam:"),
        ("nieuw;clb nieuw;welzijn;", "naam"),
        ("nieuw;X;welzijn;javascript:alert(1)", "website:"),
        (f"nieuw;{'x' * 300};welzijn;", "naam:"),
        ("clb;Ander;;", "staat ook op regel 2"),
    ],
)
def test_one_wrong_row_stops_them_all(desk, kind, row, said):
    PartnerFactory(slug="clb", name="CLB", type=kind)
    table = f"adres;naam;partnertype;website\nclb;CLB Nieuw;;\n{row}\n"

    page = look(desk, PARTNERS, table)

    (wrong,) = [row for row in rows_of(page) if row[1] == "fout"]
    assert wrong[0] == 3
    assert any(said in line for line in wrong[2]), wrong
    assert "alles of niets" in text_of(page)
    assert "Voer in" not in text_of(page)
    assert Partner.objects.get().name == "CLB"


def test_two_rows_that_clash_are_told(desk, kind):
    table = "adres;naam;partnertype\na;Zelfde;welzijn\nb;zelfde;welzijn\n"

    page = look(desk, PARTNERS, table)

    assert "fout" in {row[1] for row in rows_of(page)}
    assert not Partner.objects.exists()


@pytest.mark.parametrize(
    ("table", "name", "said"),
    [
        (b"", "leeg.csv", "Het bestand is leeg"),
        (b"\n\n", "leeg.csv", "Het bestand is leeg"),
        (b"adres;naam\n", "kop.csv", "De tabel heeft geen rijen"),
        (b"naam\nCAW\n", "x.csv", "noemt de kolom “adres” niet"),
        (b"adres;adres\na;b\n", "x.csv", "Deze kolom staat er twee keer: adres"),
        ("adres;naam\na;caf\u00e9\n".encode("latin-1"), "x.csv", "niet in UTF-8"),
        (b"adres;naam\na;\x00\n", "x.csv", "Regel 2 is geen tekst"),
        (b'adres;naam\na;"open\n', "x.csv", "Regel 2 is geen CSV"),
        (b"adres;naam\na;b;c\n", "x.csv", "Regel 2 heeft meer cellen"),
        (b"adres\n" + b"a\n" * 1_001, "x.csv", "meer dan 1000 rijen"),
        (b"adres;naam\na;" + b"x" * 30_000, "x.csv", "meer dan 20000 tekens"),
        (b"x" * 1_000_001, "x.csv", "te groot"),
        (b"PK\x03\x04onzin", "x.xlsx", "Dit rekenblad kunnen we niet lezen"),
        (b"\xd0\xcf\x11\xe0", "oud.xls", "geen CSV en geen XLSX"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_dutch(desk, table, name, said):
    answer = look(desk, PARTNERS, table, name)

    assert answer.status_code == 200
    assert said in text_of(answer)


STYLES = "xl/styles.xml"
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEETML = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOMBS = {
    "a part of many bytes": (SHEET, b"0" * 40_000_000),
    "a row of empty cells": (
        SHEET,
        f'<worksheet {SPREADSHEETML}><sheetData><row r="2">{"<c/>" * 3_000_000}</row></sheetData>'
        "</worksheet>",
    ),
    "a million fonts": (
        STYLES,
        f"<styleSheet {SPREADSHEETML}><fonts>{'<font/>' * 1_000_000}</fonts></styleSheet>",
    ),
    "entities of entities": (
        SHEET,
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {n} "{f"&{chr(ord(n) - 1)};" * 10}">' for n in "bcdefghij")
        + f"]><worksheet {SPREADSHEETML}><sheetData>&j;</sheetData></worksheet>",
    ),
}


def packed_with(name, content):
    """A spreadsheet that is right but for one part of it."""
    book, packed = io.BytesIO(), io.BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book) as right, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in right.namelist():
            new.writestr(part, content if part == name else right.read(part))
    return packed.getvalue()


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_small_spreadsheet_that_takes_much_to_read_is_refused(desk, bomb, monkeypatch):
    monkeypatch.setattr(files, "MOST_SECONDS", 1)  # of the processor
    data = packed_with(*BOMBS[bomb])
    assert len(data) < 100_000

    assert "te groot of beschadigd" in text_of(look(desk, PARTNERS, data, "x.xlsx"))


def test_nobody_waits_while_a_file_is_read(desk, kind, monkeypatch):
    """It is read before its turn to change something comes."""
    happened = []
    take_turn, read = turns.one_at_a_time, pages.read
    monkeypatch.setattr(turns, "one_at_a_time", lambda: (happened.append("turn"), take_turn()))
    monkeypatch.setattr(pages, "read", lambda *given: (happened.append("read"), read(*given))[1])

    look(desk, PARTNERS, "adres;naam\ncaw;CAW\n")

    assert happened == ["read", "turn"]


def test_what_comes_back_is_not_trusted(desk, kind):
    for content in ("", "geen base64!", base64.b64encode(b"naam\nX").decode()):
        answer = desk.post(PARTNERS, {"inhoud": content, "naam": "x.csv", "gezien": "y"})
        assert answer.status_code == 200
    assert not Partner.objects.exists()


# Formulas, columns


def test_what_a_spreadsheet_would_calculate_goes_out_harmless(desk, kind):
    PartnerFactory(slug="caw", name="=HYPERLINK(1)", type=kind, note="\x0b@SUM")

    table = desk.get(f"{PARTNERS}?vorm=csv").content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(desk.get(f"{PARTNERS}?vorm=xlsx").content)).worksheets[0]

    assert "'=HYPERLINK(1)" in table
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not any(cell.data_type == "f" for cell in cells)


def test_columns_that_we_do_not_know_are_named(desk, kind):
    PartnerFactory(slug="caw", type=kind)

    page = look(desk, PARTNERS, "adres;kleur\ncaw;rood\n")

    assert "Deze kolommen kennen we niet, en lazen we niet: kleur" in text_of(page)


# Twice, two editors, rights


def test_a_table_that_is_sent_twice_changes_nothing_more(desk, kind):
    PartnerFactory(slug="caw", name="CAW", type=kind)
    page = look(desk, PARTNERS, "adres;naam\ncaw;Anders\n")
    bring_in(desk, PARTNERS, page)

    again = bring_in(desk, PARTNERS, page)

    assert "Er verandert niets" in text_of(again)
    assert LogEntry.objects.count() == 1


def test_what_somebody_else_saved_meanwhile_is_shown_first(desk, kind):
    caw = PartnerFactory(slug="caw", name="CAW", type=kind)
    page = look(desk, PARTNERS, "adres;naam\ncaw;Anders\n")
    caw.name = "Van een collega"
    caw.save()

    answer = bring_in(desk, PARTNERS, page)

    assert "Intussen wijzigde iemand iets" in text_of(answer)
    assert "“Van een collega” → “Anders”" in text_of(answer)
    assert Partner.objects.get().name == "Van een collega"
    bring_in(desk, PARTNERS, answer)
    assert Partner.objects.get().name == "Anders"


def test_rights_are_those_of_the_records(client, kind):
    client.force_login(editor())
    assert client.get(PARTNERS).status_code == 403
    assert client.get(f"{PARTNERS}?vorm=csv").status_code == 403
    assert look(client, PARTNERS, "adres\nx\n").status_code == 403
    client.logout()
    assert client.get(PARTNERS).status_code == 302


def test_each_list_leads_to_its_table(desk):
    for model, url in ((Partner, PARTNERS), (Source, SOURCES), (Citation, PLACES), (Alias, NAMES)):
        assert url in desk.get(list_url(model)).content.decode()


def test_the_number_of_queries_out_does_not_grow(desk, kind, django_assert_max_num_queries):
    PartnerFactory(type=kind, agency=AgencyFactory()).citations.add(CitationFactory())
    desk.get(f"{PARTNERS}?vorm=csv")
    with django_assert_max_num_queries(12) as one:
        desk.get(f"{PARTNERS}?vorm=csv")
    for _ in range(10):
        PartnerFactory(type=kind, agency=AgencyFactory()).citations.add(CitationFactory())

    with django_assert_max_num_queries(len(one)):
        desk.get(f"{PARTNERS}?vorm=csv")
