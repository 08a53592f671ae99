"""What is asked of partners, as the sources say it, in Bilzen-Hoeselt and anywhere.

The numbers are those of the finder and of the page of the municipality.
"""

import pytest

from concepts.models import ASKING_ROLES
from tests.answers import slugs, text

pytestmark = pytest.mark.usefixtures("only_reads")

BILZEN_HOESELT = "73110"
#: What asks the OCMW itself, and in what role.
OF_THE_OCMW = {"gbo": ["verplicht"], "livc-r": ["deelnemer"], "sociaal-huis": ["deelnemer"]}
#: What asks the local board, in which the OCMW works since 2019, and is not over.
THROUGH_THE_BOARD = {
    *("gbo", "livc-r", "overkop", "1gezin1plan", "eerstelijnszones-en-zorgraden"),
    *("huizen-van-het-kind", "netwerken-dak-en-thuisloosheid", "sociaal-huis"),
}
OVER = {"lokale-gezinscoaches", "zorgzame-buurten"}


def asked(client, **question):
    return client.get("/gevraagd.json", question).json()


def rows(data, via=None, is_over=False):
    return [row for row in data["resultaten"] if (row["via"], row["voorbij"]) == (via, is_over)]


def every_asking_role(**question):
    return {**question, "rol": [role.value for role in ASKING_ROLES], "per_pagina": 100}


@pytest.fixture
def in_bilzen(client, only_reads):
    return asked(client, partner="ocmw", gemeente=BILZEN_HOESELT)


def test_three_concepts_ask_the_ocmw_and_one_of_them_obliges(in_bilzen):
    found = {row["slug"]: row["rollen"] for row in rows(in_bilzen)}

    assert found == OF_THE_OCMW
    assert (in_bilzen["moet"], in_bilzen["uitgenodigd"]) == (1, 2)
    assert [row["slug"] for row in rows(in_bilzen) if row["verplicht"]] == ["gbo"]
    assert {row["slug"]: row["dekking"] for row in rows(in_bilzen)} == {
        "gbo": "niet vermeld",
        "livc-r": "ja",
        "sociaal-huis": "niet vermeld",
    }


def test_the_gbo_names_its_decree_and_the_service_of_today(in_bilzen):
    gbo = rows(in_bilzen)[0]

    assert gbo["grond"]["regelgeving"] == "decreet-lokaal-sociaal-beleid"
    assert gbo["grond"]["datum"]["label"] == "9 februari 2018"
    assert (gbo["dienst"], gbo["dienst_in_de_bron"]) == ("Departement Zorg", "Departement WVG")
    assert {place["bron"] for place in gbo["bronnen"]} >= {"poster", "tekst"}


def test_the_local_board_comes_apart_since_the_integration(client, in_bilzen):
    page = text(client.get(f"/gevraagd/?gemeente={BILZEN_HOESELT}&partner=ocmw"))

    assert {row["slug"] for row in rows(in_bilzen, "lokaal-bestuur")} == THROUGH_THE_BOARD
    assert in_bilzen["via"]["waarvan_dezelfde"] == 3
    assert in_bilzen["via"]["verandering"] == "integratie-ocmw-in-gemeente"
    assert {place["bron"] for place in in_bilzen["via"]["bronnen"]} == {"poster", "tekst"}
    assert "Ook via: lokaal bestuur 8, waarvan 3 dezelfde" in page
    assert "5 hiervan noemen OCMW niet bij naam." in page
    assert "Het OCMW wordt geïntegreerd in de gemeente, op 1 januari 2019" in page


def test_before_the_integration_only_the_ocmw_itself_is_asked(client):
    data = asked(client, partner="ocmw", peildatum="2018-12-31")

    assert data["via"] is None
    assert {row["via"] for row in data["resultaten"]} == {None}


def test_what_is_over_stands_apart(client, in_bilzen):
    elsewhere = asked(client, partner="ocmw", gemeente="44021")
    then = asked(client, partner="lokaal-bestuur", gemeente="73006", peildatum="2023-03-13")

    assert {row["slug"] for row in rows(in_bilzen, "lokaal-bestuur", True)} == OVER
    # The projects of the gezinscoaches were in Bilzen and four other places, none of them Gent.
    assert {row["slug"] for row in rows(elsewhere, "lokaal-bestuur", True)} == {"zorgzame-buurten"}
    assert {row["slug"] for row in rows(then)} >= OVER


def test_the_clb_is_asked_by_name_once_and_as_a_school_three_times(client):
    data = asked(client, partner="clb")
    kind = asked(client, partnertype="onderwijs")

    assert {row["slug"] for row in rows(data)} == {"1gezin1plan"}
    assert data["ook_als_type"] == 3
    assert {row["slug"] for row in rows(kind)} == {
        *("1gezin1plan", "gedetineerden-en-geinterneerden", "livc-r", "overkop")
    }
    page = text(client.get("/gevraagd/?partner=clb"))
    assert "Ook gevraagd als onderwijs: 3 concepten : OverKop-huizen , Integrale" in page
    assert "Ook gevraagd als onderwijs: 3 concepten" in text(client.get("/partners/clb/"))


@pytest.mark.parametrize("partner", ["ocmw", "lokaal-bestuur", "caw", "clb", "politie"])
@pytest.mark.parametrize("place", [{}, {"gemeente": BILZEN_HOESELT}])
def test_it_asks_what_the_finder_finds(client, partner, place):
    question = {"partner": partner, **place}

    found = slugs(client.get("/concepten.json", every_asking_role(**question)))
    asking = asked(client, **question, alles="1")["resultaten"]

    is_over = {row["slug"] for row in asking if row["voorbij"]}
    own = {row["slug"] for row in asking if row["via"] is None}
    assert {*found} - is_over == own - is_over


def test_the_page_of_the_municipality_counts_the_same(client):
    said = client.get(f"/gemeenten/{BILZEN_HOESELT}.json").json()["partners"]
    counts = {row["partner"]: row["zeker_of_gepland"] + row["niet_vermeld"] for row in said}

    most = asked(client, gemeente=BILZEN_HOESELT)["partners"]

    # By one rule: neither counts what is over, or what never began.
    assert counts
    assert {row["partner"]: row["aantal"] for row in most} == counts


@pytest.mark.parametrize(
    ("place", "told"),
    [("Bilzen", "Bilzen bestond tot en met 31 december 2024"), ("3740", "")],
)
def test_an_old_name_and_a_postcode_are_understood(client, place, told):
    page = client.get("/gevraagd/", {"partner": "ocmw", "gemeente": place})

    assert "Gevraagd aan: OCMW, in Bilzen-Hoeselt" in text(page)
    assert told in text(page)


def test_the_form_leads_to_the_place_that_was_typed(client):
    page = client.get("/gevraagd/", {"wie": "ocmw", "waar": "bilzen-hoeselt"}, follow=True)

    assert page.redirect_chain[-1][0] == f"/gevraagd/?gemeente={BILZEN_HOESELT}&partner=ocmw"


def test_the_form_offers_the_partners_of_the_poster_first(client):
    html = client.get("/").content.decode()

    groups = [html.index(f'<optgroup label="{label}') for label in ("Partners van", "Soorten")]
    assert groups == sorted(groups)
    assert groups[0] < html.index('<option value="ocmw">') < groups[1]


def test_most_asked_is_the_local_board(client):
    first = asked(client)["partners"][0]

    assert (first["partner"], first["aantal"], first["moet"]) == ("lokaal-bestuur", 8, 3)
