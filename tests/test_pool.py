"""The pool of connections: a server that restarted costs no reader an answer."""

import time

import psycopg
import pytest
from django.db import connection, connections
from django.test import Client

from eerstelijn.database import patience, stamp

SIZE = 8


#: A transaction around a test would hold its connection.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_stamp_asked_in_vain(monkeypatch):
    """Another test may have just found the database away."""
    monkeypatch.setattr(stamp, "_silent_until", 0.0)


@pytest.fixture
def pool(monkeypatch):
    """As many connections as a busy moment leaves in a process of the site, all idle."""
    wrapper = connections["default"]
    wrapper.close()
    settings = wrapper.settings_dict
    pool = {"max_size": SIZE, "min_size": SIZE, "timeout": 20, "reconnect_timeout": 1}
    pool["connection_class"] = patience.connections(11)
    monkeypatch.setitem(settings, "OPTIONS", settings["OPTIONS"] | {"pool": pool})
    monkeypatch.setitem(settings, "CONN_HEALTH_CHECKS", True)
    wrapper.pool.open(wait=True, timeout=20)
    yield wrapper.pool
    connection.close()
    wrapper.close_pool()


@pytest.fixture
def checks(monkeypatch):
    """What the pool itself asks, before it hands out a connection."""
    seen = []
    execute = psycopg.Connection.execute

    def note(self, query, *args, **kwargs):
        seen.append(query)
        return execute(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.Connection, "execute", note)
    return seen


def end(idle):
    """What a restart does to connections: the server ends them, and is there at once again."""
    parameters = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name not in ("cursor_factory", "context")
    }
    with psycopg.connect(**parameters, autocommit=True) as db:
        for each in idle:
            db.execute("SELECT pg_terminate_backend(%s, 20000)", [each.info.backend_pid])


@pytest.mark.parametrize("url", ["/concepten/", "/concepten.json", "/gezondheid/"])
def test_after_a_restart_the_next_answers_are_right(pool, url):
    visitor = Client(raise_request_exception=False)
    assert visitor.get(url).status_code == 200
    connection.close()
    before = list(pool._pool)
    assert len(before) == SIZE

    end(before)

    # The pool itself looks at two of them and then waits as long as a reader may: 20 s here.
    begun = time.monotonic()
    assert [visitor.get(url).status_code for _ in range(SIZE + 1)] == [200] * (SIZE + 1)
    assert time.monotonic() - begun < 15
    connection.close()
    assert all(each.closed for each in before)
    pool.wait(20)  # and as many stand ready as before


def test_of_a_few_that_ended_the_others_stay(pool):
    first, *others = pool._pool

    end([first])
    assert stamp._read_if_answered() is not None
    connection.close()

    pool.wait(20)
    assert first.closed
    assert not any(each.closed for each in others)


def test_the_stamp_is_read_without_a_question_before_it(pool, checks):
    assert stamp._read_if_answered() is not None

    assert checks == []


def test_any_other_question_waits_until_somebody_is_there(pool, checks):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert checks == [""]


def test_a_database_that_says_nothing_to_the_stamp_is_away_soon(pool, monkeypatch):
    monkeypatch.setattr(stamp, "READ", "SELECT pg_sleep(30)::text")
    begun = time.monotonic()

    with stamp.one_moment() as moment:
        assert moment.stamp is None

    assert time.monotonic() - begun < patience.connections(11).limit
    assert connection.connection is None  # its answer may still come, and is nobody's


def test_what_is_asked_after_the_stamp_may_take_its_time(pool, monkeypatch):
    monkeypatch.setattr(patience, "SOON", 0.2)

    with stamp.one_moment() as moment, connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.5)")

    assert moment.stamp
