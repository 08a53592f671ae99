"""The pages of what went wrong: for any request at all, and while the database is away."""

from html.parser import HTMLParser

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from eerstelijn.login.views import too_many
from eerstelijn.pages import errors
from tests.desk import editor

pytestmark = pytest.mark.usefixtures("pages_kept")

#: What a browser or a program may bring along; the session leads to the database.
COOKIES = {"beheer_sessie": "a" * 32, "beheer_formulier": "b" * 32, "messages": "c\x01:kapot"}
#: More parameters than Django reads (1,000).
MANY = "&".join(f"a{number}=x" for number in range(1_500))

QUERIES = {
    "none": "",
    "many parameters": MANY,
    "many parameters and a page": f"pagina=2&{MANY}",
    "a page": "pagina=2",
    "a page of markup": "pagina=2&%22%3E%3Cscript%3E=%22%3E%3Cscript%3E",
    "half escaped": "pagina=%zz&q=100%",
    "long": f"q={'a' * 200_000}",
    "no pairs": "&&&=&=;;&",
}
PATHS = {
    "plain": "/bestaat-niet/",
    "long": f"/{'a' * 200_000}/",
    "deep": f"{'/a' * 20_000}/",
    "two slashes": "////example.org/",
    "backslash": "/%5C%5Cexample.org/",
    "markup": "/%22%3E%3Cscript%3Ealert(1)%3C/script%3E/",
    "broken UTF-8": "/%FF%C3%28/",
    "right to left": "/%E2%80%AE%E2%80%8B/",
    "line end": "/a%0D%0ASet-Cookie:%20a=b/",
    "template": "/%7B%7B%20request%20%7D%7D/",
}
#: Pages, and what is made by a function that asks for no method.
READ_ONLY = ["/", "/concepten/", "/over/", "/gemeenten/", "/sitemap.xml", "/robots.txt"]
READ_ONLY += ["/gezondheid/", "/gezondheid/?levend"]
METHODS = ["GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "X" * 500]


@pytest.mark.django_db
def test_a_reader_who_is_lost_searches_for_the_words_of_the_address(client):
    page = client.get("/concepten/huizen-van-het-kind-oud/").content.decode()

    assert 'name="q" value="huizen van het kind oud"' in page
    assert "/klopt-niet/?over=%2Fconcepten%2Fhuizen-van-het-kind-oud%2F" in page


@pytest.fixture
def away(monkeypatch, django_db_blocker):
    """A database that refuses every connection."""

    def refuse(*args, **kwargs):
        raise OperationalError("the database is away")

    with django_db_blocker.unblock():
        connection.close()
        monkeypatch.setattr(connection, "ensure_connection", refuse)
        yield


@pytest.fixture
def visitor(away):
    """A client that gets the page of an error, and not the error."""
    visitor = Client(raise_request_exception=False, enforce_csrf_checks=True)
    visitor.cookies.load(COOKIES)
    return visitor


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.links = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, *sorted(name for name, _ in attributes)))
        self.links += [value for name, value in attributes if name in ("href", "action")]


def is_whole(response, scripts=1):
    """Whether it is the page of this site, with nothing in it that the request brought.

    The desk has a script more: it gives back what somebody typed.
    """
    page = Elements(response.content.decode())
    assert page.tags[0] == ("html", "lang")
    assert [tag for tag in page.tags if tag[0] == "h1"] == [("h1",)]
    assert [tag for tag in page.tags if tag[0] == "script"] == [
        ("script", "defer", "src")
    ] * scripts
    own = ("/", "#", "mailto:")
    assert [link for link in page.links if not link.startswith(own) or link[:2] == "//"] == []
    return True


class TestNotFound:
    @pytest.mark.parametrize("query", QUERIES)
    def test_whatever_was_asked(self, visitor, query):
        response = visitor.get("/bestaat-niet/", QUERY_STRING=QUERIES[query])

        assert response.status_code == 404
        assert is_whole(response)

    @pytest.mark.parametrize("path", PATHS)
    @pytest.mark.parametrize("query", ["none", "a page", "many parameters and a page"])
    def test_wherever_it_was_looked_for(self, visitor, path, query):
        response = visitor.get(PATHS[path], QUERY_STRING=QUERIES[query])

        assert response.status_code == 404
        assert is_whole(response)

    @pytest.mark.parametrize("method", METHODS)
    def test_in_whatever_way(self, visitor, method):
        response = visitor.generic(method, "/bestaat-niet/", QUERY_STRING=MANY)

        assert response.status_code == 404

    @pytest.mark.parametrize("path", ["/bestaat-niet.json", "/concepten/a/b.csv"])
    def test_as_a_problem_for_a_program(self, visitor, path):
        response = visitor.get(path, QUERY_STRING=QUERIES["many parameters and a page"])

        assert response.status_code == response.json()["status"] == 404

    def test_a_body_changes_nothing(self, visitor):
        for type_ in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "ü"):
            response = visitor.generic("POST", "/bestaat-niet/", "\x00" * 5_000, type_)

            assert response.status_code == 404


