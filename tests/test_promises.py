"""`/tijdlijn/beloofd/`: every announced date, and what became of it; page and queue agree."""

import csv
import datetime as dt
import io
import re

import pytest

from concepts.models import Milestone
from concepts.queues.passed_events import PassedEvents
from concepts.queues.promises import Promises
from eerstelijn.dates import SourceDate
from governance.models import ChangeEvent, Decree
from tests.answers import text
from tests.dated import act, concept, happened, promised
from tests.factories import AgencyFactory, ChangeEventFactory, ConceptVersionFactory, make_public

pytestmark = pytest.mark.django_db

TODAY = dt.date.today()
PAST, AHEAD = "eind 2023", f"{TODAY.year + 3}"


def outcome(label):
    date = SourceDate.parse(label)
    return {
        "outcome_label": label,
        "outcome_earliest": date.earliest,
        "outcome_latest": date.latest,
    }


def stands(client, query=""):
    rows = client.get(f"/tijdlijn/beloofd.json{query}").json()["resultaten"]
    return {row["wat"]: row["uitkomst"] for row in rows}


@pytest.fixture
def of_each():
    """A promise of each way in which one can stand."""
    return concept(
        "x",
        promised("Stil", PAST),
        promised("Gehaald", "2023", "gehaald", **outcome("25 november 2023")),
        promised("Bijna", "1 januari 2025", "gehaald-met-uitzonderingen"),
        promised("Laat", "midden 2022", "later", **outcome("17 februari 2023")),
        promised("Niet", "mei 2022", "niet"),
        promised("Straks", AHEAD),
        promised("Ooit", ""),
        happened("Gewoon gebeurd", "2020"),
    )


class TestHowAPromiseStands:
    def test_each_has_its_outcome_and_silence_comes_first(self, client, of_each):
        assert list(stands(client).items()) == [
            ("Stil", "verstreken-zonder-bericht"),
            ("Niet", "niet"),
            ("Bijna", "gehaald-met-uitzonderingen"),
            ("Gehaald", "gehaald"),
            ("Laat", "later"),
            ("Straks", "nog-niet-verstreken"),
            ("Ooit", "zonder-datum"),
        ]
        html = client.get("/tijdlijn/beloofd/").content.decode()
        heads = re.findall(r'<h2 class="kind-head" id="(\S+)-kop">', html)
        assert heads == ["verstreken", "niet", "gehaald", "nog", "zonder-datum"]

    def test_the_sentence_counts_them(self, client, of_each):
        assert (
            "6 beloften met een datum. 1 is verstreken zonder dat we er iets over vonden. "
            "1 is gehaald. 1 is gehaald met uitzonderingen. 1 kwam later. 1 is niet gehaald. "
            "1 moet nog komen."
        ) in text(client.get("/tijdlijn/beloofd/"))

    def test_it_stays_promised_through_its_last_day(self):
        version = concept("x", promised("Stil", PAST))
        last = dt.date(2023, 12, 31)
        unanswered = Milestone.objects.filter(version=version).unanswered

        assert not unanswered(last).exists()
        assert unanswered(last + dt.timedelta(days=1)).exists()

    def test_what_is_promised_after_a_year_never_goes_by(self, client):
        concept("x", promised("Na", "na 2020"))

        assert stands(client) == {"Na": "nog-niet-verstreken"}

    def test_the_queue_of_the_desk_holds_what_the_page_calls_silent(self, client, of_each):
        event = ChangeEventFactory(name="Fusie", date="2021", status=ChangeEvent.Status.ANNOUNCED)
        ChangeEventFactory(name="Straks fusie", date=AHEAD, status=ChangeEvent.Status.ANNOUNCED)

        silent = {title for title, stand in stands(client).items() if stand.startswith("verstr")}

        assert silent == {"Stil", "Fusie"}
        assert [row.title for row in Promises().rows()] == ["Stil"]
        assert list(PassedEvents().rows()) == [event]

    def test_announced_acts_are_promises_too(self, client):
        act("2022", short_title="plan", status=Decree.Status.ANNOUNCED)
        act("2022", short_title="decreet", status=Decree.Status.IN_FORCE)

        assert stands(client) == {"Plan: bekrachtigd": "verstreken-zonder-bericht"}

    def test_a_change_that_is_merely_possible_is_no_promise(self, client):
        ChangeEventFactory(date="2021", status=ChangeEvent.Status.POSSIBLE)

        assert stands(client) == {}
        assert "Zo’n belofte staat er niet" in text(client.get("/tijdlijn/beloofd/"))


