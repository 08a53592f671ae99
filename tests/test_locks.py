"""Two editors at one concept: whatever pages they send, neither waits for the other for ever.

The order of locks is in `eerstelijn.database.locks`. Here the first editor stops as soon as they
hold a lock, until the second one waits for it or is done, so that two pages that take their locks
in another order always meet.
"""

import itertools
import re
import threading
import time

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from concepts import publishing
from concepts.models import Alias, Concept, ConceptVersion, Handover, Review, Status, WordPart
from eerstelijn.database import locks
from governance.models import Agency, ChangeEvent, CoverageArea, Partner
from tests.desk import SURE, add_url, change_url, editor, list_url, opened, seen, send, step_url
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    ChangeEventFactory,
    ConceptFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    PartnerFactory,
    PassageFactory,
    ReviewFactory,
    SourceFactory,
)
from tests.fuzz.afterwards import lost

#: Statements that lock a row or a table until the end of the transaction.
LOCKING = re.compile(r"^\s*(INSERT|UPDATE|DELETE|LOCK|TRUNCATE)\b|FOR (NO KEY )?UPDATE|advisory")
TURN = "pg_advisory_xact_lock"


def browser(name):
    client = Client(raise_request_exception=False)
    client.force_login(editor("eindredacteur", username=name))
    return client


@pytest.fixture
def working_copy():
    """A concept that is public, with a working copy that can be published."""
    public = ConceptVersionFactory(concept__slug="gbo", published=True)
    ReviewFactory(version=public)
    AliasFactory(concept=public.concept)
    version = ConceptVersionFactory(concept=public.concept, described_by=[SourceFactory()])
    PassageFactory(version=version)
    return version


class Desk:
    """The pages of one editor that touch one concept, each as a call that sends it once."""

    def __init__(self, client, version):
        self.client, self.version = client, version
        self.forms = {
            "version": change_url(version),
            "texts": change_url(version, "teksten"),
            "partners": change_url(version, "partners"),
            "concept": change_url(version.concept),
            "alias": change_url(Alias.objects.get()),
            "review": change_url(Review.objects.get()),
        }
        self.steps = {
            "submit": (version, "dien-in"),
            "take back": (version, "neem-terug"),
            "send back": (version, "stuur-terug"),
            "publish": (version, "publiceer"),
            "working copy": (version.concept, "werkversie"),
            "looked over": (version.concept, "nagekeken"),
            "withdraw": (version.concept, "haal-weg"),
            "restore": (version.concept.versions.published().get(), "haal-terug"),
        }
        self.fields = {name: opened(client, url) for name, url in self.forms.items()}
        self.seen = seen(version)

    def send(self, name):
        """Send a page as it was opened at first; nothing in it changed."""
        if name in self.forms:
            return send(self.client, self.forms[name], self.fields[name])
        data = SURE | self.seen | {"reason": "Het is afgelopen."}
        return self.client.post(step_url(*self.steps[name]), data)


#: Each pair in both orders, and each page against itself. Groups of statements differ only in
#: their rows, and steps share how they lock: one of each kind meets all, the rest one page.
PAGES = ("version", "texts", "concept", "alias", "review", "publish")
REST = (
    *("partners", "submit", "take back", "send back", "working copy", "looked over"),
    *("withdraw", "restore"),
)
PAIRS = [
    *itertools.product(PAGES, repeat=2),
    *((name, "version") for name in REST),
    *(("version", name) for name in REST),
]


def as_before(version, pair):
    """Undo what a step did, which the database itself would refuse.

    What is to be published somebody else handed in.
    """
    status = Status.IN_REVIEW if "publish" in pair else Status.WORKING_COPY
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
        versions = ConceptVersion.objects.filter(concept=version.concept)
        versions.filter(number__gt=2).delete()
        Handover.objects.all().delete()
        cursor.execute(
            """UPDATE concepts_conceptversion SET
                status = CASE number WHEN 1 THEN %s ELSE %s END,
                published_at = CASE number WHEN 1 THEN now() END,
                published_by = '',
                withdrawn_at = NULL,
                withdrawn_by = '',
                withdrawn_reason = ''
            WHERE concept_id = %s""",
            [Status.ARCHIVED, status, version.concept_id],
        )
        versions.filter(number=1).update(status=Status.PUBLISHED)


