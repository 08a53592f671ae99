"""Tables of areas are taken over as a whole, or not at all, with a report of every row."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from concepts import fixtures
from governance.areas.tables.stored_areas import StoredAreas
from governance.models import (
    AreaBorder,
    AreaKind,
    AreaLine,
    AreaMembership,
    ChangeEvent,
    CoverageArea,
    Source,
)
from tests.factories import (
    AreaKindFactory,
    AreaMembershipFactory,
    CitationFactory,
    CoverageAreaFactory,
    MunicipalityFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

SINCE = dt.date(2019, 1, 1)
EVE, NEW_YEAR = dt.date(2026, 12, 31), dt.date(2027, 1, 1)


@pytest.fixture(autouse=True)
def geography():
    """Leuven and Herent in one zone, Bilzen in another; a table may cite `statbel`."""
    SourceFactory(slug="statbel", kind="gegevens")
    zones = AreaKindFactory(
        slug="eerstelijnszone", name="eerstelijnszone", composition=AreaKind.Composition.KNOWN
    )
    leuven, herent, bilzen = (
        MunicipalityFactory(nis=nis, name=name)
        for nis, name in [("24062", "Leuven"), ("24038", "Herent"), ("73006", "Bilzen")]
    )
    for slug, name, members in [
        ("elz-leuven", "Leuven", [leuven, herent]),
        ("elz-kemp-en-duin", "Kemp en Duin", [bilzen]),
    ]:
        zone = CoverageAreaFactory(slug=slug, name=name, kind=zones, valid_from=SINCE)
        for member in members:
            AreaMembershipFactory(area=zone, member=member, valid_from=SINCE)


@pytest.fixture
def table(tmp_path):
    """Write a table; returns its path."""

    def table(text, name="tabel.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return table


def take(*paths, **options):
    """Import files; returns the report as lines."""
    out = io.StringIO()
    options = {"vanaf": "2027-01-01", "bron": "statbel", **options}
    call_command("importeer_gebieden", *paths, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().splitlines()


def refused(*paths, **options):
    """Import files that are wrong: nothing changes. Returns all that is said."""
    out, before = io.StringIO(), rows()
    options = {"vanaf": "2027-01-01", "bron": "statbel", **options}
    with pytest.raises(CommandError) as refusal:
        call_command("importeer_gebieden", *paths, stdout=out, stderr=io.StringIO(), **options)
    assert "Er is niets gewijzigd." in str(refusal.value)
    assert rows() == before
    return f"{out.getvalue()}{refusal.value}"


def rows():
    """Every row of the content."""
    return {
        model: list(model._default_manager.order_by("pk").values()) for model in fixtures.models()
    }


def where(nis, day):
    """The slugs of the areas that a municipality lies in on a day, with the part."""
    memberships = AreaMembership.objects.filter(member__nis=nis).select_related("area")
    return {
        (row.area.slug, row.part)
        for row in memberships
        if (row.valid_from or day) <= day <= (row.valid_until or day)
    }


def area(slug):
    return CoverageArea.objects.get(slug=slug)


# The four forms


def test_municipalities_new_changed_and_the_same(table):
    text = """refnis,naam,postcodes,x_lambert72,y_lambert72,oppervlakte_km2,eerstelijnszone
24062,Leuven,3000|3001,173800,173800,57.5,Leuven
24038,Herent,,,,,Kemp en Duin
73006,Bilzen,,,,,Kemp en Duin
99999,Nieuwstad,9999,,,,Leuven
"""

    report = take(table(text))

    assert [line.split()[2] for line in report[1:5]] == [
        "gewijzigd",
        "gewijzigd",
        "gelijk",
        "nieuw",
    ]
    assert [line.split()[1] for line in report[1:5]] == ["2", "3", "4", "5"]
    assert "Samen: 1 nieuw, 2 gewijzigd, 1 gelijk, 0 fout." in report
    leuven = area("gemeente-24062")
    assert (leuven.postcodes, leuven.x, float(leuven.surface)) == (["3000", "3001"], 173800, 57.5)
    assert where("24038", EVE) == {("elz-leuven", "")}
    assert where("24038", NEW_YEAR) == {("elz-kemp-en-duin", "")}
    assert where("99999", EVE) == set()
    new = area("gemeente-99999")
    assert (new.valid_from, new.citations.get().source.slug) == (NEW_YEAR, "statbel")
    assert AreaLine.objects.filter(place=new, territory__slug="elz-leuven").exists()


def test_a_row_cites_the_place_that_its_source_has(table):
    place = CitationFactory(
        source=Source.objects.get(slug="statbel"), section="", heading="bestand met codes"
    )

    take(table("refnis,naam,eerstelijnszone\n73006,Bilzen,Leuven\n"))

    moved = AreaMembership.objects.get(member__nis="73006", valid_from=NEW_YEAR)
    assert list(moved.citations.all()) == [place]


def test_a_division_new_changed_and_the_same(table):
    text = """code,naam,aantal_gemeenten,gemeenten_refnis,toelichting
