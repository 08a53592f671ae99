"""Nothing that an editor typed gets lost: steps, versions that close meanwhile, saving."""

import re

import pytest

from concepts.models import Concept, ConceptVersion, Status
from governance.models import Partner
from tests.desk import (
    SURE,
    action_of,
    add_row,
    add_url,
    approve,
    change_url,
    fields_of,
    opened,
    seen,
    send,
    step_url,
)
from tests.factories import (
    CitationFactory,
    ConceptVersionFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)
from tests.two_editors import browser, complete_copy, els, nora, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return els()


@pytest.fixture
def writer():
    return nora()


@pytest.fixture
def complete():
    return complete_copy()


# Steps save first


@pytest.mark.parametrize("group", ["", "teksten"])
def test_handing_in_saves_what_was_typed(writer, complete, group):
    field = "passages-0-text" if group else "reason"

    response = send(writer, change_url(complete, group), **{field: "Getypt.", "_stap": "dien-in"})

    assert response["Location"] == change_url(complete, group)
    version = now(complete)
    assert version.status == Status.IN_REVIEW
    page = writer.get(response["Location"]).content.decode()
    assert "ter nazicht)</a> staat klaar voor nazicht." in page
    assert "Getypt." in (version.reason, version.passages.get().text)


@pytest.mark.parametrize("group", ["", "teksten"])
def test_publishing_saves_then_asks_and_saying_no_leads_back(desk, complete, group):
    field = "passages-0-text" if group else "reason"

    response = send(desk, change_url(complete, group), **{field: "Getypt.", "_stap": "publiceer"})
    asked = desk.get(response["Location"])

    version = now(complete)
    assert version.status == Status.WORKING_COPY
    assert "Getypt." in (version.reason, version.passages.get().text)
    page = asked.content.decode()
    assert "Iedereen ziet dit meteen op de site." in page
    assert f'href="{change_url(complete, group)}">Nee, terug' in page

    desk.post(response["Location"], SURE | seen(complete))
    assert now(complete).status == Status.PUBLISHED


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    [
        ("dien-in", {"name": ""}, "Dit veld is verplicht."),
        ("publiceer", {"described_by": []}, "Zeg welke bron dit beschrijft"),
        ("stuur-terug", {}, "past niet (meer) bij deze stand"),
    ],
)
def test_a_step_that_is_refused_brings_the_form_back_as_typed(desk, complete, step, typed, words):
    response = send(desk, change_url(complete), reason="Getypt.", _stap=step, **typed)

    assert response.status_code == 200
    assert words in response.content.decode()
    assert ("reason", "Getypt.") in fields_of(response)
    version = now(complete)
    assert (version.reason, version.status) == ("", Status.WORKING_COPY)
    assert version.described_by.exists()


def test_a_refused_publication_keeps_the_new_rows_and_links_to_what_is_missing(desk, complete):
    url = change_url(complete, "teksten")
    fields = add_row(opened(desk, url), "passages", kind="doelstelling", text="Een nieuwe rij.")

    response = send(desk, url, fields, _stap="publiceer")

    page = response.content.decode()
    assert "heeft nog geen bron" in page
    assert '<li><a href="#passages-group">Passage “Doelstelling: Een nieuwe rij.”' in page
    assert ("passages-1-text", "Een nieuwe rij.") in fields_of(response)
    assert complete.passages.count() == 1

    again = send(desk, url, fields_of(response), **{"passages-1-citations": [CitationFactory().pk]})
    assert again.status_code == 302
    assert complete.passages.count() == 2


def test_a_redacteur_does_not_publish_by_the_button_either(writer, complete):
    response = send(writer, change_url(complete), reason="Getypt.", _stap="publiceer")

    assert "mag je niet" in response.content.decode()
    assert ("reason", "Getypt.") in fields_of(response)
    assert now(complete).status == Status.WORKING_COPY
    asked = writer.get(f"{step_url(complete, 'publiceer')}?vraag=")
    assert asked["Location"] == change_url(complete)


def test_a_step_on_the_page_of_a_concept_saves_that_page_too(desk):
    public = ConceptVersionFactory(published=True)
    partner = PartnerFactory()

    response = send(desk, change_url(public.concept), partner=partner.pk, _stap="werkversie")

    copy = ConceptVersion.objects.open().get()
    assert response["Location"] == change_url(copy)
    assert Concept.objects.get().partner == partner


