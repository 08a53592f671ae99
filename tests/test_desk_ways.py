"""Few clicks: the start page and the page of a concept lead to where an editor goes on."""

import pytest
from django.contrib.auth.models import Permission

from concepts import reviewing
from concepts.models import ConceptVersion
from tests.desk import change_url, editor, send, step_url
from tests.factories import ConceptVersionFactory, PassageFactory, SourceFactory

pytestmark = pytest.mark.django_db

PARTS = ["", "teksten", "partners", "gebieden", "eigenaar", "doelgroep", "stand", "cijfers"]


@pytest.fixture
def desk(client):
    client.force_login(editor("redacteur", username="nora"))
    return client


@pytest.fixture
def copy():
    copy = ConceptVersionFactory(described_by=[SourceFactory()])
    PassageFactory(version=copy)
    return copy


def parts(client, concept):
    shown = client.get(change_url(concept)).context["to_change"]
    return [(part["name"], part["url"]) for part in shown]


def items(client):
    sections = client.get("/beheer/").context["work"].sections
    return {section.title: section.items[0].button_url for section in sections}


# The page of a concept


def test_what_is_public_is_changed_from_the_part_that_changes(desk):
    public = ConceptVersionFactory(published=True)

    offered = parts(desk, public.concept)
    response = desk.post(step_url(public.concept, "werkversie"), {"deel": "partners"})

    assert offered == [(name, "") for name in [*PARTS, "verbanden"]]
    copy = ConceptVersion.objects.open().get()
    assert response["Location"] == change_url(copy, "partners")
    assert ("partners", change_url(copy, "partners")) in parts(desk, public.concept)
    assert ("", change_url(copy)) in parts(desk, public.concept)


@pytest.mark.parametrize("part", ["", "bestaat-niet", "teksten/x", "ĳ" * 5_000])
def test_any_part_leads_to_the_working_copy(desk, part):
    public = ConceptVersionFactory(published=True)

    response = desk.post(step_url(public.concept, "werkversie"), {"deel": part})

    assert response["Location"] == change_url(ConceptVersion.objects.open().get())


def test_a_part_says_nothing_of_other_steps(client):
    client.force_login(editor("eindredacteur"))
    public = ConceptVersionFactory(published=True)

    response = client.post(step_url(public.concept, "nagekeken"), {"deel": "teksten"})

    assert response["Location"] == change_url(public.concept)


def test_what_is_in_review_offers_nothing_to_change(desk, copy):
    reviewing.hand_in(copy, editor(username="ander"))

    assert parts(desk, copy.concept) == []


def test_who_only_looks_is_offered_nothing_to_change(client, copy):
    reader = editor()
    reader.user_permissions.add(Permission.objects.get(codename="view_concept"))
    client.force_login(reader)

    assert parts(client, copy.concept) == []


# The start page


def test_one_goes_on_where_something_was_saved_last(desk):
    public = ConceptVersionFactory(published=True)
    desk.post(step_url(public.concept, "werkversie"), {"deel": "teksten"})
    copy = ConceptVersion.objects.open().get()
    assert items(desk)["Mijn werkversies"] == change_url(copy)

    send(desk, change_url(copy, "teksten"), **{"passages-0-text": "Een andere tekst."})
    assert items(desk)["Mijn werkversies"] == change_url(copy, "teksten")

    send(desk, change_url(copy), summary="Een andere zin.")
    assert items(desk)["Mijn werkversies"] == change_url(copy)


def test_what_came_back_goes_on_there_too_whatever_the_note_says(desk):
    public = ConceptVersionFactory(published=True)
    desk.post(step_url(public.concept, "werkversie"))
    copy = ConceptVersion.objects.open().get()
    send(desk, change_url(copy, "teksten"), **{"passages-0-text": "Anders.", "_stap": "dien-in"})
    reviewing.send_back(copy, editor("eindredacteur"), '[{"added": {"name": "partner"}}]')

    assert items(desk)["Kwam terug"] == change_url(copy, "teksten")


def test_a_review_leads_straight_to_the_decision(client, copy):
    reviewing.hand_in(copy, editor("redacteur", username="nora"))
    client.force_login(editor("eindredacteur"))

    url = items(client)["Wacht op jouw nazicht"]

    assert url == f"{step_url(copy, 'publiceer')}?vraag="
    assert client.get(url).context["page"].can_be_sent_back
