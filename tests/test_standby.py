"""A streaming standby: the stamp of the content moves with what is read, and it can take over."""

import time

import psycopg
import pytest

from eerstelijn.database import stamp
from eerstelijn.database.stamping import TABLE, MoveStamp
from tests import standby as clusters

CONTENT = ("CREATE TABLE content (id int)", *MoveStamp("Content").made("content"))


@pytest.fixture(scope="module")
def servers():
    """A primary and its standby, whose commits are waited for by nobody."""
    with clusters.primary() as first:
        with psycopg.connect(first.url, autocommit=True) as db:
            db.execute(TABLE)
            for statement in CONTENT:
                db.execute(statement)
        with clusters.standby_of(first) as second:
            yield first, second


@pytest.fixture
def writer(servers):
    with psycopg.connect(servers[0].url, autocommit=True) as db:
        db.execute("TRUNCATE content")
        yield db


@pytest.fixture
def standby(servers, writer):
    """The second server, once it holds what the first does."""
    with psycopg.connect(servers[1].url, autocommit=True) as db:
        until(db, 0)
        while read(db) != read(writer):
            time.sleep(0.02)
        yield db


def read(db):
    """The stamp, and then what is seen under it: in this order, as a request does."""
    seen = db.execute(stamp.READ).fetchone()[0]
    return seen, db.execute("SELECT count(*) FROM content").fetchone()[0]


def until(db, number):
    """Everything that is read until so many rows are there."""
    deadline, found = time.monotonic() + 30, [read(db)]
    while found[-1][1] < number:
        assert time.monotonic() < deadline, "the standby does not follow"
        found.append(read(db))
    return found


def test_no_old_content_is_read_under_a_new_stamp(writer, standby):
    found = [read(standby)]
    for number in range(1, 21):
        writer.execute("INSERT INTO content VALUES (1)")
        found += until(standby, number)
        found.append(read(standby))

    # The oldest that anybody could keep under each stamp.
    least = {}
    for seen, number in found:
        least[seen] = min(number, least.get(seen, number))
    assert standby.execute("SELECT pg_is_in_recovery()").fetchone() == (True,)
    # One stamp for each change, and under each nothing from before it.
    assert sorted(least.values()) == list(range(21))
    assert read(standby) == read(writer)


def test_folding_on_the_primary_leaves_its_stamp(writer, standby):
    writer.execute("INSERT INTO content_stamp SELECT n FROM generate_series(1, 2000) AS n")
    before, _ = read(writer)
    writer.execute(stamp.FOLD)
    writer.execute("TRUNCATE content")
    writer.execute("INSERT INTO content VALUES (1)")

    until(standby, 1)

    assert read(standby) == read(writer)
    assert read(standby)[0] != before
    assert standby.execute("SELECT count(*) FROM content_stamp").fetchone()[0] <= 3


def test_it_takes_over_with_all_that_was_confirmed(servers, writer, standby):
    """The short form of `make failover`. Comes last: afterwards the first server is gone."""
    first, second = servers
    clusters.wait_for_standby(first)
    for number in range(50):
        writer.execute("INSERT INTO content VALUES (%s)", [number])
    clusters.kill(first)

    clusters.promote(second)

    both = clusters.both(first, second, "read-write")
    with psycopg.connect(both, autocommit=True) as db:
        assert db.execute("SELECT count(*) FROM content").fetchone() == (50,)
        db.execute("INSERT INTO content VALUES (50)")
    assert read(standby)[1] == 51
