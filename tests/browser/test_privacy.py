"""Nobody is followed: no cookie, nothing from elsewhere, and a policy that holds the browser to it.

test_crawl.py asks the same of every address of the content; here stand the pages that it does not
meet, the errors and the desk, and what a browser really does.
"""

import pytest
from django.conf import settings

from eerstelijn.middleware import CONTENT_SECURITY_POLICY
from tests.browser.kinds import DESK, PUBLIC
from tests.browser.reading import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", PUBLIC.values(), ids=PUBLIC)
def test_a_public_page(client, kind):
    response = client.get(kind.path)

    assert response.status_code == kind.status
    assert not response.cookies
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response["Referrer-Policy"] == "same-origin"
    page = Page(f"http://testserver{kind.path}", kind.status, response.content.decode())
    assert page.inline == []
    assert {url for url in page.files if not url.startswith("http://testserver/static/")} == set()


@pytest.mark.parametrize("path", ["/beheer/account/login/", *(kind.path for kind in DESK.values())])
def test_a_page_of_the_desk(desk, path):
    if "login" in path:
        desk.cookies.clear()

    response = desk.get(path)

    assert response.status_code == 200
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert Page(path, 200, response.content.decode()).inline == []


@pytest.mark.parametrize(
    "path", ["/concepten.json", "/concepten.csv", "/concepten/gbo.json", "/sitemap.xml"]
)
def test_data(client, path):
    response = client.get(path)

    assert response.status_code == 200
    assert not response.cookies
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_a_visit_leaves_nothing_behind(new_window):
    """From the home page through a filter and a search to a concept, and an error on the way."""
    window = new_window("/")
    for path in ("/concepten/?partner=caw", "/zoeken/?q=GBO", "/concepten/gbo/", "/weg/"):
        window.open(path)

    assert window.page.context.cookies() == []
    assert window.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert window.complaints == []


def test_only_the_session_of_an_editor_and_the_guard_of_forms_are_kept(new_window, session):
    window = new_window("/beheer/account/login/", cookie=session)

    names = {cookie["name"] for cookie in window.page.context.cookies()}

    assert names <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