leuven,Leuven,1,24062,
kemp-en-duin,Kemp en Duin,1,73006,
herent,Herent,1,24038,Een nieuwe zone.
"""

    report = take(table(text), soort="eerstelijnszone")

    assert "Samen: 1 nieuw, 1 gewijzigd, 1 gelijk, 0 fout." in report
    assert where("24038", NEW_YEAR) == {("elz-herent", "")}
    assert area("elz-herent").note == "Een nieuwe zone."


def test_a_division_by_parts_of_a_city(table):
    text = """naam,gemeenten_refnis
Leuven,"24062[postcodes 3000, 3001]|24038"
Kessel,24062[postcode 3010]
Kemp en Duin,73006
"""

    take(table(text), soort="eerstelijnszone")

    assert where("24062", NEW_YEAR) == {
        ("elz-leuven", "postcodes 3000, 3001"),
        ("elz-kessel", "postcode 3010"),
    }
    assert where("24062", EVE) == {("elz-leuven", "")}


def test_a_merger(table):
    MunicipalityFactory(nis="73032", name="Hoeselt")
    text = """oud_refnis,nieuw_refnis,nieuwe_naam,datum
73006,73110,Bilzen-Hoeselt,2027-01-01
73032,73110,Bilzen-Hoeselt,2027-01-01
"""

    report = take(table(text))

    assert "Samen: 2 nieuw, 0 gewijzigd, 0 gelijk, 0 fout." in report
    event = ChangeEvent.objects.get()
    assert (event.slug, event.name) == (
        "fusie-73110-2027",
        "Bilzen en Hoeselt gaan op in Bilzen-Hoeselt",
    )
    old, new = area("gemeente-73006"), area("gemeente-73110")
    assert (old.valid_until, new.valid_from) == (EVE, NEW_YEAR)
    assert where("73006", NEW_YEAR) == set()
    assert AreaLine.objects.filter(place=old, territory=new, valid_from=NEW_YEAR).exists()


def test_a_municipality_that_absorbs_another_keeps_its_code(table):
    text = """oud_refnis,nieuw_refnis,nieuwe_naam,datum
24062,24062,Leuven,2027-01-01
24038,24062,Leuven,2027-01-01
"""

    take(table(text))

    assert ChangeEvent.objects.get().name == "Herent gaat op in Leuven"
    assert area("gemeente-24062").valid_until is None
    assert area("gemeente-24038").valid_until == EVE


def test_single_memberships(table):
    text = """gebied,lid,deel,van,tot
elz-kemp-en-duin,gemeente-24038,het noorden,2020-01-01,2021-12-31
elz-leuven,gemeente-24062,,2019-01-01,2026-12-31
elz-leuven,gemeente-24038,,2019-01-01,
"""

    report = take(table(text))

    assert "Samen: 1 nieuw, 1 gewijzigd, 1 gelijk, 0 fout." in report
    assert where("24062", NEW_YEAR) == set()
    assert ("elz-kemp-en-duin", "het noorden") in where("24038", dt.date(2021, 12, 31))


# What follows from the rows


def test_next_years_table_of_municipalities_moves_one_to_another_zone(table):
    AreaKindFactory(slug="provincie", composition="volledig")
    text = """refnis,naam,provincie,gewest,referentieregio,eerstelijnszone,postcodes