def test_the_enter_key_saves_and_takes_no_step(desk, complete):
    form = desk.get(change_url(complete)).content.decode().split('_form" novalidate>')[1]

    buttons = re.findall(r'type="submit"[^>]*name="(\w+)"', form.split("</form>")[0])

    assert buttons[0] == "_save"
    assert "_stap" in buttons


# The version closes while one types


@pytest.mark.parametrize("group", ["", "teksten"])
def test_a_version_published_meanwhile_gives_back_what_was_typed(desk, writer, complete, group):
    field = "passages-0-text" if group else "summary"
    url = change_url(complete, group)
    mine = opened(writer, url)
    approve(desk, complete)

    told = send(writer, url, mine, **{field: "Van Nora."})

    page = told.content.decode()
    assert told.status_code == 200
    assert re.search(r"Intussen gepubliceerd door Els Peeters om \d\d\.\d\d uur\.", page)
    assert (field, "Van Nora.") in fields_of(told)
    assert "Maak een werkversie met jouw tekst" in page
    assert 'name="_save"' not in page
    assert ConceptVersion.objects.count() == 1

    moved = send(writer, action_of(told), fields_of(told), _werkversie="ja")

    copy = ConceptVersion.objects.open().get()
    assert moved["Location"] == change_url(copy, group)
    assert "Van Nora." in (copy.summary, copy.passages.get().text)
    assert "Van Nora." not in (now(complete).summary, complete.passages.get().text)


def test_a_form_that_comes_back_after_its_version_closed_says_both(desk, writer, complete):
    mine = opened(writer, change_url(complete))
    approve(desk, complete)

    told = send(writer, change_url(complete), mine, summary="Van Nora.", _herstel="1")

    page = told.content.decode()
    assert "Nog niet bewaard." in page
    assert "Intussen gepubliceerd door Els Peeters" in page
    assert ("summary", "Van Nora.") in fields_of(told)
    assert ConceptVersion.objects.count() == 1


def test_what_was_typed_goes_into_the_working_copy_that_is_open(desk, writer, complete):
    url = change_url(complete, "teksten")
    mine = add_row(opened(writer, url), "passages", kind="plan", text="Nieuw van Nora.")
    approve(desk, complete)
    desk.post(step_url(complete, "werkversie"))
    copy = ConceptVersion.objects.open().get()
    send(desk, change_url(copy, "teksten"), **{"passages-0-text": "Van Els."})

    told = send(writer, url, mine)
    assert f"Zet jouw tekst in werkversie {copy.number}" in told.content.decode()
    send(writer, action_of(told), fields_of(told), _werkversie="ja")

    assert set(copy.passages.values_list("text", flat=True)) == {"Van Els.", "Nieuw van Nora."}


def test_what_cannot_be_saved_in_the_working_copy_stays_on_the_form(desk, writer, complete):
    mine = opened(writer, change_url(complete))
    approve(desk, complete)
    told = send(writer, change_url(complete), mine, name="", summary="Van Nora.")

    response = send(writer, action_of(told), fields_of(told), _werkversie="ja")

    copy = ConceptVersion.objects.open().get()
    assert "Dit veld is verplicht." in response.content.decode()
    assert action_of(response) == change_url(copy)
    send(writer, action_of(response), fields_of(response), name="Naam")
    assert (now(copy).name, now(copy).summary) == ("Naam", "Van Nora.")


@pytest.mark.parametrize("group", ["", "teksten"])
def test_a_version_thrown_away_meanwhile_gives_back_what_was_typed(desk, writer, complete, group):
    approve(desk, complete)
    desk.post(step_url(complete, "werkversie"))
    copy = ConceptVersion.objects.open().get()
    field = "passages-0-text" if group else "summary"
    mine = opened(writer, change_url(copy, group))
    desk.post(f"{change_url(copy)[:-7]}delete/", {"post": "yes"})

    told = send(writer, change_url(copy, group), mine, **{field: "Van Nora."})

    page = told.content.decode()
    assert "Intussen weggegooid door Els Peeters om" in page
    assert (field, "Van Nora.") in fields_of(told)
    send(writer, action_of(told), fields_of(told), _werkversie="ja")
    anew = ConceptVersion.objects.open().get()
    assert "Van Nora." in (anew.summary, anew.passages.get().text)


