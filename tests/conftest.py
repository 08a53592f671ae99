"""What all tests share; the database server comes from eerstelijn/local/testdb.py."""

import gc
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as of_hypothesis
from playwright.sync_api import expect

from concepts.rights import ensure_groups
from eerstelijn.kept import forget_all
from eerstelijn.local.server import LocalServer
from eerstelijn.local.testdb import new_home
from eerstelijn.paper import press
from tests import chromium, databases
from tests.desk import open_desk

# Playwright's own event loop runs in the thread of the tests, and Django would refuse the
# database there; our tests use it from that one thread only.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


#: The same examples in every run, however slow the machine is while it makes them.
WHATEVER_THE_CLOCK_SAYS = of_hypothesis(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def pytest_configure():
    """What a password costs is Django's own affair; one test (test_demo.py) asks what it asks."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Only what goes wrong waits so long: a page is slow on a machine that does other work too.
    expect.set_options(timeout=15_000)
    # A PDF is made one at a time on a machine: another process of the tests may have its turn.
    press.PATIENCE = 60.0
    of_hypothesis.register_profile("eerstelijn", WHATEVER_THE_CLOCK_SAYS)
    of_hypothesis.load_profile("eerstelijn")
    # What `transaction=True` of pytest-django rests on: there is no setting for it.
    TransactionTestCase._fixture_setup = classmethod(_note_what_stands)
    TransactionTestCase._fixture_teardown = _empty_what_was_written


def _note_what_stands(case):
    case.standing = databases.standing()


def _empty_what_was_written(case):
    databases.empty_but_for(case.standing)


def pytest_collection_finish():
    """What was collected stays until the end: let the garbage collector not look for it ever again.

    A request makes and forgets thousands of small things, so that it looks all the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


#: The files that take longest, as they are to start where several processes share the work. A long
#: one that starts last would keep one process busy while the others wait. The second and third need
#: no database, and run while the first makes the one that all others copy.
LONGEST = """
    browser/test_crawl test_localdb test_settings test_demo
    browser/test_accessibility test_admin_browser test_admin_keeping test_hostile_content
    browser/test_behaviour browser/test_keyboard browser/test_phone
    test_query_counts test_query_counts_records test_counts content/test_desk test_coverage
    test_preview content/test_tables content/test_contract test_day test_admin_typed
    test_search test_search_ranking test_search_words test_search_keeping_up test_search_lists
    test_search_everything test_versions content/test_fixtures content/test_search
    test_reading_along test_kept_pages test_kept_pages_changing
    test_area_import test_area_import_refused test_area_import_as_published
    test_bad_input content/test_municipalities content/test_supplement
    test_reviewing test_reviewing_desk test_queues test_queue_elsewhere test_queue_reviewing
    test_supplement test_kinds test_leaks browser/test_fonts
    content/test_contract_answers test_admin_errors test_floods test_methods test_supplement_sources
    test_login_browser test_admin_areas test_standing test_municipalities test_admin
    content/test_cases test_listing test_listing_addresses test_locks
    test_publishing test_publishing_missing test_working_copy
""".split()
RANKS = {Path(__file__).parent / f"{name}.py": rank for rank, name in enumerate(LONGEST)}


def pytest_collection_modifyitems(config, items):
    """The longest first, in a process among others; one process by itself keeps packages whole."""
    if gone := [str(path) for path in RANKS if not path.is_file()]:
        raise pytest.UsageError(f"LONGEST in {__file__} names what is not there: {gone}")
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: RANKS.get(item.path, len(RANKS)))


# The browser: the system's Chromium, in Dutch, without the network.


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    executable = chromium.find()
    if executable is None:
        pytest.fail("Chromium is missing: run `make chromium`", pytrace=False)
    return browser_type_launch_args | {
        "executable_path": executable,
        "args": chromium.launch_arguments(),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "nl-BE", "timezone_id": "Europe/Brussels"}


@pytest.fixture(scope="module")
def open_window(browser, browser_context_args, live_server):
    """The window in which the tests of a file are at the desk."""
    with open_desk(browser, browser_context_args, live_server) as page:
        yield page


# A process keeps what it read as of a stamp. Every test starts anew, but where all look at the same
# rows: there the stamp is the same for who changes nothing, and another for who does. Code has no
# stamp, nor has a setting: who changes those starts anew, and leaves nothing.


@pytest.fixture(autouse=True)
def _keep_nothing_of_another_test(request):
    is_shared = databases.looking_at_the_same and not _changes_code(request.node)
    if not is_shared:
        _forget()
    yield
    if not is_shared:
        _forget()


def _changes_code(test):
    """Whether a test, or a fixture of ours that it has, asks to change code; a test, a setting.

    Not whether it has `monkeypatch`: every test does, for a fixture of pytest-django (4.14).
    """
    known = test._fixtureinfo
    fixtures = [each for several in known.name2fixturedefs.values() for each in several]
    ours = [each for each in fixtures if each.func.__module__.startswith(f"{__package__}.")]
    asked = {*known.initialnames}.union(*(each.argnames for each in ours))
    return "monkeypatch" in asked or "settings" in known.initialnames


def _forget():
    forget_all()
    caches["pages"].clear()


@pytest.fixture
def nothing_kept():
    """For a test of the same rows as others that looks into what makes a page.

    What is kept of another, the page or its body, has no context.
    """
    _forget()


@pytest.fixture
def pages_kept(settings):
    """Pages are kept, as on a site; without this each is made anew, and has its context.

    For tests that read a page, change something and read it again: a write that is missed shows.
    """
    settings.PAGES_ARE_KEPT = True


@pytest.fixture
def pages_made_anew(settings):
    """For one test among those: it counts what it takes to make a page."""
    settings.PAGES_ARE_KEPT = False


# Making the tables takes seconds, and so does loading the content: of the processes that run the
# tests one does it, and each works on a copy.


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, worker_id, django_db_blocker):
    """The database of a process among others is a copy of one that has its tables already."""
    if worker_id == "master":
        yield
        return
    with databases.shared(
        "template1", "tabellen", django_db_blocker, lambda: call_command("migrate", verbosity=0)
    ) as name:
        connection.settings_dict["TEST"]["TEMPLATE"] = name
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """With the groups of editors, as in every installation: hundreds of tests have an editor."""
    with django_db_blocker.unblock():
        ensure_groups()
        databases.keep_history(False)
    yield
    databases.let_go(connection.settings_dict["NAME"], django_db_blocker)


@pytest.fixture
def history(db):
    """The database keeps who did what, as it does outside the tests that do not ask."""
    databases.keep_history(True)
    yield
    if not connection.in_atomic_block:  # else it goes with the transaction
        databases.keep_history(False)


@pytest.fixture(scope="session")
def whole_content(django_db_setup, django_db_blocker):
    """The name of a database with all of fixtures/: work on it in transactions, or on a copy.

    Tests that make their own records do not see it.
    """
    empty = connection.settings_dict["NAME"]
    with (
        databases.shared(
            empty, "inhoud", django_db_blocker, lambda: call_command("laad_gegevens", verbosity=0)
        ) as loaded,
        databases.copy(loaded, f"{empty}_inhoud", django_db_blocker) as name,
    ):
        yield name


# Servers of their own, for the tests of what starts and stops them.


@pytest.fixture
def server_home():
    """A folder for a local server; whatever happens, the server is stopped and the folder gone."""
    folder = new_home("eerstelijn-own-")
    yield folder
    LocalServer(folder).stop_when_unused()
    shutil.rmtree(folder)
