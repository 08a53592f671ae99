"""What readers report: the only form for them, and what it refuses."""

import hashlib

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from eerstelijn.reports.form import page_of_ours
from eerstelijn.reports.limits import Limit, limit
from eerstelijn.reports.models import LONGEST, Report
from tests.factories import ConceptVersionFactory

FORM, THANKS = "/klopt-niet/", "/klopt-niet/bedankt/"
HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
HOSTILE = '"><script>alert(1)</script>'

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_sent_anything():
    cache.clear()


@pytest.fixture
def reader():
    """A browser without an account; Django checks its tokens as on a site."""
    return Client(enforce_csrf_checks=True)


def sent(reader, headers=HERE, **fields):
    return reader.post(FORM, {"text": "De rol klopt niet.", **fields}, headers=headers)


class TestTheForm:
    def test_is_asked_about_a_page_and_sends_no_cookie(self, reader):
        page = reader.get(FORM, {"over": "/over/#tekst"})

        assert '<a href="/over/#tekst">/over/#tekst</a>' in page.content.decode()
        assert not page.cookies
        assert page["Cache-Control"] == "private, no-cache"

    def test_is_kept_and_leads_to_a_page_that_can_be_read_again(self, reader):
        response = sent(reader, over="/over/#tekst", email="lezer@example.org")

        (report,) = Report.objects.all()
        assert (report.text, report.about) == ("De rol klopt niet.", "/over/#tekst")
        assert report.email == "lezer@example.org"
        assert response["Location"] == f"{THANKS}?over=%2Fover%2F%23tekst"
        assert not response.cookies
        thanks = reader.get(response["Location"]).content.decode()
        assert "aangekomen" in thanks
        assert '<a href="/over/#tekst">Terug naar waar je was</a>' in thanks

    @pytest.mark.parametrize("about", ["", "https://elders.example/", "//elders", HOSTILE])
    def test_thanks_lead_back_to_our_own_pages_only(self, reader, about):
        thanks = reader.get(THANKS, {"over": about}).content.decode()

        assert '<a href="/">Naar het begin van de site</a>' in thanks
        assert "elders" not in thanks.partition("<main")[2]

    def test_asks_for_words_only(self, reader):
        sent(reader)

        assert Report.objects.get().email == Report.objects.get().about == ""

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"text": ""}, "Schrijf wat er niet klopt."),
            ({"text": "   \n "}, "Schrijf wat er niet klopt."),
            ({"text": "\u200b\u2060 \u00ad"}, "Schrijf wat er niet klopt."),
            ({"text": "a" * (LONGEST + 1)}, "Kort het in"),
            ({"text": "a\x00b"}, "Nog niet verstuurd"),
            ({"email": "geen adres"}, "Dit is geen e-mailadres"),
            ({"email": f"{'a' * 300}@example.org"}, "Nog niet verstuurd"),
        ],
    )
    def test_refuses_with_what_was_typed(self, reader, fields, said):
        response = sent(reader, **fields)

        page = response.content.decode()
        assert response.status_code == 422
        assert said in page
        assert "<title>Niet verstuurd" in page
        assert response["Cache-Control"] == "private, no-cache"
        assert not Report.objects.exists()

    def test_counts_a_line_end_as_one_character(self, reader):
        sent(reader, text="\r\n".join(["a" * 99] * 20))

        assert len(Report.objects.get().text) == 1999

    def test_shows_hostile_text_as_text(self, reader):
        response = sent(reader, text=HOSTILE, email=HOSTILE, over=HOSTILE)

        assert response.status_code == 422
        assert HOSTILE not in response.content.decode()

    def test_too_much_is_told_in_words_about_the_form(self, reader):
        response = sent(reader, text="a" * 3_000_000)

        assert response.status_code == 413
        assert "Dit formulier is te groot" in response.content.decode()

    def test_another_method_is_refused(self, reader):
        assert reader.put(FORM).status_code == 405
        assert reader.post(THANKS).status_code == 405

    def test_is_no_page_for_search_engines_or_for_the_store(self, reader, pages_kept):
        first, second = reader.get(FORM), reader.get(FORM)

        assert "X-Accel-Expires" not in first
        assert "X-Accel-Expires" not in second
        assert "noindex" in first.content.decode()


class TestWhereItComesFrom:
    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Origin": "https://elders.example"},
            {"Origin": "null"},
            {"Origin": "http://testserver:81"},
            {"Origin": "https://testserver"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"Sec-Fetch-Site": "same-origin", "Origin": "https://elders.example"},
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        ],
    )
    def test_from_elsewhere_nothing_is_taken(self, reader, headers):
        response = sent(reader, headers, text=HOSTILE)

        assert response.status_code == 403
        assert "vanop deze pagina zelf" in response.content.decode()
        assert not Report.objects.exists()

    @pytest.mark.parametrize("name", HERE)
    def test_one_of_the_two_is_enough(self, reader, name):
        assert sent(reader, {name: HERE[name]}).status_code == 302

    def test_the_desk_still_asks_its_token(self, reader):
        assert reader.post("/beheer/login/", {"username": "x"}, headers=HERE).status_code == 403


