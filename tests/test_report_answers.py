"""What the desk does with a report, and what the public hears of it."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from eerstelijn.login.groups import EINDREDACTEUR, GROUPS, LEZER, REDACTEUR
from eerstelijn.reports.models import Outcome, Report
from eerstelijn.reports.outcomes import outcomes
from tests.desk import change_url, editor, fields_of, opened, send
from tests.factories import ConceptVersionFactory

pytestmark = pytest.mark.django_db


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
