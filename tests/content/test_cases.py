"""Inputs from real life that once failed, each with its right answer in the whole content.

What fails for the same reason is tested beside the code; here stand the cases as they were met.
"""

import io
import re
import unicodedata

import pytest
from django.core.management import CommandError, call_command

from concepts.models import ConceptVersion
from governance.models import CoverageArea, Partner
from tests.answers import rows_of_csv, text
from tests.desk import editor, list_url

pytestmark = pytest.mark.django_db


# Addresses


@pytest.mark.parametrize("kind", ["gebieden", "partners", "diensten", "bronnen"])
def test_a_csv_has_every_row(client, kind):
    number = client.get(f"/{kind}.json").json()["aantal"]

    assert number > 20
    assert len(rows_of_csv(client.get(f"/{kind}.csv"))) == number
    excel = client.get(f"/{kind}.csv?excel=1").content.decode()
    assert len(excel.strip().split("\r\n")) == number + 1


@pytest.mark.parametrize(
    "typed",
    [
        *("3000 Leuven", "Leuven 3000", "B-3000 Leuven", "Leuven (3000)", "gemeente Leuven"),
        *("B-3000", "3000", "Leuven"),
    ],
)
def test_leuven_is_leuven(client, typed):
    found = client.get("/gemeenten.json", {"q": typed}).json()["resultaten"]
    offers = client.get("/zoeken/", {"q": typed}).context["page"].offers

    assert [row["nis"] for row in found] == ["24062"]
    assert "/gemeenten/24062-leuven/" in [offer.url for offer in offers]


#: Places that went to another town in silence: with their postcode, and where they were taken for.
TAKEN_FOR = """
Bellingen 1674 Beringen
Beselare 8980 Roeselare
Blanden 3052 Landen
Deurle 9831 Antwerpen
Gestel 2590 Gistel
Grembergen 9200 Grimbergen
Hingene 2880 Wingene
Heurne 9700 Pajottegem
Heverlee 3001 Oud-Heverlee
Kemmel 8956 Wemmel
Landegem 9850 Ledegem
Lembeke 9971 Lebbeke
Loker 8958 Lokeren
Meerbeke 9402 Lokeren
Merkem 8650 Antwerpen
Olsene 9870 Elsene
Opglabbeek 3660 Glabbeek
Ophasselt 9500 Hasselt
Outer 9406 Boutersem
Rozebeke 9630 Oostrozebeke
Teuven 3793 Leuven
Tongerlo 2260 Tongeren-Borgloon
Voort 3840 Bekkevoort
Vosselare 9850 Vosselaar
Westrozebeke 8840 Oostrozebeke
Wondelgem 9032 Wommelgem
Zevergem 9840 Evergem
"""
PLACES = [line.split() for line in TAKEN_FOR.strip().splitlines()]


@pytest.mark.parametrize(("name", "postcode", "wrong"), PLACES, ids=[row[0] for row in PLACES])
def test_a_place_is_the_one_that_its_postcode_says(client, name, postcode, wrong):
    town = client.get("/gemeenten/", {"q": f"{postcode} {name}"}, follow=True)
    asked = client.get("/gemeenten/", {"q": name}, follow=True)
    offers = [offer.name for offer in client.get("/zoeken/", {"q": name}).context["page"].offers]

    (right, _), *_ = town.redirect_chain
    assert re.match(r"/gemeenten/\d{5}-", right)
    assert f"{name} ligt in" in text(asked)
    assert f"postcode {postcode}" in text(asked)
    if name == "Tongerlo":  # there are two, and a reader is asked which
        assert asked.redirect_chain == []
        assert right.partition("?")[0] in asked.content.decode()
    else:
        assert asked.redirect_chain[0][0].partition("?")[0] == right.partition("?")[0]
    assert wrong not in offers


def test_a_slip_is_told(client):
    page = client.get("/gemeenten/", {"q": "Lueven"}, follow=True)

    assert "Leuven" in text(page)
    assert "Lueven" in text(page)


