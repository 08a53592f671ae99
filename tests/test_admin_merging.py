"""Two editors on one page of the desk: row by row, field by field, and nothing typed is lost."""

import re

import pytest
from django.test import Client

from concepts.models import ConceptVersion, Passage, Status
from governance.models import Agency, AgencyTask, Partner
from tests.desk import action_of, add_row, change_url, editor, fields_of, opened, send
from tests.factories import (
    AgencyFactory,
    CitationFactory,
    ConceptVersionFactory,
    PartnerFactory,
    PassageFactory,
)

pytestmark = pytest.mark.django_db

FIRST, SECOND = "passages-0-text", "passages-1-text"


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur", first_name="Els", last_name="Peeters"))
    return client


@pytest.fixture
def colleague():
    other = Client()
    other.force_login(editor("redacteur", first_name="Nora", last_name="Amrani"))
    return other


@pytest.fixture
def version():
    version = ConceptVersionFactory()
    for position, key in enumerate(("een", "twee"), 1):
        PassageFactory(
            version=version, key=key, position=position, text=f"Tekst {key}.", kind="doelstelling"
        )
    return version


@pytest.fixture
def url(version):
    return change_url(version, "teksten")


def said(version):
    return dict(version.passages.values_list("key", "text"))


def test_two_editors_change_different_rows_of_one_tab(desk, colleague, version, url):
    mine = opened(desk, url)
    send(colleague, url, **{FIRST: "Van Nora."})

    response = send(desk, url, mine, **{SECOND: "Van Els."})

    assert response.status_code == 302
    assert said(version) == {"een": "Van Nora.", "twee": "Van Els."}


def test_two_editors_change_different_fields_of_one_row(desk, colleague, version, url):
    mine, place = opened(desk, url), CitationFactory()
    send(colleague, url, **{"passages-0-citations": [str(place.pk)]})

    response = send(desk, url, mine, **{FIRST: "Van Els."})

    assert response.status_code == 302
    row = version.passages.get(key="een")
    assert (row.text, list(row.citations.all())) == ("Van Els.", [place])


def test_two_editors_change_different_fields_of_a_record(desk, colleague):
    partner = PartnerFactory(name="Oud", description="Oud.")
    mine = opened(desk, change_url(partner))
    send(colleague, change_url(partner), description="Van Nora.")

    assert send(desk, change_url(partner), mine, name="Van Els").status_code == 302

    partner.refresh_from_db()
    assert (partner.name, partner.description) == ("Van Els", "Van Nora.")


def test_a_row_that_a_colleague_added_is_no_conflict(desk, colleague, version, url):
    mine = opened(desk, url)
    theirs = add_row(
        opened(colleague, url), "passages", kind="wat", text="Nieuw van Nora.", position="0"
    )
    send(colleague, url, theirs)
    mine = add_row(mine, "passages", kind="plan", text="Nieuw van Els.")

    response = send(desk, url, mine, **{SECOND: "Van Els."})

    assert response.status_code == 302
    assert set(said(version).values()) == {
        "Nieuw van Nora.",
        "Tekst een.",
        "Van Els.",
        "Nieuw van Els.",
    }


def test_a_row_that_a_colleague_deleted_stays_away_when_it_was_not_touched(
    desk, colleague, version, url
):
    mine = opened(desk, url)
    send(colleague, url, **{"passages-0-DELETE": "on"})

    response = send(desk, url, mine, **{SECOND: "Van Els."})

    assert response.status_code == 302
    assert said(version) == {"twee": "Van Els."}


@pytest.mark.parametrize(("choice", "kept"), [("terug", ["Van Els."]), ("weg", [])])
def test_a_changed_row_that_a_colleague_deleted_is_asked_about(
    desk, colleague, version, url, choice, kept
):
    mine = opened(desk, url)
    send(colleague, url, **{"passages-0-DELETE": "on"})

    asked = send(desk, url, mine, **{FIRST: "Van Els."})
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Zet mijn rij terug" in page
    assert "Nora Amrani" in page
    assert "Van Els." in page
    unanswered = send(desk, url, fields_of(asked))
    assert "Kies of deze rij terugkomt." in unanswered.content.decode()
    assert said(version) == {"twee": "Tekst twee."}

    fields = fields_of(unanswered)
    number = next(n.split("-")[1] for n, v in fields if n.endswith("-_gezien") and v == "weg?")
    answered = send(desk, url, fields, **{f"passages-{number}-_keuze": choice})

    assert answered.status_code == 302
    assert sorted(said(version).values()) == sorted(["Tekst twee.", *kept])
    assert Passage.objects.filter(key="een").exists() == bool(kept)


