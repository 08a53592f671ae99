"""Paper: a PDF is made by a program of its own, one at a time and within limits.

Where the system has no Pango, what needs it is tried as the site behaves there.
"""

import datetime as dt
import fcntl
import io
import json
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest

from eerstelijn.dates import long_date
from eerstelijn.kept import forget_all
from eerstelijn.paper import answers, press, worker
from tests.answers import text
from tests.factories import ConceptVersionFactory, PartnerFactory, make_public

PDF = b"%PDF-1.7 made by a test"
ADDRESS = "/concepten/gbo.pdf"
RUN_WORKER = f"import runpy; runpy.run_path({str(press.WORKER)!r}, run_name='__main__')"
#: How an import fails: where WeasyPrint is not installed, and where Pango is not.
NO_PACKAGE = "import sys; sys.modules['weasyprint'] = None"
NO_PANGO = """
import sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, Finder())
"""


def program(code):
    """A program in the place of the worker."""
    return [sys.executable, "-I", "-c", code]


@pytest.fixture
def patience(monkeypatch):
    """A machine that runs tests does other work too."""
    monkeypatch.setattr(press, "MOST_SECONDS", 60.0)


@pytest.fixture
def says(monkeypatch):
    """Let another program do the work."""
    return lambda code: monkeypatch.setattr(press, "COMMAND", program(code))


@pytest.fixture
def version(db):
    version = ConceptVersionFactory(concept__slug="gbo", name="Geïntegreerd breed onthaal")
    make_public(version)
    forget_all()
    return version


def asked_of_it(asked):
    return subprocess.run(
        press.COMMAND, input=json.dumps(asked).encode(), capture_output=True, check=False
    )


def made(html):
    """The PDF of some HTML; None where this system has no Pango, as the worker says itself."""
    try:
        return press.pressed(lambda: [html])
    except press.Lacking:
        return None


class TestTheProgram:
    def test_it_makes_a_pdf_or_says_what_is_lacking(self, patience):
        done = asked_of_it({"lengths": ["<p>Dag"], "most_pages": 1})

        if done.returncode == worker.LACKS_LIBRARY:
            assert done.stderr
            assert not done.stdout
        else:
            assert done.stdout.startswith(b"%PDF-")

    @pytest.mark.parametrize("lacks", [NO_PACKAGE, NO_PANGO], ids=["package", "Pango"])
    def test_without_its_library_it_says_so(self, says, lacks):
        says(f"{lacks}\n{RUN_WORKER}")

        with pytest.raises(press.Lacking, match=r"weasyprint|libpango"):
            press.pressed(lambda: "<p>Dag")

    def test_it_fetches_nothing(self, patience):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.2)
            address = f"http://127.0.0.1:{server.getsockname()[1]}"
            own = f"file://{press.WORKER}"

            pdf = made(
                f'<link rel="stylesheet" href="{address}/a.css"><img src="{address}/b.png">'
                f'<img src="{own}"><style>@import "{address}/c.css";</style>Dag'
            )

            with pytest.raises(TimeoutError):
                server.accept()
        assert pdf is None or pdf.startswith(b"%PDF-")

    def test_it_is_held_to_its_memory(self, says):
        says(f"input(); x = bytearray({press.MOST_MEMORY + 1})")

        with pytest.raises(press.Failed, match="MemoryError"):
            press.pressed(list)

    def test_it_is_told_no_secret_of_the_site(self, says, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgresql://geheim")
        says("import os; print('%PDF-', *os.environ)")

        told = press.pressed(list)

        assert b"PATH" in told
        assert b"DATABASE_URL" not in told
        assert b"SECRET_KEY" not in told


class TestLengths:
    """Of a text in several lengths, the first that fits is made."""

    LONG, SHORT = "<p>Lang</p>" * 200, "<p>Kort</p>"
    FIRST = f'<p id="{worker.ON_FIRST_PAGE}">Dit hoort vooraan.</p>'

    @pytest.fixture
    def made(self, patience):
        def made(*lengths, most_pages):
            try:
                pdf = press.pressed(lambda: lengths, most_pages=most_pages)
            except press.Lacking:
                pytest.skip("no Pango here")
            return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]

        return made

    def test_the_first_that_fits(self, made):
        (page,) = made(self.LONG, self.SHORT, "<p>Te kort", most_pages=1)

        assert page == "Kort"

    def test_the_longest_where_it_fits(self, made):
        assert "Lang" in made(self.LONG, self.SHORT, most_pages=20)[0]

    def test_the_last_where_none_does(self, made):
        assert len(made(self.LONG, self.LONG + self.SHORT, most_pages=1)) > 1

    def test_what_belongs_on_the_first_page_stands_there(self, made):
        pages = made(self.LONG + self.FIRST, self.FIRST + self.LONG, most_pages=20)

        assert pages[0].startswith("Dit hoort vooraan.")


