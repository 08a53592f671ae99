"""What the contract promises of an answer: each record has one, with sources, and of what size."""

import re

import pytest

from concepts.models import STATEMENT_KINDS
from eerstelijn.finder.problems import MOST_VALUES
from governance.models import AreaKind, PartnerType
from tests.answers import text
from tests.content.checklist import BESIDE_THE_POSTER, ON_THE_POSTER

pytestmark = pytest.mark.usefixtures("only_reads")

CONCEPTS = sorted(ON_THE_POSTER | BESIDE_THE_POSTER)
DEVELOPMENTS = """
    beleidsprioriteiten-lokaal-sociaal-beleid beweging-op-de-eerste-lijn decentralisatie
    hertekening-vlaamse-administratie hervorming-zorgraden infodeling-en-beroepsgeheim
    integratie-ocmw-gemeente intersectoraal-kwaliteitskader kwaliteitsdecreet regiovorming
    relanceplan-vlaamse-veerkracht vermaatschappelijking-van-de-zorg
""".split()


# Addresses


@pytest.mark.parametrize(
    "path",
    [f"concepten/{slug}" for slug in CONCEPTS]
    + [f"ontwikkelingen/{slug}" for slug in DEVELOPMENTS],
)
def test_record_answers_as_page_and_as_data_with_a_source_for_all_it_says(path, client):
    page, data = client.get(f"/{path}/"), client.get(f"/{path}.json")

    assert (page.status_code, data.status_code) == (200, 200)
    record = data.json()
    assert record["slug"] == path.partition("/")[2]
    assert record["stand_van_de_bronnen"]
    assert f"Stand van de bronnen: {record['stand_van_de_bronnen']}" in text(page)
    said = record["uitspraken"]
    assert said
    assert {statement["soort"] for statement in said} <= set(STATEMENT_KINDS)
    assert len({statement["id"] for statement in said}) == len(said)
    for statement in said:
        assert statement["bronnen"], statement["id"]
        assert all(source["bron"] and source["plaats"] for source in statement["bronnen"])


@pytest.mark.parametrize(
    "path",
    """beleidsdomeinen/wvg diensten/departement-wvg diensten/agentschap-zorg-en-gezondheid
    diensten/departement-zorg diensten/agentschap-opgroeien
    diensten/agentschap-justitie-en-handhaving diensten/agentschap-binnenlands-bestuur
    partners/ocmw partners/caw partners/dmw partners/clb partners/lokaal-bestuur
    partners/algemeen-welzijnswerk regelgeving/decreet-lokaal-sociaal-beleid gebieden/elz-westhoek
    gebieden/regio-westhoek gebieden/provincie-limburg gebieden/gewest-brussel
    gebieden/regio-antwerpen gebieden/regio-kempen gebieden/elz-regio-waregem bronnen/poster
    bronnen/tekst begrippen/eerste-lijn""".split(),
)
def test_record_that_the_contract_names_has_a_page(path, client):
    assert client.get(f"/{path}/").status_code == 200


LISTS = """concepten ontwikkelingen beleidsdomeinen diensten partners regelgeving gebieden bronnen
    begrippen gemeenten""".split()
#: Beside the first record of every list in the sitemap: those with most to say.
LARGEST = "/bronnen/tekst/ /gebieden/gewest-vlaanderen/ /diensten/departement-zorg/".split()


def test_records_in_the_sitemap_answer_as_data(client, subtests):
    sitemap = client.get("/sitemap.xml").content.decode()
    found = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", sitemap)
    found.remove("/gebieden/vergelijk/")  # no record
    records = [next(path for path in found if re.match(f"/{name}/.", path)) for name in LISTS]
    assert set(LARGEST) <= set(found)

    for path in [*records, *LARGEST]:
        for format in ("json", "csv"):
            with subtests.test(path, format=format):
                response = client.get(f"{path.rstrip('/')}.{format}")

                assert response.status_code == 200
                assert f"/{format}" in response["Content-Type"]


def test_kinds_of_area_and_types_of_partner_are_those_of_the_contract():
    kinds = """gemeente eerstelijnszone referentieregio provincie gewest arrondissement
        woonmaatschappijgebied vervoerregio politiezone logo gezondheidsmakersregio
        ggz-netwerk-kinderen ggz-netwerk-volwassenen 1gezin1plan-gebied regio-dak-en-thuisloosheid
        fjc-regio caw-gebied regionale-zorgzone postcodedeel buurt gevangenis lokaal""".split()
    types = """lokaal-bestuur algemeen-welzijnswerk ziekenfondsen geestelijke-gezondheidszorg
        gezondheidszorg jeugdhulp gezinsondersteuning jeugdwerk onderwijs handicap wonen politie
        justitie middenveld burgers-en-vrijwilligers buurtwerk welzijn-en-zorg-algemeen overheid
        steunpunten-en-onderzoek samenwerkingsverbanden""".split()

    assert set(kinds) <= set(AreaKind.objects.values_list("slug", flat=True))
    assert set(types) <= set(PartnerType.objects.values_list("slug", flat=True))


# The size of an answer


@pytest.fixture
def everything(client):
    """Of every facet as many options as a question may name."""
    facets = client.get("/concepten.json").json()["facetten"]
    return {key: [row["waarde"] for row in rows[:MOST_VALUES]] for key, rows in facets.items()}


@pytest.mark.parametrize("more", [{}, {"q": "zorg"}, {"partner_alle": "1"}])
@pytest.mark.parametrize("path", ["/concepten/", "/concepten.json", "/concepten.csv"])
def test_answer_to_all_facets_at_once_stays_small(path, more, everything, client):
    response = client.get(path, {**everything, **more, "per_pagina": "100"})

    assert response.status_code == 200
    assert len(response.content) < 250_000


def test_answer_with_an_address_for_every_option_stays_under_a_megabyte(everything, client):
    def ask(number):
        areas = everything["gebied"][:number]
        return client.get("/concepten.json", {"gebied": areas, "opties": "1"})

    answers = [ask(number) for number in range(15, 26)]

    given = [answer for answer in answers if answer.status_code == 200]
    assert 0 < len(given) < len(answers)
    assert max(len(answer.content) for answer in given) < 1_000_000


@pytest.mark.parametrize(
    "path",
    [
        "/concepten/family-justice-centers/",
        "/concepten/ketenaanpak-ifg/",
        "/concepten/centra-ifg/",
        "/partners/1712/",
    ],
)
def test_who_needs_help_now_finds_1712_and_112(path, client):
    response = client.get(path)

    assert 'href="https://www.1712.be/"' in response.content.decode()
    assert "bij gevaar bel je 112" in text(response).casefold()
    assert "1712.be" in text(response)
