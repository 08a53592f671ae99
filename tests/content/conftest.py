"""The whole content of fixtures/, loaded once for all tests of this folder.

It stands in a database of its own, a copy of the test database, so that no other test sees it and
these tests use `django_db` like any other: what one of them changes is rolled back after it.
"""

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection

from concepts import fixtures


@pytest.fixture(scope="package", autouse=True)
def content_database(django_db_setup, django_db_blocker):
    """The database that the tests of this folder run on."""
    with _copy_of_the_test_database(django_db_blocker):
        with django_db_blocker.unblock():
            call_command("laad_gegevens", verbosity=0)
        yield


@contextmanager
def _copy_of_the_test_database(blocker):
    name, creation = connection.settings_dict["NAME"], connection.creation
    copy = creation.get_test_db_clone_settings("inhoud")["NAME"]
    with blocker.unblock():
        connection.close()  # PostgreSQL copies no database that is in use
        creation.clone_test_db("inhoud", verbosity=0)
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        with blocker.unblock():
            connection.close()
            connection.settings_dict["NAME"] = name
            creation.destroy_test_db(suffix="inhoud", verbosity=0)


@pytest.fixture
def _no_index_of_another_test():
    """Keep the search index from test to test: here they all search the same content."""


@pytest.fixture
def empty(db):
    """Empty the database of all content; a test may do so more than once."""

    def empty():
        tables = (connection.ops.quote_name(model._meta.db_table) for model in fixtures.models())
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a load left to be checked
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        assert fixtures.is_empty()

    return empty