class TestAbuse:
    def test_a_program_that_fills_in_everything_is_thanked(self, reader):
        assert sent(reader, website="https://example.org")["Location"] == THANKS
        assert not Report.objects.exists()

    def test_the_sixth_of_an_hour_waits_with_what_was_typed(self, reader):
        for _ in range(5):
            assert sent(reader).status_code == 302

        response = sent(reader, text="De zesde.")

        assert response.status_code == 429
        assert "De zesde." in response.content.decode()
        assert Report.objects.count() == 5

    def test_another_address_need_not_wait(self):
        at_most = Limit("toets", each=1, all_=2, seconds=60, clock=lambda: 0)

        assert [at_most.takes(address) for address in "aabc"] == [True, False, True, False]

    def test_an_hour_later_it_is_forgotten(self):
        now = [0.0]
        at_most = Limit("toets", each=1, all_=9, seconds=60, clock=lambda: now[0])
        assert at_most.takes("192.0.2.1")

        now[0] = 60.0

        assert at_most.takes("192.0.2.1")
        assert len(cache.get(at_most.key)) == 1

    def test_no_address_is_held(self):
        at_most = Limit("toets", each=1, all_=9, seconds=60)
        at_most.takes("192.0.2.1")

        [(_, held)] = cache.get(at_most.key)
        assert b"192.0.2.1" not in held
        assert held != hashlib.sha256(b"192.0.2.1").digest()[:16]

    def test_every_process_counts_along(self):
        """Each has an object of its own; what they share stands in the database."""
        one, other = (Limit("toets", each=1, all_=9, seconds=60) for _ in range(2))

        assert [one.takes("192.0.2.1"), other.takes("192.0.2.1")] == [True, False]

    def test_what_had_its_time_is_wiped_every_day(self):
        now = [0.0]
        at_most = Limit("toets", each=1, all_=9, seconds=60, clock=lambda: now[0])
        at_most.takes("192.0.2.1")
        at_most.let_go()
        assert len(cache.get(at_most.key)) == 1

        now[0] = 60.0
        at_most.let_go()

        assert cache.get(at_most.key) is None

    def test_a_server_that_takes_nothing_in_counts_nothing(self, settings):
        settings.READ_ONLY = True

        assert not limit.takes("192.0.2.1")
        assert cache.get(limit.key) is None

    def test_a_database_that_is_read_only_is_not_written_to(self):
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
        try:
            assert not limit.takes("192.0.2.1")
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET default_transaction_read_only = off")

        assert cache.get(limit.key) is None


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("/over/", "/over/"),
        ("/over/#a-1", "/over/#a-1"),
        ("/concepten/?q=geheim", "/concepten/"),
        ("/over/#<script>", "/over/"),
        ("//elders.example/", ""),
        ("/\\\\elders.example/", ""),
        ("https://elders.example/over/", ""),
        ("javascript:alert(1)", ""),
        ("/beheer/", ""),
        ("/%62eheer/", ""),
        ("/bestaat-niet-echt", ""),
        ("/over/%0d%0a", ""),
        ("/over/\n", "/over/"),
        ("/over/%ff", ""),
        ("", ""),
        ("[", ""),
        ("//[", ""),
        ("/concepten/" + "a" * 600 + "/", ""),
    ],
)
def test_only_a_page_of_ours_is_what_it_is_about(text, page):
    assert page_of_ours(text) == page


class TestOnAServerForReaders:
    @pytest.fixture(autouse=True)
    def _only_reads(self, settings):
        settings.READ_ONLY = True
        settings.DESK_ADDRESS = "https://beheer.example.be/beheer/"

    def test_says_where_a_report_is_taken(self, reader):
        page = reader.get(FORM).content.decode()

        assert 'href="https://beheer.example.be/klopt-niet/"' in page
        assert "<textarea" not in page

    def test_gives_back_what_was_typed(self, reader):
        response = sent(reader, text=HOSTILE)

        assert response.status_code == 503
        assert "is niet verstuurd" in response.content.decode()
        assert HOSTILE not in response.content.decode()
        assert not Report.objects.exists()


def test_every_page_and_every_chapter_leads_to_it(client):
    version = ConceptVersionFactory(published=True)

    page = client.get(version.get_absolute_url()).content.decode()

    address = version.get_absolute_url().replace("/", "%2F")
    assert f'href="{FORM}?over={address}"' in page
    assert f'href="{FORM}?over={address}%23' in page
    assert f'href="{FORM}?over=%2Fover%2F"' in client.get("/over/").content.decode()
