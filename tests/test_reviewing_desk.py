"""From hand to hand at the desk: what its pages ask, refuse and tell of each step."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concepts import reviewing
from concepts.models import ConceptVersion, Handover, Status
from concepts.publishing import working_copy
from tests import hands
from tests.answers import text
from tests.desk import SURE, approve, change_url, editor, fields_of, list_url, seen, send, step_url
from tests.factories import CitationFactory, PassageFactory
from tests.hands import ALONE, REASON, browser, now

pytestmark = pytest.mark.django_db

second = hands.second
els = hands.els
karim = hands.karim
nora = hands.nora


def test_in_review_nobody_changes_it(second, nora, els):
    reviewing.hand_in(second, nora)
    for user in (nora, els, editor(username="alles", is_superuser=True)):
        client = browser(user)
        for group in ("", "teksten"):
            page = client.get(change_url(second, group)).content.decode()
            assert 'name="_save"' not in page
            assert "Deze versie is ingediend voor nazicht door Nora, om" in page
            assert ("Neem terug" in page) == (user == nora)
        assert client.post(change_url(second), {"name": "Anders"}).status_code == 403
        delete = f"{change_url(second)[:-7]}delete/"
        assert client.post(delete, {"post": "yes"}).status_code == 403
    assert now(second).name != "Anders"


def test_taking_back_is_one_click(second, nora):
    client = browser(nora)
    client.post(step_url(second, "dien-in"))

    response = client.post(step_url(second, "neem-terug"))

    assert response["Location"] == change_url(second)
    assert now(second).status == Status.WORKING_COPY
    assert 'name="_save"' in client.get(change_url(second)).content.decode()


def test_another_does_not_take_back_by_its_address_either(second, nora, els):
    reviewing.hand_in(second, nora)

    response = browser(els).post(step_url(second, "neem-terug"), follow=True)

    assert "Enkel wie deze versie indiende" in response.content.decode()
    assert now(second).status == Status.IN_REVIEW


def test_the_note_stands_on_the_version(second, nora, els):
    reviewing.hand_in(second, nora)

    browser(els).post(step_url(second, "stuur-terug"), {"zeker": "ja", "note": "<b>Bron</b>?"})

    page = browser(nora).get(change_url(second)).content.decode()
    assert "Teruggestuurd door Els Peeters, om" in page
    assert "&lt;b&gt;Bron&lt;/b&gt;?" in page


def test_a_decision_without_what_it_asks_comes_back_as_typed(second, nora, els):
    reviewing.hand_in(second, nora)
    client = browser(els)

    empty = client.post(step_url(second, "stuur-terug"), {"zeker": "ja", "note": " "})
    assert "Schrijf wat er nog moet gebeuren." in empty.content.decode()
    assert now(second).status == Status.IN_REVIEW

    sent = {"zeker": "ja", "reason": "x" * 301, "minor": "on", **seen(second)}
    long = client.post(step_url(second, "publiceer"), sent).content.decode()
    assert "Er is nog niets beslist" in long
    assert "x" * 301 in long
    assert 'name="minor" id="id_minor" checked' in long.replace(
        'id="id_minor" name="minor"', 'name="minor" id="id_minor"'
    )
    assert now(second).status == Status.IN_REVIEW


def test_the_reason_is_what_the_editor_wrote_before(second, nora, els):
    reviewing.hand_in(second, nora)

    page = browser(els).get(f"{step_url(second, 'publiceer')}?vraag=").content.decode()

    assert "Getypt.</textarea>" in page
    assert "Ingediend door Nora, om" in page
    assert "Waarom kijkt niemand anders na?" not in page


def test_a_small_improvement_is_kept_as_one(second, nora, els):
    reviewing.hand_in(second, nora)

    approve(browser(els), second, {**REASON, "minor": "on"})

    assert now(second).minor
    assert not working_copy(second.concept).minor


def test_what_changed_since_it_was_read_is_read_again(second, els):
    client = browser(els)
    asked = client.get(f"{step_url(second, 'publiceer')}?vraag=")
    read = asked.context["page"].digest
    second.passages.update(text="Intussen anders.")

    told = client.post(step_url(second, "publiceer"), {**SURE, "seen": read})

    assert "Intussen wijzigde deze versie." in told.content.decode()
    assert now(second).status == Status.WORKING_COPY
    again = {**SURE, "seen": told.context["page"].digest}
    assert client.post(step_url(second, "publiceer"), again).status_code == 302
    assert now(second).status == Status.PUBLISHED


@pytest.mark.parametrize("sent", [{}, {"seen": ""}, {"seen": "\x00x ?"}, {"seen": "9" * 5000}])
def test_who_does_not_say_what_they_read_reads_it_first(second, els, sent):
    client = browser(els)

    told = client.post(step_url(second, "publiceer"), {**SURE, **sent, "minor": "on"})

    assert "lees het opnieuw na" in told.content.decode()
    assert SURE["reason"] in told.content.decode()
    assert now(second).status == Status.WORKING_COPY
    approve(client, second)
    assert now(second).status == Status.PUBLISHED


def test_publishing_twice_publishes_once_and_says_so(second, nora, els):
    reviewing.hand_in(second, nora)
    client = browser(els)

    approve(client, second, REASON)
    approve(client, second, REASON)

    said = client.get(change_url(second)).content.decode()
    assert "Dit past niet (meer) bij deze versie." in said
    assert second.handovers.filter(kind=Handover.Kind.APPROVED).count() == 1


def test_who_cannot_approve_reads_why_and_is_offered_no_button(second, els, karim):
    reviewing.hand_in(second, els)
    client = browser(els)

    page = client.get(f"{step_url(second, 'publiceer')}?vraag=").content.decode()

    assert "vraag het aan Karim" in page
    assert "Publiceer versie 2" not in page
    response = approve(client, second)
    assert "vraag het aan Karim" in response.content.decode()
    assert now(second).status == Status.IN_REVIEW


def test_saving_and_publishing_at_once_is_refused_with_the_form_as_typed(second, els, karim):
    response = send(browser(els), change_url(second), reason="Nieuw.", _stap="publiceer")

    assert "Dien deze versie eerst in." in response.content.decode()
    assert ("reason", "Nieuw.") in fields_of(response)
    assert now(second).reason == "Getypt."


@pytest.mark.parametrize("group", ["redacteur", None])
def test_who_may_not_decide_is_refused(second, nora, group):
    reviewing.hand_in(second, nora)
    client = browser(editor(group, username="ander"))

    for step in ("publiceer", "stuur-terug"):
        sent = {**SURE, "note": "Neen."}
        assert client.post(step_url(second, step), sent).status_code in (403, 404)
    assert now(second).status == Status.IN_REVIEW
    assert second.handovers.count() == 1


def test_why_nobody_else_looked_is_told_to_the_next_and_to_readers(second, els, client):
    approve(browser(els), second, {**REASON, **ALONE})
    third = working_copy(second.concept)
    third.passages.update(text="Weer anders.")

    asked = text(browser(els).get(f"{step_url(third, 'publiceer')}?vraag="))
    concept = text(browser(els).get(change_url(second.concept)))
    public = text(client.get("/concepten/gbo/versies/"))

    said = f"zonder tweede lezer op de site: {ALONE['alone_because']}"
    assert said in asked
    assert f"Zonder tweede lezer: {ALONE['alone_because']}" in concept
    assert f"Zonder tweede lezer: {ALONE['alone_because']}" in public


def test_the_log_says_it_too(second, els):
    client = browser(els)
    approve(client, second, {**REASON, **ALONE})

    history = text(client.get(f"{change_url(second)[:-7]}history/"))

    assert f"Publiceer: gedaan. {ALONE['alone_because']}" in history


def test_a_note_has_a_limit_and_the_page_survives_nonsense(second, nora, els):
    reviewing.hand_in(second, nora)
    client = browser(els)

    for data in (
        {"note": "x" * 30_000},
        {"note": "a\x00b"},
        {"reason": "\x00"},
        {"seen": "x" * 99},
    ):
        for step in ("publiceer", "stuur-terug"):
            response = client.post(step_url(second, step), {"zeker": "ja", **data})
            assert response.status_code == 200
    assert client.get(f"{step_url(second, 'publiceer')}?vraag=bestaat-niet").status_code == 200
    assert now(second).status == Status.IN_REVIEW


def test_the_list_sends_nobody_back(second, nora, els):
    reviewing.hand_in(second, nora)
    sent = {"action": "stuur-terug", "_selected_action": second.pk, **SURE}

    browser(els).post(list_url(ConceptVersion), sent)

    assert now(second).status == Status.IN_REVIEW


def queries_of(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_page_of_a_decision_asks_as_much_of_a_long_version(second, nora, els):
    client = browser(els)
    reviewing.hand_in(second, nora)
    url = f"{step_url(second, 'publiceer')}?vraag="
    client.get(url)
    few = queries_of(client, url)
    for number in range(15):
        PassageFactory(version=second, key=f"n{number}", citations=[CitationFactory()])

    assert queries_of(client, url) == few
