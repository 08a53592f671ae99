"""A backup of all content, restored in a new database, is what it was: tables, rules and rows."""

import os
import re
import subprocess

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from eerstelijn.local.binaries import Account, find

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(whole_content, django_db_blocker):
    """A program of the server's own version, told how to reach a database."""
    with django_db_blocker.unblock():
        major = connection.pg_version // 10_000
    programs = find(Account(), major)
    given = connection.settings_dict
    place = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"]}
    secret = {"PGPASSWORD": given["PASSWORD"]} if given["PASSWORD"] else {}

    def run(program, database, *arguments):
        address = make_conninfo(dbname=database, **{k: v for k, v in place.items() if v})
        done = subprocess.run(
            [programs / program, "--dbname", address, *arguments],
            env=os.environ | secret,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def new_database(whole_content, django_db_blocker):
    name = f"{whole_content}_terug"
    quoted = connection.ops.quote_name(name)
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
        yield name
        cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


def rows(dump):
    """What a dump holds, in any order; it opens and closes with a word of chance."""
    lines = dump.splitlines()
    return sorted(line for line in lines if not line.startswith(("\\restrict", "\\unrestrict")))


def made(dump):
    """What a dump makes, by name: PostgreSQL writes a condition that it read back otherwise."""
    return re.findall(r"^ *(?:CREATE|ADD CONSTRAINT)(?: [A-Z]+)* [\w.\"]+", dump, re.MULTILINE)


def test_a_restored_backup_is_what_it_was(run, whole_content, new_database, tmp_path):
    backup = tmp_path / "kopie.dump"
    run("pg_dump", whole_content, "--format=custom", "--file", str(backup))

    run("pg_restore", new_database, "--no-owner", "--exit-on-error", str(backup))

    before, after = (run("pg_dump", name) for name in (whole_content, new_database))
    assert made(after) == made(before)
    assert len(made(after)) > 500
    before, after = (run("pg_dump", name, "--data-only") for name in (whole_content, new_database))
    assert rows(after) == rows(before)
    assert len(rows(after)) > 10_000