@pytest.mark.parametrize(("choice", "kept"), [("mijn", "Van Els."), ("hun", "Van Nora.")])
def test_the_same_text_of_two_editors_is_asked_once(desk, colleague, version, url, choice, kept):
    mine = opened(desk, url)
    send(colleague, url, **{FIRST: "Van Nora."})

    asked = send(desk, url, mine, **{FIRST: "Van Els.", SECOND: "Ook van Els."})
    page = asked.content.decode()
    assert "Intussen bewaard door Nora Amrani om" in page
    assert '<div class="words">Van Nora.</div>' in page
    assert '<div class="words">Van Els.</div>' in page
    assert page.count('<fieldset class="question"') == 1
    assert "checked" not in page.split('<fieldset class="question"')[1].split("</fieldset>")[0]
    unanswered = send(desk, url, fields_of(asked))
    assert unanswered.status_code == 200
    assert said(version) == {"een": "Van Nora.", "twee": "Tekst twee."}

    answered = send(desk, url, fields_of(unanswered), **{f"{FIRST}-_keuze": choice})

    assert answered.status_code == 302
    assert said(version) == {"een": kept, "twee": "Ook van Els."}


def test_a_third_save_asks_again_with_the_newest_text(desk, colleague, version, url):
    mine = opened(desk, url)
    send(colleague, url, **{FIRST: "Van Nora."})
    asked = send(desk, url, mine, **{FIRST: "Van Els."})
    send(colleague, url, **{FIRST: "Weer van Nora."})

    again = send(desk, url, fields_of(asked), **{f"{FIRST}-_keuze": "mijn"})

    assert again.status_code == 200
    assert '<div class="words">Weer van Nora.</div>' in again.content.decode()
    assert said(version)["een"] == "Weer van Nora."


def test_relations_and_choices_are_asked_by_their_names(desk, colleague):
    partner = PartnerFactory(agency=None)
    places = [CitationFactory(section=section) for section in ("2.1", "2.2")]
    mine = opened(desk, change_url(partner))
    agencies = AgencyFactory(name="Dienst A"), AgencyFactory(name="Dienst B")
    send(colleague, change_url(partner), agency=agencies[0].pk, citations=[places[0].pk])

    asked = send(desk, change_url(partner), mine, agency=agencies[1].pk, citations=[places[1].pk])

    page = asked.content.decode()
    for words in (*agencies, *places):
        assert f'<div class="words">{words}</div>' in page


def test_nobody_deletes_a_row_in_words_that_they_have_not_seen(desk, colleague, version, url):
    mine = opened(desk, url)
    send(colleague, url, **{FIRST: "Van Nora."})

    told = send(desk, url, mine, **{"passages-0-DELETE": "on"})

    page = told.content.decode()
    assert "Intussen gewijzigd door Nora Amrani" in page
    assert "Van Nora." in page
    assert said(version)["een"] == "Van Nora."

    assert send(desk, url, fields_of(told), **{"passages-0-DELETE": "on"}).status_code == 302
    assert said(version) == {"twee": "Tekst twee."}


def test_a_form_with_an_error_holds_the_new_rows_of_a_colleague(desk, colleague, version, url):
    mine = opened(desk, url)
    theirs = add_row(opened(colleague, url), "passages", kind="wat", text="Van Nora.", position="0")
    send(colleague, url, theirs)

    refused = send(desk, url, mine, **{FIRST: "", SECOND: "Van Els."})

    assert refused.status_code == 200
    texts = [value for name, value in fields_of(refused) if name.endswith("-text")]
    assert texts == ["Van Nora.", "", "Van Els.", ""]  # and the empty row for a new one
    line = r'<h3>\s*<span class="line-name inline_label">(.*?)</h3>'
    headings = re.findall(line, refused.content.decode(), re.S)
    assert ["Van Nora" in headings[0], "een" in headings[1]] == [True, True]

    send(desk, url, fields_of(refused), **{"passages-1-text": "Tekst een."})
    assert set(said(version).values()) == {"Van Nora.", "Tekst een.", "Van Els."}


def test_a_form_without_what_it_saw_asks_about_every_difference(desk):
    partner = PartnerFactory(name="Zoals het was")
    fields = [(k, v) for k, v in opened(desk, change_url(partner)) if k != "_gezien"]

    asked = send(desk, change_url(partner), fields, name="Blind")

    assert asked.status_code == 200
    assert asked.content.decode().count('<fieldset class="question"') == 1
    assert not Partner.objects.filter(name="Blind").exists()


#: What a page may send of what it showed, that says nothing of it; None sends nothing.
NOT_SEEN = [None, "", "\x00 x:y:z ? text:?", "9" * 50_000]


def as_if_seen(fields, seen):
    """The fields of a form in which this is what its page showed, of the record and its rows."""
    kept = [(name, value) for name, value in fields if not name.endswith("_gezien")]
    names = [name for name, _ in fields if name.endswith("_gezien")]
    return kept + [(name, seen) for name in names if seen is not None]


