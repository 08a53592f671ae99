"""What readers report: the only form for them, what it refuses, and what the public hears of it."""

import datetime as dt
import hashlib

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from eerstelijn.login.groups import EINDREDACTEUR, GROUPS, LEZER, REDACTEUR
from eerstelijn.reports.form import page_of_ours
from eerstelijn.reports.limits import Limit, limit
from eerstelijn.reports.models import LONGEST, Outcome, Report
from eerstelijn.reports.outcomes import outcomes
from tests.desk import change_url, editor, fields_of, opened, send
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


# At the desk


@pytest.fixture
def report():
    return Report.objects.create(
        text="De rol <b>klopt</b> niet.", email="lezer@example.org", about="/over/"
    )


@pytest.fixture
def desk(client):
    client.force_login(editor(REDACTEUR))
    return client


class TestAnswering:
    def test_adapted_in_a_version(self, desk, report):
        send(desk, change_url(report), decision="aangepast", version="3", subject="Over de site")

        outcome = Outcome.objects.get()
        assert outcome.sentence == "Aangepast in versie 3."
        assert (outcome.report, outcome.about) == (report, "/over/")
        assert outcome.decided_on == outcome.received_on == timezone.localdate()
        assert desk.get("/beheer/lijst/meldingen/").context["rows"] == []

    def test_not_followed_because(self, desk, report):
        changes = {"decision": "niet-gevolgd", "subject": "Over"}

        refused = send(desk, change_url(report), **changes)
        send(desk, change_url(report), why="de bron het zo zegt.", **changes)

        assert "Zeg waarom je ze niet volgt" in refused.content.decode()
        assert 'href="#id_why"' in refused.content.decode()
        assert "Wat je typte, staat er nog." in refused.content.decode()
        assert Outcome.objects.get().sentence == "Niet gevolgd, omdat de bron het zo zegt."

    def test_a_version_goes_with_adapted_only(self, desk, report):
        response = send(
            desk, change_url(report), decision="niet-gevolgd", version="3", why="nee", subject="X"
        )

        assert "Een versie hoort bij" in response.content.decode()
        assert not Outcome.objects.exists()

    def test_two_editors_do_not_undo_each_other(self, desk, report):
        fields = opened(desk, change_url(report))
        send(desk, change_url(report), decision="aangepast", subject="Eerste")

        response = send(
            desk, change_url(report), fields, decision="niet-gevolgd", why="nee", subject="Tweede"
        )

        assert "Intussen besliste iemand anders al" in response.content.decode()
        assert Outcome.objects.get().subject == "Eerste"

    @pytest.mark.parametrize("sent", [{}, {"seen": ""}, {"seen": "\x00 x"}, {"seen": "9" * 5000}])
    @pytest.mark.parametrize("is_decided", [True, False])
    def test_who_does_not_say_what_they_saw_is_asked_again(self, desk, report, sent, is_decided):
        if is_decided:
            send(desk, change_url(report), decision="aangepast", subject="Eerste")
        fields = [(k, v) for k, v in opened(desk, change_url(report)) if k != "seen"]
        mine = {"decision": "niet-gevolgd", "why": "nee", "subject": "Tweede"}

        refused = send(desk, change_url(report), fields, **mine, **sent)

        text = refused.content.decode()
        assert ("Intussen besliste" in text, "Nog niemand" in text) == (is_decided, not is_decided)
        assert dict(fields_of(refused))["subject"] == "Tweede"
        assert not Outcome.objects.filter(subject="Tweede").exists()
        send(desk, change_url(report), fields_of(refused))
        assert Outcome.objects.get().subject == "Tweede"

    def test_a_decision_can_be_changed(self, desk, report):
        send(desk, change_url(report), decision="aangepast", subject="Over")
        send(desk, change_url(report), decision="niet-gevolgd", why="nee")

        assert Outcome.objects.get().sentence == "Niet gevolgd, omdat nee."

    def test_the_report_itself_stays_as_it_was_and_is_shown_as_text(self, desk, report):
        send(desk, change_url(report), decision="aangepast", subject="Over", text="Anders")

        report.refresh_from_db()
        assert report.text == "De rol <b>klopt</b> niet."
        assert "<b>klopt</b>" not in desk.get(change_url(report)).content.decode()
        assert desk.get("/beheer/reports/report/").status_code == 200
        assert desk.get("/beheer/reports/report/add/").status_code == 403

    @pytest.mark.parametrize("group", GROUPS)
    def test_who_may_delete_one(self, client, report, group):
        client.force_login(editor(group))

        response = client.post(f"/beheer/reports/report/{report.pk}/delete/", {"post": "yes"})

        refused = group in (LEZER, REDACTEUR)
        assert response.status_code == (403 if refused else 302)
        assert Report.objects.exists() == refused

    def test_the_list_of_reviews_says_that_a_reader_reported_something(self, client):
        client.force_login(editor(EINDREDACTEUR))
        version = ConceptVersionFactory(published=True)
        Report.objects.create(text="Nee.", about=f"{version.get_absolute_url()}#partners")

        (row,) = client.get("/beheer/lijst/nooit-nagekeken/").context["rows"]

        assert dict(row["cells"])["Let op"] == "1 melding van een lezer"


