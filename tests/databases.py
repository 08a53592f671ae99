"""Copies of a database, for tests that need more than a transaction of their own."""

from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from concepts import sources_as_of
from eerstelijn.kept import forget_all


@contextmanager
def copy(source, name, blocker):
    """A database with all that another holds; gone afterwards."""
    quote = connection.ops.quote_name
    with blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)")
            _disconnect(cursor, source)
            cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(source)}")
    try:
        yield name
    finally:
        with blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quote(name)} WITH (FORCE)")


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
    sources_as_of.forget()
    ContentType.objects.clear_cache()
