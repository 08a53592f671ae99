"""A table of areas with a wrong row is refused as a whole, with a report of every row."""

import datetime as dt

import pytest

from governance.areas.tables.stored_areas import StoredAreas
from governance.models import CoverageArea
from tests import area_tables
from tests.area_tables import NEW_YEAR, SINCE, area, refused, take, where
from tests.factories import AreaKindFactory

pytestmark = pytest.mark.django_db

geography = area_tables.geography
table = area_tables.table


# What is no table


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leeg"),
        (b"\n\n", "leeg"),
        (b"refnis,naam\n", "geen rijen"),
        (b"refnis,naam\n\n,\n", "geen rijen"),
        (
            "refnis,naam\n24062,Leuven\n24038,Zo\u00eb\n".encode("latin-1"),
            "Regel 3 is niet in UTF-8",
        ),
        ("refnis,naam\n24062,Leuven\n".encode("utf-16"), "Regel 1 is niet in UTF-8"),
        (b"refnis,naam\n24062,Leuven\x00\n", "Regel 2 is geen tekst"),
        (b"PK\x03\x04\x00\x00\x00", "geen tekst"),
        (b"refnis,naam,naam\n24062,Leuven,Leuven\n", "twee keer: naam"),
        (b"naam,provincie\nLeuven,Vlaams-Brabant\n", "niet de kolommen die we kennen"),
        (b'refnis,naam\n24062,"Leuven\n24038,Herent\n', "Regel 2 is geen CSV: er staat een aanhal"),
        (b'refnis,naam\n24062,"Leuven\n24038,"Herent\n', "Regel 2 is geen CSV"),
        (b'refnis,naam\n\n24062,Leuven\n24038,"Her"ent\n', "Regel 4 is geen CSV"),
        (b'sep=,\nrefnis,naam\n24062,"Leuven\n', "Regel 3 is geen CSV"),
        (b"refnis,naam\n24062," + b"x" * 30_000 + b"\n", "een cel heeft meer dan 20000 tekens"),
        (b"sep=;\nnaam;provincie\nLeuven;Vlaams-Brabant\n", "Regel 2 noemt niet de kolommen"),
        (b"refnis,NIS,naam\n24062,24062,Leuven\n", "twee keer: NIS, refnis"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_line(table, data, words):
    assert words in refused(table(data))


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path):
    assert "niet te lezen" in refused(tmp_path / "nergens.csv")
    assert "niet te lezen" in refused(tmp_path)


@pytest.mark.parametrize(
    "text", ["\ufeffrefnis,naam\n24038,Herent\n", "refnis;naam\r\n24038;Herent\r\n"]
)
def test_a_byte_order_mark_semicolons_and_windows_line_ends_are_read(table, text):
    assert "Samen: 0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout." in take(table(text))


# Rows that are wrong


MUNICIPALITIES, DIVISION = "refnis,naam", "naam,gemeenten_refnis"
MERGERS, MEMBERSHIPS = "oud_refnis,nieuw_refnis,nieuwe_naam,datum", "gebied,lid,deel,van,tot"


