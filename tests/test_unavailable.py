"""The database away, slow or locked: each address says so in its own form, soon, and recovers."""

import threading
import time

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.test import Client

from eerstelijn import environment
from eerstelijn.database import patience
from eerstelijn.database.locks import one_at_a_time
from tests.desk import change_url, editor, opened, send
from tests.factories import ConceptVersionFactory

pytestmark = pytest.mark.usefixtures("pages_kept")


@pytest.fixture(autouse=True)
def _no_transaction_around(django_db_setup, django_db_blocker):
    """These tests break connections, and change nothing: there is nothing to take back."""
    with django_db_blocker.unblock():
        connection.close()
        yield
        connection.close()


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def away(monkeypatch, tmp_path):
    """Nobody listens where the database should be."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))
    yield
    connection.close()


PAGES = ["/", "/concepten/", "/concepten/gbo/", "/zoeken/?q=gbo", "/gemeenten/", "/sitemap.xml"]
DATA = ["/concepten.json", "/concepten.csv", "/concepten/gbo.json"]


@pytest.mark.parametrize("url", PAGES)
def test_a_page_says_that_it_is_for_now(visitor, away, url):
    response = visitor.get(url)

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "Onze databank antwoordt niet" in response.content.decode()


@pytest.mark.parametrize("url", DATA)
def test_data_say_it_to_a_program(visitor, away, url):
    response = visitor.get(url)

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Content-Type"].startswith("application/problem+json")
    assert response.json()["status"] == 503


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/over/", 200),
        ("/toegankelijkheid/", 200),
        ("/privacy/", 200),
        ("/robots.txt", 200),
        ("/gezondheid/?levend", 200),
        ("/bestaat-niet/", 404),
        ("/bestaat-niet.json", 404),
    ],
)
def test_what_asks_no_database_stays_as_it_was(visitor, away, url, status):
    visitor.cookies["beheer_sessie"] = "van-een-redacteur"  # who is logged in reads it too

    assert visitor.get(url).status_code == status


def test_the_desk_says_it_too(visitor, away):
    response = visitor.get("/beheer/")

    assert response.status_code == 503
    assert "Het beheer kan dit nu niet tonen" in response.content.decode()


def test_it_is_over_when_the_database_is_back(visitor, tmp_path, monkeypatch):
    with monkeypatch.context() as away:
        connection.close()
        away.setitem(connection.settings_dict, "HOST", str(tmp_path))
        assert visitor.get("/concepten/").status_code == 503

    assert visitor.get("/concepten/").status_code == 200


def test_a_fault_of_ours_is_no_503(visitor, monkeypatch):
    def broken(view, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("concepts.home.HomeView.get_context_data", broken)

    response = visitor.get("/")

    assert response.status_code == 500
    assert "Er ging iets mis bij ons" in response.content.decode()


# By the pool's own time-out


@pytest.fixture
def pool(monkeypatch):
    """Connections from a pool of one, as in production."""
    wrapper = connections["default"]
    connection.close()
    pool = {"max_size": 1, "min_size": 1, "timeout": 0.4}
    pool["connection_class"] = patience.connections(11)
    options = wrapper.settings_dict["OPTIONS"] | {"pool": pool}
    monkeypatch.setitem(wrapper.settings_dict, "OPTIONS", options)
    yield wrapper
    connection.close()
    wrapper.close_pool()


def test_a_pool_that_gets_no_connection_says_so_and_asks_no_more(visitor, pool, away):
    response = visitor.get("/concepten.json")

    assert response.status_code == 503
    assert visitor.get("/gezondheid/").json() == {"status": "databank antwoordt niet"}


def test_a_pool_that_is_exhausted_says_so(visitor, pool):
    taken, done = threading.Event(), threading.Event()

    def hold():
        connection.ensure_connection()
        taken.set()
        done.wait(timeout=20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    taken.wait(timeout=20)
    try:
        assert visitor.get("/concepten/").status_code == 503
        assert visitor.get("/gezondheid/").json() == {"status": "databank antwoordt niet"}
    finally:
        done.set()
        thread.join()
    assert visitor.get("/concepten/").status_code == 200
    assert visitor.get("/gezondheid/").json() == {"status": "ok"}


# A database that says nothing any more


@pytest.fixture
def silent(monkeypatch):
    """A connection to a database that may answer later than the site waits."""
    monkeypatch.setattr(patience, "SOON", 0.1)
    parameters = connection.get_connection_params() | {"autocommit": True}
    with patience.connections(0.2).connect(**parameters) as conn:
        yield conn


def test_a_question_without_an_answer_is_given_up_with_its_connection(silent):
    with silent.cursor() as cursor, pytest.raises(psycopg.OperationalError):
        cursor.execute("SELECT pg_sleep(1)")

    assert silent.closed  # or the answer would be read as that to the next question


def test_the_pool_hears_sooner_that_nobody_is_there(silent, monkeypatch):
    monkeypatch.setattr(type(silent), "limit", None)

    with pytest.raises(psycopg.OperationalError):
        silent.execute("SELECT pg_sleep(1)")  # the pool's own asks nothing: ""

    assert silent.closed


def test_what_the_database_refuses_leaves_the_connection_as_it_is(silent):
    silent.execute("SET statement_timeout = 50")

    with silent.cursor() as cursor, pytest.raises(psycopg.errors.QueryCanceled):
        cursor.execute("SELECT pg_sleep(1)")

    assert not silent.closed


@pytest.mark.parametrize(("seconds", "limit"), [("", 11), ("20", 21), ("0", None)])
def test_an_answer_is_awaited_longer_than_postgresql_takes_to_give_up(monkeypatch, seconds, limit):
    monkeypatch.setenv("EERSTELIJN_VRAAG_SECONDEN", seconds)
    assert environment.answer_limit() is None  # a command, such as a migration

    monkeypatch.setattr(environment, "_is_site", True)
    assert environment.answer_limit() == limit


# A locked table, a slow question


@pytest.fixture
def short_limits(monkeypatch):
    """A process of the site, with limits that a test can wait for."""
    connection.close()
    monkeypatch.setattr(environment, "_is_site", True)
    monkeypatch.setenv("EERSTELIJN_SLOT_SECONDEN", "1")
    database = {"OPTIONS": dict(connection.settings_dict["OPTIONS"])}
    environment.limit_time(database)
    wanted = database["OPTIONS"]["options"]
    assert wanted == "-c statement_timeout=10000 -c lock_timeout=200"
    database["OPTIONS"]["options"] = "-c statement_timeout=2000 -c lock_timeout=100"
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", database["OPTIONS"])
    yield
    connection.close()


@pytest.fixture
def locked():
    """Somebody else holds a table that every list reads, as a migration does."""
    holding, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE concepts_conceptversion, django_migrations")
            holding.set()
            done.wait(timeout=30)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait(timeout=20)
    yield
    done.set()
    thread.join()


def test_a_locked_table_holds_no_reader(visitor, short_limits, locked):
    assert visitor.get("/concepten/").status_code == 503
    assert visitor.get("/concepten.json").status_code == 503
    assert visitor.get("/over/").status_code == 200


def test_a_locked_table_does_not_hold_who_watches(visitor, locked):
    """Without the limits of the site: this question has its own."""
    response = visitor.get("/gezondheid/")

    assert response.status_code == 503
    assert response.json() == {"status": "databank antwoordt niet"}


def test_a_question_without_end_is_ended(visitor, short_limits, monkeypatch):
    def slow(view, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(30)")

    monkeypatch.setattr("concepts.home.HomeView.get_context_data", slow)
    begun = time.monotonic()

    assert visitor.get("/").status_code == 503
    assert time.monotonic() - begun < 25  # seconds; not a measurement: it did not wait for the end


@pytest.mark.django_db(transaction=True)
def test_a_save_that_waits_for_a_lock_is_told(visitor, short_limits):
    version = ConceptVersionFactory()
    visitor.force_login(editor("eindredacteur"))
    fields = opened(visitor, change_url(version))
    holding, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            one_at_a_time()
            holding.set()
            done.wait(timeout=30)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait(timeout=20)
    try:
        response = send(visitor, change_url(version), fields, summary="Zoals het wordt.")
    finally:
        done.set()
        thread.join()

    assert response.status_code == 200
    assert "Iemand anders is nog aan het bewaren" in response.content.decode()
    assert "Zoals het wordt." in response.content.decode()


# A server that only serves readers


@pytest.fixture
def standby(monkeypatch, settings):
    settings.DESK_ADDRESS = "https://beheer.example.be/beheer/"
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    told = options | {"options": "-c default_transaction_read_only=on"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", told)
    yield
    connection.close()


@pytest.mark.parametrize(
    "url", ["/beheer/", "/beheer/login/", "/beheer/concepts/concept/1/change/"]
)
def test_a_standby_says_where_the_desk_is(visitor, standby, url):
    visitor.cookies["beheer_sessie"] = "van-een-redacteur"

    response = visitor.get(url)

    assert response.status_code == 200
    assert 'href="https://beheer.example.be/beheer/"' in response.content.decode()
    assert not response.cookies


def test_a_standby_serves_readers(visitor, standby):
    assert visitor.get("/concepten/").status_code == 200
    assert visitor.get("/gezondheid/").json() == {"status": "alleen-lezen"}


def test_a_setting_says_it_without_asking_the_database(visitor, away, settings):
    settings.READ_ONLY = True

    response = visitor.get("/beheer/")

    assert response.status_code == 200
    assert "Het beheer staat ergens anders" in response.content.decode()


def test_what_was_sent_to_a_standby_is_kept(visitor, standby):
    response = visitor.post("/beheer/concepts/concept/1/change/", {"summary": "Mijn tekst."})

    assert response.status_code == 503
    assert 'name="summary" value="Mijn tekst."' in response.content.decode()
