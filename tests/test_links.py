"""`controleer_links`, against a server on this machine that answers as servers do, or never."""

import datetime as dt
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from eerstelijn.links import addresses, checking
from eerstelijn.links.asking import Asker
from eerstelijn.links.models import CheckedLink
from eerstelijn.login.groups import EINDREDACTEUR
from governance.models import Source
from tests.desk import change_url, editor
from tests.factories import (
    AgencyFactory,
    CitationFactory,
    ConceptVersionFactory,
    DecreeFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

State = CheckedLink.State


class Handler(BaseHTTPRequestHandler):
    """Answers by its path: a number, or what that says; `asked` is what was asked."""

    def do_GET(self):
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        name = self.path.strip("/").partition("?")[0]
        if name == "never":
            self.server.closing.wait(10)
            return
        if name == "drips":
            while not self.server.closing.wait(0.05):
                try:
                    self.wfile.write(b"H")
                except OSError:
                    return
            return
        if name == "breaks":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        status = int(name) if name.isdigit() else {"get-only": 405}.get(name, 200)
        if name == "get-only" and self.command == "GET":
            status = 200
        ways = {
            "301": "/200",
            "302": "/200",
            "round": "/round",
            "far": "ftp://x/",
            "torn": "http://[/",
        }
        leads_to = ways.get(name)
        self.send_response(status if name.isdigit() or not leads_to else 301)
        if leads_to:
            self.send_header("Location", leads_to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *args):
        """Nothing on the terminal of the tests."""


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.closing = [], threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def asker(server):
    server.asked.clear()
    return Asker("Eerstelijn", timeout=0.3, may_ask_inside=True)


class TestAsking:
    @pytest.mark.parametrize(
        ("path", "state", "status"),
        [
            ("200", State.GOOD, 200),
            ("301", State.GOOD, 200),
            ("302", State.GOOD, 200),
            ("get-only", State.GOOD, 200),
            ("404", State.GONE, 404),
            ("410", State.GONE, 410),
            ("403", State.CLOSED, 403),
            ("429", State.CLOSED, 429),
            ("500", State.SILENT, 500),
            ("never", State.SILENT, None),
            ("drips", State.SILENT, None),
            ("breaks", State.SILENT, None),
            ("round", State.SILENT, None),
            ("far", State.SILENT, None),
            ("torn", State.SILENT, None),
        ],
    )
    def test_what_an_address_says(self, asker, server, path, state, status):
        answer = asker.ask(f"{server.url}/{path}")

        assert (answer.state, answer.status) == (state, status)
        assert answer.problem if status is None else not answer.problem

    @pytest.mark.parametrize(("path", "moved"), [("301", True), ("302", False), ("200", False)])
    def test_what_moved_for_good_is_told(self, asker, server, path, moved):
        answer = asker.ask(f"{server.url}/{path}")

        assert answer.moved_to == (f"{server.url}/200" if moved else "")

    def test_the_head_comes_first_and_is_enough(self, asker, server):
        asker.ask(f"{server.url}/200?a=b c")

        assert server.asked == [("HEAD", "/200?a=b%20c", "Eerstelijn")]

    @pytest.mark.parametrize(
        "url",
        [
            "ftp://example.org/",
            "http://",
            "http://[/",
            "http://a:99999999/",
            "http://a\x00b/",
            "javascript:alert(1)",
            f"http://{'a' * 300}.invalid/",
            "http://bestaat-niet.invalid/",
        ],
    )
    def test_no_address_breaks_it(self, asker, url):
        assert asker.ask(url).state == State.SILENT

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "[::1]", "169.254.1.1"])
    def test_inside_our_own_network_nothing_is_asked(self, host):
        answer = Asker("Eerstelijn", timeout=0.3).ask(f"http://{host}/")

        assert answer.problem == "is geen adres op het web"


pytestmark = pytest.mark.django_db


