"""Two clusters on this machine: a primary, and a streaming standby that copies it as it happens.

Made by the programs of the same PostgreSQL that serves `make demo`. The standby confirms each
commit after it can be read there (`remote_apply`), so that a commit of which somebody was told
stands on both.
"""

import os
import shutil
import signal
import time
from contextlib import contextmanager, suppress

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from eerstelijn.local.binaries import find
from eerstelijn.local.server import THROWAWAY, LocalServer
from eerstelijn.local.testdb import new_home

#: The disk is spared as in other tests, but what happens is written down for the other to read.
REPLICATED = THROWAWAY | {
    "wal_level": "replica",
    "max_wal_senders": "4",
    "synchronous_commit": "remote_apply",
}
PATIENCE = 30  # seconds


@contextmanager
def primary(settings=REPLICATED):
    """A running server that others can copy; its folder goes with it."""
    with _server(new_home("eerstelijn-primary-"), settings) as server:
        server.acquire()
        try:
            yield server
        finally:
            server.release()


@contextmanager
def standby_of(source):
    """A running standby of a server: it takes no changes until it is promoted."""
    with _server(new_home("eerstelijn-standby-"), REPLICATED) as server:
        server._make_folders()
        with psycopg.connect(source.url) as connection:
            major = connection.info.server_version // 10_000
        address = {**conninfo_to_dict(source.url), "application_name": "standby"}
        address.pop("dbname")
        made = server.account.run(
            *(find(server.account, major) / "pg_basebackup", "--pgdata", server.data),
            *("--write-recovery-conf", "--checkpoint=fast", "--no-sync"),
            *("--dbname", make_conninfo(**address)),
        )
        if made.returncode:
            raise RuntimeError(f"pg_basebackup: {made.stdout}")
        shutil.copyfile(source.password, server.password)
        server.account.own(server.password)
        server.acquire()
        try:
            yield server
        finally:
            server.release()


@contextmanager
def _server(home, settings):
    try:
        yield LocalServer(home, settings=settings)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def wait_for_standby(source):
    """From here on a commit of the source waits until its standby shows it."""
    with psycopg.connect(source.url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        connection.execute("SELECT pg_reload_conf()")
        _until(
            connection,
            "SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync')",
        )


def promote(server):
    """Make a standby the primary; it takes changes when this returns."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("SELECT pg_promote(wait => true, wait_seconds => 30)")
        _until(connection, "SELECT NOT pg_is_in_recovery()")


def _until(connection, question):
    deadline = time.monotonic() + PATIENCE
    while not connection.execute(question).fetchone()[0]:
        if time.monotonic() > deadline:
            raise TimeoutError(question)
        time.sleep(0.05)


def kill(server):
    """What pulling the plug does: all its processes at once, in the middle of whatever they do."""
    while processes := server._processes():
        for number in processes:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        time.sleep(0.02)


def both(first, second, wanted):
    """The address of two servers, as DATABASE_URL takes it: the first that is as wanted."""
    addresses = [conninfo_to_dict(server.url) for server in (first, second)]
    parts = {name: ",".join(each[name] for each in addresses) for name in ("host", "port")}
    return make_conninfo(**{**addresses[0], **parts}, target_session_attrs=wanted)
