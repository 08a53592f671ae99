"""What the contract promises of the content, asked as a visitor asks it."""

import pytest

from concepts.models import ASKING_ROLES, ConceptVersion, Participation
from governance.models import CoverageArea
from tests.answers import slugs
from tests.content.checklist import BESIDE_THE_POSTER, ON_THE_POSTER

pytestmark = pytest.mark.usefixtures("only_reads")
#: The day of the tekst: what the sources call present.
THEN = "2023-03-13"


def finder(client, **parameters):
    return client.get("/concepten.json", {"per_pagina": 50, **parameters})


# Partners and sources


def test_caw_is_asked_by_four_concepts(client):
    hits = set(slugs(finder(client, partner="caw")))

    assert hits == {"gbo", "1gezin1plan", "overkop", "ketenaanpak-ifg"}


def test_the_type_of_caw_adds_the_sector_in_the_family_justice_centers(client):
    by_name = set(slugs(finder(client, partner="caw")))

    by_type = set(slugs(finder(client, partnertype="algemeen-welzijnswerk")))

    assert by_type == by_name | {"family-justice-centers"}


def test_the_poster_describes_sixteen_and_the_tekst_all(client):
    assert set(slugs(finder(client, bron="poster"))) == ON_THE_POSTER
    assert set(slugs(finder(client, bron="tekst"))) == ON_THE_POSTER | BESIDE_THE_POSTER


# Pressure on partners: in how many concepts a role asks something of them.

ASKED = {
    "lokaal-bestuur": {
        "sociaal-huis",
        "gbo",
        "huizen-van-het-kind",
        "netwerken-dak-en-thuisloosheid",
        "1gezin1plan",
        "zorgzame-buurten",
        "lokale-gezinscoaches",
        "overkop",
        "eerstelijnszones-en-zorgraden",
        "livc-r",
    },
    "algemeen-welzijnswerk": {
        "gbo",
        "1gezin1plan",
        "overkop",
        "family-justice-centers",
        "ketenaanpak-ifg",
    },
    "geestelijke-gezondheidszorg": {
        "1gezin1plan",
        "overkop",
        "family-justice-centers",
        "ketenaanpak-ifg",
        "gedetineerden-en-geinterneerden",
        "netwerken-ggz",  # its own networks
    },
    "onderwijs": {"1gezin1plan", "overkop", "gedetineerden-en-geinterneerden", "livc-r"},
    "politie": {"family-justice-centers", "ketenaanpak-ifg", "livc-r"},
}
#: Those of them that only the tekst says.
ONLY_IN_THE_TEKST = {"onderwijs": {"livc-r"}}


def asking(**conditions):
    """The concepts of the poster in which a role asks something of such a partner."""
    rows = Participation.objects.filter(
        version__in=ConceptVersion.objects.published().concepts(),
        version__concept__slug__in=ON_THE_POSTER,
        role__in=ASKING_ROLES,
        **conditions,
    )
    return set(rows.values_list("version__concept__slug", flat=True))


@pytest.mark.parametrize("partner_type", ASKED)
def test_concepts_that_ask_a_type_of_partner(partner_type):
    assert asking(partner__type__slug=partner_type) == ASKED[partner_type]


@pytest.mark.parametrize("partner_type", ASKED)
def test_concepts_that_ask_a_type_of_partner_on_the_poster(partner_type):
    named = asking(partner__type__slug=partner_type, citations__source__slug="poster")

    assert named == ASKED[partner_type] - ONLY_IN_THE_TEKST.get(partner_type, set())


def test_caw_by_name_is_asked_by_four():
    assert len(asking(partner__slug="caw")) == 4


def test_local_government_is_no_partner_of_six():
    without = {
        "de-stek",
        "vroeg-en-nabij",
        "netwerken-ggz",
        "family-justice-centers",
        "ketenaanpak-ifg",
        "gedetineerden-en-geinterneerden",
    }

    assert ON_THE_POSTER - asking(partner__type__slug="lokaal-bestuur") == without


# Agencies, before and after a merger

