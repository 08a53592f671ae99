"""Tables of areas are taken over: the four forms, and what follows from their rows."""

import datetime as dt
import io

import pytest
from django.core.management import call_command

from governance.models import (
    AreaBorder,
    AreaLine,
    AreaMembership,
    ChangeEvent,
    CoverageArea,
    Source,
)
from tests import area_tables
from tests.area_tables import EVE, NEW_YEAR, area, refused, rows, take, where
from tests.factories import AreaKindFactory, CitationFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

geography = area_tables.geography
table = area_tables.table


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
