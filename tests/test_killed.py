"""The process that publishes is killed in the middle: all of it happened, or nothing.

It is another process, with its own connection, that sends the form of an eindredacteur. A trigger
lets it wait for a lock at the very place where it is to die, and only then is it killed, with a
signal that no process can catch. So nothing here depends on how fast anything is.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from psycopg.conninfo import make_conninfo

from concepts import reviewing
from concepts.models import ConceptVersion, Handover, Status
from concepts.publishing import publish, working_copy
from concepts.search import everywhere, index
from eerstelijn.kept import forget_all
from tests.desk import editor, page_url, seen, step_url
from tests.factories import (
    CitationFactory,
    ConceptVersionFactory,
    MilestoneFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("history", "pages_kept"),
]

#: The lock that a publication waits for at the place where it dies.
LOCK = 19710912
#: So many seconds pass at most until another process is where it has to be.
PATIENCE = 60

#: What the public reads of a publication; all of it changes.
PAGES = (
    *("/concepten/gbo/", "/concepten/gbo.json", "/concepten/", "/concepten/?partner=brug"),
    *("/concepten.json", "/partners/", "/druk.json", "/gevraagd.json?partner=brug"),
    *("/zoeken/?q=zeepaardje", "/concepten/?q=zeepaardje"),
    *("/wijzigingen/", "/wijzigingen.atom", "/concepten/gbo/versies/", "/concepten/gbo.atom"),
)

#: Where it is killed while nothing of it stands yet: the table, the moment, and of which row.
BEFORE = {
    "the former version is still public": ("concepts_conceptversion", "BEFORE UPDATE", "vroeger"),
    "no version is public": ("concepts_conceptversion", "BEFORE UPDATE", "gepubliceerd"),
    "the new version is public": ("concepts_conceptversion", "AFTER UPDATE", "gepubliceerd"),
    "the history is being written": ("history_conceptversion_change", "BEFORE INSERT", ""),
    "search is being written": ("concepts_searchentry", "BEFORE INSERT", ""),
    "who approved is being written": ("concepts_handover", "BEFORE INSERT", ""),
    "the log of the desk is being written": ("django_admin_log", "AFTER INSERT", ""),
}
#: And where the database was told to keep it, though nobody hears of that any more.
AFTER = {
    "while it is being committed": ("concepts_handover", "AT COMMIT", ""),
    "before it could answer": ("django_session", "BEFORE UPDATE", ""),
}


@pytest.fixture(scope="module")
def publisher():
    """The process that makes those that are killed."""
    url = make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    with subprocess.Popen(
        [sys.executable, "-m", "tests.publisher"],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "eerstelijn.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def version(db):
    """A version in review of a concept that is on the site: another text, and a partner more."""
    source = SourceFactory(short_title="Handleiding")
    version = ConceptVersionFactory(concept__slug="gbo", name="Onthaal", described_by=[source])
    place = CitationFactory(source=source, section="2.1", heading="Onthaal")
    PassageFactory(version=version, text="Het onthaal luistert.", citations=[place])
    MilestoneFactory(  # a promise, which search tells of: it is written anew each time
        version=version, is_announced=True, outcome="onbekend", citations=[place]
    )
    centre = PartnerFactory(name="Centrum", slug="centrum")
    ParticipationFactory(version=version, partner=centre, citations=[place])
    bridge = PartnerFactory(name="De Brug", slug="brug")
    index.reindex_all()
    everywhere.reindex_all()
    publish(version)
    return _changed(version.concept, bridge, place)


def _changed(concept, partner, place):
    copy = working_copy(concept)
    copy.passages.update(text="Het onthaal luistert naar het zeepaardje.")
    ParticipationFactory(version=copy, partner=partner, citations=[place], key="brug")
    reviewing.hand_in(copy, editor("redacteur", username="nora"))
    copy.refresh_from_db()
    return copy


@pytest.fixture
def els():
    """The eindredacteur in whose name it is published."""
    return editor("eindredacteur", username="els")


@pytest.fixture
def held():
    """Holds the lock that a publication waits for; gives a way to ask the database meanwhile."""
    url = make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield other


@contextmanager
def stops(table, moment, status):
    """In here whoever writes there waits for the lock first."""
    quoted = connection.ops.quote_name(table)
    kind, timing, how = "TRIGGER", moment, "FOR EACH ROW"
    if moment == "AT COMMIT":
        kind, timing = "CONSTRAINT TRIGGER", "AFTER INSERT"
        how = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
    when = f"WHEN (NEW.status = '{status}' AND OLD.status <> NEW.status)" if status else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""CREATE FUNCTION dies_here() RETURNS trigger AS $$
            BEGIN PERFORM pg_advisory_lock({LOCK}); RETURN NEW; END; $$ LANGUAGE plpgsql;
            CREATE {kind} dies_here {timing} ON {quoted} {how} {when}
            EXECUTE FUNCTION dies_here()"""
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION dies_here() CASCADE")


def form(version, user):
    """The form that publishes a version, and the session in which it is sent."""
    client = Client()
    client.force_login(user)
    fields = {"zeker": "ja", "reason": "De Brug doet nu mee.", **seen(version)}
    cookie = settings.SESSION_COOKIE_NAME
    session = client.cookies[cookie].value
    return {
        "url": step_url(version, "publiceer"),
        "fields": fields,
        "cookie": cookie,
        "session": session,
    }