@pytest.mark.parametrize(
    ("header", "row", "words"),
    [
        (MUNICIPALITIES, "24038", "de naam ontbreekt"),
        (MUNICIPALITIES, "24038,Herent,3020", "kolom 3 heeft geen kop, maar er staat “3020” in"),
        (MUNICIPALITIES, "24038,", "de naam ontbreekt"),
        (MUNICIPALITIES, "2403,Herent", "geen NIS-code van vijf cijfers"),
        (MUNICIPALITIES, ",Herent", "geen NIS-code van vijf cijfers"),
        (MUNICIPALITIES, "٢٤٠٣٨,Herent", "geen NIS-code van vijf cijfers"),
        (MUNICIPALITIES, f"24038,{'x' * 121}", "te lang"),
        (f"{MUNICIPALITIES},postcodes", "24038,Herent,302", "geen postcode van vier cijfers"),
        (f"{MUNICIPALITIES},x_lambert72", "24038,Herent,-5", "geen aantal meter"),
        (f"{MUNICIPALITIES},x_lambert72", "24038,Herent,99999999999999", "geen aantal meter"),
        (f"{MUNICIPALITIES},oppervlakte_km2", "24038,Herent,groot", "geen oppervlakte"),
        (f"{MUNICIPALITIES},oppervlakte_km2", "24038,Herent,NaN", "geen oppervlakte"),
        (f"{MUNICIPALITIES},oppervlakte_km2", "24038,Herent,1e999999", "geen oppervlakte"),
        (f"{MUNICIPALITIES},eerstelijnszone", "24038,Herent,Nergens", "die “Nergens” heet"),
        (f"{MUNICIPALITIES},eerstelijnszone", "24038,Herent,Leuven|Kemp en Duin", "welk deel"),
        (f"{MUNICIPALITIES},buurgemeenten_refnis", "24038,Herent,99999", "NIS-code 99999"),
        (f"{MUNICIPALITIES},buurgemeenten_refnis", "24038,Herent,24038", "zichzelf"),
        (f"{MUNICIPALITIES},vanaf", "24038,Herent,1 januari", "geen datum zoals"),
        (f"{MUNICIPALITIES},vanaf", "24038,Herent,2027-02-30", "geen datum zoals"),
        (f"{MUNICIPALITIES},vanaf", "24038,Herent,1999-01-01", "bestaat niet op"),
        (f"{MUNICIPALITIES},vanaf", "24038,Herent,20270101", "geen datum zoals"),
        (f"{MUNICIPALITIES},vanaf", "24038,Herent,0001-01-01", "geen datum zoals"),
        (f"{MUNICIPALITIES},bron", "24038,Herent,nergens", "geen bron “nergens”"),
        (DIVISION, "Leuven,2406", "geen NIS-code van vijf cijfers"),
        (DIVISION, "Leuven,99999", "geen gemeente met NIS-code 99999"),
        (DIVISION, "Leuven,24062[]", "geen NIS-code van vijf cijfers"),
        (DIVISION, ",24062", "de naam ontbreekt"),
        (DIVISION, "Leuven,24062|24062", "twee keer"),
        (DIVISION, "Leuven,24062[het noorden]|24062[het zuiden]", "twee keer"),
        (f"{DIVISION},soort", "Leuven,24062,gemeente", "geen indeling"),
        (f"{DIVISION},aantal_gemeenten", "Leuven,24062|24038,3", "zegt 3, de lijst telt er 2"),
        (f"{DIVISION},aantal_gemeenten", "Leuven,24062|24038,twee", "zegt twee"),
        (f"{DIVISION},soort", "Leuven,24062,gemeenschap", "geen soort gebied “gemeenschap”"),
        (MERGERS, "99999,73110,B,2027-01-01", "geen gemeente met NIS-code 99999"),
        (MERGERS, "73006,7311,B,2027-01-01", "geen NIS-code van vijf cijfers"),
        (MERGERS, "73006,73110,,2027-01-01", "de naam ontbreekt"),
        (MERGERS, "73006,73110,B,ooit", "geen datum zoals"),
        (MERGERS, "73006,73110,B,", "geen datum zoals"),
        (MERGERS, "73006,24062,Bilzen,2027-01-01", "heet Leuven, niet Bilzen"),
        (MERGERS, "73006,73110,B,2018-01-01", "er al gegevens van na"),
        (MEMBERSHIPS, "elz-nergens,gemeente-24062,,,", "geen gebied “elz-nergens”"),
        (MEMBERSHIPS, "elz-leuven,gemeente-73006,,2018-01-01,", "enkel zolang beide"),
        (MEMBERSHIPS, "elz-leuven,gemeente-24062,,2020-01-01,", "staat er al"),
        (MEMBERSHIPS, "gemeente-24062,elz-leuven,,2020-01-01,", "niet over een omweg"),
        (MEMBERSHIPS, "elz-leuven,elz-leuven,,2020-01-01,", "zichzelf"),
        (MEMBERSHIPS, "elz-leuven,gemeente-73006,,2020-01-01,2019-01-01", "vóór het begin"),
    ],
)
def test_a_wrong_row_is_reported_with_its_line_and_reason_and_nothing_is_written(
    table, header, row, words
):
    good = dict.fromkeys(header.split(","), "")
    path = table(f"{header}\n{row}\n")

    said = refused(path, soort="eerstelijnszone")

    assert "regel 2    fout" in said, good
    assert words in said