@pytest.mark.parametrize("word", ["leven", "Opglabbeek"])
def test_no_box_of_another_town(client, word):
    offers = client.get("/zoeken/", {"q": word}).context["page"].offers

    assert not {"Leuven", "Glabbeek"} & {offer.name for offer in offers}


@pytest.mark.parametrize(
    "question", ["decreet kwaliteit", "jeugdhulp decreet 2013", "dak- en thuisloosheid"]
)
def test_search_and_list_have_one_number(client, question):
    groups = client.get("/zoeken/", {"q": question}).context["page"].groups
    number = {group.label: group.total for group in groups}.get("Concepten", 0)

    assert client.get("/concepten.json", {"q": question}).json()["aantal"] == number


def test_a_letter_that_looks_like_an_apostrophe_is_one(client):
    plain = client.get("/concepten.json", {"q": "GBO's"}).json()["aantal"]

    assert plain
    assert client.get("/concepten.json?q=GBO%CA%BCs").json()["aantal"] == plain


def test_borsbeek_went_into_antwerpen_which_did_not_begin_in_2019(client):
    page = text(client.get("/gemeenten/11007-borsbeek/", follow=True))

    assert "Antwerpen" in page
    assert "1 januari 2025" in page
    assert "sinds 1 januari 2019" not in page


def test_marks_of_a_newsletter_are_no_question_of_a_reader(client):
    page = client.get("/concepten/?fbclid=x")

    assert "We kennen het filter" not in text(page)
    assert page.context["canonical_url"].endswith("/concepten/")


def test_data_refuse_them_since_a_program_asked(client):
    """As the contract says: data stay strict."""
    assert client.get("/concepten.json?utm_source=x").status_code == 400


def test_capitals_lead_on(client):
    answer = client.get("/concepten/GBO/")

    assert (answer.status_code, answer["Location"]) == (301, "/concepten/gbo/")


def test_words_that_are_everywhere_are_told(client):
    assert "heeft geen woord om op te zoeken" in text(client.get("/zoeken/?q=de+van"))


def test_the_start_of_our_data_is_no_start_of_an_area(client):
    rows = client.get("/gebieden.json?soort=arrondissement").json()["resultaten"]

    assert rows
    for row in rows:
        assert row["geldig_van"] != "2023-01-01"
        assert row["gegevens_van"] == "2023-01-01"


# On paper


def test_paper_has_every_hit_or_says_where_the_others_are(client):
    page = client.get("/zoeken/?q=zorg")
    said = text(page)

    for group in page.context["page"].groups:
        left_out = group.total - len(group.hits)
        where = f"Op papier staan hier {len(group.hits)} van de {group.total}. Alle: /"
        assert (where in said) == bool(left_out), group.label
    assert "Toon nog" not in said


# Tables of areas