24038,Herent,,,,Kemp en Duin,3020
24062,Leuven,,,,Leuven,3000
73006,Bilzen,,,,Kemp en Duin,3740
"""

    report = take(table(text), vanaf="2027-01-01", bron="statbel")

    assert "Niet gelezen kolommen: gewest, referentieregio." in report
    assert where("24038", EVE) == {("elz-leuven", "")}
    assert where("24038", NEW_YEAR) == {("elz-kemp-en-duin", "")}


def test_a_rename_keeps_the_old_name_for_the_days_before(table):
    take(table("refnis,naam\n24038,Herent-aan-de-Leibeek\n"))

    town = area("gemeente-24038")
    assert town.name == "Herent-aan-de-Leibeek"
    assert (town.name_on(EVE), town.name_on(NEW_YEAR)) == ("Herent", "Herent-aan-de-Leibeek")


def test_an_area_whose_members_all_went_elsewhere_ends_and_the_report_says_so(table):
    text = "code,naam,gemeenten_refnis\nleuven,Leuven,24062|24038|73006\n"

    report = take(table(text), soort="eerstelijnszone")

    assert "heeft geen gemeenten meer en eindigt op 31 december 2026" in "\n".join(report)
    assert area("elz-kemp-en-duin").valid_until == EVE


def test_borders_are_written_once_and_end(table):
    both = "refnis,naam,buurgemeenten_refnis\n24062,Leuven,24038\n24038,Herent,24062\n"
    other = """refnis,naam,buurgemeenten_refnis