def begin(publisher, sent):
    """Let a process of its own send a form; gives its number."""
    publisher.stdin.write(json.dumps(sent) + "\n")
    publisher.stdin.flush()
    return int(publisher.stdout.readline())


def end(publisher):
    return int(publisher.stdout.readline())


def until(database, question, *values):
    """What the database answers, as soon as that is something."""
    limit = time.monotonic() + PATIENCE
    while not (row := database.execute(question, values).fetchone()):
        assert time.monotonic() < limit, f"never happened: {question}"
        time.sleep(0.02)
    return row[0]


def kill_where_it_waits(publisher, held, sent):
    """Kill the process that publishes as soon as it waits; come back once its connection ended."""
    worker = begin(publisher, sent)
    waiting = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
    backend = until(held, waiting, LOCK)
    os.kill(worker, signal.SIGKILL)
    assert end(publisher) == -signal.SIGKILL
    held.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    until(
        held,
        "SELECT true WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = %s)",
        backend,
    )


def read(client):
    """What the public reads, and what editors read of who did what; no moment of now in it."""
    said = {path: client.get(path).content.decode() for path in PAGES}
    versions = ConceptVersion.objects.order_by("number").values_list(
        "number", "status", "published_by", "reason"
    )
    log = LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")
    steps = Handover.objects.order_by("pk").values_list("kind", "by", "note")
    return said, [*versions], [*log], [*steps], _kept()


def _kept():
    """What the history keeps of the version, as rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, number, status FROM history_conceptversion_change ORDER BY pgh_id"
        )
        return cursor.fetchall()


def assert_is_after(before, after):
    """All that shows a publication shows this one."""
    (said, *_), (pages, versions, log, steps, kept) = before, after
    assert [path for path in PAGES if pages[path] == said[path]] == []
    for path in ("/concepten/gbo/", "/concepten/gbo.json"):
        assert "zeepaardje" in pages[path]
        assert re.search("De Brug|brug", pages[path])
    assert "<b>Geen concepten</b>" not in pages["/concepten/?partner=brug"]
    for path in ("/zoeken/?q=zeepaardje", "/concepten/?q=zeepaardje"):
        assert 'href="/concepten/gbo/"' in pages[path]
    for path in ("/wijzigingen/", "/wijzigingen.atom", "/concepten/gbo.atom"):
        assert "De Brug doet nu mee." in pages[path]
    assert [(number, status) for number, status, *_ in versions] == [
        (1, Status.FORMER),
        (2, Status.PUBLISHED),
    ]
    assert versions[1][2:] == ("els", "De Brug doet nu mee.")
    assert [kind for kind, *_ in steps] == [Handover.Kind.HANDED_IN, Handover.Kind.APPROVED]
    assert log[-1][1].startswith("Publiceer: gedaan.")
    assert {("gewijzigd", 1, Status.PUBLISHED), ("gewijzigd", 2, Status.IN_REVIEW)} <= {*kept}


def assert_search_is_whole(client, pages):
    """What is derived is what one would make anew of what stands, and so is what was kept."""
    index.reindex_all()
    everywhere.reindex_all()
    forget_all()
    assert {path: client.get(path).content.decode() for path in PAGES} == pages


@pytest.mark.parametrize("place", BEFORE.values(), ids=BEFORE)
def test_killed_before_the_end_nothing_happened_and_it_goes_again(
    publisher, held, client, version, els, place
):
    before = read(client)

    with stops(*place):
        kill_where_it_waits(publisher, held, form(version, els))

    assert read(client) == before
    assert_search_is_whole(client, before[0])
    begin(publisher, form(version, els))
    assert end(publisher) == 0
    after = read(client)
    assert_is_after(before, after)
    assert_search_is_whole(client, after[0])


@pytest.mark.parametrize("place", AFTER.values(), ids=AFTER)
def test_killed_after_the_end_all_of_it_happened_once(publisher, held, client, version, els, place):
    before = read(client)
    sent = form(version, els)

    with stops(*place):
        kill_where_it_waits(publisher, held, sent)

    after = read(client)
    assert_is_after(before, after)
    assert_search_is_whole(client, after[0])
    begin(publisher, sent)  # the editor presses again: it is told that it stands, and it stays so
    assert end(publisher) == 0
    assert read(client) == after
    again = working_copy(version.concept)
    again.passages.update(text="Het onthaal luistert naar de zeehond.")
    begin(publisher, form(again, els) | {"fields": {**_alone(again)}})
    assert end(publisher) == 0
    assert "zeehond" in client.get("/concepten/gbo/").content.decode()


def _alone(version):
    """What publishes a version that nobody handed in, for who has no colleague."""
    said = {"reason": "De zeehond.", "alone_because": "Er is niemand anders."}
    return {"zeker": "ja", **said, **seen(version)}


def test_the_history_of_a_version_that_was_not_published_says_nothing_of_it(
    publisher, held, client, version, els
):
    """The page of the desk, as an editor reads it afterwards."""
    client.force_login(els)
    url = page_url(version, "history", version.pk)
    before = client.get(url).content.decode()

    with stops(*BEFORE["the log of the desk is being written"]):
        kill_where_it_waits(publisher, held, form(version, els))

    assert _without_token(client.get(url).content.decode()) == _without_token(before)


def _without_token(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
