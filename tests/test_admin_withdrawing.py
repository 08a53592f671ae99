"""Taking a concept off the site with a reason; deleting, or moving, one that never stood there."""

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concepts.models import Concept, ConceptVersion, Discrepancy, Status
from concepts.publishing import publish, withdraw, working_copy
from governance.models import OldSlug
from tests.answers import text
from tests.desk import change_url, editor, list_url, opened, send, step_url
from tests.factories import (
    AliasFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    OldSlugFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

WHY = {"zeker": "ja", "reason": "Het is afgelopen."}


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def public(slug="gbo", **fields):
    version = ConceptVersionFactory(
        concept__slug=slug, described_by=[SourceFactory()], name=f"Naam {slug}", **fields
    )
    PassageFactory(version=version)
    return publish(version).concept


def draft(slug="klad", **fields):
    version = ConceptVersionFactory(concept__slug=slug, name=f"Naam {slug}", **fields)
    PassageFactory(version=version)
    return version.concept


def withdraw_url(concept):
    return step_url(concept, "haal-weg")


def delete_url(concept):
    return change_url(concept).replace("/change/", "/delete/")


# Off the site


def test_what_refers_to_it_is_shown_before(desk):
    concept = public(concept__partner=(partner := PartnerFactory()))
    other = ConceptVersionFactory(name="Het andere")
    ConceptRelationFactory(version=other, other=concept, kind="ondersteunt")
    PassageFactory(version=other, text="Lees [dit](/concepten/gbo/).", key="link")
    ParticipationFactory(version=ConceptVersionFactory(name="Vraagt het"), partner=partner)
    Discrepancy.objects.create(slug="d", title="Het botst", kind="nuance").concepts.add(concept)
    AliasFactory(text="Bijnaam", concept=concept)
    OldSlugFactory(kind="concept", old="vroeger", current="gbo")

    page = text(desk.get(f"{withdraw_url(concept)}?vraag="))

    for said in (
        "Andere concepten die het noemen: Het andere (versie 1, werkversie): ondersteunt",
        "Concepten die het als partner vragen: Vraagt het (versie 1, werkversie)",
        "Tegenspraken en nuances erover: Het botst",
        "Teksten met een link naar zijn pagina: Het andere (versie 1, werkversie)",
        "Andere namen: Bijnaam",
        "Vroegere adressen die hiernaar leiden: vroeger",
    ):
        assert said in page
    assert concept.versions.published().exists()


def test_it_asks_why_and_tells_it(desk):
    concept, heir = public(), public("nieuw")

    refused = desk.post(withdraw_url(concept), {"zeker": "ja", "reason": "  "})
    assert "Zeg in één zin waarom dit van de site gaat." in text(refused)
    assert concept.versions.published().exists()

    desk.post(withdraw_url(concept), WHY | {"successor": heir.pk})

    version = concept.versions.get()
    assert version.status == Status.ARCHIVED
    assert version.withdrawn_reason == "Het is afgelopen."
    assert version.withdrawn_by == "eindredacteur"
    assert version.successor == heir
    assert LogEntry.objects.filter(object_id=concept.pk).exists()


@pytest.mark.parametrize("successor", ["0", "x", "9" * 30, "klad", "gbo"])
def test_it_leads_to_a_concept_on_the_site_or_to_none(desk, successor):
    concept, other = public(), draft()
    numbers = {"klad": other.pk, "gbo": concept.pk}

    answer = desk.post(
        withdraw_url(concept), WHY | {"successor": numbers.get(successor, successor)}
    )

    assert "Kies een concept dat op de site staat." in text(answer)
    assert concept.versions.published().exists()


def test_a_sentence_that_is_too_long_is_refused(desk):
    concept = public()

    answer = desk.post(withdraw_url(concept), WHY | {"reason": "x" * 301})

    assert answer.status_code == 200
    assert concept.versions.published().exists()


def test_who_comes_second_is_told(desk):
    concept = public()
    withdraw(concept, "De eerste zei waarom.")

    answer = desk.post(withdraw_url(concept), WHY, follow=True)

    assert "Het staat niet (meer) op de site." in text(answer)
    assert concept.versions.get().withdrawn_reason == "De eerste zei waarom."


def test_a_redacteur_may_not(client):
    client.force_login(editor("redacteur"))
    concept = public()

    assert client.get(f"{withdraw_url(concept)}?vraag=").status_code == 403
    assert client.post(withdraw_url(concept), WHY).status_code == 403
    assert concept.versions.published().exists()


def test_no_reason_is_asked_of_several_at_once(desk):
    concept = public()

    assert 'value="haal-weg"' not in desk.get(list_url(Concept)).content.decode()
    desk.post(list_url(Concept), {"action": "haal-weg", "_selected_action": [concept.pk], **WHY})

    assert concept.versions.published().exists()


# Made by mistake


def test_what_never_was_public_can_be_deleted(desk):
    concept = draft()
    AliasFactory(text="Bijnaam", concept=concept)

    page = text(desk.get(delete_url(concept)))
    assert "stond nooit op de site" in page
    assert "Naam klad (versie 1, werkversie): 1 passage" in page
    assert "Andere namen: Bijnaam" in page
    assert Concept.objects.exists()
    answer = desk.post(delete_url(concept), {"post": "yes"}, follow=True)

    assert "“Naam klad” is verwijderd." in text(answer)
    assert not Concept.objects.exists()
    assert not ConceptVersion.objects.exists()
    assert LogEntry.objects.get(action_flag=DELETION).object_repr == "Naam klad"
    # Twice: what is gone is gone.
    assert desk.post(delete_url(concept), {"post": "yes"}).status_code in (302, 404)


def test_looking_locks_nothing(desk):
    """Who only looks is in no transaction, and waits for nobody."""
    for url in (delete_url(draft()), f"{withdraw_url(public())}?vraag="):
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url).status_code == 200
        assert not [query for query in queries if "FOR UPDATE" in query["sql"]]