class TestUnreadable:
    @pytest.mark.parametrize("query", ["q=%00", "q=%FF", MANY])
    @pytest.mark.parametrize("path", ["/concepten/", "/partners.json", "/zoeken/"])
    def test_a_query_that_is_none(self, visitor, path, query):
        response = visitor.get(path, QUERY_STRING=query)

        assert response.status_code == 400
        if path.endswith(".json"):
            assert response.json()["status"] == 400
        else:
            assert is_whole(response)

    @pytest.mark.parametrize("host", ["example.org", "a b", '"><script>', "[", "a:b:c", "é"])
    def test_a_host_that_is_not_ours(self, visitor, host):
        response = visitor.get("/bestaat-niet/", QUERY_STRING=MANY, HTTP_HOST=host)

        assert response.status_code == 400
        assert is_whole(response)


class TestRefused:
    @pytest.mark.parametrize("path", READ_ONLY)
    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "PROPFIND", "FOO"])
    def test_a_page_only_lets_itself_be_read(self, visitor, path, method):
        response = visitor.generic(method, path, "x" * 5_000, QUERY_STRING=MANY)

        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert is_whole(response)

    @pytest.mark.parametrize("path", ["/concepten.json", "/partners.csv", "/gemeenten.json"])
    @pytest.mark.parametrize("method", ["POST", "TRACE", "PROPFIND", "FOO"])
    def test_a_program_is_told_so_in_its_own_form(self, visitor, path, method):
        response = visitor.generic(method, path)

        assert response.status_code == response.json()["status"] == 405
        assert response["Content-Type"].startswith("application/problem+json")
        assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.django_db
class TestAtTheDesk:
    """It asks the database first whether it may write, so these have one."""

    @pytest.fixture
    def visitor(self):
        visitor = Client(raise_request_exception=False, enforce_csrf_checks=True)
        visitor.cookies["beheer_formulier"] = "b" * 32
        return visitor

    def test_a_form_with_too_many_fields(self, visitor):
        response = visitor.post("/beheer/login/", {f"a{number}": "x" for number in range(1_500)})

        assert response.status_code == 413
        assert "Dit formulier is te groot" in response.content.decode()
        assert is_whole(response, scripts=2)

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "PROPFIND", "FOO"])
    @pytest.mark.parametrize("path", ["/beheer/", "/beheer/account/login/", "/beheer/logout/"])
    def test_another_method_than_a_form_has(self, visitor, path, method):
        response = visitor.generic(method, path, QUERY_STRING=MANY)

        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS, POST"
        assert is_whole(response, scripts=1)

    def test_what_only_a_button_does(self, visitor):
        visitor.force_login(editor("redacteur"))

        response = visitor.get("/beheer/logout/")

        assert response.status_code == 405
        assert response["Allow"] == "POST, OPTIONS"
        assert "Dit adres werkt enkel met een knop" in response.content.decode()

    def test_a_form_that_is_too_old(self, visitor):
        response = visitor.post("/beheer/login/", {"username": "iemand"}, QUERY_STRING=MANY)

        assert response.status_code == 403
        assert "Er is niets bewaard" in response.content.decode()
        assert is_whole(response, scripts=2)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    ("view", "arguments", "status"),
    [
        (errors.bad_request, (), 400),
        (errors.forbidden, (), 403),
        (errors.unproven_form, (), 403),
        (errors.wrong_method, ("GET, HEAD",), 405),
        (errors.wrong_method, ("POST, OPTIONS",), 405),
        (too_many, (), 429),
        (errors.page_not_found, (), 404),
        (errors.gone, ('"><script>alert(1)</script>',), 410),
    ],
    ids=["400", "403", "403 form", "405", "405 button", "429", "404", "410"],
)
def test_each_page_by_itself_needs_nothing_but_the_address(away, view, arguments, status, query):
    for path in ("/concepten/a/", "/concepten/a.json"):
        # As it comes from the server: no session, account or messages were put on it.
        request = WSGIRequest(RequestFactory().get(path, QUERY_STRING=QUERIES[query]).environ)

        response = view(request, *arguments)

        assert response.status_code == status
        if path.endswith("/"):
            assert is_whole(response)


@pytest.mark.parametrize("query", ["none", "a page", "half escaped"])
def test_the_page_of_an_error_of_ours_is_there_too(visitor, query):
    """A page that needs the database; which status it gets is said elsewhere."""
    response = visitor.get("/begrippen/a/", QUERY_STRING=QUERIES[query])

    assert response.status_code in (500, 503)
    assert is_whole(response)
