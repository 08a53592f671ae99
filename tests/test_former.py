"""The versions of a concept that were public, as everybody reads them."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from concepts.models import ConceptVersion, Discrepancy, Status
from concepts.publishing import publish, withdraw, working_copy
from eerstelijn.dates import long_date
from tests.answers import text
from tests.factories import (
    ConceptRelationFactory,
    ConceptVersionFactory,
    OldSlugFactory,
    ParticipationFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

DAYS = [dt.datetime(2025, month, 3, 12, tzinfo=dt.UTC) for month in (1, 5, 9)]


def published_on(version, moment):
    """Publish a version as if it were then."""
    publish(version)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
        ConceptVersion.objects.filter(pk=version.pk).update(published_at=moment)
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = ''")
    version.refresh_from_db()
    return version


def history(slug="gbo", kind="concept"):
    """A concept with two former versions, a public one and a working copy."""
    first = ConceptVersionFactory(
        concept__slug=slug,
        concept__record_kind=kind,
        name="Eerste naam",
        reason="Het begin.",
        described_by=[SourceFactory()],
    )
    PassageFactory(version=first, text="De oude tekst.")
    published_on(first, DAYS[0])
    for moment, name, reason in zip(
        DAYS[1:], ["Tweede naam", "Naam nu"], ["", "Beter."], strict=True
    ):
        version = working_copy(first.concept)
        ConceptVersion.objects.filter(pk=version.pk).update(name=name, reason=reason)
        version.passages.update(text=f"De tekst van {name}.")
        published_on(version, moment)
    draft = working_copy(first.concept)
    ConceptVersion.objects.filter(pk=draft.pk).update(name="Nog geheim")
    return first.concept


@pytest.mark.parametrize(
    ("kind", "prefix"), [("concept", "concepten"), ("ontwikkeling", "ontwikkelingen")]
)
def test_the_list_says_from_when_to_when_and_why(client, kind, prefix):
    history(kind=kind)

    page = text(client.get(f"/{prefix}/gbo/versies/"))

    assert "Naam nu" in page
    assert "Versie 3 (nu op de site) sinds 3 september 2025 Beter." in page
    assert "Versie 2 van 3 mei 2025 tot 3 september 2025 geen reden genoteerd" in page
    assert "Versie 1 van 3 januari 2025 tot 3 mei 2025 Het begin." in page
    assert "Nog geheim" not in page
    assert "Versie 4" not in page


@pytest.mark.parametrize(
    ("kind", "prefix"), [("concept", "concepten"), ("ontwikkeling", "ontwikkelingen")]
)
def test_a_former_version_reads_as_it_stood_there_and_is_marked(client, kind, prefix):
    history(kind=kind)

    response = client.get(f"/{prefix}/gbo/versies/1/")

    page, source = text(response), response.content.decode()
    assert "De oude tekst." in page
    assert "De tekst van Naam nu." not in page
    assert "Versie 1 stond op de site van 3 januari 2025 tot 3 mei 2025." in page
    assert f'<a href="/{prefix}/gbo/">Lees de huidige versie (3)</a>' in source
    assert '<meta name="robots" content="noindex,follow">' in source
    assert f'<link rel="canonical" href="http://testserver/{prefix}/gbo/">' in source
    assert "gbo.json" not in source  # that gives the current one
    assert f'<a href="/{prefix}/gbo/versies/1.json">JSON</a>' in source
    current = client.get(f"/{prefix}/gbo/").content.decode()
    assert f'<a href="/{prefix}/gbo.json">JSON</a>' in current


@pytest.mark.parametrize(
    ("number", "stood"),
    [
        (1, {"van": "2025-01-03", "tot": "2025-05-03"}),
        (3, {"van": "2025-09-03", "tot": None}),
    ],
)
def test_a_version_is_data_at_an_address_that_stays(client, number, stood):
    history()

    data = client.get(f"/concepten/gbo/versies/{number}.json").json()

    assert (data["versie"], data["op_de_site"]) == (number, stood)
    said = client.get("/concepten/gbo.json").json()
    assert set(data) == {*said, "op_de_site"}
    assert (data == {**said, "op_de_site": stood}) is (number == 3)
    assert [row["soort"] for row in data["uitspraken"]] == ["passage"]
    csv = client.get(f"/concepten/gbo/versies/{number}.csv").content.decode()
    assert csv.startswith("concept,versie,id,")
    assert f"gbo,{number},passage" in csv
    on_a_day = client.get(f"/concepten/gbo/versies/{number}.json?peildatum=2023-03-13").json()
    assert on_a_day["peildatum"] == "2023-03-13"


@pytest.mark.parametrize("rest", ["4.json", "5.json", "1.pdf", "1.atom"])
def test_of_a_draft_or_in_another_format_there_is_nothing(client, rest):
    history()

    assert client.get(f"/concepten/gbo/versies/{rest}").status_code == 404


def test_what_is_known_of_the_concept_today_stays_with_its_page(client):
    concept = history()
    Discrepancy.objects.create(slug="d", title="Vandaag", kind="tegenspraak").concepts.add(concept)
    ConceptRelationFactory(
        version=(other := ConceptVersionFactory()), other=concept, kind="ondersteunt"
    )
    ConceptVersion.objects.filter(pk=other.pk).update(status=Status.PUBLISHED, published_at=DAYS[0])

    said = text(client.get("/concepten/gbo/")), text(client.get("/concepten/gbo/versies/1/"))

    for words in ("wordt ondersteund door", "Hier spreken de bronnen elkaar tegen"):
        assert [words in page for page in said] == [True, False]


def test_the_current_version_is_the_page_of_the_concept(client):
    history()

    response = client.get("/concepten/gbo/versies/3/?peildatum=2024-01-01")

    assert response.status_code == 302
    assert response["Location"] == "/concepten/gbo/?peildatum=2024-01-01"
    assert 'href="/concepten/gbo/versies/"' in client.get("/concepten/gbo/").content.decode()


@pytest.mark.parametrize("number", ["4", "5", "0", "01", "x", "9" * 30])
def test_what_never_was_public_is_not_found(client, number):
    history()

    response = client.get(f"/concepten/gbo/versies/{number}/")

    assert response.status_code == 404
    assert "Nog geheim" not in text(response)


@pytest.mark.parametrize("rest", ["", "1/"])
def test_a_draft_an_ontwikkeling_or_nothing_has_no_versions(client, rest):
    ConceptVersionFactory(concept__slug="klad")
    history(slug="visie", kind="ontwikkeling")

    for slug in ("klad", "visie", "niets"):
        assert client.get(f"/concepten/{slug}/versies/{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["", "1/", "3/"])
def test_of_a_withdrawn_concept_they_are_gone(client, rest):
    withdraw(history())

    assert client.get(f"/concepten/gbo/versies/{rest}").status_code == 410


def test_what_was_withdrawn_and_came_back_says_so(client):
    concept = history()
    withdraw(concept)
    publish(concept.versions.open().get())

    page = text(client.get("/concepten/gbo/versies/"))

    today = long_date(timezone.localdate())
    assert f"Versie 3 van 3 september 2025 tot {today}, toen van de site gehaald" in page
    assert client.get("/concepten/gbo/versies/3/").status_code == 200


@pytest.mark.parametrize("rest", ["", "1/"])
def test_a_former_address_leads_on(client, rest):
    history()
    OldSlugFactory(kind="concept", old="vroeger", current="gbo")

    response = client.get(f"/concepten/vroeger/versies/{rest}")

    assert response.status_code == 301
    assert response["Location"] == f"/concepten/gbo/versies/{rest}"


@pytest.mark.parametrize("rows", [1, 15])
def test_queries(client, django_assert_num_queries, rows):
    first = ConceptVersionFactory(concept__slug="gbo", described_by=[SourceFactory()])
    PassageFactory(version=first)
    for _ in range(rows):
        ParticipationFactory(version=first)
    publish(first)
    for _ in range(rows):
        publish(working_copy(first.concept))
    client.get("/concepten/gbo/")

    # The stamp; the concept with its public version; its versions.
    with django_assert_num_queries(3):
        client.get("/concepten/gbo/versies/")
    # And its statements, which places these cite (another page read them), other names.
    with django_assert_num_queries(3 + 3):
        client.get("/concepten/gbo/versies/1/")
    # The process keeps what it says.
    with django_assert_num_queries(3):
        client.get("/concepten/gbo/versies/1/")
