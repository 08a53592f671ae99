"""Public pages as they go out: compressed, tagged, kept; and which are not kept."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.cache import caches
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from concepts.search.index import reindex_all
from eerstelijn.pages import keeping
from eerstelijn.pages.keeping import PublicPagesMiddleware
from tests import going_out
from tests.desk import editor
from tests.everything import everything
from tests.going_out import BROWSER, PAGES, body, stored

pytestmark = pytest.mark.usefixtures("pages_kept")

reader = going_out.reader
public = going_out.public


@pytest.mark.django_db
class TestAnAnswer:
    @pytest.mark.parametrize("address", PAGES)
    def test_is_compressed_tagged_and_to_be_asked_for_again(self, reader, public, address):
        response = reader.get(address)

        assert response.status_code == 200
        assert response["Content-Encoding"] == "gzip"
        assert response["Cache-Control"] == "no-cache"
        assert response["Vary"] == "Accept-Encoding"
        assert re.fullmatch(r'W/"[0-9a-f]{32}"', response["ETag"])
        assert int(response["Content-Length"]) == len(response.content)
        assert not {"Expires", "Age", "Set-Cookie"} & set(response.headers)

    @pytest.mark.parametrize("address", PAGES)
    def test_is_the_same_when_it_was_kept(self, reader, public, address):
        first = reader.get(address)

        again = reader.get(address)

        assert again.content == first.content
        assert dict(again.headers) == dict(first.headers)

    @pytest.mark.parametrize("address", PAGES)
    def test_that_was_kept_asks_for_the_stamp_alone(
        self, reader, public, address, django_assert_num_queries
    ):
        reader.get(address)

        with django_assert_num_queries(1):
            assert reader.get(address).status_code == 200
        with django_assert_num_queries(1):
            assert reader.head(address).status_code == 200

    @pytest.mark.parametrize("is_kept", [True, False])
    def test_is_not_sent_again_to_who_has_it(self, reader, public, is_kept):
        page = reader.get("/concepten/")
        tag = page["ETag"]
        assert "Content-Security-Policy" in page.headers
        if not is_kept:
            caches["pages"].clear()

        response = reader.get("/concepten/", headers={"if-none-match": tag})

        assert (response.status_code, response.content) == (304, b"")
        # What else stands in its head stays with the page that the reader has.
        assert set(response.headers) <= {"ETag", "Cache-Control", "Vary", "X-Accel-Expires"}
        assert response["ETag"] == tag
        assert response["Cache-Control"] == "no-cache"
        assert response["Vary"] == "Accept-Encoding"
        assert reader.head("/concepten/", headers={"if-none-match": tag}).status_code == 304
        # No empty page was kept for the next reader.
        assert "Eerste naam" in body(Client(headers=BROWSER).get("/concepten/"))

    def test_to_head_says_what_get_would(self, reader, public):
        cold = reader.head("/concepten/gbo/")
        assert stored() == 0  # what was made for HEAD is no page to keep
        page = reader.get("/concepten/gbo/")

        kept = reader.head("/concepten/gbo/")

        assert kept.content == cold.content == b""
        for name in ("ETag", "Vary", "Content-Encoding", "Cache-Control", "Content-Type"):
            assert cold[name] == kept[name] == page[name]
        assert kept["Content-Length"] == page["Content-Length"]

    @pytest.mark.parametrize(
        ("header", "said"),
        [
            ("if-match", '"een-ander"'),
            # To be ignored by whoever gives no date (RFC 9110, 13.1.4).
            ("if-unmodified-since", "Mon, 30 Nov 2020 08:00:00 GMT"),
            ("if-modified-since", "Mon, 30 Nov 2099 08:00:00 GMT"),
        ],
    )
    def test_is_whole_for_who_asks_for_another_or_an_older(self, reader, public, header, said):
        """A page that was read is never refused, least of all with an empty one."""
        for _ in range(2):
            response = reader.get("/concepten/", headers={header: said})

            assert response.status_code == 200
            assert "Eerste naam" in body(response)

    def test_is_that_of_its_own_address(self, reader, public):
        """Django's key knows an address as it would be written; these are read otherwise."""
        for mine, other in (
            ("q=caf\xc3\xa9", "q=caf%C3%83%C2%A9"),  # bytes as they are; what they look like
            ("q=caf%C3%83%C2%AB", "q=caf\xc3\xab"),
        ):
            asked = [
                body(reader.get("/zoeken/", QUERY_STRING=query))
                for query in (mine, other, mine, other)
            ]
            assert asked[:2] == asked[2:]
            assert asked[0] != asked[1]

    @pytest.mark.parametrize("address", ["/gemeenten/../", "/gemeenten/%2E%2E/", "/gemeenten/./"])
    def test_is_that_of_no_address_with_dots(self, reader, public, address):
        for page in ("/", "/gemeenten/"):
            assert reader.get(page).status_code == 200

        assert reader.get(address).status_code == 404

    def test_is_plain_for_who_takes_no_gzip(self, public):
        refused = ("gzip;q=0", "gzip; q=0.00, br", "*, gzip;q=0", "*;q=0", "gzip;\tq=0")
        for accepted in ("", "identity", "br", *refused):
            response = Client(headers={"accept-encoding": accepted}).get("/concepten/")

            assert "Content-Encoding" not in response.headers
            assert "Eerste naam" in response.content.decode()
            assert response["Vary"] == "Accept-Encoding"

    def test_takes_two_places_whatever_the_browsers_say(self, public):
        asked = [
            *("gzip", "gzip, br", "br;q=1.0, gzip;q=0.8, *;q=0.1", "GZIP", "x-gzip", "*"),
            *("*;q=0, gzip", "", "identity", "gzip;q=0", "\t,,;;q=,gzipp", "a" * 5_000),
            *(f"gzip, x{number}" for number in range(50)),
        ]
        for accepted in asked:
            Client(headers={"accept-encoding": accepted}).get("/concepten/")

        assert stored() == 3  # both forms, and which headers they depend on

    def test_holds_no_secret_that_its_length_could_give_away(self, client, subtests):
        """Compressed beside what the reader typed, a secret could be guessed letter by letter."""
        everything()
        reindex_all()
        client.force_login(editor("beheerder"))
        for address in (*PAGES, "/concepten/?q=geheim", "/gemeenten/?q=geheim"):
            with subtests.test(address):
                page = client.get(address)

                assert "csrf" not in body(page).lower()
                assert not page.cookies

    def test_prints_no_message_of_an_editor(self):
        templates = Path(site_settings.BASE_DIR / "templates")
        public = [
            path
            for path in templates.rglob("*.html")
            if path.relative_to(templates).parts[0] not in ("admin", "account", "mfa", "allauth")
        ]

        assert len(public) > 40
        assert not [path for path in public if re.search(r"\bmessages\b", path.read_text())]


