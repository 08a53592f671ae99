"""What every answer carries, and what no request can bring about."""

import re

import pytest
from django.http import HttpResponse

from eerstelijn.middleware import CONTENT_SECURITY_POLICY, SecurityHeadersMiddleware
from tests.desk import editor

pytestmark = pytest.mark.usefixtures("pages_kept")

PAGES = {
    "/gezondheid/": 200,
    "/bestaat-niet/": 404,
    "/beheer/": 302,
    "/beheer/login/": 302,
    "/beheer/account/login/": 200,
    "/?q=%00": 400,
}


@pytest.fixture
def policy():
    """The policy as a browser reads it: directive to sources."""
    directives = (line.split() for line in CONTENT_SECURITY_POLICY.split(";"))
    return {name: sources for name, *sources in directives}


def test_the_policy_allows_our_own_files_and_nothing_else(policy):
    assert policy["default-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    others = {name for name, sources in policy.items() if sources == ["'self'"]}
    assert others == {
        *("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"),
    }
    assert len(policy) == len(others) + 3


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), PAGES.items())
def test_every_answer_carries_the_headers(client, path, status):
    response = client.get(path)

    assert response.status_code == status
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


def test_only_the_error_pages_of_a_developer_go_without_policy(rf, settings):
    def answer(status):
        middleware = SecurityHeadersMiddleware(lambda request: HttpResponse(status=status))
        return middleware(rf.get("/"))

    settings.DEBUG = True
    assert "Content-Security-Policy" not in answer(500)
    assert "Content-Security-Policy" in answer(200)

    settings.DEBUG = False
    assert "Content-Security-Policy" in answer(500)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/beheer/", "/beheer/auth/user/", "/beheer/auth/user/add/", "/beheer/auth/group/add/"]
)
def test_the_desk_of_the_editors_has_nothing_inline(client, path):
    client.force_login(editor(is_superuser=True))

    page = client.get(path).content.decode()

    assert "<html" in page
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    scripts = re.findall(r"<script([^>]*)>", page)
    # A script without src may only hold data.
    assert all("src=" in script or "application/json" in script for script in scripts)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith("/beheer/")])
def test_who_only_reads_gets_no_cookie(client, path):
    assert not client.get(path).cookies


UNREADABLE = [
    "/%00",
    "/concepten/%00/",
    "/?q=%00",
    "/?q=a%00b",
    "/?q=%ff",
    "/?%ff=1",
    "/?q=%ED%A0%80",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", UNREADABLE)
def test_an_address_that_is_no_text_is_refused_in_dutch(client, path):
    response = client.get(path)

    assert response.status_code == 400
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="nl' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/concepten.json?q=%00", "/concepten.csv?q=%ff"])
def test_a_program_gets_its_refusal_as_data(client, path):
    response = client.get(path)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json; charset=utf-8"
    assert response.json()["status"] == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bestaat-niet/", 404),
        ("/bestaat-niet.json", 404),
        ("/concepten/?q=%00", 400),
        ("/concepten.json?q=%00", 400),
        ("/concepten.csv?a=b", 400),
        ("/static/bestaat-niet.css", 404),
    ],
)
def test_no_cache_keeps_what_went_wrong(client, path, status):
    response = client.get(path)

    assert response.status_code == status
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/over/", "/concepten.json", "/bestaat-niet/"])
def test_a_reader_gets_no_cookie_whatever_they_bring(client, path):
    client.cookies.load({"beheer_formulier": "kapot", "beheer_sessie": "kapot", "messages": "x"})

    assert not client.get(path).cookies


@pytest.mark.django_db
def test_broken_bytes_in_the_path_lead_nowhere(client):
    """A server passes them on as they came; Django's client would quote them."""
    response = client.get("/", PATH_INFO="/\xff\xfe/")

    assert response.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/?q=%C3%AB", "/?q=a+b%26c", "/?q=%2500", "/%2500/", "/zo%C3%ABven/", "/?q=%F0%9F%8C%B3"],
)
def test_text_of_any_kind_is_let_through(client, path):
    assert client.get(path).status_code in (200, 404)


@pytest.mark.django_db
def test_a_nul_in_a_form_is_a_message_and_no_error(client):
    response = client.post("/beheer/account/login/", {"login": "a\x00b", "password": "\x00"})

    assert response.status_code == 200


@pytest.mark.django_db
def test_another_host_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
