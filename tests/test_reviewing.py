"""From hand to hand: who hands in, takes back, sends back and approves, and what stays of it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from concepts import reviewing
from concepts.models import ConceptVersion, Handover, Status
from concepts.publishing import PublicationRefused, publish, working_copy
from concepts.waiting import came_back_to, handed_in_of, waiting_for
from tests.answers import text
from tests.desk import SURE, approve, change_url, editor, fields_of, list_url, seen, send, step_url
from tests.factories import (
    CitationFactory,
    ConceptVersionFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

REASON = {"reason": "De tekst is duidelijker."}
ALONE = {"alone_because": "Ik werk vandaag alleen."}


def ready(**fields):
    """A working copy that lacks nothing."""
    return ConceptVersionFactory(
        described_by=[SourceFactory()], statements=[PassageFactory], **fields
    )


@pytest.fixture
def second():
    """A working copy of a version that is public, in which something changed."""
    copy = working_copy(publish(ready(concept__slug="gbo"), reason="Het begin.").concept)
    ConceptVersion.objects.filter(pk=copy.pk).update(summary="Een andere zin.", reason="Getypt.")
    return now(copy)


@pytest.fixture
def els():
    return editor("eindredacteur", username="els", first_name="Els", last_name="Peeters")


@pytest.fixture
def karim():
    return editor("eindredacteur", username="karim", first_name="Karim")


@pytest.fixture
def nora():
    return editor("redacteur", username="nora", first_name="Nora")


def now(version):
    return ConceptVersion.objects.get(pk=version.pk)


def refusal(act, *args, **said):
    with pytest.raises(PublicationRefused) as refused:
        act(*args, **said)
    return " ".join(refused.value.problems)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


# The steps, and what is on record


def test_each_step_is_on_record_with_who_and_what(second, nora, els):
    reviewing.hand_in(second, nora)
    reviewing.take_back(second, nora)
    reviewing.hand_in(second, nora)
    reviewing.send_back(second, els, "Nog een bron.")
    reviewing.hand_in(second, nora)
    reviewing.approve(second, els, **REASON)

    assert list(second.handovers.values_list("kind", "by", "note")) == [
        ("ingediend", "Nora", ""),
        ("teruggenomen", "Nora", ""),
        ("ingediend", "Nora", ""),
        ("teruggestuurd", "Els Peeters", "Nog een bron."),
        ("ingediend", "Nora", ""),
        ("goedgekeurd", "Els Peeters", ""),
    ]
    version = now(second)
    assert (version.status, version.reason, version.published_by) == (
        Status.PUBLISHED,
        REASON["reason"],
        "Els Peeters",
    )


def test_a_deleted_account_leaves_what_it_did(second, nora, els):
    reviewing.hand_in(second, nora)

    User.objects.filter(pk=nora.pk).delete()

    step = second.handovers.get()
    assert (step.by, step.account) == ("Nora", None)
    assert reviewing.approve(second, els, **REASON).status == Status.PUBLISHED


def test_only_who_handed_in_takes_back(second, nora, els):
    reviewing.hand_in(second, nora)

    assert "Enkel wie deze versie indiende" in refusal(reviewing.take_back, second, els)
    reviewing.take_back(second, nora)
    assert "staat niet (meer) op “ter nazicht”" in refusal(reviewing.take_back, second, nora)
    assert now(second).status == Status.WORKING_COPY


def test_sending_back_asks_a_note(second, nora, els):
    reviewing.hand_in(second, nora)

    assert refusal(reviewing.send_back, second, els, "  ") == "Schrijf wat er nog moet gebeuren."
    assert now(second).status == Status.IN_REVIEW


def test_a_note_is_told_until_it_is_handed_in_again(second, nora, els):
    reviewing.hand_in(second, nora)
    reviewing.send_back(second, els, "Nog een bron.")
    assert reviewing.sent_back(now(second)).note == "Nog een bron."

    reviewing.hand_in(second, nora)

    assert reviewing.sent_back(now(second)) is None
    assert came_back_to(nora) == []


# Two pairs of eyes


def test_who_asked_for_review_does_not_approve(second, els, karim):
    reviewing.hand_in(second, els)

    said = refusal(reviewing.approve, second, els, **REASON, **ALONE)

    assert said == "Jij diende deze versie in. Iemand anders kijkt ze na: vraag het aan Karim."
    assert reviewing.approve(second, karim, **REASON).status == Status.PUBLISHED
    assert now(second).alone_because == ""


def test_what_nobody_handed_in_is_not_approved(second, els, karim):
    said = refusal(reviewing.approve, second, els, **REASON, **ALONE)

    assert said.startswith("Dien deze versie eerst in.")
    assert now(second).status == Status.WORKING_COPY


@pytest.mark.parametrize("is_handed_in", [True, False])
def test_who_is_alone_says_why(second, els, nora, is_handed_in):
    if is_handed_in:
        reviewing.hand_in(second, els)
    assert "waarom niemand anders" in refusal(reviewing.approve, second, els, **REASON)

    version = reviewing.approve(second, els, **REASON, **ALONE)

    assert version.alone_because == ALONE["alone_because"]
    assert version.handovers.last().note == ALONE["alone_because"]


@pytest.mark.parametrize(
    ("group", "changes", "counts"),
    [
        ("eindredacteur", {}, True),
        ("beheerder", {}, True),
        ("redacteur", {}, False),
        (None, {"is_superuser": True}, True),
        ("eindredacteur", {"is_active": False}, False),
        ("eindredacteur", {"is_staff": False}, False),
    ],
)
def test_a_colleague_is_who_can_publish_today(els, group, changes, counts):
    other = editor(group, username="ander")
    User.objects.filter(pk=other.pk).update(**changes)

    assert reviewing.colleagues(els) == (["ander"] if counts else [])


def test_a_reason_for_being_alone_is_not_kept_when_one_is_not(second, nora, els):
    reviewing.hand_in(second, nora)

    assert reviewing.approve(second, els, **REASON, **ALONE).alone_because == ""


# What is asked


def test_a_second_version_says_why_and_a_first_may(second, nora, els):
    first = ready()
    for version in (second, first):
        reviewing.hand_in(version, nora)

    assert "Zeg in één zin waarom" in refusal(reviewing.approve, second, els, reason=" ")
    assert reviewing.approve(first, els).status == Status.PUBLISHED


def test_a_version_that_changes_nothing_is_refused(nora, els):
    copy = working_copy(publish(ready()).concept)
    reviewing.hand_in(copy, nora)

    assert refusal(reviewing.approve, copy, els, **REASON) == (
        "Versie 2 is gelijk aan versie 1. Er valt niets te publiceren."
    )


def test_what_is_missing_is_refused_with_the_rest(second, nora, els):
    second.passages.all().delete()
    reviewing.hand_in(second, nora)

    said = refusal(reviewing.approve, second, els)

    assert "Er is nog geen passage “Wat het is”." in said
    assert "Zeg in één zin waarom" in said


def test_a_version_that_was_thrown_away_is_refused(second, els):
    gone = now(second)
    second.delete()

    assert refusal(reviewing.approve, gone, els, **REASON) == (
        "Deze versie is intussen weggegooid."
    )


# What waits for whom


def test_each_editor_knows_what_waits(second, nora, els, karim):
    other, silent = ready(), ready(status=Status.IN_REVIEW)
    reviewing.hand_in(second, nora)
    reviewing.hand_in(other, els)

    assert [version for version, _ in waiting_for(els)] == [silent, second]
    assert [version for version, _ in waiting_for(karim)] == [silent, second, other]
    assert waiting_for(nora) == []
    assert [(version, step.by) for version, step in handed_in_of(nora)] == [(second, "Nora")]

    reviewing.send_back(second, els, "Nog een bron.")
    assert [(v, step.note) for v, step in came_back_to(nora)] == [(second, "Nog een bron.")]
    assert came_back_to(els) == handed_in_of(nora) == []


def test_who_is_alone_waits_for_themselves(second, els):
    reviewing.hand_in(second, els)

    assert [version for version, _ in waiting_for(els)] == [second]


def test_what_waits_is_asked_in_two_queries(nora, els):
    for _ in range(3):
        version = ready()
        reviewing.hand_in(version, nora)
        reviewing.send_back(version, els, "Nog een bron.")

    with CaptureQueriesContext(connection) as asked:
        assert len(came_back_to(nora)) == 3
    assert len(asked) == 2  # the versions, and the steps that brought them


# Who may do what, asked as a browser would ask it

STEPS = ("dien-in", "neem-terug", "stuur-terug", "publiceer")
READS = ("voorbeeld/", "change/")
MAY = {
    None: set(),
    "lezer": {*READS},
    "redacteur": {*READS, "dien-in"},
    "eindredacteur": {*READS, "dien-in", "stuur-terug", "publiceer"},
    "beheerder": {*READS, "dien-in", "stuur-terug", "publiceer"},
}


@pytest.mark.parametrize("act", [*READS, *STEPS])
@pytest.mark.parametrize("group", MAY)
def test_each_group_does_what_it_may_and_no_more(second, nora, els, group, act):
    """Somebody else wrote the version, and handed it in where that goes before."""
    account = editor(group if group != "lezer" else None, username="wie")
    if group == "lezer":
        account.user_permissions.add(Permission.objects.get(codename="view_conceptversion"))
    if act in STEPS[1:]:
        reviewing.hand_in(second, nora)
    before, client = now(second).status, browser(account)

    if act in READS:
        response = client.get(change_url(second).removesuffix("change/") + act)
        assert (response.status_code == 200) == (act in MAY[group])
    else:
        data = {"zeker": "ja", "note": "Neen.", **seen(second), **REASON}
        client.post(step_url(second, act), data)

    is_done = now(second).status != before
    assert is_done == (act in STEPS and act in MAY[group])


# At the desk


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