class TestThePress:
    def test_one_that_takes_too_long_is_ended(self, says, monkeypatch):
        says("import time; time.sleep(60)")
        monkeypatch.setattr(press, "MOST_SECONDS", 0.3)

        with pytest.raises(press.Failed):
            press.pressed(list)

    @pytest.mark.parametrize("code", ["print('no pdf')", "raise SystemExit(1)"])
    def test_one_that_breaks_is_no_pdf(self, says, code):
        says(code)

        with pytest.raises(press.Failed):
            press.pressed(list)

    def test_while_another_process_makes_one_a_reader_waits_a_while(self, monkeypatch):
        monkeypatch.setattr(press, "PATIENCE", 0.2)
        written = []
        with press.WORKER.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

            with pytest.raises(press.Busy):
                press.pressed(lambda: written.append(1))

        assert not written

    def test_only_so_many_readers_wait(self, says, monkeypatch):
        monkeypatch.setattr(press, "PATIENCE", 60.0)
        says("print('%PDF-')")
        with press.WORKER.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            most = range(press.MOST_AT_ONCE)
            waiting = [threading.Thread(target=press.pressed, args=[list]) for _ in most]
            for thread in waiting:
                thread.start()
            while press._waiting.acquire(blocking=False):
                press._waiting.release()

            with pytest.raises(press.Busy):
                press.pressed(list)
        for thread in waiting:
            thread.join()

    def test_who_waited_takes_what_another_had_made(self, says):
        says("raise SystemExit('it was not asked for')")

        assert press.pressed(list, made_meanwhile=lambda: PDF) == PDF

    def test_web_servers_wait_longer_than_any_reader_does(self):
        nginx = Path("contrib/nginx/eerstelijn.conf").read_text()
        seconds = int(re.search(r"proxy_read_timeout (\d+)s", nginx)[1])

        # As a site has them: tests wait longer for their turn.
        told = re.search(r"MOST_SECONDS, PATIENCE = (\S+), (\S+)", Path(press.__file__).read_text())
        assert seconds > sum(map(float, told.groups()))

    def test_the_html_is_written_while_the_program_starts(self, says, tmp_path):
        started = tmp_path / "started"
        says(f"import pathlib; pathlib.Path({str(started)!r}).touch(); print('%PDF-')")

        def write():
            until = time.monotonic() + 60
            while not started.exists() and time.monotonic() < until:
                time.sleep(0.01)
            return [str(started.exists())]

        assert press.pressed(write) == b"%PDF-\n"
        assert started.exists()

    def test_what_cannot_be_written_ends_the_program(self, says):
        says("import time; time.sleep(600)")

        def write():
            raise LookupError

        with pytest.raises(LookupError):
            press.pressed(write)

    def test_after_a_failure_the_next_has_its_turn(self, says):
        says("raise SystemExit(1)")
        with suppress(press.Failed):
            press.pressed(list)
        says("print('%PDF-')")

        assert press.pressed(list) == b"%PDF-\n"