@pytest.mark.parametrize("option", ["vanaf", "bron"])
def test_what_a_table_does_not_say_must_be_said_on_the_command_line(table, option):
    assert f"--{option}" in refused(table("refnis,naam\n24038,Herent\n"), **{option: None})


def test_one_wrong_row_among_good_ones_takes_all_of_them_back(table):
    text = "refnis,naam\n24038,Nieuwe naam\n99999,Nieuwstad\n1,Fout\n88888,Nog een\n"

    said = refused(table(text))

    assert "regel 4    fout" in said
    assert "Samen: 2 nieuw, 1 gewijzigd, 0 gelijk, 1 fout." in said


def test_a_doubled_row_names_the_first(table):
    text = "refnis,naam\n24038,Herent\n24062,Leuven\n24038,Herent\n"

    assert "staat ook op regel 2" in refused(table(text))


def test_a_doubled_row_is_known_whether_its_day_stands_in_the_table_or_not(table):
    text = "refnis,naam,vanaf\n24038,Herent,\n24038,Herent,2027-01-01\n"

    assert "gemeente-24038 staat ook op regel 2" in refused(table(text))


def test_of_another_kind_an_area_of_the_same_name_is_another(table):
    for slug in ("referentieregio", "vervoerregio"):
        AreaKindFactory(slug=slug, name=slug)
    text = """naam;soort;gemeenten_refnis
Proefnaam;referentieregio;24062
proefnaam;vervoerregio;24062
"""

    report = take(table(text))

    assert "Samen: 2 nieuw, 0 gewijzigd, 0 gelijk, 0 fout." in report
    assert {slug for slug, _ in where("24062", NEW_YEAR)} == {
        "elz-leuven",
        "regio-proefnaam",
        "vervoerregio-proefnaam",
    }
    assert "Proefnaam staat" not in " ".join(report)
    again = text + "PROEFNAAM;vervoerregio;24062\n"
    assert "staat ook op regel 3" in refused(table(again))


def test_from_another_day_a_municipality_is_told_of_anew(table):
    text = "refnis;naam;vanaf\n24038;Herent;2027-01-01\n24038;Proef-Herent;2028-01-01\n"

    report = take(table(text))

    assert [line.split()[2] for line in report[1:3]] == ["gelijk", "gewijzigd"]
    assert area("gemeente-24038").name_on(dt.date(2027, 12, 31)) == "Herent"
    assert area("gemeente-24038").name_on(dt.date(2028, 1, 1)) == "Proef-Herent"


def test_an_area_that_has_two_rows_under_two_names_is_refused(table):
    text = "code,naam,gemeenten_refnis\nleuven,Leuven,24062\nleuven,Groot Leuven,24038\n"

    assert "elz-leuven staat ook op regel 2" in refused(table(text), soort="eerstelijnszone")


def test_empty_columns_at_the_end_are_no_columns(table):
    text = "refnis;naam;;\n24038;Herent;;\n24062;Leuven\n"

    assert "Samen: 0 nieuw, 0 gewijzigd, 2 gelijk, 0 fout." in take(table(text))


def test_a_municipality_that_two_areas_of_a_kind_claim_is_refused(table):
    text = "naam,gemeenten_refnis\nLeuven,24062|24038\nKemp en Duin,24038|73006\n"

    assert "Herent staat ook op regel 2" in refused(table(text), soort="eerstelijnszone")


def test_a_table_of_an_earlier_day_does_not_undo_what_came_later(table):
    text = "refnis,naam,eerstelijnszone\n24038,Herent,Kemp en Duin\n"
    take(table(text))

    said = refused(table(text), vanaf="2025-01-01")

    assert "volgens latere gegevens pas van 1 januari 2027" in said


def test_a_table_that_cuts_a_lifetime_short_is_wrong_as_a_whole(table, monkeypatch):
    def cut(stored, area, *args, **kwargs):
        CoverageArea.objects.filter(pk=area.pk).update(valid_until=SINCE + dt.timedelta(days=1))

    monkeypatch.setattr(StoredAreas, "rename", cut)

    said = refused(table("refnis,naam\n24038,Herent\n"))

    assert "de tabel als geheel: Er zijn nog liggingen buiten de tijd" in said
    assert "Herent in Leuven" in said
