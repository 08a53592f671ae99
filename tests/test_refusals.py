"""What data and paper refuse, they refuse to a person in words, and to a program as a problem."""

import pytest

from tests.answers import text
from tests.factories import ConceptVersionFactory

pytestmark = pytest.mark.django_db

#: As Firefox and Chromium ask when somebody follows a link.
PERSON = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PROGRAMS = (
    *("*/*", "application/json", "application/problem+json, application/json;q=0.5", ""),
    *("text/csv", "text/html;q=0, */*", "text/calendar", "niets", ";;;,,,", "text/html;q=0"),
    *("text/html; q=0.000", "x/y; a*=nope''z", "text/*", "," * 20_000),
)
#: An address of each format of lists, records, views and paper, that cannot be followed.
REFUSED = (
    *("/concepten.json?kleur=rood", "/concepten.csv?kleur=rood", "/concepten.atom?kleur=rood"),
    *("/concepten/gbo.json?kleur=rood", "/concepten/gbo.pdf?kleur=rood"),
    *("/concepten/gbo.bib?kleur=rood", "/concepten/gbo.csl.json?kleur=rood"),
    *("/wijzigingen.atom?kleur=rood", "/tijdlijn.json?kleur=rood", "/tegenspraken.csv?kleur=rood"),
    *("/tijdlijn/beloofd.csv?kleur=rood", "/druk.json?kleur=rood", "/overlap.csv?kleur=rood"),
    *("/netwerk.json?kleur=rood", "/vergelijk.json", "/vergelijk.bib?c=nee"),
    *("/gevraagd.pdf", "/gevraagd.pdf?partner=nee", "/gevraagd.json?partner=nee"),
    *("/poster.pdf?kleur=rood", "/gebieden/vergelijk.json?a=nee", "/partners.json?pagina=1&x=1"),
)
MISSING = (
    *("/concepten/nee.json", "/concepten/nee.pdf", "/gemeenten/99999.json", "/gemeenten/99999.pdf"),
    *("/concepten.json?pagina=99", "/partners/nee.bib", "/diensten/nee.atom", "/concepten.pdf"),
)


@pytest.fixture(autouse=True)
def gbo():
    return ConceptVersionFactory(published=True, concept__slug="gbo")


def varies(response):
    """What of a request an answer depends on."""
    return response.get("Vary", "").split(", ")


@pytest.mark.parametrize("address", [*REFUSED, *MISSING])
def test_a_person_reads_a_page(client, address):
    response = client.get(address, headers={"Accept": PERSON})

    assert response.status_code == (404 if address in MISSING else 400)
    assert response["Content-Type"].startswith("text/html")
    assert "Accept" in varies(response)
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize("address", [*REFUSED, *MISSING])
def test_a_program_reads_a_problem(client, address):
    response = client.get(address, headers={"Accept": "*/*"})

    assert response.status_code == (404 if address in MISSING else 400)
    assert response["Content-Type"].startswith("application/problem+json")
    assert "Accept" in varies(response)
    assert response.json()["status"] == response.status_code


@pytest.mark.parametrize("accept", PROGRAMS)
def test_who_does_not_ask_for_pages_is_a_program(client, accept):
    response = client.get("/concepten.json?kleur=rood", headers={"Accept": accept})

    assert response["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize(
    "accept", [PERSON, "text/html", "TEXT/HTML;q=0.1", "text/html;charset=x,*/*"]
)
def test_who_asks_for_pages_by_name_is_a_person(client, accept):
    response = client.get("/concepten.json?kleur=rood", headers={"Accept": accept})

    assert response["Content-Type"].startswith("text/html")


def test_the_page_says_what_is_wrong_what_can_be_asked_and_where(client):
    response = client.get("/gevraagd.pdf?partner=nee", headers={"Accept": PERSON})

    assert "partner : “nee” kennen we niet. Wat kan:" in text(response)
    assert '<a class="board" href="/gevraagd/">' in response.content.decode()


def test_what_has_no_page_leads_to_none(client):
    response = client.get("/poster.pdf?kleur=rood", headers={"Accept": PERSON})

    assert "Kies opnieuw op de pagina zelf" not in text(response)


def test_it_repeats_no_markup_and_little_of_what_was_asked(client):
    question = {"partner": "<script>alert(1)</script>" + "x" * 5_000}
    response = client.get("/concepten.json", question, headers={"Accept": PERSON})

    assert "<script>alert" not in response.content.decode()
    assert "x" * 100 not in response.content.decode()


def test_data_that_can_be_followed_are_data_for_everyone(client):
    for accept in (PERSON, "*/*"):
        response = client.get("/concepten.json", headers={"Accept": accept})

        assert response["Content-Type"] == "application/json"
        assert "Accept" not in varies(response)


def test_a_wrong_method_is_told_in_the_same_way(client):
    person = client.post("/concepten.json", headers={"Accept": PERSON})
    program = client.post("/concepten.json")

    assert (person.status_code, program.status_code) == (405, 405)
    assert person["Content-Type"].startswith("text/html")
    assert program["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize(
    ("address", "page"),
    [("/concepten/gbo.csl.json?x=1", "/concepten/gbo/"), ("/druk.csv?x=1", "/druk/")],
)
def test_the_way_leads_to_the_page_of_the_same(client, address, page):
    response = client.get(address, headers={"Accept": PERSON})

    assert f'<a class="board" href="{page}">' in response.content.decode()
