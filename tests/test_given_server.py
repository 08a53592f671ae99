"""A server that the environment names for the tests: what it lacks is said before they start."""

from django.db import connection
from psycopg.conninfo import make_conninfo

from eerstelijn.local.testdb import unfit


def address(**changed):
    """That of the server on which the tests run now."""
    settings = connection.settings_dict
    parts = {"host": settings["HOST"], "port": settings["PORT"], "dbname": "postgres"}
    parts |= {"user": settings["USER"], "password": settings["PASSWORD"]}
    return make_conninfo(**{name: value for name, value in (parts | changed).items() if value})


def test_the_server_of_these_tests_is_fit():
    assert unfit(address()) == ""


def test_a_role_that_may_make_no_database_is_told_what_to_allow(db):
    """A role of the server itself: whoever runs the tests need not be allowed to make one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role('pg_read_all_stats', 'MEMBER')")
        if not cursor.fetchone()[0]:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False,)
            return

    said = unfit(address(options="-c role=pg_read_all_stats"))

    assert 'ALTER ROLE "pg_read_all_stats" CREATEDB;' in said
    assert "laat DATABASE_URL weg" in said


def test_a_server_that_is_not_there_is_told_without_the_password():
    said = unfit("postgresql://iemand:een-geheim@127.0.0.1:1/niets")

    assert "niet te bereiken" in said
    assert "een-geheim" not in said
