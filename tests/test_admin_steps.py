"""From working copy to public page at the desk: the steps, who is asked first, what is refused."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from concepts.models import Concept, ConceptVersion, Status
from tests.desk import SURE, approve, change_url, editor, list_url, opened, send, step_url
from tests.factories import (
    ConceptFactory,
    ConceptVersionFactory,
    PassageFactory,
    ReviewFactory,
    SourceFactory,
    version_with_status,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur", first_name="Els", last_name="Peeters"))
    return client


@pytest.fixture
def complete():
    """A working copy with all that publication asks."""
    version = ConceptVersionFactory(concept__slug="gbo", described_by=[SourceFactory()])
    PassageFactory(version=version)
    return version


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def buttons(response):
    return [step.name for step in response.context["steps"]]


def act(client, model, action, *records, **more):
    chosen = {"action": action, "_selected_action": [record.pk for record in records]}
    return client.post(list_url(model), chosen | more, follow=True)


# Step by step


def test_a_version_goes_from_working_copy_over_review_to_the_public_page(desk, complete):
    desk.post(step_url(complete, "dien-in"))
    complete.refresh_from_db()
    assert complete.status == Status.IN_REVIEW

    approve(desk, complete)
    complete.refresh_from_db()
    assert (complete.status, complete.published_by) == (Status.PUBLISHED, "Els Peeters")
    assert desk.get("/concepten/gbo/").status_code == 200
    assert [row["slug"] for row in desk.get("/concepten.json").json()["resultaten"]] == ["gbo"]
    assert LogEntry.objects.count() == 2


def test_a_version_in_review_can_be_sent_back(desk, complete):
    desk.post(step_url(complete, "dien-in"))
    desk.post(step_url(complete, "stuur-terug"), {"zeker": "ja", "note": "Nog een bron."})

    complete.refresh_from_db()
    assert complete.status == Status.WORKING_COPY


def test_a_new_version_is_made_from_the_published_one_and_replaces_it(desk):
    public = ConceptVersionFactory(concept__slug="gbo", published=True)

    response = desk.post(step_url(public, "werkversie"))
    copy = ConceptVersion.objects.open().get()
    assert response["Location"] == change_url(copy)
    send(desk, change_url(copy), name="Nieuwe naam", reason="De naam is veranderd.")
    assert desk.get("/concepten/gbo.json").json()["naam"] != "Nieuwe naam"
    approve(desk, copy)

    public.refresh_from_db()
    assert public.status == Status.FORMER
    assert desk.get("/concepten/gbo.json").json()["naam"] == "Nieuwe naam"


def test_asking_twice_for_a_working_copy_gives_the_same_one(desk):
    public = ConceptVersionFactory(published=True)

    first, second = (desk.post(step_url(public.concept, "werkversie")) for _ in range(2))

    assert first["Location"] == second["Location"]


def test_a_concept_is_taken_off_the_site_and_can_come_back(desk):
    public = ConceptVersionFactory(concept__slug="gbo", published=True)

    desk.post(step_url(public.concept, "haal-weg"), SURE | {"reason": "Het is afgelopen."})
    assert desk.get("/concepten/gbo/").status_code == 410

    desk.post(step_url(public.concept, "werkversie"))
    approve(desk, ConceptVersion.objects.open().get())
    assert desk.get("/concepten/gbo/").status_code == 200


# A former version taken up again


@pytest.fixture
def replaced(desk):
    """A former version; another one is public."""
    first = ConceptVersionFactory(
        concept__slug="gbo",
        name="Eerste",
        statements=[PassageFactory],
        described_by=[SourceFactory()],
    )
    approve(desk, first)
    desk.post(step_url(first.concept, "werkversie"))
    second = ConceptVersion.objects.open().get()
    send(desk, change_url(second), name="Tweede")
    approve(desk, second)
    return first


def test_a_former_version_is_public_again_as_a_new_one(desk, replaced):
    assert buttons(desk.get(change_url(replaced))) == ["haal-terug"]

    response = desk.post(step_url(replaced, "haal-terug"))

    copy = ConceptVersion.objects.open().get()
    assert response["Location"] == change_url(copy)
    assert (copy.name, copy.reason) == ("Eerste", "Zoals versie 1")
    assert LogEntry.objects.filter(action_flag=1, object_id=copy.pk).exists()  # who made it
    approve(desk, copy)
    assert desk.get("/concepten/gbo.json").json()["naam"] == "Eerste"


def test_the_page_of_a_concept_offers_each_former_version(desk, replaced):
    page = desk.get(change_url(replaced.concept)).content.decode()
    assert f'action="{step_url(replaced, "haal-terug")}"' in page
    assert "Maak een werkversie van versie 1<" in page
    assert "Maak een werkversie van versie 2<" not in page  # it is the one on the site
    assert "Iets verkeerd gepubliceerd?" in page

    desk.post(step_url(replaced.concept, "werkversie"))
    page = desk.get(change_url(replaced.concept)).content.decode()
    assert "Maak een werkversie van versie" not in page
    assert "Versie 3 is in bewerking. Publiceer ze of gooi ze weg;" in page


def test_a_concept_without_former_versions_speaks_of_none(desk, complete):
    assert "verkeerd gepubliceerd" not in desk.get(change_url(complete.concept)).content.decode()
    approve(desk, complete)
    desk.post(step_url(complete.concept, "werkversie"))
    assert "terughalen" not in desk.get(change_url(complete.concept)).content.decode()


def test_a_former_version_waits_for_the_one_that_is_being_worked_on(desk, replaced):
    desk.post(step_url(replaced.concept, "werkversie"))

    page = desk.get(change_url(replaced))
    assert buttons(page) == []
    assert "kun je deze terughalen" in page.content.decode()

    response = desk.post(step_url(replaced, "haal-terug"), follow=True)
    assert any("Er is al een versie in bewerking: versie 3" in m for m in messages_of(response))
    assert ConceptVersion.objects.open().count() == 1


def test_who_may_only_look_takes_none_up_again(desk, replaced):
    reader = editor()
    reader.user_permissions.add(Permission.objects.get(codename="view_conceptversion"))
    desk.force_login(reader)

    assert desk.post(step_url(replaced, "haal-terug")).status_code == 403
    assert not ConceptVersion.objects.open().exists()


# Asked first


@pytest.mark.parametrize("step", ["publiceer", "haal-weg"])
def test_what_the_public_notices_is_asked_first(desk, step):
    concept = ConceptVersionFactory(published=True).concept
    desk.post(step_url(concept, "werkversie"))
    before = list(ConceptVersion.objects.order_by("pk").values_list("status"))
    ConceptVersion.objects.open().update(summary="Een andere zin.")
    record = ConceptVersion.objects.open().get() if step == "publiceer" else concept

    response = desk.post(step_url(record, step))

    page = response.content.decode()
    assert response.status_code == 200
    assert 'name="zeker"' in page
    assert "Nee, terug" in page
    assert list(ConceptVersion.objects.order_by("pk").values_list("status")) == before


def test_the_question_already_tells_what_is_missing(desk):
    version = ConceptVersionFactory()

    page = desk.post(step_url(version, "publiceer")).content.decode()

    assert "Er is nog geen passage “Wat het is”." in page


def test_a_link_never_changes_anything(desk, complete):
    response = desk.get(step_url(complete, "publiceer"), SURE)

    assert response["Location"] == change_url(complete)
    complete.refresh_from_db()
    assert complete.status == Status.WORKING_COPY


# Refused


def test_a_refused_publication_says_in_dutch_what_is_missing(desk):
    version = ConceptVersionFactory()
    PassageFactory(version=version, kind="doelstelling", citations=[])

    response = approve(desk, version)

    assert response.status_code == 200
    said = response.content.decode().partition("Er is nog niets beslist")[2].partition("</ul>")[0]
    assert "Er is nog geen passage “Wat het is”." in said
    assert "heeft nog geen bron" in said
    version.refresh_from_db()
    assert version.status == Status.WORKING_COPY


def test_what_is_missing_stands_on_the_page_of_the_version(desk):
    version = ConceptVersionFactory()

    page = desk.get(change_url(version)).content.decode()

    assert "Nog nodig voor publicatie" in page
    assert "Zeg welke bron dit beschrijft" in page


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (Status.PUBLISHED, "publiceer"),
        (Status.FORMER, "publiceer"),
        (Status.PUBLISHED, "dien-in"),
        (Status.WORKING_COPY, "stuur-terug"),
    ],
)
def test_a_step_that_does_not_fit_any_more_is_a_message(desk, status, step):
    version = version_with_status(status)

    response = desk.post(step_url(version, step), SURE, follow=True)

    assert response.status_code == 200
    assert messages_of(response)
    version.refresh_from_db()
    assert version.status == status


def test_a_concept_without_what_a_step_needs_refuses_it(desk):
    concept = ConceptFactory()

    response = desk.post(step_url(concept, "haal-weg"), SURE, follow=True)

    assert response.status_code == 200
    assert "dit kan nog niet" in messages_of(response)[0]


# On a list


def test_versions_are_handed_in_from_the_list_and_decided_on_one_by_one(desk, complete):
    act(desk, ConceptVersion, "dien-in", complete)
    assert ConceptVersion.objects.get().status == Status.IN_REVIEW

    for model, record in ((ConceptVersion, complete), (Concept, complete.concept)):
        offered = desk.get(list_url(model)).context["action_form"].fields["action"].choices
        assert not {"publiceer", "stuur-terug"} & {name for name, _ in offered}
        act(desk, model, "publiceer", record, **SURE)
    assert ConceptVersion.objects.get().status == Status.IN_REVIEW


# What a page offers


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.WORKING_COPY, ["dien-in", "publiceer"]),
        (Status.IN_REVIEW, ["publiceer"]),
        (Status.PUBLISHED, ["werkversie", "nagekeken"]),
        (Status.FORMER, ["haal-terug"]),
        (Status.ARCHIVED, ["werkversie"]),
    ],
)
def test_a_page_offers_the_steps_that_fit(desk, status, offered):
    version = version_with_status(status)

    assert buttons(desk.get(change_url(version))) == offered


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.FORMER, Status.ARCHIVED])
def test_what_was_published_can_only_be_looked_at(desk, status):
    version = version_with_status(status)

    assert b'name="_save"' not in desk.get(change_url(version)).content
    assert desk.post(change_url(version), {"name": "Anders"}).status_code == 403
    assert desk.post(f"{change_url(version)[:-7]}delete/", {"post": "yes"}).status_code == 403
    version.refresh_from_db()
    assert version.name != "Anders"


def test_a_working_copy_can_be_thrown_away_but_not_the_last_version(desk):
    public = ConceptVersionFactory(published=True)
    desk.post(step_url(public, "werkversie"))
    alone = ConceptVersionFactory()

    for version in ConceptVersion.objects.open():
        desk.post(f"{change_url(version)[:-7]}delete/", {"post": "yes"})

    assert set(ConceptVersion.objects.all()) == {public, alone}


def test_the_list_counts_what_waits(desk, complete):
    desk.post(step_url(complete, "dien-in"))
    ReviewFactory(review_before="2024-01-01")
    PassageFactory(citations=[])

    response = desk.get(list_url(Concept))

    assert [counter["number"] for counter in response.context["counters"]] == [0, 1, 0, 1, 1]
    for counter in response.context["counters"]:
        rows = desk.get(counter["url"]).context["cl"].result_count
        assert rows == counter["number"]


def test_the_status_is_not_a_field(desk, complete):
    fields = dict(opened(desk, change_url(complete)))

    assert not {"status", "published_at", "published_by", "number"} & set(fields)


# What can still be done with a version that is closed


@pytest.mark.parametrize(
    ("status", "with_open", "said", "unsaid"),
    [
        (Status.PUBLISHED, False, ["maak dan een werkversie", "Noteer het nazicht"], ["versie 9"]),
        (Status.PUBLISHED, True, [">versie 9</a>.", "Noteer het nazicht"], ["maak dan een"]),
        (Status.FORMER, True, [">versie 9</a>."], ["maak dan een", "Noteer het nazicht"]),
        (Status.ARCHIVED, False, ["maak dan een werkversie"], ["Noteer het nazicht"]),
    ],
)
def test_a_closed_version_says_what_can_be_done(desk, status, with_open, said, unsaid):
    version = version_with_status(status)
    if with_open:
        ConceptVersionFactory(concept=version.concept, number=9)

    page = desk.get(change_url(version)).content.decode()

    assert f"Deze versie is {status.label}: de inhoud ligt vast." in page
    assert [text for text in said if text not in page] == []
    assert [text for text in unsaid if text in page] == []
