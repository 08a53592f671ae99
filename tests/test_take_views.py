"""Neem mee on the views: their data, their address, and how they are cited."""

import datetime as dt

import pytest

from eerstelijn.dates import long_date
from tests.answers import text
from tests.factories import ConceptVersionFactory, PartnerFactory

pytestmark = pytest.mark.django_db
DAY = "peildatum=2023-03-13"
ON = "op datum 13 maart 2023"


@pytest.fixture(autouse=True)
def content():
    partner = PartnerFactory(slug="caw", name="CAW")
    for slug in ("gbo", "elz"):
        ConceptVersionFactory(concept__slug=slug, name=slug, published=True, partners=[partner])


VIEWS = pytest.mark.parametrize(
    ("address", "title"),
    [
        (f"/concepten/?partner=caw&{DAY}", f"Concepten: 2 concepten met partner CAW, {ON}"),
        (f"/partners/?{DAY}", f"Partners: 1 partner {ON}"),
        ("/begrippen/", "Begrippen"),
        (f"/gevraagd/?partner=caw&{DAY}", "Gevraagd aan: CAW"),
        (f"/netwerk/?{DAY}", "Netwerk van eigenaars, concepten en partners"),
        (f"/tegenspraken/?soort=nuance&{DAY}", "Tegenspraken"),
        (f"/druk/?{DAY}", "Druk"),
        (f"/overlap/?partner=caw&{DAY}", "Overlap: wie vraagt dezelfde mensen?"),
        (f"/vergelijk/?c=elz&c=gbo&{DAY}", "elz en gbo vergeleken"),
        (f"/tijdlijn/?concept=gbo&{DAY}", "Tijdlijn"),
        (f"/tijdlijn/beloofd/?{DAY}", "Beloofd, en wat ervan kwam"),
    ],
)


@VIEWS
def test_a_view_on_a_day_is_taken_along_with_its_question(client, address, title):
    response = client.get(address)

    take = response.context["take"]
    assert take.address == f"http://testserver{address}"
    path, _, question = address.partition("?")
    assert take.json_url == f"{path.rstrip('/')}.json{'?' if question else ''}{question}"
    assert client.get(take.json_url).status_code == 200
    assert client.get(take.csv_url).status_code == 200
    day = "13 maart 2023" if DAY in address else long_date(dt.date.today())
    cited = f"{title}. Wegwijzer eerste lijn. Op datum {day}. Geraadpleegd op"
    said = text(response).replace("\N{NO-BREAK SPACE}", " ")
    assert f"{cited} {long_date(dt.date.today())} via http://testserver{path}" in said


@VIEWS
def test_a_view_is_cited_for_programs_with_its_question(client, address, title):
    links = dict(client.get(address).context["take"].cite_links)

    assert list(links) == ["BibTeX", "RIS", "CSL-JSON"]
    (item,) = client.get(links["CSL-JSON"]).json()
    assert item["title"].replace("\N{NO-BREAK SPACE}", " ").startswith(title.rstrip("."))
    assert item["URL"] == f"http://testserver{address}"
    bib = client.get(links["BibTeX"])
    assert bib["Content-Type"].startswith("application/x-bibtex")
    assert f"url = {{http://testserver{address}}}" in bib.content.decode()
    assert f"UR  - http://testserver{address}" in client.get(links["RIS"]).content.decode()


def test_a_long_question_is_not_cited_on_its_page(client):
    """Each format would carry it in its address; who asks for one still gets it."""
    for number in range(30):
        PartnerFactory(slug=f"partner-met-een-lange-naam-{number}")
    query = "&".join(f"partner=partner-met-een-lange-naam-{number}" for number in range(30))

    page = client.get(f"/concepten/?{query}")

    assert page.context["take"].reference is None
    assert "Citeer" not in text(page)
    assert "Citeer" in text(client.get("/concepten/?partner=caw"))
    assert client.get(f"/concepten.bib?{query}").status_code == 200


def test_a_citation_refuses_what_data_refuse(client):
    for address in ("/partners.bib?x=1", "/vergelijk.ris?c=niets", "/tijdlijn.csl.json?van=x"):
        assert client.get(address).status_code == 400, address
    assert client.get("/partners.doc").status_code == 404


def test_contradictions_are_of_today(client):
    take = client.get("/tegenspraken/").context["take"]

    assert take.json_url == "/tegenspraken.json"
    assert take.reference.as_of == dt.date.today()


def test_a_comparison_of_nothing_is_not_taken_along(client):
    assert "Neem mee" not in text(client.get("/vergelijk/"))
