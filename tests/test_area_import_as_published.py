"""Tables of areas as others publish them, and what people and spreadsheets make of them."""

import datetime as dt
from decimal import Decimal

import pytest

from governance.models import AreaKind, CoverageArea
from tests import area_tables
from tests.area_tables import NEW_YEAR, area, refused, take, where
from tests.factories import (
    AreaKindFactory,
    AreaMembershipFactory,
    CoverageAreaFactory,
    MunicipalityFactory,
)

pytestmark = pytest.mark.django_db

geography = area_tables.geography
table = area_tables.table


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
