"""Databases beside that of a process: made once for all of them, or copied for a few tests."""

import os
from contextlib import contextmanager
from copy import deepcopy
from zlib import crc32

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction

from concepts.rights import ensure_groups
from eerstelijn import environment
from eerstelijn.kept import forget_all


@contextmanager
def shared(source, what, blocker, fill):
    """A copy that the processes of a run share: the first one fills it, the last one drops it.

    To be copied from only. A lock of the server tells who is first and last, so that what a killed
    run left behind is not taken for ours.
    """
    given = environment.database(os.environ["DATABASE_URL"])["NAME"]  # before each got its own
    name = f"test_{given}_gedeeld_{what}"
    key = crc32(name.encode())
    with _server(blocker) as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        if is_first := cursor.fetchone()[0]:
            _copy(cursor, source, name)
            with working_on(name, blocker), blocker.unblock():
                fill()
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [key])
        if is_first:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
        yield name
        cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [key])
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        if cursor.fetchone()[0]:
            _drop(cursor, name)


@contextmanager
def copy(source, name, blocker):
    """A database with all that another holds; gone afterwards."""
    with _server(blocker) as cursor:
        _copy(cursor, source, name)
    try:
        yield name
    finally:
        with _server(blocker) as cursor:
            _drop(cursor, name)


#: One for each `same_rows` that we are in.
looking_at_the_same = []


@contextmanager
def same_rows():
    """In here all tests look at the same rows, so that what the process keeps of them holds.

    What a test writes has a stamp of its own, and goes with it.
    """
    forget_all()
    looking_at_the_same.append(True)
    try:
        yield
    finally:
        looking_at_the_same.pop()
        forget_all()


@contextmanager
def made_once(blocker, make):
    """What `make` makes, for all tests of a module; what one of them changes is undone after it.

    In a transaction around theirs, so that it costs nothing to have them back. A test asks for a
    copy of what was returned, as `made()`: what it does to that is seen by no other. Not for a test
    that commits, or that asks from another thread.
    """
    with blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        made = make()
    try:
        with same_rows():
            yield lambda: deepcopy(made)
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


def let_go(name, blocker):
    """End what still holds a database that is to go, such as a thread of a live server."""
    with _server(blocker) as cursor:
        _disconnect(cursor, name)


#: As on a site (settings.py): a connection stays, and one that broke is replaced.
STAYING = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


@contextmanager
def connections_stay():
    """In here a thread of a live server keeps its connection from request to request.

    A new one costs PostgreSQL more than what a page asks of it. Whoever copies, leaves or drops a
    database ends those that it has; the next request of the thread then gets one that works.
    """
    settings = connection.settings_dict
    before = {name: settings[name] for name in STAYING}
    settings.update(STAYING)
    try:
        yield
    finally:
        settings.update(before)


@contextmanager
def _server(blocker):
    with blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            yield cursor


def _copy(cursor, source, name):
    quote = connection.ops.quote_name
    _drop(cursor, name)
    _disconnect(cursor, source)
    # Files are copied as they are: written row by row to the log, it takes a few times as long.
    cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(source)} STRATEGY = FILE_COPY")


def _drop(cursor, name):
    cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")


def _disconnect(cursor, name):
    """PostgreSQL copies no database that is in use: a thread of a live server may linger there."""
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
    )


@contextmanager
def working_on(name, blocker):
    """Whoever asks the database asks this one, in every thread."""
    settings = connection.settings_dict
    before = settings["NAME"]
    with blocker.unblock():
        connection.close()
    settings["NAME"] = name
    _forget_the_other()
    try:
        yield
    finally:
        with blocker.unblock():
            connection.close()
        settings["NAME"] = before
        _forget_the_other()


def _forget_the_other():
    """What a process keeps of one database says nothing of another: index, content types."""
    forget_all()
    ContentType.objects.clear_cache()


# After a test that commits. Django empties all tables and makes the rights anew, which takes longer
# than many of these tests; what every installation has from the start may just as well stay.

STANDING = ("auth_group", "auth_group_permissions", "auth_permission", "django_content_type")
AS_IT_STANDS = " UNION ALL ".join(
    f"SELECT t::text FROM {table} t"  # noqa: S608 -- names that stand here
    for table in STANDING
)


def standing():
    """The rights and the groups that have them, row by row."""
    with connection.cursor() as cursor:
        cursor.execute(AS_IT_STANDS)
        return sorted(cursor.fetchall())


def empty_but_for(before):
    """Empty every table but those of `before`, which is what stood; made anew if that changed.

    Tests leave few rows: to delete them takes milliseconds, where TRUNCATE makes hundreds of files.
    No trigger and no foreign key is asked, as with TRUNCATE, which is for the owner of a server.
    """
    with connection.cursor() as cursor:
        if not _owns_the_server(cursor) or standing() != before:
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
            ensure_groups()
            return
        tables = connection.introspection.django_table_names(
            only_existing=True, include_views=False
        )
        with transaction.atomic():
            _delete_all(cursor, {*tables} - {*STANDING})


#: A table, and whatever refers to what is in it.
REACHED = """
    WITH RECURSIVE reached AS (
        SELECT oid FROM pg_class WHERE oid = ANY (%s::regclass[])
        UNION
        SELECT conrelid FROM pg_constraint JOIN reached ON confrelid = reached.oid
        WHERE contype = 'f'
    )
    SELECT oid::regclass::text FROM reached
"""


def empty_with_what_refers(tables):
    """What `TRUNCATE ... CASCADE` does, without the hundreds of files that it makes."""
    quoted = [connection.ops.quote_name(table) for table in tables]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a load left to be checked
        if not _owns_the_server(cursor):
            cursor.execute(f"TRUNCATE {', '.join(quoted)} CASCADE")
            return
        cursor.execute(REACHED, [quoted])
        _delete_all(cursor, {name for (name,) in cursor.fetchall()})


def _owns_the_server(cursor):
    cursor.execute("SHOW is_superuser")
    return cursor.fetchone() == ("on",)


def _delete_all(cursor, tables):
    names = map(connection.ops.quote_name, sorted(tables))
    cursor.execute("SET LOCAL session_replication_role = replica")
    cursor.execute("; ".join(f"DELETE FROM {name}" for name in names))  # noqa: S608 -- ours
    cursor.execute("INSERT INTO content_stamp DEFAULT VALUES")  # as its trigger does
    cursor.execute("SET LOCAL session_replication_role = origin")


def keep_history(is_kept):
    """Whether the database of the tests keeps who did what: most tests write and do not ask."""
    verb = "ENABLE" if is_kept else "DISABLE"
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgname LIKE 'pgtrigger_kept_%'"
        )
        commands = [
            f"ALTER TABLE {quoted(table)} {verb} TRIGGER {quoted(name)}"
            for table, name in cursor.fetchall()
        ]
        assert commands
        cursor.execute(";".join(commands))