def one_after_the_other(first, second):
    """The answers to two requests, of which the second begins when the first holds a lock."""
    answers = {}
    holding, finished = threading.Event(), threading.Event()

    def stop_at_first_lock(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not holding.is_set() and LOCKING.search(sql) and "django_session" not in sql:
            holding.set()
            with context["connection"].connection.cursor() as cursor:
                waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"
                while not (finished.is_set() or cursor.execute(waits).fetchone()[0]):
                    time.sleep(0.002)
        return result

    def run_first():
        try:
            with connection.execute_wrapper(stop_at_first_lock):
                answers["first"] = first()
        finally:
            holding.set()
            connection.close()

    def run_second():
        try:
            holding.wait(timeout=20)
            answers["second"] = second()
        finally:
            finished.set()
            connection.close()

    threads = [threading.Thread(target=run) for run in (run_first, run_second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers.get("first"), answers.get("second")


def is_told(response):
    """Whether a page that was not saved says so."""
    page = response.content.decode()
    return "errornote" in page or "errorlist" in page or response.status_code == 403


@pytest.mark.django_db(transaction=True)
def test_no_two_pages_of_a_concept_wait_for_each_other(working_copy):
    one, two = (Desk(browser(name), working_copy) for name in ("els", "jan"))

    for pair in PAIRS:
        as_before(working_copy, pair)

        answers = one_after_the_other(lambda p=pair: one.send(p[0]), lambda p=pair: two.send(p[1]))

        for name, answer in zip(pair, answers, strict=True):
            assert answer is not None, f"{pair}: {name} never answered"
            assert answer.status_code == 302 or is_told(answer), f"{pair}: {name} {answer}"


# The turn comes first, on every page and in every command


@pytest.fixture
def locked_first():
    """The first statement of each transaction that locks something, as a list that grows."""
    seen = []

    def note(execute, sql, params, many, context):
        is_own = "django_session" in sql or "auth_user" in sql
        if LOCKING.search(sql) and not is_own:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def deletion(record):
    return f"{change_url(record)[: -len('change/')]}delete/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "factory"),
    [
        (Partner, PartnerFactory),
        (Agency, AgencyFactory),
        (ChangeEvent, ChangeEventFactory),
        (CoverageArea, CoverageAreaFactory),
        (Alias, lambda: AliasFactory(text="naam", concept=ConceptFactory())),
        (Review, ReviewFactory),
    ],
)
def test_saving_and_deleting_begin_with_the_turn(client, locked_first, model, factory):
    client.force_login(editor("eindredacteur"))
    record, other = factory(), factory()
    chosen = {"action": "delete_selected", "_selected_action": other.pk, "post": "yes"}

    for act in (
        lambda: send(client, change_url(record)),
        lambda: client.post(deletion(record), {"post": "yes"}),
        lambda: client.post(list_url(model), chosen),
    ):
        locked_first.clear()
        assert act().status_code == 302
        assert TURN in locked_first[0]
    assert not model.objects.exists()


@pytest.mark.django_db
def test_a_new_record_begins_with_the_turn(client, locked_first):
    client.force_login(editor("eindredacteur"))
    fields = opened(client, add_url(WordPart))
    locked_first.clear()

    assert send(client, add_url(WordPart), fields, text="zorg").status_code == 302
    assert TURN in locked_first[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "step",
    [
        publishing.submit,
        publishing.publish,
        lambda version: publishing.working_copy(version.concept),
        lambda version: publishing.withdraw(version.concept),
    ],
    ids=["submit", "publish", "working_copy", "withdraw"],
)
def test_a_step_takes_the_turn_then_the_concept_then_its_versions(working_copy, locked_first, step):
    locked_first.clear()
    step(working_copy)

    turn, concept, versions, *_ = locked_first
    assert TURN in turn
    assert 'FROM "concepts_concept"' in concept
    assert 'FROM "concepts_conceptversion"' in versions


@pytest.mark.django_db
def test_several_records_are_locked_in_one_order(client, working_copy, locked_first):
    client.force_login(editor("eindredacteur"))
    others = [ConceptVersionFactory() for _ in range(2)]
    chosen = [version.pk for version in (others[1], working_copy, others[0])]
    locked_first.clear()

    client.post(list_url(ConceptVersion), {"action": "dien-in", "_selected_action": chosen})

    concepts = [sql for sql in locked_first if "FOR UPDATE" in sql and "concepts_concept" in sql]
    assert TURN in locked_first[0]
    assert 'ORDER BY "concepts_concept"."id"' in concepts[0]
    assert ConceptVersion.objects.filter(status=Status.IN_REVIEW).count() == 3


@pytest.mark.django_db
def test_the_index_is_built_anew_in_its_turn(locked_first):
    call_command("herindexeer", verbosity=0)

    assert TURN in locked_first[0]


@pytest.mark.django_db
def test_the_content_is_loaded_in_its_turn(locked_first, monkeypatch):
    monkeypatch.setattr("concepts.fixtures.is_empty", lambda: False)

    with pytest.raises(Exception, match="bevat al gegevens"):
        call_command("laad_gegevens")

    assert TURN in locked_first[0]


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_until_the_end_of_the_transaction():
    concept = ConceptVersionFactory().concept
    with transaction.atomic():
        locks.take(Concept.objects.filter(pk=concept.pk))
        free = "SELECT pg_try_advisory_lock(%s)"
        held = []

        def ask():
            with connection.cursor() as cursor:
                cursor.execute(free, [locks.TURN])
                held.append(cursor.fetchone()[0])
                rows = Concept.objects.select_for_update(skip_locked=True)
                with transaction.atomic():
                    held.append(rows.exists())
            connection.close()

        thread = threading.Thread(target=ask)
        thread.start()
        thread.join(timeout=10)

    assert held == [False, False]


def test_the_pages_are_all_pages(db, working_copy):
    """A step that is added is raced as well."""
    from concepts.admin import steps

    client = browser("els")
    raced = {name for _, name in Desk(client, working_copy).steps.values()}

    assert {step.name for step in (*steps.VERSION_STEPS, *steps.CONCEPT_STEPS)} <= raced


# What the race of four editors (`tests.fuzz`) calls lost


def test_a_word_is_lost_when_nobody_replaced_it_who_saw_it():
    saved = {"versie": [(None, "a"), ("a", "b"), ("b", "c")]}

    assert list(lost(saved, {}, {"versie": {"c"}})) == []
    assert list(lost(saved, {}, {"versie": {"b"}})) == ["versie: c was bewaard en is weg"]


def test_a_word_that_two_replaced_was_replaced_unseen_by_one():
    saved = {"versie": [(None, "a"), ("a", "b"), ("a", "c")]}

    found = list(lost(saved, {}, {"versie": {"b", "c"}}))

    assert found == ["versie: a werd 2 keer vervangen, eens ongezien"]


def test_a_save_without_an_answer_may_have_replaced_a_word():
    assert list(lost({"alias": [(None, "a")]}, {"alias": [("a", "b")]}, {"alias": {"b"}})) == []
