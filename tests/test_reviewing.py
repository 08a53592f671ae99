"""From hand to hand: who hands in, takes back, sends back and approves, and what stays of it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concepts import reviewing
from concepts.models import Status
from concepts.publishing import PublicationRefused, publish, working_copy
from concepts.waiting import came_back_to, handed_in_of, waiting_for
from tests import hands
from tests.desk import change_url, editor, seen, step_url
from tests.hands import ALONE, REASON, browser, now
from tests.working_copies import ready

pytestmark = pytest.mark.django_db

second = hands.second
els = hands.els
karim = hands.karim
nora = hands.nora


def refusal(act, *args, **said):
    with pytest.raises(PublicationRefused) as refused:
        act(*args, **said)
    return " ".join(refused.value.problems)


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
