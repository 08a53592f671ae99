"""`/tegenspraken/`: every point on which the sources differ, and what the site makes of each."""

import csv
import io
import re

import pytest

from concepts.models import Discrepancy
from tests.factories import CitationFactory, ConceptFactory, ConceptVersionFactory

pytestmark = pytest.mark.django_db


def point(slug, kind="tegenspraak", concepts=(), chosen=None, **fields):
    """A point with two claims, of which the site may follow one."""
    record = Discrepancy.objects.create(slug=slug, title=f"Titel {slug}", kind=kind, **fields)
    record.concepts.set(concepts)
    for number, value in enumerate(("133 buurten", "132 buurten")):
        claim = record.claims.create(
            key=f"k{number}", value=value, position=number, is_preferred=chosen == number
        )
        claim.citations.add(CitationFactory(section=f"{slug}.{number}"))
    return record


@pytest.fixture
def version():
    return ConceptVersionFactory(published=True, name="Zorgzame buurten")


def found(client, query=""):
    return [row["slug"] for row in client.get(f"/tegenspraken.json{query}").json()["resultaten"]]


def test_contradictions_come_first_and_each_kind_in_its_own_order(client, version):
    for number, kind in enumerate(["nuance", "verouderd", "leemte", "tegenspraak", "nuance"]):
        point(f"p{number}", kind, [version.concept], position=number)

    assert found(client) == ["p3", "p2", "p1", "p0", "p4"]
    page = client.get("/tegenspraken/").content.decode()
    assert [page.index(f'id="p{number}"') for number in (3, 2, 1, 0, 4)] == sorted(
        page.index(f'id="p{number}"') for number in range(5)
    )


def test_contradictions_are_open_the_rest_is_folded_and_each_has_a_way_to_it(client, version):
    for kind in ("tegenspraak", "leemte", "nuance"):
        point(kind[:2], kind, [version.concept])

    page = client.get("/tegenspraken/").content.decode()
    asked = client.get("/tegenspraken/?soort=leemte").content.decode()

    folds = re.findall(
        r'<details class="differences"( open)?>.*?<section class="difference-list" id="(\w+)"',
        page,
        re.DOTALL,
    )
    assert folds == [(" open", "tegenspraak"), ("", "leemte"), ("", "nuance")]
    assert re.findall(r'<li><a href="#(\w+)">', page)[:3] == ["te", "leemte", "nuance"]
    assert '<details class="differences" open>' in asked


def test_both_claims_stand_with_their_sources_and_the_choice(client, version):
    point("een", concepts=[version.concept], chosen=1, note="Nageteld.")

    page = client.get("/tegenspraken/").content.decode()
    (row,) = client.get("/tegenspraken.json").json()["resultaten"]

    assert "We volgen: 132 buurten." in page
    assert page.count('<li id="b') == 2
    assert [claim["gevolgd"] for claim in row["beweringen"]] == [False, True]
    assert all(claim["bronnen"] for claim in row["beweringen"])
    assert (row["keuze"], row["toelichting"]) == ("132 buurten", "Nageteld.")
    assert row["concepten"][0]["naam"] == "Zorgzame buurten"
    assert row["url"] == "http://testserver/tegenspraken/#een"


def test_a_csv_has_a_row_for_each_claim(client, version):
    point("een", concepts=[version.concept])
    point("twee", "nuance", chosen=0)

    text = client.get("/tegenspraken.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [(row["tegenspraak"], row["gevolgd"]) for row in rows] == [
        ("een", "nee"),
        ("een", "nee"),
        ("twee", "ja"),
        ("twee", "nee"),
    ]


def test_a_kind_and_what_has_no_choice_can_be_asked_together(client):
    point("een", chosen=0)
    point("twee")
    point("drie", "nuance")

    assert found(client, "?soort=tegenspraak") == ["een", "twee"]
    assert found(client, "?keuze=geen") == ["twee", "drie"]
    assert found(client, "?soort=tegenspraak&keuze=geen") == ["twee"]
    page = client.get("/tegenspraken/?soort=tegenspraak&keuze=geen").content.decode()
    assert "<b>1 punt</b> waarop de bronnen verschillen en waarbij we niet kiezen." in page
    # A way says how many it leads to.
    assert re.findall(r"(Alle|Tegenspraken|Nuances)\s+(\d+)</a>", page) == [
        ("Alle", "2"),
        ("Tegenspraken", "1"),
        ("Nuances", "1"),
    ]
    assert 'href="/tegenspraken/?soort=nuance&amp;keuze=geen"' in page


def test_nothing_found_says_so(client):
    page = client.get("/tegenspraken/?soort=leemte").content.decode()

    assert "Zo staat er geen op de site." in page
    assert 'id="bronnen"' not in page


def test_of_a_concept_that_is_not_public_nothing_is_told(client, version):
    hidden = ConceptFactory()
    ConceptVersionFactory(concept=hidden, name="Nog geheim")
    point("verborgen", concepts=[hidden])
    point("van-beide", concepts=[hidden, version.concept])
    point("van-geen")

    assert found(client) == ["van-beide", "van-geen"]
    assert "Nog geheim" not in client.get("/tegenspraken/").content.decode()


@pytest.mark.parametrize(
    "query", ["soort=iets", "keuze=wel", "soort=nuance&soort=leemte", "x=1", "soort=" + "x" * 2000]
)
def test_what_cannot_be_followed_is_told(client, query):
    answer = client.get(f"/tegenspraken/?{query}")
    data = client.get(f"/tegenspraken.json?{query}")

    assert (answer.status_code, data.status_code) == (200, 400)
    assert data["Content-Type"].startswith("application/problem+json")


def test_the_number_of_queries_does_not_grow(client, version, django_assert_max_num_queries):
    for number in range(12):
        point(f"p{number}", concepts=[version.concept], chosen=0)

    with django_assert_max_num_queries(14):
        client.get("/tegenspraken/")
