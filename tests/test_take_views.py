"""Neem mee on the views: their data, their address, and how they are cited."""

import datetime as dt

import pytest

from eerstelijn.dates import long_date
from tests.answers import text
from tests.factories import ConceptVersionFactory, PartnerFactory

pytestmark = pytest.mark.django_db
DAY = "peildatum=2023-03-13"


@pytest.fixture(autouse=True)
def content():
    partner = PartnerFactory(slug="caw", name="CAW")
    for slug in ("gbo", "elz"):
        ConceptVersionFactory(concept__slug=slug, name=slug, published=True, partners=[partner])


@pytest.mark.parametrize(
    ("address", "title"),
    [
        (f"/gevraagd/?partner=caw&{DAY}", "Wat vraagt men van CAW?"),
        (f"/druk/?{DAY}", "Druk"),
        (f"/overlap/?partner=caw&{DAY}", "Overlap: wie vraagt dezelfde mensen?"),
        (f"/vergelijk/?c=elz&c=gbo&{DAY}", "elz en gbo vergeleken"),
        (f"/tijdlijn/?concept=gbo&{DAY}", "Tijdlijn"),
        (f"/tijdlijn/beloofd/?{DAY}", "Beloofd, en wat ervan kwam"),
    ],
)
def test_a_view_on_a_day_is_taken_along_with_its_question(client, address, title):
    response = client.get(address)

    take = response.context["take"]
    assert take.address == f"http://testserver{address}"
    path, _, question = address.partition("?")
    assert take.json_url == f"{path.rstrip('/')}.json?{question}"
    assert client.get(take.json_url).status_code == 200
    assert client.get(take.csv_url).status_code == 200
    cited = f"{title}. Wegwijzer eerste lijn. Op datum 13 maart 2023. Geraadpleegd op"
    assert f"{cited} {long_date(dt.date.today())} via http://testserver{path}" in text(response)


def test_contradictions_are_of_today(client):
    take = client.get("/tegenspraken/").context["take"]

    assert take.json_url == "/tegenspraken.json"
    assert take.reference.as_of == dt.date.today()


def test_a_view_has_no_addresses_of_citations(client):
    assert client.get("/druk/").context["take"].cite_links == []
    assert client.get("/druk.bib").status_code == 404


def test_a_comparison_of_nothing_is_not_taken_along(client):
    assert "Neem mee" not in text(client.get("/vergelijk/"))