OF_DEPARTEMENT_WVG = {
    "sociaal-huis",
    "gbo",
    "netwerken-dak-en-thuisloosheid",
    "lokale-gezinscoaches",
    "vroeg-en-nabij",
    "zorgzame-buurten",
}
OF_ZORG_EN_GEZONDHEID = {"netwerken-ggz", "eerstelijnszones-en-zorgraden"}


@pytest.mark.parametrize(
    ("agency", "owned"),
    [
        ("departement-wvg", OF_DEPARTEMENT_WVG),
        ("agentschap-zorg-en-gezondheid", OF_ZORG_EN_GEZONDHEID),
        ("departement-zorg", OF_DEPARTEMENT_WVG | OF_ZORG_EN_GEZONDHEID),
        ("afdeling-eerste-lijn-en-gespecialiseerde-zorg", OF_ZORG_EN_GEZONDHEID),
        (
            "agentschap-opgroeien",
            {"1gezin1plan", "huizen-van-het-kind", "overkop", "gedeelde-verantwoordelijkheid"},
        ),
        (
            "agentschap-justitie-en-handhaving",
            {
                "family-justice-centers",
                "ketenaanpak-ifg",
                "centra-ifg",
                "gedetineerden-en-geinterneerden",
                "project-samen",
                "project-m",
            },
        ),
        ("agentschap-binnenlands-bestuur", {"livc-r"}),
    ],
)
@pytest.mark.parametrize("day", [None, THEN])
def test_agency_finds_what_it_and_its_predecessors_own(agency, owned, day, client):
    parameters = {"dienst": agency} | ({"peildatum": day} if day else {})

    assert set(slugs(finder(client, **parameters))) == owned


def test_agency_that_merged_long_before_is_still_a_filter(client):
    response = finder(client, dienst="kind-en-gezin")

    assert response.status_code == 200
    assert slugs(response) == []


# Places


def dekking(client, area, day=THEN):
    response = finder(client, gebied=area, peildatum=day)
    return {row["slug"]: row["dekking"] for row in response.json()["resultaten"]}


#: How some concepts reach a place on the day of the tekst; None: not at all. Family Justice Centers
#: in zones and regions wait for the municipalities, with which these lie in a province.
REACHED = [
    (
        "provincie-limburg",
        {
            "1gezin1plan": "ja",
            "eerstelijnszones-en-zorgraden": "ja",
            "family-justice-centers": "ja",
            "livc-r": "ja",
            "netwerken-ggz": "ja",
            "project-m": "ja",
            "lokale-gezinscoaches": "gedeeltelijk",  # Bilzen
            "gbo": "niet vermeld",
            "huizen-van-het-kind": "niet vermeld",  # 294 of 300, without a list
            "project-samen": None,  # Mechelen
        },
    ),
    (
        "provincie-antwerpen",
        {
            "family-justice-centers": "ja",
            "project-samen": "gedeeltelijk",
            "lokale-gezinscoaches": "gedeeltelijk",  # Herenthout
            "project-m": None,
        },
    ),
    ("provincie-vlaams-brabant", {"family-justice-centers": "gepland", "livc-r": "ja"}),
    ("provincie-oost-vlaanderen", {"family-justice-centers": "gepland", "project-m": None}),
    (
        "provincie-west-vlaanderen",
        {"family-justice-centers": "gepland", "overkop": "niet vermeld"},
    ),
    ("regio-limburg", {"family-justice-centers": "ja", "project-m": "ja"}),
    ("regio-westhoek", {"1gezin1plan": "ja", "livc-r": "ja", "project-samen": None}),
    ("elz-baldemore", {"lokale-gezinscoaches": "ja", "eerstelijnszones-en-zorgraden": "ja"}),
    ("elz-leuven", {"lokale-gezinscoaches": "ja", "netwerken-ggz": "ja"}),
    ("elz-westhoek", {"lokale-gezinscoaches": None, "1gezin1plan": "ja"}),
    ("elz-bruzel", {"huizen-van-het-kind": "ja", "1gezin1plan": "ja", "livc-r": None}),
    ("gewest-brussel", {"huizen-van-het-kind": "ja", "netwerken-ggz": "ja", "livc-r": None}),
    ("gewest-vlaanderen", {"livc-r": "ja", "family-justice-centers": "gedeeltelijk"}),
    ("belgie", {"netwerken-ggz": "ja", "livc-r": "gedeeltelijk"}),
    ("gemeente-12025", {"project-samen": "ja", "family-justice-centers": "ja"}),
    ("gemeente-13012", {"lokale-gezinscoaches": "ja", "project-samen": None}),
    ("fjc-kempen", {"family-justice-centers": "ja"}),
    ("fjc-gent", {"family-justice-centers": "gepland"}),
]


