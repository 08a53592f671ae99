"""A slug in capitals is that slug: in an address (`test_addresses`), and as a value of any key."""

import pytest

from concepts.search import index
from governance import derived
from tests import databases
from tests.answers import text
from tests.everything import everything

LISTS = [
    *("concepten", "ontwikkelingen", "beleidsdomeinen", "diensten", "partners", "regelgeving"),
    *("gebieden", "bronnen"),
]
#: What has no facets of its own in its data, and takes those of the concepts.
OVERVIEWS = ["druk", "overlap", "netwerk", "gevraagd"]
#: What else takes a slug or a word of a list, with what the address means.
OTHERS = [
    *("tijdlijn?concept=gbo", "tijdlijn?dienst=oud", "tijdlijn?soort=concept"),
    *("tijdlijn?status=aangekondigd", "tijdlijn/beloofd?concept=gbo", "tegenspraken?soort=leemte"),
    *("tegenspraken?keuze=geen", "vergelijk?c=gbo&c=hervorming", "netwerk?focus=partner:caw"),
    *("netwerk?focus=concept:gbo", "overlap?op=gebieden", "concepten?partner=vroeger"),
    *("concepten?sorteer=-naam", "partners?sorteer=naam", "begrippen?sorteer=naam"),
]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    def make():
        everything()
        derived.rebuild()
        index.reindex_all()

    with databases.made_once(django_db_blocker, make):
        yield


@pytest.fixture(autouse=True)
def content(made, db):
    """A row of every model, which all tests look at."""


def in_capitals(question):
    """A question with its values in capitals, its keys as they are."""
    pairs = (part.partition("=") for part in question.split("&"))
    return "&".join(f"{key}={value.upper()}" for key, _, value in pairs)


def same(client, path, question):
    """Whether both spellings get the same data, and a page without a word about it."""
    small = client.get(f"/{path}.json?{question}")
    large = client.get(f"/{path}.json?{in_capitals(question)}")
    page = client.get(f"/{path}/?{in_capitals(question)}", follow=True)

    assert small.status_code == large.status_code == page.status_code == 200
    assert small.json() == large.json()
    assert "niet bij het filter" not in text(page)
    assert in_capitals(question) not in page.context["canonical_url"]


@pytest.mark.parametrize("path", [*LISTS, *OVERVIEWS])
def test_every_value_of_every_facet_may_stand_in_capitals(client, path, subtests):
    facets = client.get(f"/{path if path in LISTS else 'concepten'}.json").json()["facetten"]
    for key, options in facets.items():
        values = [option["waarde"] for option in options]
        for value in [value for value in values if value.upper() != value][:2]:
            with subtests.test(f"{key}={value}"):
                same(client, path, f"{key}={value}")


@pytest.mark.parametrize("address", OTHERS)
def test_so_may_what_other_views_ask(client, address):
    path, _, question = address.partition("?")

    same(client, path, question)


def test_kinds_of_area_are_compared_in_capitals_too(client):
    small = client.get("/gebieden/vergelijk.json?a=gemeente&b=eerstelijnszone")

    assert client.get("/gebieden/vergelijk.json?a=GEMEENTE&b=Eerstelijnszone").json() == (
        small.json()
    )
    assert small.status_code in (200, 400)


def test_one_slug_in_two_spellings_is_one_value(client):
    data = client.get("/concepten.json?partner=caw&partner=CAW&partner=Caw").json()

    assert data["filters"] == {"partner": ["caw"]}


def test_the_form_of_what_is_asked_leads_on(client):
    answer = client.get("/gevraagd/?wie=CAW", follow=True)

    assert answer.status_code == 200
    assert answer.context["page"].selected == "caw"


def test_what_nobody_has_is_still_told(client):
    assert "“NIEMAND”" in text(client.get("/concepten/?partner=NIEMAND"))
    assert client.get("/concepten.json?partner=NIEMAND").status_code == 400
    assert client.get("/tijdlijn.json?concept=NIEMAND").status_code == 400
    assert client.get("/netwerk.json?focus=partner:NIEMAND").status_code == 400
