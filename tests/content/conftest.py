"""These tests look at the whole content of fixtures/, in a database of its own.

They use `django_db` like any other: what one of them changes is rolled back after it.
"""

import pytest
from django.db import connection

from concepts import fixtures
from tests import databases


@pytest.fixture(scope="package", autouse=True)
def content_database(whole_content, django_db_blocker):
    """The database that the tests of this folder run on."""
    with databases.working_on(whole_content, django_db_blocker), databases.same_rows():
        yield


@pytest.fixture
def only_reads(db):
    """This test changes nothing: the database holds it to that."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")


@pytest.fixture
def empty(db):
    """Empty the database of all content; a test may do so more than once."""

    def empty():
        databases.empty_with_what_refers(model._meta.db_table for model in fixtures.models())
        assert fixtures.is_empty()

    return empty