def test_what_others_name_stays_and_it_says_where(desk):
    concept = draft()
    ConceptRelationFactory(
        version=ConceptVersionFactory(name="Het andere"), other=concept, kind="ondersteunt"
    )

    asked = desk.get(delete_url(concept))
    answer = desk.post(delete_url(concept), {"post": "yes"})

    for page in (text(asked), text(answer)):
        assert "Dit kan nog niet: het wordt nog genoemd." in page
        assert "Andere concepten die het noemen: Het andere (versie 1, werkversie)" in page
    assert "Ja, verwijder" not in asked.content.decode()
    assert Concept.objects.filter(pk=concept.pk).exists()


def test_what_was_published_meanwhile_stays(desk):
    concept = public()

    for answer in (
        desk.get(delete_url(concept), follow=True),
        desk.post(delete_url(concept), {"post": "yes"}, follow=True),
    ):
        assert "“Naam gbo” stond op de site. Het kan niet verwijderd worden" in text(answer)
    withdraw(concept)
    desk.post(delete_url(concept), {"post": "yes"})

    assert concept.versions.exists()


def test_a_redacteur_deletes_no_concept(client):
    client.force_login(editor("redacteur"))
    concept = draft()

    assert client.post(delete_url(concept), {"post": "yes"}).status_code == 403
    assert "Verwijder dit concept" not in client.get(change_url(concept)).content.decode()
    assert Concept.objects.exists()


# Another address


def test_its_address_can_change_until_it_is_public(desk):
    concept = draft()

    send(desk, change_url(concept), slug="beter")

    concept.refresh_from_db()
    assert concept.slug == "beter"
    assert not OldSlug.objects.exists()  # nobody could know the former one
    publish_ready(concept)
    assert 'name="slug"' not in desk.get(change_url(concept)).content.decode()


def publish_ready(concept):
    version = concept.versions.get()
    version.described_by.add(SourceFactory())
    publish(version)


def test_who_types_an_address_for_what_was_published_meanwhile_is_told(desk):
    concept = draft()
    fields = opened(desk, change_url(concept))
    publish_ready(concept)

    answer = send(desk, change_url(concept), fields, slug="beter")

    concept.refresh_from_db()
    assert concept.slug == "klad"
    page = text(desk.get(answer["Location"])) if answer.status_code == 302 else text(answer)
    assert "het adres blijft “klad”" in page


@pytest.mark.parametrize("slug", ["gbo", "Met Spaties", ""])
def test_an_address_that_is_taken_or_none_is_refused(desk, slug):
    public()
    concept = draft()

    assert send(desk, change_url(concept), slug=slug).status_code == 200
    concept.refresh_from_db()
    assert concept.slug == "klad"


def test_a_working_copy_of_what_was_withdrawn_keeps_the_address(desk):
    concept = public()
    withdraw(concept)
    working_copy(concept)

    assert 'name="slug"' not in desk.get(change_url(concept)).content.decode()