#: Each table, and what the report says of it.
TABLES = {
    "cells missing at the end": (
        "refnis;naam;postcodes;oppervlakte_km2;opmerking\r\n"
        "24062;Leuven;3000|3001|3010|3012|3018;57,5;\r\n38008;De Panne;8660\r\n",
        "0 nieuw, 0 gewijzigd, 2 gelijk, 0 fout",
    ),
    "a space that does not break": (
        "refnis;naam\r\n38008;De\u00a0Panne\r\n",
        "0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout",
    ),
    "two spaces": (
        "refnis;naam\r\n38008;De  Panne\r\n",
        "0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout",
    ),
    "a hyphen that does not break": (
        "refnis;naam\r\n12014;Heist\u2011op\u2011den\u2011Berg\r\n",
        "0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout",
    ),
    "signs without width": (
        "refnis;naam\r\n38008;De Panne\u200b\r\n12014;Heist-op-den-\u00adBerg\r\n",
        "0 nieuw, 0 gewijzigd, 2 gelijk, 0 fout",
    ),
    "the end of a line in a cell": (
        'refnis;naam\r\n38008;"De\nPanne"\r\n',
        "0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout",
    ),
    "one name, two kinds": (
        "naam;soort;gemeenten_refnis\r\nProefnaam;referentieregio;24062\r\n"
        "Proefnaam;vervoerregio;24062\r\n",
        "2 nieuw, 0 gewijzigd, 0 gelijk, 0 fout",
    ),
    "one municipality, two days": (
        "refnis;naam;vanaf\r\n24062;Leuven;2027-01-01\r\n24062;Proef-Leuven;2028-01-01\r\n",
        "0 nieuw, 1 gewijzigd, 1 gelijk, 0 fout",
    ),
    "the line that tells the delimiter": (
        "sep=;\r\nrefnis;naam\r\n24062;Leuven\r\n",
        "0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout",
    ),
    "columns without name and content": (
        "refnis;;;naam\r\n24062;;;Leuven\r\n",
        "0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout",
    ),
    "commas in the name of a column": (
        'refnis;naam;"oppervlakte, in km2, afgerond, 2025, bron"\r\n24062;Leuven;57\r\n',
        "0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout",
    ),
    "a postcode twice": (
        "refnis;naam;postcodes\r\n38008;De Panne;8660|8660\r\n",
        "0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout",
    ),
    "our own export": (
        "nis,naam,postcodes,url\r\n24062,Leuven,3000|3001|3010|3012|3018,"
        "http://127.0.0.1:8765/gemeenten/24062-leuven/\r\n",
        "0 nieuw, 0 gewijzigd, 1 gelijk, 0 fout",
    ),
}
#: Each table that is wrong, and what is said.
WRONG_TABLES = {
    "a point that groups thousands or not": (
        "refnis;naam;oppervlakte_km2\r\n24062;Leuven;1.057\r\n",
        "“1.057” kan 1057 zijn of 1,057",
    ),
    "a quote that is not closed": (
        'refnis;naam\r\n24062;"Leuven\r\n38008;De Panne\r\n',
        "Regel 2 is geen CSV: er staat een aanhalingsteken",
    ),
    "a cell without a head": (
        "refnis;naam;;;\r\n24062;Leuven;;;\r\n38008;De Panne;;;los woord\r\n",
        "De Panne: kolom 5 heeft geen kop, maar er staat “los woord”",
    ),
}


def tried(tmp_path, table):
    """What trying to take a table over says."""
    path, out = tmp_path / "tabel.csv", io.StringIO()
    path.write_bytes(table.encode())
    options = {"vanaf": "2027-01-01", "bron": "statbel-gemeenten", "proef": True}
    try:
        call_command("importeer_gebieden", path, stdout=out, stderr=io.StringIO(), **options)
    except CommandError as refusal:
        return f"{out.getvalue()}{refusal}"
    return out.getvalue()


@pytest.mark.parametrize(("table", "says"), TABLES.values(), ids=TABLES)
def test_a_table_is_read_as_it_was_meant(tmp_path, table, says):
    before = list(CoverageArea.objects.values_list("slug", "name"))

    report = tried(tmp_path, table)

    assert f"Samen: {says}." in report
    assert list(CoverageArea.objects.values_list("slug", "name")) == before


@pytest.mark.parametrize(("table", "says"), WRONG_TABLES.values(), ids=WRONG_TABLES)
def test_a_table_that_cannot_be_read_is_refused_in_words(tmp_path, table, says):
    assert says in tried(tmp_path, table)


# The search boxes of the desk


@pytest.mark.parametrize(
    ("model", "typed", "plain"),
    [
        (ConceptVersion, "geintegreerd", "geïntegreerd"),
        (ConceptVersion, unicodedata.normalize("NFD", "geïntegreerd"), "geïntegreerd"),
        (Partner, unicodedata.normalize("NFD", "coördinatie"), "coördinatie"),
    ],
    ids=["without accents", "a version in two pieces", "a partner in two pieces"],
)
def test_accents_do_not_matter_at_the_desk(client, model, typed, plain):
    client.force_login(editor("eindredacteur"))

    found, known = (
        client.get(list_url(model), {"q": q}).context["cl"].result_count for q in (typed, plain)
    )

    assert found == known >= 1