@pytest.mark.django_db
class TestWhatIsNotKept:
    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("/bestaat-niet/", 404),
            ("/concepten/bestaat-niet/", 404),
            ("/concepten", 301),
            ("/CONCEPTEN/", 301),
            ("/concepten.json?bestaat=niet", 400),
            ("/concepten/?q=%00", 400),
            ("/gezondheid/", 200),
            ("/beheer/", 302),
            ("/beheer/account/login/", 200),
        ],
    )
    def test_by_its_address(self, reader, public, address, status):
        before = stored()
        response = reader.get(address)

        assert response.status_code == status
        assert "no-cache" in response["Cache-Control"]
        assert "X-Accel-Expires" not in response.headers
        assert stored() == before or address == "/CONCEPTEN/"  # which asks for the page itself

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
    def test_by_its_method(self, reader, public, method):
        reader.get("/concepten/")
        before = stored()

        response = getattr(reader, method)("/concepten/")

        assert response.status_code in (200, 403, 405)
        assert "X-Accel-Expires" not in response.headers
        assert "Eerste naam" not in body(response)
        assert stored() == before

    @pytest.mark.parametrize(
        ("cookie", "headers"),
        [("van-een-redacteur", {}), ("", {"authorization": "Basic ZWxzOmdlaGVpbQ=="})],
        ids=["a session", "credentials"],
    )
    def test_by_who_asks(self, public, cookie, headers):
        client = Client(headers=BROWSER | headers)
        if cookie:
            client.cookies[site_settings.SESSION_COOKIE_NAME] = cookie

        response = client.get("/concepten/")

        assert (response.status_code, response["Cache-Control"]) == (200, "no-cache")
        assert "X-Accel-Expires" not in response.headers
        assert stored() == 0

    def test_the_desk_whoever_asks(self, client):
        client.force_login(editor("beheerder"))

        response = client.get("/beheer/", headers=BROWSER)

        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert not {"Content-Encoding", "ETag"} & set(response.headers)
        assert stored() == 0

    @pytest.mark.parametrize(
        "answer",
        [
            lambda: HttpResponse(b"x" * 999, status=203),
            lambda: HttpResponse(b"x" * 999, headers={"Cache-Control": "private, max-age=9"}),
            lambda: StreamingHttpResponse([b"x" * 999]),
            lambda: HttpResponse(bytes(range(256)) * 10_000),
            lambda: with_cookie(),
        ],
        ids=["another status", "what may not be", "a stream", "very much", "with a cookie"],
    )
    def test_by_its_answer(self, answer):
        request = RequestFactory().get("/over/")

        response = PublicPagesMiddleware(lambda request: answer())(request)

        assert response["Cache-Control"] in ("no-cache", "private, max-age=9")
        assert "X-Accel-Expires" not in response.headers
        assert stored() == 0

    def test_by_the_length_of_its_address(self, reader, public):
        for number in range(20):
            response = reader.get("/over/", {"q": "x" * keeping.LONGEST, "n": number})
            assert response.status_code == 200

        assert stored() == 0

    def test_more_than_fits(self, reader):
        """Whoever thinks of new questions all the time pushes out others, and fills no memory."""
        most = site_settings.PAGE_STORE["OPTIONS"]["MAX_ENTRIES"]
        for number in range(most):
            reader.get(f"/robots.txt?n={number}")

        assert stored() <= most

    def test_while_developing(self, reader, public, settings):
        settings.PAGES_ARE_KEPT = False

        response = reader.get("/concepten/")

        assert response["Cache-Control"] == "no-cache"
        assert response["ETag"]
        assert "X-Accel-Expires" not in response.headers
        assert stored() == 0


def with_cookie():
    response = HttpResponse(b"x" * 999)
    response.set_cookie("naam", "waarde")
    return response
