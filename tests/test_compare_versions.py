"""The page of the desk on which any two versions of a concept are compared."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from concepts.models import ConceptVersion
from concepts.publishing import publish, working_copy
from tests import hostile
from tests.answers import text
from tests.desk import change_url, editor, step_url
from tests.everything import everything
from tests.factories import (
    ConceptFactory,
    ConceptVersionFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(editor("redacteur"))
    return client


@pytest.fixture
def concept():
    """Three versions that each say something else."""
    first = ConceptVersionFactory(
        described_by=[SourceFactory()], statements=[PassageFactory], summary="Eén huis."
    )
    for words in ("Twee huizen.", "Drie huizen."):
        copy = working_copy(publish(first).concept if first.is_open else first.concept)
        ConceptVersion.objects.filter(pk=copy.pk).update(summary=words, reason=f"Want {words}")
        first = publish(copy)
    return first.concept


def compare(client, concept, **asked):
    return client.get(reverse("admin:concepts_concept_compare", args=[concept.pk]), asked)


def test_any_two_versions_are_compared(desk, concept):
    page = text(compare(desk, concept, van=1, naar=3))

    assert "Van versie 1 naar versie 3. Gewijzigd: 1 veld. De rest is gelijk." in page
    assert "weg: Eén huis. nieuw: Drie huizen." in page
    assert "Want Drie huizen." in page


def test_backwards_too(desk, concept):
    page = text(compare(desk, concept, van=3, naar=1))

    assert "weg: Drie huizen. nieuw: Eén huis." in page


def test_without_a_choice_it_is_the_newest_and_the_one_before(desk, concept):
    assert "Van versie 2 naar versie 3." in text(compare(desk, concept))
    assert "Van versie 1 naar versie 2." in text(compare(desk, concept, naar=2))


def test_a_version_with_itself_asks_to_choose(desk, concept):
    assert "Kies twee verschillende versies." in text(compare(desk, concept, van=2, naar=2))
    assert "Kies twee verschillende versies." in text(compare(desk, concept, naar=1))


@pytest.mark.parametrize("number", ["9", "x", "-1", "1" * 5_000, "1.0", "²"])
def test_what_is_no_version_is_said(desk, concept, number):
    response = compare(desk, concept, van=number)

    assert response.status_code == 200
    assert "Er is geen versie “" in text(response)
    assert "Van versie 2 naar versie 3." in text(response)


def test_only_who_may_look_sees_it(client, concept):
    client.force_login(editor())

    assert compare(client, concept).status_code in (403, 404)


def test_a_concept_without_a_version_has_nothing_to_compare(desk):
    assert compare(desk, ConceptFactory()).status_code == 404


def test_a_concept_and_its_versions_lead_there(desk, concept):
    url = reverse("admin:concepts_concept_compare", args=[concept.pk])

    page = desk.get(change_url(concept)).content.decode()
    assert f'href="{url}?van=2&amp;naar=3">Vergelijk met versie 2' in page
    for version in concept.versions.all():
        page = desk.get(change_url(version)).content.decode()
        assert f'href="{url}?naar={version.number}"' in page


def test_a_single_version_has_none_beside_it(desk):
    version = ConceptVersionFactory()

    assert "Vergelijk" not in desk.get(change_url(version)).content.decode()
    assert "Vergelijk" not in desk.get(change_url(version.concept)).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Kort.", "Wat het is: Kort."),
        ("woord " * 30, "Wat het is: woord woord woord woord woord woord woord woord woord …"),
        ("- een\n- twee", "Wat het is: - een - twee"),
        ("W" * 80, f"Wat het is: {'W' * 59}…"),
    ],
)
def test_a_passage_is_called_by_whole_words(typed, said):
    assert str(PassageFactory(text=typed)) == said


@pytest.mark.parametrize("kind", ["markup", "directions", "one long word"])
def test_no_comparison_falls_over_or_is_changed(client, kind):
    draft = everything()
    editor(username="alles", is_superuser=True)
    hostile.fill(kind)
    client.force_login(User.objects.get(is_superuser=True))
    draft.refresh_from_db()

    answers = [
        compare(client, draft.concept),
        client.get(f"{step_url(draft, 'publiceer')}?vraag="),
        client.get(change_url(draft)),
    ]

    assert [hostile.faults(answer) for answer in answers] == [[], [], []]
