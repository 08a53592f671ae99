"""The views of many concepts, asked anything: a clear answer in Dutch, never an error of ours."""

import re

import pytest

from concepts.search import index
from eerstelijn.kept import forget_all
from governance import derived
from tests import databases
from tests.answers import text
from tests.everything import everything

VIEWS = (
    *("gevraagd", "druk", "overlap", "vergelijk", "tegenspraken", "tijdlijn", "tijdlijn/beloofd"),
    *("netwerk", "concepten/gbo/versies", "concepten/gbo", "wijzigingen", "gebieden/vergelijk"),
)
DATA = ("json", "csv")
#: What a view also is: how it is cited, and on paper.
OTHERS = (
    *(f"{view}.{end}" for view in ("gevraagd", "druk", "overlap") for end in ("bib", "ris")),
    *("netwerk.csl.json", "vergelijk.bib", "concepten/gbo.ris", "concepten/gbo.csl.json"),
    *("concepten/gbo/versies/1.bib", "concepten/gbo/versies/1.csl.json", "gevraagd.pdf"),
    *("poster.pdf", "concepten/gbo.pdf", "wijzigingen.atom", "concepten/gbo.atom"),
)
TEN = "&".join(f"c=concept-{number}" for number in range(10))
QUESTIONS = {
    "ten concepts": TEN,
    "ten times the same": "&".join(["c=gbo"] * 10),
    "unknown slugs": "c=niemand&c=nergens&partner=niemand&concept=niemand&focus=partner:niemand",
    "the year one": "peildatum=0001-01-01&op=0001-01-01&van=0001-01-01&tot=0001&sinds=0001-01-01",
    "the year 9999": "peildatum=9999-12-31&op=9999-12-31&van=9999&tot=9999-12-31",
    "no year": "peildatum=0000-00-00&van=0000&tot=99999&op=-1",
    "a leap day": "peildatum=2024-02-29&op=2024-02-29&van=2024-02-29&tot=2024-02-29",
    "no leap day": "peildatum=2023-02-29&op=2023-02-29&van=2023-02-29&tot=2023-02-29",
    "other digits": "peildatum=%D9%A2%D9%A0%D9%A2%D9%A3-01-01&van=%D9%A2%D9%A0%D9%A2%D9%A3",
    "repeated keys": "peildatum=2023-01-01&peildatum=2024-01-01&van=2020&van=2021&soort=a&soort=b",
    "thirty-one values": "&".join(f"partner=p{number}&concept=c{number}" for number in range(31)),
    "five hundred keys": "&".join(f"k{number}=1" for number in range(500)),
    "huge numbers": f"pagina={'9' * 5_000}&versie={'9' * 5_000}&per_pagina={'9' * 99}&keuzes=9",
    "numbers below one": "pagina=0&versie=-1&versie=0&per_pagina=-20",
    "markup": "partner=%3Cscript%3Ealert(1)%3C/script%3E&c=%3Cscript%3E&focus=%3Cb%3E&q=%3Cb%3E",
    "sql": "partner='%20OR%201=1--&focus=partner:'--&van=1';--&q=a%20%26%20!b%20%7C%20(c:*)",
    "emoji": "partner=%F0%9F%8C%B2&c=%F0%9F%8C%B2&focus=partner:%F0%9F%8C%B2&q=%F0%9F%8C%B2",
    "odd keys": "=x&&%20=1&peildatum[]=2023-01-01&partner%5B%5D=caw&__proto__=1&c.x=1",
    "empty": "peildatum=&c=&partner=&van=&tot=&focus=&op=&versie=&q=",
    "newlines": "partner=caw%0d%0aX-A:b&focus=partner:caw%0a&c=gbo%0d%0a&van=2023%0a",
    "odd focus": "focus=partner&focus=:&focus=::&focus=partner:caw:caw",
    "a period that ends first": "van=2024-01-01&tot=2023-01-01",
}
#: What no text is, and is refused before anything reads it.
NO_TEXT = ("q=%00", "c=gbo%00", "partner=%ED%A0%80", "peildatum=%FF", "%00=1", "focus=%C3%28")
TOO_MANY = "&".join(f"k{number}=1" for number in range(5_000))
ACCEPTS = (
    *("", "*/*", "text/html", ";;;,,,", "text/html;q=0", "x/y; a*=nope''z", "a" * 10_000),
    *("application/pdf", "text/html; charset=\x7f", "text/" + "x," * 3_000),
)


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
    forget_all()


def is_clear(response, address):
    """Whether an answer is a page in Dutch, data, or a refusal that says what can be asked."""
    assert response.status_code in (200, 301, 302, 400, 404), (address, response.status_code)
    kind = response.get("Content-Type", "")
    if response.status_code in (301, 302):
        assert response["Location"].startswith("/")
        assert "\n" not in response["Location"]
    elif kind.startswith("text/html"):
        html = response.content.decode()
        assert "<h1" in html, address
        assert "<script>alert" not in html, address
        assert not re.search(r"(?:x|9){200}", html), address
    elif response.status_code >= 400:
        problem = response.json()
        assert kind.startswith("application/problem+json"), address
        assert problem["status"] == response.status_code
        assert problem["title"]
        assert all(row["toegestaan"] for row in problem.get("parameters", ())), address


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_view_answers_any_question(client, view, question, subtests):
    page = f"/{view}/?{question}"
    for address in (page, *(f"/{view}.{end}?{question}" for end in DATA)):
        with subtests.test(address[:80]):
            is_clear(client.get(address), address)
    with subtests.test("a person at the address of data"):
        address = f"/{view}.json?{question}"
        is_clear(client.get(address, headers={"Accept": "text/html"}), address)


@pytest.mark.parametrize("address", OTHERS)
def test_so_does_a_citation_a_feed_and_a_paper(client, address, subtests):
    for name, question in QUESTIONS.items():
        if address.endswith(".pdf") and name in ("a leap day", "empty"):
            continue  # these can be followed: a PDF is made, by a program of its own
        with subtests.test(name):
            is_clear(client.get(f"/{address}?{question}"), f"/{address}?{question}")


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_no_text_is_refused(client, view):
    for question in (*NO_TEXT, TOO_MANY):
        for address in (f"/{view}/?{question}", f"/{view}.json?{question}"):
            response = client.get(address)

            assert response.status_code == 400, address[:80]
            is_clear(response, address)


@pytest.mark.parametrize("view", VIEWS)
def test_whatever_it_says_it_takes(client, view):
    for accept in ACCEPTS:
        for address in (f"/{view}/", f"/{view}.json?kleur=rood", f"/{view}.xml"):
            is_clear(client.get(address, headers={"Accept": accept}), address)


def test_too_many_concepts_are_told(client):
    page = client.get(f"/vergelijk/?c=gbo&{TEN}")

    assert "hoogstens 4 naast elkaar" in text(page)
    assert client.get(f"/vergelijk.json?c=gbo&{TEN}").status_code == 400


def test_a_version_of_a_day_outside_the_calendar_is_told(client):
    for day in ("0001-01-01", "9999-12-31", "2023-02-29", "gisteren"):
        said = text(client.get(f"/concepten/gbo/versies/?op={day}", follow=True))

        assert day in said