@pytest.mark.parametrize(("area", "expected"), REACHED)
def test_concepts_reach_a_place(area, expected, client):
    found = dekking(client, area)

    assert {slug: found.get(slug) for slug in expected} == expected


def test_project_that_ended_reaches_its_place_no_more(client):
    assert "lokale-gezinscoaches" in dekking(client, "elz-baldemore", "2023-10-31")
    assert "lokale-gezinscoaches" not in dekking(client, "elz-baldemore", "2023-11-01")


def test_every_area_that_the_sources_count_is_an_option(client):
    options = {row["waarde"] for row in finder(client).json()["facetten"]["gebied"]}
    kinds = ("provincie", "referentieregio", "eerstelijnszone", "gewest", "fjc-regio")

    areas = CoverageArea.objects.filter(kind__slug__in=kinds)

    assert set(areas.values_list("slug", flat=True)) <= options


def test_area_slugs_carry_the_prefix_of_their_kind():
    prefixes = {
        "gemeente": "gemeente-",
        "eerstelijnszone": "elz-",
        "referentieregio": "regio-",
        "provincie": "provincie-",
        "gewest": "gewest-",
        "fjc-regio": "fjc-",
    }

    areas = CoverageArea.objects.filter(kind__slug__in=prefixes).select_related("kind")

    assert [area.slug for area in areas if not area.slug.startswith(prefixes[area.kind.slug])] == []


# Names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sociaal Huis", "sociaal-huis"),
        ("GBO", "gbo"),
        ("Geïntegreerd Breed Onthaal", "gbo"),
        ("De STEK", "de-stek"),
        ("Huizen van het Kind", "huizen-van-het-kind"),
        ("Bovenlokale netwerken dak- en thuisloosheid", "netwerken-dak-en-thuisloosheid"),
        ("1Gezin1Plan", "1gezin1plan"),
        ("1G1P", "1gezin1plan"),
        ("Zorgzame buurten / buurtgerichte zorg", "zorgzame-buurten"),
        ("Zorgzame buurten", "zorgzame-buurten"),
        ("Lokale gezinscoaches ingebed in netwerk", "lokale-gezinscoaches"),
        ("Overkop-huis", "overkop"),
        ("Vroeg en nabij", "vroeg-en-nabij"),
        ("V&N", "vroeg-en-nabij"),
        ("Netwerken Geestelijke Gezondheidszorg", "netwerken-ggz"),
        ("GGZ", "netwerken-ggz"),
        ("Eerstelijnszones en Zorgraden", "eerstelijnszones-en-zorgraden"),
        ("ELZ", "eerstelijnszones-en-zorgraden"),
        ("Family Justice Centers", "family-justice-centers"),
        ("FJC", "family-justice-centers"),
        ("Ketenaanpak IFG", "ketenaanpak-ifg"),
        ("Ketenaanpak IFG en kindermishandeling", "ketenaanpak-ifg"),
        (
            "Integrale en kwaliteitsvolle hulp- en dienstverlening aan gedetineerden en "
            "geïnterneerden",
            "gedetineerden-en-geinterneerden",
        ),
        ("Lokale integrale veiligheidscel", "livc-r"),
        ("LIVC-R", "livc-r"),
    ],
)
def test_concept_of_the_poster_is_found_by_its_name_and_abbreviation(name, slug, client):
    assert slugs(client.get("/concepten.json", {"q": name}))[:1] == [slug]
