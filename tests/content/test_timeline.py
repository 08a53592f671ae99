"""The timeline and the promises of the content: what they say of March 2023, and of what came."""

import datetime as dt

import pytest

from concepts.models import Milestone
from concepts.queues.promises import Promises
from governance.models import DecreeDate
from tests.answers import text

pytestmark = pytest.mark.usefixtures("only_reads")

#: After everything that the content knows of; what is still to come then, lies after 2026.
DAY = "2026-11-30"


@pytest.fixture
def promises(client):
    def promises(query=f"?peildatum={DAY}"):
        rows = client.get(f"/tijdlijn/beloofd.json{query}").json()["resultaten"]
        return {row["id"].removeprefix("mijlpaal-"): row for row in rows}

    return promises


def test_family_justice_centers_were_promised_for_2023_and_came_in_november(promises, client):
    new, all_provinces = (
        promises("")[f"family-justice-centers-{key}"]
        for key in ("vijf-nieuwe-centra", "elke-provincie")
    )

    assert "Leuven" in new["wat"]
    assert (new["beloofd"]["label"], all_provinces["beloofd"]["label"]) == ("2023", "eind 2023")
    for row in (new, all_provinces):
        assert row["uitkomst"] == "gehaald"
        assert row["echte_datum"]["vroegst"] == "2023-11-25"
        assert row["bronnen"]
        assert row["bronnen_van_de_afloop"]
    assert "25 november 2023. De afloop komt van buiten" in text(client.get("/tijdlijn/beloofd/"))


def test_the_page_answers_what_was_promised_for_the_end_of_2023(promises):
    asked = promises("?van=2023-10-01&tot=2023-12-31")

    assert {key: row["uitkomst"] for key, row in asked.items()} == {
        "family-justice-centers-vijf-nieuwe-centra": "gehaald",
        "family-justice-centers-elke-provincie": "gehaald",
        "centra-ifg-elke-regio": "verstreken-zonder-bericht",
        "lokale-gezinscoaches-einde-projecten": "verstreken-zonder-bericht",
        "hervorming-zorgraden-einde-subsidie": "verstreken-zonder-bericht",
    }


def test_every_announced_date_of_the_content_stands_there_once(promises):
    announced = Milestone.objects.from_public().filter(is_announced=True)

    assert set(promises("")) == {f"{row.version.concept.slug}-{row.key}" for row in announced}


def test_silence_is_what_the_queue_of_editors_holds(promises):
    silent = {
        key for key, row in promises("").items() if row["uitkomst"] == "verstreken-zonder-bericht"
    }

    assert silent == {f"{row.version.concept.slug}-{row.key}" for row in Promises().rows()}
    assert len(silent) >= 9


def test_the_conceptnota_came_half_a_year_later(client):
    assert "17 februari 2023, ongeveer een half jaar later." in text(
        client.get("/tijdlijn/beloofd/?concept=vroeg-en-nabij")
    )


def test_the_zones_were_in_time_but_for_some(promises):
    row = promises("")["regiovorming-eerstelijnszones-aangepast"]

    assert row["uitkomst"] == "gehaald-met-uitzonderingen"


def test_on_the_day_of_the_tekst_most_was_still_to_come(promises):
    stands = {key: row["uitkomst"] for key, row in promises("?peildatum=2023-03-13").items()}

    assert stands["family-justice-centers-elke-provincie"] == "nog-niet-verstreken"
    assert stands["vroeg-en-nabij-conceptnota"] == "later"
    assert stands["hervorming-zorgraden-suggesties"] == "verstreken-zonder-bericht"


class TestTimeline:
    @pytest.fixture
    def rows(self, client):
        return client.get("/tijdlijn.json").json()["resultaten"]

    def test_every_milestone_and_every_date_of_an_act_stands_on_it(self, rows):
        ids = [row["id"] for row in rows]

        dated = Milestone.objects.from_public().exclude(date_label="")
        assert {f"mijlpaal-{row.version.concept.slug}-{row.key}" for row in dated} <= set(ids)
        acts = [row for row in ids if row.startswith("regelgeving-")]
        assert len(acts) == DecreeDate.objects.count()
        assert len(ids) == len(set(ids))

    def test_each_row_has_a_source(self, rows):
        assert [row["id"] for row in rows if not row["bronnen"]] == []

    def test_it_is_in_order_of_the_earliest_day(self, rows):
        days = [row["datum"]["vroegst"] or row["datum"]["laatst"] for row in rows]
        dated = [day for day in days if day]

        assert dated == sorted(dated)
        assert days[: len(dated)] == dated

    def test_what_happened_to_zorg_on_one_day_is_a_promise_and_a_fact(self, client):
        asked = client.get("/tijdlijn.json?van=2023-06-01&tot=2023-06-01").json()["resultaten"]

        of_that_day = [row for row in asked if row["datum"]["vroegst"] == "2023-06-01"]
        assert {(row["id"].partition("-")[0], row["status"]) for row in of_that_day} == {
            ("verandering", "gebeurd"),
            ("mijlpaal", "aangekondigd"),
            ("mijlpaal", "gebeurd"),
        }

    def test_a_merger_touches_the_concepts_of_both_services(self, rows):
        (merger,) = [row for row in rows if row["id"] == "verandering-fusie-departement-zorg"]

        touched = {concept["slug"] for concept in merger["concepten"]}
        assert {"gbo", "sociaal-huis", "netwerken-ggz"} <= touched

    def test_a_present_service_finds_what_its_predecessors_went_through(self, client):
        asked = client.get("/tijdlijn.json?dienst=departement-zorg&soort=organisatie").json()

        assert "verandering-fusie-departement-zorg" in [row["id"] for row in asked["resultaten"]]

    def test_municipalities_merged_on_the_first_of_2025(self, client):
        asked = client.get("/tijdlijn.json?soort=gebied&van=2025-01-01").json()["resultaten"]

        assert sum(row["id"].startswith("verandering-fusie-") for row in asked) == 13


def test_home_counts_the_contradictions_of_the_page(client):
    number = client.get("/tegenspraken.json").json()["aantal"]

    for path in ("/", "/tegenspraken/"):
        assert f"{number} punten waarop de bronnen verschillen" in text(client.get(path)), path


def test_home_names_the_contradiction_that_comes_first(client):
    (first, *_) = client.get("/").context["contradictions"]

    assert first.slug == "x01-zorgzame-buurten-133-of-132"


def test_home_shows_promises_of_which_nothing_was_heard_first(client):
    news = client.get("/").context["news"]

    assert news.promises[0].stand == "verstreken-zonder-bericht"
    assert [promise.stand for promise in news.promises[1:]] == [
        "gehaald",
        "gehaald-met-uitzonderingen",
        "later",
    ]
    assert all(entry.day > dt.date(2023, 3, 13) for entry in news.entries)
    assert "Eerste versie" not in text(client.get("/"))
