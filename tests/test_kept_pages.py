"""Public pages as they go out: compressed, tagged, kept until the content changes, never longer."""

import gzip
import os
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from concepts.finder.views import ConceptListView
from concepts.publishing import publish, withdraw, working_copy
from concepts.search.index import reindex_all
from eerstelijn import release
from eerstelijn.pages import keeping
from eerstelijn.pages.keeping import PublicPagesMiddleware
from tests.desk import editor
from tests.everything import everything
from tests.factories import ConceptVersionFactory, PartnerFactory, PassageFactory, SourceFactory

pytestmark = pytest.mark.usefixtures("pages_kept")

BROWSER = {"accept-encoding": "gzip, deflate, br, zstd"}
PAGES = ("/", "/concepten/", "/concepten/gbo/", "/concepten.json", "/zoeken/?q=naam", "/over/")


def concept(slug="gbo", **fields):
    return ConceptVersionFactory(
        concept__slug=slug,
        described_by=[SourceFactory()],
        statements=[PassageFactory],
        **fields,
    )


@pytest.fixture
def reader():
    """A browser, with a connection of its own as far as caches go."""
    return Client(headers=BROWSER)


@pytest.fixture
def public():
    return publish(concept(name="Eerste naam"))


def body(response):
    packed = response.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(response.content) if packed else response.content).decode()


def stored():
    return len(caches["pages"]._cache)


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


@pytest.mark.django_db
class TestAfterAChange:
    def test_no_page_says_what_was_so_before(self, reader, public):
        for address in PAGES[:5]:
            reader.get(address)
        copy = working_copy(public.concept)
        copy.name = "Tweede naam"
        copy.save()
        assert "Eerste naam" in body(reader.get("/concepten/"))

        publish(copy)

        for address in ("/concepten/", "/concepten/gbo/", "/concepten.json"):
            assert "Tweede naam" in body(reader.get(address))
            assert "Eerste naam" not in body(reader.get(address))
        withdraw(public.concept)
        assert reader.get("/concepten/gbo/").status_code == 410

    def test_a_page_that_says_the_same_keeps_its_tag(self, reader, public):
        tag = reader.get("/over/")["ETag"]

        PartnerFactory(name="Een nieuwe partner")

        assert reader.get("/over/", headers={"if-none-match": tag}).status_code == 304

    def test_another_day_has_pages_of_its_own(self, reader, public, monkeypatch):
        reader.get("/")
        before = stored()
        today_of, tomorrow = timezone.localdate, timezone.localdate() + timezone.timedelta(days=1)
        monkeypatch.setattr(
            timezone, "localdate", lambda moment=None: today_of(moment) if moment else tomorrow
        )

        reader.get("/")

        assert stored() == 2 * before

    def test_another_release_makes_its_own(self, reader, public, monkeypatch):
        reader.get("/")
        before = stored()
        monkeypatch.setattr(keeping, "release", lambda: "een-andere")

        reader.get("/")

        assert stored() == 2 * before

    def test_the_login_counts_elsewhere(self, reader, public):
        reader.get("/")
        caches["default"].set("teller", 5)

        caches["pages"].clear()

        assert caches["default"].get("teller") == 5


@pytest.mark.django_db(transaction=True)
class TestWhileItIsMade:
    def test_a_change_leaves_no_old_page_behind(self, public, monkeypatch):
        """A page that was begun before a publication and is done after it."""
        copy = working_copy(public.concept)
        copy.name = "Tweede naam"
        copy.save()
        made, published = ConceptListView.get_context_data, []

        def slowly(view, **kwargs):
            context = made(view, **kwargs)
            if not published:
                published.append(in_another_thread(publish, copy))
            return context

        monkeypatch.setattr(ConceptListView, "get_context_data", slowly)
        Client(headers=BROWSER).get("/concepten/")
        assert published

        found = [body(Client(headers=BROWSER).get("/concepten/")) for _ in range(3)]

        assert all("Tweede naam" in page and "Eerste naam" not in page for page in found)

    def test_it_is_made_once_for_all_who_ask_meanwhile(self, public, monkeypatch):
        made, times, waits = ConceptListView.get_context_data, [], threading.Event()

        def slowly(view, **kwargs):
            times.append(1)
            waits.wait(30)  # seconds: until another reader stands in line
            return made(view, **kwargs)

        def read():
            try:
                return body(Client(headers=BROWSER).get("/concepten/"))
            finally:
                connection.close()

        monkeypatch.setattr(ConceptListView, "get_context_data", slowly)
        monkeypatch.setattr(keeping._under_way, "before_waiting", waits.set)
        with ThreadPoolExecutor(4) as readers:
            pages = [reader.result() for reader in [readers.submit(read) for _ in range(4)]]

        assert len(times) == 1
        assert len(set(pages)) == 1

    def test_readers_never_see_less_than_was_published_before_they_asked(self, public):
        """A site that is read all the time, while names follow each other."""
        published, wrong, is_over = [0], [], threading.Event()

        def read():
            client = Client(headers=BROWSER)
            try:
                while not is_over.is_set():
                    least = published[0]
                    page = body(client.get("/concepten/gbo/"))
                    number = int(re.search(r"Naam nummer (\d+)", page)[1])
                    if number < least:
                        wrong.append((least, number))
            finally:
                connection.close()

        self.rename(public, 0)
        readers = [threading.Thread(target=read) for _ in range(3)]
        for each in readers:
            each.start()
        for number in range(1, 11):
            self.rename(public, number)
            published[0] = number
        is_over.set()
        for each in readers:
            each.join(timeout=30)

        assert wrong == []

    def rename(self, public, number):
        copy = working_copy(public.concept)
        copy.name = f"Naam nummer {number}"
        copy.save()
        publish(copy)


def in_another_thread(call, *arguments):
    def run():
        try:
            call(*arguments)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=30)
    assert not thread.is_alive()


ASK = """
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
settings.PAGES_ARE_KEPT = True
for address in ("/concepten/", "/concepten/gbo/", "/gemeenten/"):
    response = Client(headers={"accept-encoding": "gzip"}).get(address)
    print(response.status_code, response["ETag"])
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_tag_a_page_alike(public):
    database = connection.settings_dict["NAME"]
    environment = {
        "DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=database),
        "DJANGO_SETTINGS_MODULE": "eerstelijn.settings",
    }

    said = {
        subprocess.run(
            [sys.executable, "-c", ASK],
            cwd=site_settings.BASE_DIR,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    }

    assert len(said) == 1
    assert said.pop().count("200 W/") == 3


def test_a_release_is_told_by_all_that_pages_are_made_by(tmp_path):
    for name in ("site/apps.py", "site/c.py", "templates/b.html", "requirements-production.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("eerst")
    seen = {release.hash_of(tmp_path)}
    (tmp_path / "site" / "c.pyc").write_text("gemaakt")
    assert release.hash_of(tmp_path) in seen

    (tmp_path / "templates/b.html").write_text("dan")
    seen.add(release.hash_of(tmp_path))
    (tmp_path / "site/c.py").rename(tmp_path / "site/d.py")
    seen.add(release.hash_of(tmp_path))

    assert len(seen) == 3