class Time:
    """A clock that only moves when somebody waits."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def check_all(asker, pause=0.0, time=None, days=6):
    time = time or Time()
    return checking.check(asker, dt.timedelta(days=days), pause, time.clock, time.sleep)


class TestChecking:
    def test_every_address_that_a_record_keeps(self, server):
        SourceFactory(url=f"{server.url}/200", archived_url=f"{server.url}/404")
        AgencyFactory(website=f"{server.url}/a")
        PartnerFactory(website=f"{server.url}/b")
        DecreeFactory(url=f"{server.url}/200")

        assert addresses.kept() == {f"{server.url}/{path}" for path in ("200", "404", "a", "b")}

    def test_keeps_the_day_it_was_seen_when_it_is_gone_since(self, asker, server):
        source = SourceFactory(url=f"{server.url}/200")
        list(check_all(asker))
        assert CheckedLink.objects.get().seen_on == timezone.localdate()
        lately = timezone.localdate() - dt.timedelta(days=9)
        CheckedLink.objects.update(url=f"{server.url}/404", seen_on=lately, checked_at=None)
        Source.objects.filter(pk=source.pk).update(url=f"{server.url}/404")

        list(check_all(asker))

        link = CheckedLink.objects.get()
        assert (link.state, link.seen_on, link.answer) == ("weg", lately, "404, bestaat niet meer")

    def test_goes_on_where_it_was_stopped(self, asker, server):
        for number in range(3):
            SourceFactory(slug=f"s-{number}", url=f"{server.url}/200?{number}")
        next(check_all(asker))
        assert len(server.asked) == 1

        again = [number for number, *_ in check_all(asker)]

        assert again == [1, 2]
        assert len(server.asked) == len({path for _, path, _ in server.asked}) == 3
        assert list(check_all(asker)) == []

    def test_lets_go_of_what_no_record_keeps(self, asker, server):
        CheckedLink.objects.create(url=f"{server.url}/weg", state="weg")

        list(check_all(asker))

        assert not CheckedLink.objects.exists()

    def test_gives_each_site_a_pause_and_asks_others_meanwhile(self, asker, server):
        other = server.url.replace("127.0.0.1", "localhost")
        for number, home in enumerate([server.url, server.url, other]):
            SourceFactory(slug=f"s-{number}", url=f"{home}/200?{number}")
        time = Time()

        sites = [checking.site_of(link.url) for *_, link in check_all(asker, 5.0, time)]

        assert sorted(sites[:2]) == ["127.0.0.1", "localhost"]
        assert time.slept == [5.0]

    def test_the_command_says_how_far_it_is(self, server, settings, capsys):
        settings.LINKS_INSIDE = True
        server.asked.clear()
        for path in ("200", "404"):
            SourceFactory(slug=path, url=f"{server.url}/{path}")

        call_command("controleer_links", pauze=0.0, wacht=0.3)

        said = capsys.readouterr().out
        assert f"2/2 {server.url}/404: 404, bestaat niet meer" in said
        assert "antwoordt: 1; bestaat niet meer: 1." in said
        assert all("(+https://" in agent and "/over/)" in agent for *_, agent in server.asked)

    @pytest.mark.parametrize("options", [{"dagen": -1}, {"pauze": -1.0}, {"wacht": 0.0}])
    def test_the_command_refuses_what_cannot_be(self, options):
        with pytest.raises(CommandError):
            call_command("controleer_links", **options)


def test_a_source_at_the_desk_says_what_it_last_answered(client):
    client.force_login(editor(EINDREDACTEUR))
    source = SourceFactory(url="https://example.org/")
    CheckedLink.objects.create(
        url=source.url,
        state="weg",
        status=404,
        checked_at=timezone.now(),
        seen_on=dt.date(2026, 3, 1),
    )

    page = client.get(change_url(source)).content.decode()

    assert "404, bestaat niet meer; laatst gezien op 1 maart 2026" in page
    assert "example.org" in client.get("/beheer/lijst/stille-links/").content.decode()


def test_a_kept_copy_stands_beside_its_source(client):
    source = SourceFactory(slug="bron", archived_url="https://archief.example.org/1")
    passage = lambda version: PassageFactory(  # noqa: E731
        version=version, citations=[CitationFactory(source=source)]
    )
    version = ConceptVersionFactory(published=True, statements=[passage])

    link = 'href="https://archief.example.org/1">(bewaarde kopie)</a>'
    assert link in client.get(version.get_absolute_url()).content.decode()
    assert "Bewaarde kopie" in client.get(source.get_absolute_url()).content.decode()
    data = client.get("/bronnen/bron.json").json()
    assert data["bewaarde_kopie"] == "https://archief.example.org/1"