@pytest.mark.parametrize("seen", NOT_SEEN)
def test_a_record_is_asked_about_and_nothing_is_lost(desk, colleague, seen):
    partner = PartnerFactory(name="Zoals het was")
    mine = as_if_seen(opened(desk, change_url(partner)), seen)
    send(colleague, change_url(partner), name="Van Nora")

    asked = send(desk, change_url(partner), mine, name="Van Els")

    assert "Kies welke van beide blijft." in asked.content.decode()
    assert len(asked.content) < 200_000
    assert Partner.objects.get().name == "Van Nora"
    send(desk, change_url(partner), fields_of(asked), **{"name-_keuze": "mijn"})
    assert Partner.objects.get().name == "Van Els"


@pytest.mark.parametrize("seen", NOT_SEEN)
def test_a_row_is_asked_about_and_nothing_is_lost(desk, colleague, version, url, seen):
    mine = as_if_seen(opened(desk, url), seen)
    send(colleague, url, **{FIRST: "Van Nora."})

    asked = send(desk, url, mine, **{FIRST: "Van Els.", "passages-1-DELETE": "on"})

    assert "Kies welke van beide blijft." in asked.content.decode()
    assert "nog niet verwijderd" in asked.content.decode()
    assert said(version) == {"een": "Van Nora.", "twee": "Tekst twee."}
    send(desk, url, fields_of(asked), **{"passages-0-text-_keuze": "mijn"})
    assert said(version)["een"] == "Van Els."


@pytest.mark.parametrize("seen", NOT_SEEN)
def test_what_is_new_is_saved_whatever_it_says_to_have_seen(desk, version, url, seen):
    fields = add_row(opened(desk, url), "passages", text="Nieuw.", kind="doelstelling", key="drie")
    more = {} if seen is None else {"passages-2-_gezien": seen}

    assert send(desk, url, fields, **more).status_code == 302
    assert said(version)["drie"] == "Nieuw."


@pytest.mark.parametrize("number", ["9" * 5_000, "²", "-1", "\x00"])
def test_no_number_of_a_form_is_too_strange(desk, version, url, number):
    """What Python reads as no number, or refuses to: of a row, of an order."""
    row = version.passages.first()
    row.citations.set([CitationFactory(heading=heading) for heading in ("A", "B")])
    order = next(name for name, _ in opened(desk, url) if "_volgorde-" in name)

    assert send(desk, url, **{order: number}).status_code in (200, 302)
    ConceptVersion.objects.filter(pk=version.pk).update(status=Status.IN_REVIEW)
    fields = {"passages-0-id": number, FIRST: "Van Els.", "_concept": str(version.concept_id)}
    assert send(desk, url, fields.items()).status_code < 500
    assert said(version)["een"] == "Tekst een."


def test_a_form_without_a_number_of_rows_is_refused(desk, version, url):
    response = send(desk, url, **{"passages-TOTAL_FORMS": "x", FIRST: "Anders."})

    assert response.status_code == 200
    assert said(version)["een"] == "Tekst een."


def test_a_form_has_the_rows_that_were_sent_whatever_number_it_says(desk, version, url):
    """Django would make a thousand empty rows, and draw them all."""
    fields = {"passages-TOTAL_FORMS": "999999999", FIRST: "", SECOND: "Anders."}

    refused = send(desk, url, **fields)

    assert dict(fields_of(refused))["passages-TOTAL_FORMS"] == "2"


def test_a_row_of_another_record_is_not_taken_along(desk, version, url):
    other = PassageFactory(text="Van een ander.")

    send(desk, url, **{"passages-0-id": str(other.pk), FIRST: "Gekaapt."})

    other.refresh_from_db()
    assert other.text == "Van een ander."


# Gone while one types


def test_a_record_that_was_deleted_meanwhile_comes_back_as_typed_and_can_be_made_anew(desk):
    agency = AgencyFactory(name="Zorg en Zo", slug="zorg-en-zo")
    task = AgencyTask.objects.create(agency=agency, key="taak", text="Een taak.")
    mine = opened(desk, change_url(agency))
    desk.post(f"{change_url(agency)[:-7]}delete/", {"post": "yes"})

    told = send(desk, change_url(agency), mine, name="Zorg en meer")

    page = told.content.decode()
    assert told.status_code == 200
    assert "Intussen is dit verwijderd door Els Peeters om" in page
    assert "Zorg en meer" in page
    assert not Agency.objects.exists()

    response = send(desk, action_of(told), fields_of(told))

    agency = Agency.objects.get()
    assert (response.status_code, agency.name, agency.slug) == (302, "Zorg en meer", "zorg-en-zo")
    assert list(agency.tasks.values_list("text", flat=True)) == [task.text]


def test_a_record_that_never_was_leads_back_to_the_desk(desk):
    response = desk.post("/beheer/governance/partner/123456/change/", {"name": "x"})

    assert response["Location"] == "/beheer/"