24062,Leuven,73006
24038,Herent,73006
73006,Bilzen,24062|24038
"""

    take(table(both))
    assert AreaBorder.objects.count() == 1
    take(table(other), vanaf="2028-01-01")

    ended = AreaBorder.objects.exclude(valid_until=None).get()
    assert ended.valid_until == dt.date(2027, 12, 31)
    assert AreaBorder.objects.filter(valid_until=None).count() == 2


def test_a_border_ends_with_the_first_of_its_municipalities(table):
    CoverageArea.objects.filter(nis="24038").update(valid_until=EVE)
    AreaMembership.objects.filter(member__nis="24038").update(valid_until=EVE)

    take(table("refnis,naam,buurgemeenten_refnis\n24062,Leuven,24038\n"), vanaf="2019-01-01")

    assert AreaBorder.objects.get().valid_until == EVE


IMPORTS = {
    "municipalities": "refnis,naam,postcodes,oppervlakte_km2,eerstelijnszone,buurgemeenten_refnis\n"
    "24062,Leuven,3000,57.5,Kemp en Duin,24038|99999\n99999,Nieuwstad,9999,1,Leuven,24062\n",
    "division": "code,naam,soort,gemeenten_refnis\n"
    "leuven,Groot Leuven,eerstelijnszone,24062[postcode 3000]|24038|73006\n"
    "kessel,Kessel,eerstelijnszone,24062[postcode 3010]\n",
    "mergers": "oud_refnis,nieuw_refnis,nieuwe_naam,datum\n"
    "24062,24062,Leuven,2027-01-01\n24038,24062,Leuven,2027-01-01\n73006,73110,B,2027-01-01\n",
    "memberships": "gebied,lid,van,tot\nelz-leuven,gemeente-73006,2026-01-01,2026-12-31\n",
}


@pytest.mark.parametrize("form", IMPORTS)
def test_the_same_table_again_changes_nothing(table, form):
    path = table(IMPORTS[form])
    take(path)
    before = rows()

    again = take(path)

    assert rows() == before
    assert again[-1].startswith("Samen: 0 nieuw, 0 gewijzigd,")
    assert again[-1].endswith("0 fout.")


@pytest.mark.parametrize("form", IMPORTS)
def test_a_trial_reports_the_same_and_writes_nothing(table, form):
    path, before = table(IMPORTS[form]), rows()
    lines_before = list(AreaLine.objects.values())

    trial = take(path, proef=True)

    assert rows() == before
    assert list(AreaLine.objects.values()) == lines_before
    assert trial[-1] == "Dit was een proef: er is niets gewijzigd."
    assert trial[:-1] == take(path)[: len(trial) - 1]


def test_several_tables_each_see_the_one_before(table):
    first = table(IMPORTS["mergers"], "1.csv")
    second = table("gebied,lid,van\nelz-leuven,gemeente-73110,2027-01-01\n", "2.csv")

    refused(second, first)
    take(first, second, proef=True)
    assert not ChangeEvent.objects.exists()
    take(first, second)

    assert where("73110", NEW_YEAR) == {("elz-leuven", "")}


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


# The bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stderr", "rows_", "is_shown"),
    [(Terminal, 60, True), (Terminal, 5, False), (io.StringIO, 60, False)],
)
def test_a_bar_only_on_long_input_and_where_somebody_watches(table, stderr, rows_, is_shown):
    lines = "\n".join(f"{60000 + n},Gemeente {n}" for n in range(rows_))
    bar = stderr()

    call_command(
        "importeer_gebieden",
        table(f"refnis,naam\n{lines}\n"),
        vanaf="2027-01-01",
        bron="statbel",
        stdout=io.StringIO(),
        stderr=bar,
    )

    assert ("Rijen" in bar.getvalue()) is is_shown


# Tables as others publish them: without our codes, and with what follows from the rest


def test_an_area_without_a_code_is_known_by_its_name(table):
    text = "naam,gemeenten_refnis\nLeuven,24062|24038\nKemp en Duin,73006\n"

    lines = take(table(text), soort="eerstelijnszone")

    assert "Samen: 0 nieuw, 0 gewijzigd, 2 gelijk, 0 fout." in lines


def test_an_area_further_up_that_follows_is_not_written_down_again(table):
    provinces, gewesten = AreaKindFactory(slug="provincie"), AreaKindFactory(slug="gewest")
    province = CoverageAreaFactory(kind=provinces, slug="provincie-x", name="X")
    gewest = CoverageAreaFactory(kind=gewesten, slug="gewest-vlaanderen", name="Vlaanderen")
    AreaMembershipFactory(member=province, area=gewest)
    AreaMembershipFactory(
        member=area("gemeente-24062"), area=province, valid_from=dt.date(2019, 1, 1)
    )
    text = "refnis,naam,provincie,gewest\n24062,Leuven,X,Vlaanderen\n"

    lines = take(table(text))

    assert "Samen: 0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout." in lines


def test_an_area_may_be_called_by_the_end_of_its_address(table):
    gewest = CoverageAreaFactory(
        kind=AreaKindFactory(slug="gewest"), slug="gewest-brussel", name="Brussels Gewest"
    )
    text = "refnis,naam,gewest\n24062,Leuven,Brussel\n"

    take(table(text))

    assert (gewest.slug, "") in where("24062", NEW_YEAR)


# What people and spreadsheets make of a table

SAME = "Samen: 0 nieuw, 0 gewijzigd, 2 gelijk, 0 fout."


@pytest.mark.parametrize(
    "name",
    [
        "Kemp\u00a0en\u202fDuin",
        "Kemp  en Duin",
        "Kemp en\u200b Duin",
        "Kemp\nen\r\nDuin",
        "Kemp\ten Duin ",
    ],
)
def test_a_name_that_differs_only_by_what_nobody_sees_is_the_same_name(table, name):
    text = f'refnis,naam,eerstelijnszone\n73006,"Bil\u00adzen","{name}"\n'

    assert "Samen: 0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout." in take(table(text))


@pytest.mark.parametrize("hyphen", ["\u2010", "\u2011"])
def test_nor_does_a_hyphen_or_a_letter_in_two_pieces_rename(table, hyphen):
    MunicipalityFactory(nis="12014", name="Heist-op-den-Berg")
    MunicipalityFactory(nis="11001", name="Coördinaat")
    heist, other = f"Heist{hyphen}op{hyphen}den{hyphen}Berg", "Coo\u0308rdinaat"

    report = take(table(f"refnis;naam\n12014;{heist}\n11001;{other}\n"))

    assert SAME in report
    assert len(report) == 4  # the name of the file, a line for each row, and how many
    assert not area("gemeente-12014").names.exists()


@pytest.mark.parametrize(
    "text",
    [
        # cells that are missing at the end are empty
        "refnis;naam;postcodes;opmerking\r\n24062;Leuven;;\r\n24038;Herent\r\n",
        # the line that tells a spreadsheet the delimiter
        "sep=;\r\nrefnis;naam\r\n24062;Leuven\r\n24038;Herent\r\n",
        '\ufeff"sep=,"\nrefnis,naam\n24062,Leuven\n24038,Herent\n',
        "SEP=\t\nrefnis\tnaam\n24062\tLeuven\n24038\tHerent\n",
        "refnis\tnaam\n24062\tLeuven\n24038\tHerent\n",
        # columns without a name and without content
        "refnis;;;naam;;\n24062;;;Leuven\n24038;; ;Herent;;;;\n",
        # delimiters in a name of a column
        'refnis;naam;"oppervlakte, in km2, afgerond, bron"\n24062;Leuven;57\n24038;Herent;\n',
        # an empty line at the start, and heads as people write them
        "\n;\nREFNIS ;Naam\u00a0\n24062;Leuven\n24038;Herent\n",
        # what the site exports
        "nis,naam,postcodes,url\n24062,Leuven,,http://x/gemeenten/24062-leuven/\n24038,Herent,,\n",
        # a list is a set
        "refnis;naam;bron\n24062;Leuven;statbel|statbel\n24038;Herent;\n",
    ],
)
def test_a_table_is_read_as_it_is_meant(table, text):
    assert SAME in take(table(text))


def test_a_cell_without_a_head_is_reported_with_its_row(table):
    text = "refnis;naam;;;\n24062;Leuven;;;\n24038;Herent;;;los woord\n"

    said = refused(table(text))

    assert "regel 3    fout       Herent: kolom 5 heeft geen kop, maar er staat “los woord”" in said


def test_a_row_with_a_cell_of_more_lines_has_the_line_on_which_it_begins(table):
    text = 'refnis;naam;postcodes\n24062;"Leu-\nven";\n24038;Herent;geen\n'

    said = refused(table(text))

    assert "regel 4    fout       Herent: “geen” is geen postcode" in said
    assert "regel 2    gewijzigd  Leu- ven" in said.replace("Leuven (24062)", "Leu- ven")


def test_a_quote_that_swallows_a_row_is_seen(table):
    text = 'refnis;naam;postcodes\n24062;"Leuven;\n24038;Herent;"\n73006;Bilzen;\n'

    assert "regel 2    fout       Leuven" in (said := refused(table(text)))
    assert "sluit een aanhalingsteken pas op een andere rij" in said


def test_postcodes_are_a_set(table):
    CoverageArea.objects.filter(nis="24038").update(postcodes=["3020"])
    CoverageArea.objects.filter(nis="24062").update(postcodes=["3000", "3001"])

    text = "refnis,naam,postcodes\n24038,Herent,3020|3020\n24062,Leuven,B-3001|3000|3001\n"

    assert SAME in take(table(text))


def test_what_the_site_exports_is_taken_back(client, table):
    CoverageArea.objects.filter(nis="24038").update(postcodes=["3020"])
    MunicipalityFactory(nis="11001", name="=Proef")  # a spreadsheet would take it for a formula

    for question in ("", "?excel=1"):
        before = list(CoverageArea.objects.values())
        lines = take(table(client.get(f"/gemeenten.csv{question}").content))

        assert "Niet gelezen kolommen: url." in lines
        assert "Samen: 0 nieuw, 0 gewijzigd, 4 gelijk, 0 fout." in lines
        assert list(CoverageArea.objects.values()) == before


def test_the_list_of_areas_says_what_it_lacks_and_is_read_with_it(client, table):
    AreaKind.objects.filter(slug="eerstelijnszone").update(name="Eerstelijnszone")
    exported = client.get("/gebieden.csv?soort=eerstelijnszone&excel=1").content.decode("utf-8-sig")
    assert "voeg een kolom “gemeenten_refnis” toe" in refused(table(exported))

    head, kemp, leuven, _ = exported.split("\r\n")
    assert "Kemp en Duin" in kemp
    text = f"{head};gemeenten_refnis\n{kemp};73006\n{leuven};24062|24038\n"

    assert SAME in take(table(text))


# Numbers that two conventions read differently


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("57,5", "57.5"),
        ("57.5", "57.5"),
        ("57", "57"),
        ("1057", "1057"),
        ("1.057,5", "1057.5"),
        ("1,057.5", "1057.5"),
        ("1\u202f057,5", "1057.5"),
        ("1 057", "1057"),
        ("57,5125", "57.5"),
        ("0.125", "0.1"),
        ("1234.567", "1234.6"),  # four digits before it: no group of thousands
    ],
)
def test_a_surface_is_read_as_it_is_written_here_and_abroad(table, text, surface):
    take(table(f'refnis;naam;oppervlakte_km2\n24062;Leuven;"{text}"\n'))

    assert area("gemeente-24062").surface == Decimal(surface)


@pytest.mark.parametrize("text", ["1.057", "2.050", "1,057", "57.512", "999,000"])
def test_what_can_be_read_in_two_ways_is_refused(table, text):
    said = refused(table(f"refnis;naam;oppervlakte_km2\n24062;Leuven;{text}\n"))

    whole = text.replace(".", "").replace(",", "")
    assert (
        f"Leuven: “{text}” kan {whole} zijn of {text.replace('.', ',')}; schrijf {whole} of" in said
    )


@pytest.mark.parametrize("text", ["1.05.7", "1,057,5", "1.057.00", "5,", ",5", "-3", "1e3", "٥٧"])
def test_what_is_no_number_is_none(table, text):
    said = refused(table(f'refnis;naam;oppervlakte_km2\n24062;Leuven;"{text}"\n'))

    assert f"oppervlakte_km2 is geen oppervlakte: “{text}”" in said
