"""The whole site in a browser, and as Django's test client reads it: all content, only read.

The content stands in a database of its own with three things added: an editor, a draft and a
concept that was withdrawn. One server and two windows serve all tests. A test that logs in, or
asks what is left behind, has a `new_window`.
"""

import gzip
import secrets

import pytest
from django.conf import settings
from django.test import Client, override_settings
from pytest_django.live_server_helper import LiveServer

from concepts.models import Concept, Status
from concepts.publishing import publish, working_copy
from tests import databases
from tests.browser.finder import Finder
from tests.browser.kinds import DRAFT, EDITOR, WITHDRAWN
from tests.browser.window import Window
from tests.desk import editor
from tests.factories import ConceptVersionFactory, version_with_status


@pytest.fixture(scope="package", autouse=True)
def database(whole_content, django_db_blocker):
    """The name of the database that these tests, and the server, work on."""
    with (
        databases.copy(whole_content, f"{whole_content}_site", django_db_blocker) as name,
        databases.working_on(name, django_db_blocker),
        databases.same_rows(),
    ):
        with django_db_blocker.unblock():
            publish(working_copy(Concept.objects.get(slug="gbo")))
            ConceptVersionFactory(concept__slug=DRAFT, name="Een kladversie")
            version_with_status(
                Status.ARCHIVED, concept__slug=WITHDRAWN, name="Een weggehaald concept"
            )
        yield name


@pytest.fixture(scope="package")
def password():
    return secrets.token_urlsafe()


@pytest.fixture(scope="package")
def session(database, password, django_db_blocker):
    """The session cookie of the editor, an eindredacteur, who has logged in."""
    client = Client()
    with django_db_blocker.unblock():
        client.force_login(editor("eindredacteur", username=EDITOR, password=password))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


@pytest.fixture(scope="package")
def server(database, django_db_blocker):
    """The address of the site as a browser reaches it."""
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
        with server._live_server_modified_settings, databases.connections_stay():
            yield server.url
            server.stop()


# Many tests look at the same kinds of page, each at something else: a page is made once for them.


@pytest.fixture(scope="package", autouse=True)
def _pages_are_kept():
    """As on a site, so that they go out here as they do there."""
    with override_settings(PAGES_ARE_KEPT=True):
        yield


class AsABrowser(Client):
    """Django's test client, but it takes pages compressed: it gets those that a window got."""

    def __init__(self):
        super().__init__(headers={"Accept-Encoding": "gzip"})

    def request(self, **request):
        response = super().request(**request)
        if response.get("Content-Encoding") == "gzip":
            del response["Content-Encoding"]
            response.content = gzip.decompress(response.content)
        return response


@pytest.fixture
def client():
    return AsABrowser()


@pytest.fixture
def desk(client, session):
    """The client with the eindredacteur logged in."""
    client.cookies[session["name"]] = session["value"]
    return client


# Windows of the browser


@pytest.fixture(scope="package")
def windows(browser, browser_context_args, server):
    """Windows that stay open, with and without the script: a new one costs more than its test.

    The site keeps nothing in a browser (test_privacy.py), so a page that is opened in it is fresh.
    """
    contexts, kept = [], {}

    def windows(script=True):
        if script not in kept:
            contexts.append(browser.new_context(**browser_context_args, java_script_enabled=script))
            kept[script] = Window(contexts[-1].new_page(), server)
        window = kept[script]
        window.complaints.clear()
        window.page.emulate_media(media="null")
        return window

    yield windows
    for context in contexts:
        context.close()


@pytest.fixture
def window(windows):
    """The window that all tests share which only look at a page: wide, light, with its script."""
    window = windows()
    window.resize(1280)
    return window


@pytest.fixture
def visit(windows):
    """Open a page in a window: `visit("/concepten/", width=390, java_script_enabled=False)`."""
    used = []

    def visit(path, *, width=1280, java_script_enabled=True):
        used.append(windows(java_script_enabled))
        used[-1].resize(width)
        used[-1].open(path)
        return used[-1]

    yield visit
    for window in used:
        assert window.complaints == []


@pytest.fixture
def finder(visit):
    def finder(path="/concepten/", script=True, **options):
        return Finder(visit(path, java_script_enabled=script, **options))

    return finder


@pytest.fixture
def new_window(new_context, server):
    """A window of its own, in which nobody looked before."""
    opened = []

    def new_window(path, cookie=None):
        context = new_context(viewport={"width": 1280, "height": 900})
        if cookie:
            context.add_cookies([cookie | {"url": server}])
        opened.append(Window(context.new_page(), server))
        opened[-1].open(path)
        return opened[-1]

    yield new_window
    for window in opened:
        assert window.complaints == []
