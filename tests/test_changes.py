"""What changed on the site: what the list tells of it, and the page of what was withdrawn."""

import json

import pytest
from django.utils import timezone

from concepts.changes.telling import keep_told, told_of
from concepts.models import ConceptVersion
from concepts.publishing import publish, withdraw, working_copy
from eerstelijn.dates import long_date
from tests.answers import text
from tests.brought_out import again, happened, on, public
from tests.factories import (
    ConceptRelationFactory,
    ConceptVersionFactory,
    ParticipationFactory,
    PartnerFactory,
)

pytestmark = pytest.mark.django_db


# What is told


def test_a_new_version_is_told_in_few_words(client):
    version = public(partners=[PartnerFactory(name="CAW")])
    copy = working_copy(version.concept)
    ConceptVersion.objects.filter(pk=copy.pk).update(name="Nieuwe naam", reason="Zo heet het nu.")
    copy.passages.update(text="Een heel andere tekst.")
    copy.participations.all().delete()
    ParticipationFactory(version=copy, partner=PartnerFactory(name="OCMW"), key="ocmw")
    publish(copy)

    page = text(client.get("/wijzigingen/"))

    assert "Nieuwe naam" in page
    assert "Versie 2, na versie 1. Zo heet het nu." in page
    assert "Gewijzigd naam (“Naam gbo” werd “Nieuwe naam”); passage: Wat het is" in page
    assert "Nieuw deelname: OCMW" in page
    assert "Weg deelname: CAW" in page
    assert "Alles van versie 2" in page


def test_many_rows_of_a_kind_are_counted_and_some_are_named(client):
    version = public(partners=[PartnerFactory(name=f"Partner {n}") for n in range(5)])
    copy = working_copy(version.concept)
    copy.participations.all().delete()
    publish(copy)

    assert "5 deelnames: Partner 0 (deelnemer)" in text(client.get("/wijzigingen/"))
    assert "en nog 2" in text(client.get("/wijzigingen/"))


def test_what_came_first_on_one_day_is_one_entry(client):
    for slug in ("a", "b", "c"):
        on(public(slug), "2026-03-02")
    on(public("d"), "2026-03-09")

    page = client.get("/wijzigingen/")

    assert happened(client) == [("eerste-versie", ["d"]), ("eerste-versie", ["a", "b", "c"])]
    assert "3 concepten voor het eerst op de site 2 maart 2026" in text(page)
    assert "Naam d 9 maart 2026. Voor het eerst op de site." in text(page)
    assert "2 wijzigingen" in text(page)


def test_a_version_that_says_the_same_is_told_so(client):
    concept = public().concept
    publish(working_copy(concept))

    assert "De inhoud is gelijk aan die van de versie ervoor." in text(client.get("/wijzigingen/"))


def test_no_draft_and_no_name_of_another_concept_is_told(client):
    hidden = ConceptVersionFactory(concept__slug="geheim", name="Nog geheim")
    known = public("bekend", name="Bekend")
    version = public()
    copy = working_copy(version.concept)
    ConceptRelationFactory(version=copy, other=hidden.concept, kind="ondersteunt", key="a")
    ConceptRelationFactory(version=copy, other=known.concept, kind="ondersteunt", key="b")
    published = publish(copy)
    working_copy(version.concept)

    assert published.told == [
        {"hoe": "nieuw", "wat": "verband met een concept", "aantal": 1, "namen": []}
    ]
    for format in ("/", ".json", ".csv", ".atom"):
        answer = client.get(f"/wijzigingen{format}").content.decode()
        assert "geheim" not in answer.lower()
    assert "Versie 3" not in text(client.get("/wijzigingen/"))


def test_what_came_in_as_files_is_told_as_well(client):
    """Nobody told it when it was published."""
    version = again(public().concept)
    told = version.told
    ConceptVersion.objects.update(told=None)

    assert "passage: Wat het is" in text(client.get("/wijzigingen/"))
    assert keep_told() == 1
    assert told_of([version])[version.pk] == told
    assert set(map(json.dumps, ConceptVersion.objects.values_list("told", flat=True))) == {
        "[]",
        json.dumps(told),
    }


# What was withdrawn


def test_a_withdrawal_says_when_why_and_what_came_instead(client):
    concept, heir = public().concept, public("nieuw", name="De opvolger").concept
    again(concept)
    withdraw(concept, "Het is afgelopen.", "Noor", heir)

    page, told = client.get("/concepten/gbo/"), client.get("/concepten/gbo.json").json()

    today = timezone.localdate()
    assert page.status_code == 410
    assert "Naam gbo staat niet meer op deze site" in text(page)
    assert f"op {long_date(today)} weg" in text(page)
    assert "Het is afgelopen." in text(page)
    assert 'Lees verder: <a href="/concepten/nieuw/">De opvolger</a>' in page.content.decode()
    assert told["waarom"] == "Het is afgelopen."
    assert told["ingetrokken_op"] == f"{today}"
    assert told["vervangen_door"] == "http://testserver/concepten/nieuw/"
    version = concept.versions.get(number=2)
    assert (version.withdrawn_by, version.successor) == ("Noor", heir)
    listed = text(client.get("/wijzigingen/"))
    assert f"Naam gbo {long_date(today)}. Van de site gehaald. Het is afgelopen." in listed
    assert "De nieuwe tekst" not in listed
    # What was told of it before is gone with it.
    assert happened(client) == [("ingetrokken", ["gbo"]), ("eerste-versie", ["nieuw"])]


@pytest.mark.parametrize(
    "address", ["/", ".json", ".csv", ".atom", "/versies/", "/versies/1/", "/versies.json"]
)
def test_of_a_withdrawn_concept_everything_is_gone(client, address):
    withdraw(public().concept, "Het is afgelopen.")

    response = client.get(f"/concepten/gbo{address}")

    assert response.status_code == 410
    assert "Het is afgelopen." in response.content.decode()


def test_it_leads_to_no_concept_that_is_gone_itself(client):
    concept, heir = public().concept, public("nieuw", name="De opvolger").concept
    withdraw(concept, "Het is afgelopen.", successor=heir)
    withdraw(heir, "Dit ook.")

    for url in ("/concepten/gbo/", "/concepten/gbo.json"):
        assert "De opvolger" not in client.get(url).content.decode()
    assert "Lees verder" not in text(client.get("/wijzigingen/"))


def test_what_comes_back_is_told_with_all_that_went_before(client):
    concept = public().concept
    withdraw(concept, "Even weg.")
    again(concept)

    assert [what for what, _ in happened(client)] == ["terug", "ingetrokken", "eerste-versie"]
    assert "Terug op de site, als versie 2" in text(client.get("/wijzigingen/"))


def test_versions_as_data_know_from_when_to_when(client):
    version = public()
    on(version, "2026-01-05")
    on(second := again(version.concept), "2026-02-05")
    withdraw(version.concept, "Even weg.")
    on(second, "2026-03-05", "withdrawn_at")
    again(version.concept)

    data = client.get("/concepten/gbo/versies.json").json()

    said = [(row["versie"], row["van"], row["tot"]) for row in data["versies"]]
    today = f"{timezone.localdate()}"
    assert said == [
        (3, today, None),
        (2, "2026-02-05", "2026-03-05"),
        (1, "2026-01-05", "2026-02-05"),
    ]
    assert data["versies"][1]["ingetrokken_waarom"] == "Even weg."