class TestOnADay:
    @pytest.mark.parametrize(
        ("day", "stand"),
        [
            ("2022-07-01", "nog-niet-verstreken"),
            ("2022-09-01", "verstreken-zonder-bericht"),
            ("2023-02-16", "verstreken-zonder-bericht"),
            ("2023-02-17", "later"),
        ],
    )
    def test_an_outcome_of_later_is_left_out(self, client, of_each, day, stand):
        assert stands(client, f"?peildatum={day}")["Laat"] == stand

    @pytest.mark.parametrize(
        ("day", "stand"),
        [("2024-12-31", "nog-niet-verstreken"), ("2025-01-01", "gehaald-met-uitzonderingen")],
    )
    def test_an_outcome_without_a_date_is_as_old_as_the_promise(self, client, of_each, day, stand):
        assert stands(client, f"?peildatum={day}")["Bijna"] == stand

    def test_what_is_known_today_counts_today_even_before_the_date(self, client):
        concept("x", promised("Vroeg klaar", AHEAD, "gehaald"))

        assert stands(client) == {"Vroeg klaar": "gehaald"}

    def test_remarks_of_today_stay_away_and_the_line_moves(self, client):
        concept("x", promised("Laat", "2022", "later", note="Kwam er.", **outcome("2024")))

        then = client.get("/tijdlijn/beloofd/?peildatum=2023-06-01").content.decode()
        now = client.get("/tijdlijn/beloofd/").content.decode()

        assert "Kwam er." in now
        assert "Kwam er." not in then
        assert "Op die dag was er geen bericht." in then
        assert "1 juni 2023</li>" in " ".join(then.split()).replace(" </li>", "</li>")
        assert track_day(then) != track_day(now)


def track_day(html):
    return re.search(r'class="track-day" d="(M[^"]+v36)"', html)[1]


def test_both_dates_stand_with_the_sources_of_each(client):
    came = promised("Opent", PAST, "gehaald", **outcome("november 2023"))
    version = ConceptVersionFactory(concept__slug="x", statements=[came])
    row = version.milestones.get()
    row.outcome_citations.set(row.citations.all())
    make_public(version)

    (promise,) = client.get("/tijdlijn/beloofd.json").json()["resultaten"]
    html = client.get("/tijdlijn/beloofd/").content.decode()

    assert promise["beloofd"]["label"] == PAST
    assert promise["echte_datum"]["label"] == "november 2023"
    assert promise["bronnen"] == promise["bronnen_van_de_afloop"] != []
    assert promise["concepten"][0]["slug"] == "x"
    assert html.count('aria-label="bron 1"') == 2
    assert "November 2023." in html


def test_how_much_later_is_said_in_words(client):
    concept("x", promised("Laat", "midden 2022", "later", **outcome("17 februari 2023")))

    assert "17 februari 2023, ongeveer een half jaar later." in text(
        client.get("/tijdlijn/beloofd/")
    )


def test_days_are_counted_only_from_a_day_that_was_promised(client):
    concept(
        "x",
        promised("Begin", "begin 2024", "later", **outcome("3 mei 2024")),
        promised("Dag", "30 april 2024", "later", **outcome("3 mei 2024")),
    )

    said = text(client.get("/tijdlijn/beloofd/"))

    assert "3 mei 2024, na de beloofde periode." in said
    assert "3 mei 2024, 3 dagen later." in said


def test_one_number_of_promises_stands_on_every_page(client, of_each):
    for path in ("/", "/tijdlijn/", "/tijdlijn/beloofd/"):
        assert "6 beloften" in text(client.get(path)), path


def test_each_year_has_a_way_to_what_was_promised_for_it(client, of_each):
    years = client.get("/tijdlijn/beloofd/?concept=x").context["page"].years
    asked = client.get(years[-1].url)

    assert [link.label for link in years] == ["Alle jaren", AHEAD, "2025", "2023", "2022"]
    assert years[-1].url == "/tijdlijn/beloofd/?concept=x&tot=2022&van=2022"
    assert [link.label for link in asked.context["page"].years if link.selected] == ["2022"]
    assert set(stands(client, "?concept=x&tot=2022&van=2022")) == {"Laat", "Niet"}


def test_a_table_has_a_row_for_each(client, of_each):
    rows = csv.DictReader(io.StringIO(client.get("/tijdlijn/beloofd.csv").content.decode()))

    assert [(row["wat"], row["uitkomst"], row["echte_datum"]) for row in rows][3:5] == [
        ("Gehaald", "gehaald", "25 november 2023"),
        ("Laat", "later", "17 februari 2023"),
    ]


def test_it_can_be_asked_for_a_concept_and_a_service(client, of_each):
    owner = AgencyFactory(slug="dienst")
    concept("y", promised("Van y", PAST), agencies=[owner])

    assert stands(client, "?concept=y") == stands(client, "?dienst=dienst")
    assert list(stands(client, "?concept=y")) == ["Van y"]


class TestHome:
    def test_names_one_promise_of_each_kind_silence_first(self, client, of_each):
        news = client.get("/").context["news"]

        assert [promise.title for promise in news.promises] == [
            *("Stil", "Niet", "Gehaald", "Bijna", "Laat")
        ]
        assert "Alle 6 beloften" in text(client.get("/"))

    def test_tells_what_happened_with_whom_it_touches_and_no_announcement(self, client, of_each):
        entries = client.get("/").context["news"].entries

        assert [entry.title for entry in entries] == ["Gehaald", "Laat", "Gewoon gebeurd"]
        assert "Raakt Naam x" in text(client.get("/"))

    def test_the_board_to_what_changed_leads_to_the_timeline(self, client):
        assert '<a class="board" href="/tijdlijn/">' in client.get("/").content.decode()

    def test_one_thing_of_two_concepts_is_told_once(self, client):
        concept("x", happened("Besluit", "26 april 2024"))
        concept("y", happened("Besluit", "26 april 2024"))

        (entry,) = client.get("/").context["news"].entries

        assert [concept.slug for concept in entry.about] == ["x", "y"]
