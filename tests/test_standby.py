"""The stamp of the content on a streaming standby: it moves when what was written can be read."""

import shutil
import time

import psycopg
import pytest

from eerstelijn.database import stamp
from eerstelijn.database.stamping import TABLE, MoveStamp
from eerstelijn.local.binaries import find
from eerstelijn.local.server import THROWAWAY, LocalServer
from eerstelijn.local.testdb import new_home

#: As throwaway as can be where another server reads along.
PRIMARY = THROWAWAY | {"wal_level": "replica", "max_wal_senders": "4"}
CONTENT = ("CREATE TABLE content (id int)", *MoveStamp("Content").made("content"))


@pytest.fixture
def primary(server_home):
    server = LocalServer(server_home, settings=PRIMARY)
    server.acquire()
    with psycopg.connect(server.url, autocommit=True) as db:
        db.execute(TABLE)
        for statement in CONTENT:
            db.execute(statement)
        yield server, db
    server.release()


@pytest.fixture
def standby(primary):
    """A second server that reads along with the first."""
    server, _ = primary
    home = new_home("eerstelijn-standby-")
    copy = LocalServer(home, settings=PRIMARY)
    copy._make_folders()
    shutil.copy(server.password, copy.password)
    copy.account.own(copy.password)
    made = copy.account.run(
        *(find(copy.account) / "pg_basebackup", "--pgdata", copy.data, "--write-recovery-conf"),
        *("--checkpoint=fast", "--no-sync", "--wal-method=stream"),
        *("--dbname", server.url),
    )
    assert made.returncode == 0, made.stdout
    copy.acquire()
    with psycopg.connect(copy.url, autocommit=True) as db:
        yield db
    copy.release()
    shutil.rmtree(home)


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


def test_no_old_content_is_read_under_a_new_stamp(primary, standby):
    _, writer = primary
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


def test_folding_on_the_primary_leaves_its_stamp(primary, standby):
    _, writer = primary
    writer.execute("INSERT INTO content_stamp SELECT n FROM generate_series(1, 2000) AS n")
    before, _ = read(writer)
    writer.execute(stamp.FOLD)
    writer.execute("TRUNCATE content")
    writer.execute("INSERT INTO content VALUES (1)")

    until(standby, 1)

    assert read(standby) == read(writer)
    assert read(standby)[0] != before
    assert standby.execute("SELECT count(*) FROM content_stamp").fetchone()[0] <= 3
