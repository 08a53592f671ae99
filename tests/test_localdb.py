"""The local PostgreSQL: it starts anywhere, serves only us, survives a kill and leaves nothing."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from eerstelijn.local import server as local
from eerstelijn.local.binaries import Account, LocalDatabaseError
from eerstelijn.local.server import THROWAWAY, LocalServer
from eerstelijn.local.testdb import new_home

PREFIX = "eerstelijn-localdb-"  # not what another run of the tests would clear away
PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def made_once():
    """A folder with a database in it, at rest: a copy takes a tenth of the time of making one."""
    folder = new_home(PREFIX)
    server = LocalServer(folder, settings=THROWAWAY)
    server.acquire()
    server.release()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def made(server_home, made_once):
    """A folder of this test's own with a database in it, at rest."""
    copy(made_once, server_home)
    return server_home


@pytest.fixture
def server(made):
    running = LocalServer(made, settings=THROWAWAY)
    running.acquire()
    yield running
    if not running._use.closed:
        running.release()


@pytest.fixture(scope="module")
def untouched(made_once):
    """A running server that tests only look at."""
    server = LocalServer(made_once, settings=THROWAWAY)
    server.acquire()
    yield server
    server.release()


def copy(source, home):
    subprocess.run(["cp", "--archive", source / "postgres", home], check=True)


def ask(url, question):
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def running(server):
    """The processes of a server. One that ended since it was listed is none: a connection may."""
    for pid in server._processes():
        with suppress(psutil.NoSuchProcess):
            yield psutil.Process(pid)


def kill(server):
    """What `kill -9` of everything does, until the last process is gone."""
    processes = list(running(server))
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # the others end when they see their leader gone
            process.kill()
    psutil.wait_procs(processes, timeout=5)


def test_it_speaks_dutch_utf8_and_listens_on_no_network(untouched):
    assert ask(untouched.url, "SELECT lower('GEÏNTEGREERD')") == "geïntegreerd"
    assert ask(untouched.url, "SHOW server_encoding") == "UTF8"
    assert ask(
        untouched.url, "SELECT datcollate FROM pg_database WHERE datname = 'eerstelijn'"
    ) == ("C.UTF-8")
    assert ask(untouched.url, "SHOW listen_addresses") == ""


def test_only_who_knows_the_password_gets_in(untouched):
    parts = conninfo_to_dict(untouched.url)

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**parts | {"password": "guessed"})

    rules = ask(untouched.url, "SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules")
    assert rules == ["scram-sha-256"]