def test_a_version_handed_in_meanwhile_waits_with_what_was_typed(desk, writer, complete):
    mine = opened(desk, change_url(complete))
    send(writer, change_url(complete), _stap="dien-in")

    told = send(desk, change_url(complete), mine, name="Anders")

    page = told.content.decode()
    assert "Intussen ingediend voor nazicht door Nora Amrani om" in page
    assert ("name", "Anders") in fields_of(told)
    assert "met jouw tekst" not in page  # there is no other working copy to put it in
    assert send(desk, change_url(complete), fields_of(told)).status_code == 200
    assert now(complete).name != "Anders"

    writer.post(step_url(complete, "neem-terug"))
    assert send(desk, change_url(complete), fields_of(told)).status_code == 302
    assert now(complete).name == "Anders"


def test_a_form_that_comes_back_says_that_its_version_was_handed_in(desk, writer, complete):
    mine = opened(desk, change_url(complete))
    send(writer, change_url(complete), _stap="dien-in")

    told = send(desk, change_url(complete), mine, name="Anders", _herstel="1")

    assert "Nog niet bewaard." in told.content.decode()
    assert "Intussen ingediend voor nazicht" in told.content.decode()
    assert now(complete).name != "Anders"


# Saving stays


def test_saving_stays_on_the_page_and_says_so(desk):
    partner = PartnerFactory(name="CAW")

    response = send(desk, change_url(partner), name="CAW Groot", _save="Opslaan")

    assert response["Location"] == change_url(partner)
    page = desk.get(response["Location"]).content.decode()
    assert "“CAW Groot” is opgeslagen." in page
    assert 'name="_continue"' not in page
    assert 'name="_addanother"' in page


def test_a_new_record_is_stayed_with_and_another_can_follow(desk):
    kind = PartnerFactory().type.pk

    stayed = send(desk, add_url(Partner), name="Een", slug="een", type=kind, _save="Opslaan")
    another = send(desk, add_url(Partner), name="Twee", slug="twee", type=kind, _addanother="x")

    assert stayed["Location"] == change_url(Partner.objects.get(slug="een"))
    assert another["Location"] == add_url(Partner)


def test_a_pop_up_gives_its_record_to_the_page_that_opened_it(desk):
    url = f"{add_url(Partner)}?_popup=1"

    response = send(desk, url, name="Een", slug="een", type=PartnerFactory().type.pk, _popup="1")

    assert response.status_code == 200
    assert "data-popup-response" in response.content.decode()


# Throwing away


def test_a_working_copy_is_thrown_away_by_who_made_it_or_by_an_eindredacteur(desk, writer):
    other = browser("redacteur", username="iemand-anders")
    public = ConceptVersionFactory(described_by=[SourceFactory()])
    PassageFactory(version=public)
    approve(desk, public)
    writer.post(step_url(public, "werkversie"))
    copy = ConceptVersion.objects.open().get()
    url = f"{change_url(copy)[:-7]}delete/"

    offered = {
        client: b"Gooi deze werkversie weg" in client.get(change_url(copy)).content
        for client in (desk, writer, other)
    }

    assert offered == {desk: True, writer: True, other: False}
    assert other.post(url, {"post": "yes"}).status_code == 403
    assert b"Gooi deze" not in writer.get(change_url(copy, "teksten")).content
    asked = writer.get(url).content.decode()
    assert "<li>1 passage</li>" in asked
    assert "De versie op de site (versie 1) blijft zoals ze is." in asked
    assert writer.post(url, {"post": "yes"})["Location"] == change_url(public.concept)
    assert ConceptVersion.objects.get() == public


def test_a_working_copy_of_which_nobody_is_on_record_is_nobodys(writer):
    concept = ConceptVersionFactory(published=True).concept
    copy = ConceptVersionFactory(concept=concept, number=2)

    response = writer.post(f"{change_url(copy)[:-7]}delete/", {"post": "yes"})

    assert response.status_code == 403
