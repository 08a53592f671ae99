"""What stood on this site on a day, and what held on a day: asked apart and together."""

import pytest

from concepts.models import ConceptVersion
from concepts.publishing import withdraw
from tests.answers import text
from tests.test_former import history

pytestmark = pytest.mark.django_db

#: Published on 3 January, 3 May and 3 September 2025 (`history`).
VERSIONS = "/concepten/gbo/versies/"


def at(day, more="", address=VERSIONS):
    return f"{address}?op={day}{more}"


@pytest.mark.parametrize(
    ("day", "leads_to"),
    [
        ("2025-01-03", "/concepten/gbo/versies/1/"),
        ("2025-05-02", "/concepten/gbo/versies/1/"),
        ("2025-05-03", "/concepten/gbo/versies/2/"),
        ("2025-09-03", "/concepten/gbo/"),
        ("2026-01-01", "/concepten/gbo/"),
    ],
)
def test_a_day_leads_to_the_version_that_stood_there(client, day, leads_to):
    history()

    answer = client.get(at(day))

    assert (answer.status_code, answer["Location"]) == (302, leads_to)


def test_the_other_clock_goes_along_and_the_page_names_both(client):
    history()

    answer = client.get(at("2025-02-01", "&peildatum=2023-03-13"))

    assert answer["Location"] == "/concepten/gbo/versies/1/?peildatum=2023-03-13"
    page = client.get(answer["Location"])
    assert (
        "Je leest versie 1, die op deze site stond van 3 januari 2025 tot 3 mei 2025, "
        "met de feiten zoals ze golden op 13 maart 2023" in text(page)
    )
    assert "De oude tekst." in text(page)
    assert page.context["robots"] == "noindex,follow"


def test_a_page_of_a_day_leads_to_what_stood_here_then(client):
    history()

    html = client.get("/concepten/gbo/?peildatum=2025-02-01").content.decode()

    assert 'href="/concepten/gbo/versies/?op=2025-02-01&amp;peildatum=2025-02-01"' in html
    assert "Zo stond het toen op deze site" in html


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2023-03-13", "Op 13 maart 2023 stond dit nog niet op deze site."),
        ("2023-03-13", "Het staat er sinds 3 januari 2025."),
        ("2199-01-01", "1 januari 2199 moet nog komen."),
        ("9999-01-01", "We kennen “9999-01-01” niet als dag."),
        ("0001-01-01", "We kennen “0001-01-01” niet als dag."),
        ("toen", "We kennen “toen” niet als dag."),
        ("2025-04-01&op=2025-02-01", "We kennen “2025-02-01” niet als dag."),
    ],
)
def test_a_day_without_a_version_is_told(client, day, said):
    history()

    answer = client.get(at(day))

    assert answer.status_code == 200
    assert said in text(answer)
    assert "Naam nu" in text(answer)  # the list stands there all the same


def test_the_list_of_versions_keeps_the_other_day_without_knowing_it(client):
    history()

    answer = client.get(at("2023-03-13", "&peildatum=2023-03-13"))

    assert "In de links blijft je dag staan: 13 maart 2023 ." in text(answer)
    assert 'href="/concepten/gbo/versies/1/?peildatum=2023-03-13"' in answer.content.decode()
    assert 'href="/concepten/gbo/versies/?op=2023-03-13"' in answer.content.decode()  # to today


def test_a_day_on_which_it_was_gone_is_told(client):
    concept = history()
    first = concept.versions.get(number=1)
    withdrawn = {"status": "gearchiveerd", "withdrawn_at": "2025-02-03T12:00:00Z"}
    ConceptVersion.objects.filter(pk=first.pk).update(**withdrawn)

    assert client.get(at("2025-02-02"))["Location"] == "/concepten/gbo/versies/1/"
    assert "het was er toen van gehaald" in text(client.get(at("2025-03-01")))


def test_what_is_withdrawn_stays_gone(client):
    concept = history()
    withdraw(concept)

    assert client.get(at("2025-02-01")).status_code == 410


def test_data_hold_the_version_of_the_day(client):
    history()
    data = "/concepten/gbo/versies.json"

    found = client.get(at("2025-06-01", "&peildatum=2023-03-13", data)).json()
    assert (found["op"], [row["versie"] for row in found["versies"]]) == ("2025-06-01", [2])
    assert client.get(at("2020-01-01", "", data)).json()["versies"] == []
    assert client.get(data).json()["op"] is None
    assert len(client.get(data).json()["versies"]) == 3
    assert client.get(at("toen", "", data)).status_code == 400
    assert client.get(at("9999-01-01", "", data)).status_code == 400


def test_an_ontwikkeling_has_both_clocks_too(client):
    history(kind="ontwikkeling")

    answer = client.get(at("2025-02-01", "", "/ontwikkelingen/gbo/versies/"))

    assert answer["Location"] == "/ontwikkelingen/gbo/versies/1/"