class TestAnAddress:
    @pytest.fixture
    def asked(self, monkeypatch):
        """How often something was made, and what of."""
        asked = []

        def pressed(write, **limits):
            asked.extend(write()[:1])
            return PDF

        monkeypatch.setattr(answers, "pressed", pressed)
        return asked

    def test_it_is_a_file_with_a_name(self, client, version, asked):
        response = client.get(ADDRESS)

        assert response.content == PDF
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'inline; filename="gbo.pdf"'
        assert "Geïntegreerd breed onthaal" in asked[0]

    def test_its_foot_says_where_and_when(self, client, version, asked):
        client.get(ADDRESS)

        foot = asked[0].partition('class="foot"')[2].partition("</p>")[0]
        assert ">http://testserver/concepten/gbo/</a>" in foot
        assert f"op datum {long_date(dt.date.today())}" in foot

    def test_it_has_a_tag_and_is_asked_again(self, client, version, asked):
        first = client.get(ADDRESS)

        assert first["Cache-Control"] == "no-cache"
        assert client.get(ADDRESS, headers={"If-None-Match": first["ETag"]}).status_code == 304

    def test_it_is_kept_until_the_content_changes(self, client, version, asked):
        for _ in range(2):
            client.get(ADDRESS)
        assert len(asked) == 1

        ConceptVersionFactory(concept__slug="ander")
        client.get(ADDRESS)

        assert len(asked) == 2

    def test_a_large_one_is_not_kept(self, client, version, asked, monkeypatch):
        monkeypatch.setattr(answers, "LARGEST", len(PDF) - 1)

        for _ in range(2):
            client.get(ADDRESS)

        assert len(asked) == 2

    def test_all_that_it_needs_stands_in_it(self, client, version, asked):
        client.get(ADDRESS)

        assert "<link" not in asked[0]
        assert "<script" not in asked[0]
        assert "<use" not in asked[0]
        assert " src=" not in asked[0]
        assert "url(" not in asked[0]

    def test_without_pango_a_page_says_what_to_install(self, client, version, says):
        says(f"{NO_PANGO}\n{RUN_WORKER}")

        response = client.get(ADDRESS)

        assert response.status_code == 503
        assert "apt-get install libpango-1.0-0" in text(response)
        assert "Retry-After" not in response

    def test_who_comes_while_it_is_busy_is_told_when_to_come_back(self, client, version, says):
        says("raise SystemExit(1)")

        response = client.get(ADDRESS)

        assert response.status_code == 503
        assert response["Retry-After"] == "10"
        assert "De pdf is nog niet klaar" in text(response)

    @pytest.mark.parametrize(
        "address", ["/concepten/niemand.pdf", "/partners/caw.pdf", "/poster.json", "/poster.bib"]
    )
    def test_what_has_no_paper_is_not_found(self, client, version, asked, address):
        assert client.get(address).status_code == 404

    def test_a_question_that_it_cannot_follow_is_refused(self, client, version, asked):
        assert client.get(f"{ADDRESS}?kleur=groen").status_code == 400
        assert not asked

    def test_robots_leave_it_alone(self, client, db):
        assert "Disallow: /*.pdf$" in client.get("/robots.txt").content.decode().splitlines()


class TestWhatIsAsked:
    @pytest.fixture
    def asked(self, monkeypatch):
        """What papers were made of."""
        asked = []

        def pressed(write, **limits):
            asked.extend(write()[:1])
            return PDF

        monkeypatch.setattr(answers, "pressed", pressed)
        return asked

    @pytest.fixture
    def partner(self, db):
        partner = PartnerFactory(slug="ocmw", name="OCMW")
        ConceptVersionFactory(name="Onthaal", published=True, partners=[partner])
        forget_all()
        return partner

    def test_the_page_is_a_sheet_that_needs_nothing_beside_it(self, client, partner, asked):
        response = client.get("/gevraagd.pdf?partner=ocmw")

        assert response.content == PDF
        assert response["Content-Disposition"] == 'inline; filename="gevraagd.pdf"'
        assert "Onthaal" in asked[0]
        assert ">http://testserver/gevraagd/?partner=ocmw</a>" in asked[0]
        assert not re.search("<link|<script|<use| src=|url[(]", asked[0])

    def test_of_nobody_there_is_no_paper(self, client, partner, asked):
        response = client.get("/gevraagd.pdf")

        assert response.status_code == 400
        assert response.json()["parameters"][0]["parameter"] == "partner"
        assert not asked

    @pytest.mark.parametrize("question", ["partner=niemand", "partner=ocmw&kleur=groen"])
    def test_a_question_that_it_cannot_follow_is_refused(self, client, partner, asked, question):
        assert client.get(f"/gevraagd.pdf?{question}").status_code == 400
        assert not asked

    def test_the_page_offers_it_and_the_start_does_not(self, client, partner):
        assert "/gevraagd.pdf?partner=ocmw" in client.get("/gevraagd/?partner=ocmw").text
        assert "/gevraagd.pdf" not in client.get("/gevraagd/").text