class TestThePublic:
    def test_hears_of_decisions_and_never_what_a_reader_wrote(
        self, desk, report, django_assert_num_queries
    ):
        send(desk, change_url(report), decision="aangepast", version="3", subject="Over de site")

        with django_assert_num_queries(1):
            (outcome,) = outcomes()
            said = " ".join(str(value) for value in vars(outcome).values())

        assert "klopt" not in said
        assert "example.org" not in said

    def test_of_one_page(self):
        today = timezone.localdate()
        for about in ("/a/", "/a/#b", "/a/b/", "/a.x/"):
            Outcome.objects.create(
                about=about,
                subject=about,
                received_on=today,
                decided_on=today,
                decision="aangepast",
            )

        assert {row.about for row in outcomes(about="/a/")} == {"/a/", "/a/#b"}

    def test_reads_them_under_the_list_of_changes(self, desk, report):
        before = desk.get("/wijzigingen/").content.decode()
        send(desk, change_url(report), decision="niet-gevolgd", why="de bron zegt X", subject="Rol")

        page = desk.get("/wijzigingen/").content.decode()
        (told,) = desk.get("/wijzigingen.json").json()["meldingen"]

        assert "Wat we met meldingen deden" not in before
        assert "Niet gevolgd, omdat de bron zegt X." in page
        assert "<b>klopt</b>" not in page
        assert "example.org" not in page
        today = str(timezone.localdate())
        assert told == {
            "onderwerp": "Rol",
            "url": f"http://testserver{report.about}",
            "gemeld_op": today,
            "beslist_op": today,
            "besluit": "niet-gevolgd",
            "versie": None,
            "waarom": "de bron zegt X",
        }

    @pytest.mark.parametrize("question", ["?q=zorg", "?van=2020-01-01", "?per_pagina=50"])
    def test_reads_none_beside_a_question(self, desk, report, question):
        send(desk, change_url(report), decision="aangepast", subject="Rol")

        assert "Wat we met meldingen" not in desk.get(f"/wijzigingen/{question}").content.decode()
        assert "meldingen" not in desk.get(f"/wijzigingen.json{question}").json()

    def test_reads_an_answer_at_once_where_the_page_was_kept(
        self, client, desk, report, pages_kept
    ):
        before = [client.get(url).content for url in ("/wijzigingen/", "/wijzigingen.json")]
        again = [client.get(url).content for url in ("/wijzigingen/", "/wijzigingen.json")]

        send(desk, change_url(report), decision="aangepast", subject="Rol")
        after = [client.get(url).content for url in ("/wijzigingen/", "/wijzigingen.json")]

        assert again == before
        assert all(b"Rol" in page and page not in before for page in after)


def test_reports_go_after_90_days_and_decisions_stay(desk, report, capsys):
    send(desk, change_url(report), decision="aangepast", subject="Over")
    young = Report.objects.create(text="Nieuw.")
    moment = timezone.now() - dt.timedelta(days=90, minutes=1)
    Report.objects.filter(pk=report.pk).update(received_at=moment)

    call_command("wis_meldingen")

    assert list(Report.objects.all()) == [young]
    assert Outcome.objects.get().report is None
    assert capsys.readouterr().out == "Gewist: 1 melding.\n"