def test_other_accounts_can_read_neither_data_nor_password(untouched):
    assert stat.S_IMODE(untouched.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(untouched.password.stat().st_mode) == 0o600


def test_it_never_runs_as_root(untouched):
    owners = set()
    for process in running(untouched):
        with suppress(psutil.NoSuchProcess):
            owners.add(process.uids().real)

    assert owners == {untouched.folder.stat().st_uid}
    assert 0 not in owners


def test_the_last_user_out_stops_it(server, server_home):
    second = LocalServer(server_home)
    second.acquire()

    server.release()
    assert ask(second.url, "SELECT 1") == 1

    second.release()
    assert not second._processes()


def test_two_first_starts_at_once_share_one_server(server_home):
    servers = [LocalServer(server_home, settings=THROWAWAY) for _ in range(2)]
    starts = [threading.Thread(target=each.acquire) for each in servers]
    for start in starts:
        start.start()
    for start in starts:
        start.join()

    assert {ask(each.url, "SHOW data_directory") for each in servers} == {str(servers[0].data)}
    assert len({each._postmaster() for each in servers}) == 1

    for each in servers:
        each.release()
    assert not servers[0]._processes()


def test_data_survive_kill_9(made):
    server = LocalServer(made)  # with the settings of a real one: a throwaway would lose them
    server.acquire()
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    kill(server)

    after = LocalServer(made)
    after.acquire()

    assert ask(after.url, "SELECT answer FROM kept") == 42
    server.release()
    after.release()


def test_a_server_whose_user_was_killed_is_taken_over(server, server_home):
    server.release()
    script = (
        "import os, signal; from eerstelijn.local.server import LocalServer, THROWAWAY;"
        f"LocalServer({str(server_home)!r}, settings=THROWAWAY).acquire();"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=PROJECT, check=False)

    orphan = LocalServer(server_home)
    postmaster = orphan._postmaster()
    assert postmaster in orphan._processes()
    orphan.acquire()

    assert orphan._postmaster() == postmaster
    orphan.release()
    assert not orphan._processes()


def test_a_copy_of_a_running_server_leaves_the_original_alone(server, server_home):
    duplicate = server_home / "copy"
    duplicate.mkdir()
    copy(server_home, duplicate)
    other = LocalServer(duplicate, settings=THROWAWAY)
    other.acquire()

    assert other._postmaster() != server._postmaster()
    assert ask(other.url, "SHOW data_directory") == str(other.data)

    other.release()
    assert ask(server.url, "SELECT 1") == 1


@pytest.mark.parametrize("content", ["{pid}\n/elsewhere\n", ""], ids=["reused pid", "empty"])
def test_a_lock_file_of_a_dead_server_does_not_stop_the_next(server, server_home, content):
    """After a crash the old process number may belong to another program: here, to this one."""
    server.release()
    for lock in (server.data / "postmaster.pid", server.folder / ".s.PGSQL.5432.lock"):
        lock.write_text(content.format(pid=os.getpid()))
        server.account.own(lock)

    after = LocalServer(server_home)
    after.acquire()

    assert ask(after.url, "SELECT 1") == 1
    after.release()


def test_a_start_that_was_cut_off_is_done_again(server_home):
    half = server_home / "postgres" / "data.nieuw"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15")
    account = Account.for_folder(server_home / "no such folder")
    account.own(half.parent)
    account.own(half)

    server = LocalServer(server_home, settings=THROWAWAY)
    server.acquire()

    assert ask(server.url, "SELECT 1") == 1
    assert not half.exists()
    server.release()


@pytest.mark.parametrize("name", ["d" * 100, "a, 'b'"], ids=["too long", "comma and quote"])
def test_a_path_that_no_socket_can_have_borrows_a_short_one(server_home, made_once, name):
    (server_home / name).mkdir()
    copy(made_once, server_home / name)
    server = LocalServer(server_home / name, settings=THROWAWAY)
    server.acquire()

    borrowed = Path(conninfo_to_dict(server.url)["host"])
    assert ask(server.url, "SELECT 1") == 1
    assert stat.S_IMODE(borrowed.stat().st_mode) == 0o700

    server.release()
    assert not borrowed.exists()


def test_data_of_another_version_are_refused_in_dutch(server_home):
    server = LocalServer(server_home)
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(LocalDatabaseError, match="De gegevens zijn van PostgreSQL 9") as refusal:
        server.acquire()

    assert "EERSTELIJN_PG_BIN" in str(refusal.value)


def test_a_folder_that_cannot_be_used_is_named(server_home):
    (server_home / "postgres").write_text("not a folder")

    with pytest.raises(LocalDatabaseError, match="niet bruikbaar"):
        LocalServer(server_home).acquire()

    (server_home / "postgres").unlink()


def test_a_failed_start_shows_the_end_of_the_log(made):
    with pytest.raises(LocalDatabaseError, match=r"(?s)PostgreSQL start niet.*no_such") as failed:
        LocalServer(made, settings=THROWAWAY | {"no_such_setting": "1"}).acquire()

    assert "server.log" in str(failed.value)


# When it is used


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "postgresql://elsewhere/x"), ("EERSTELIJN_OMGEVING", "productie")],
)
def test_nothing_starts_where_the_environment_names_the_database(monkeypatch, name, value):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(local, "LocalServer", None)

    with local.session():
        assert os.environ.get("DATABASE_URL") == (value if name == "DATABASE_URL" else None)
