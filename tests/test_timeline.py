"""`/tijdlijn/`: all that is dated, in order, with what it touches and its sources."""

import csv
import datetime as dt
import io
import re
from functools import partial

import pytest

from eerstelijn.dates import SourceDate
from governance.models import AreaName, ChangeEvent, Decree
from tests.answers import text
from tests.dated import act, concept, found, happened, page, promised
from tests.factories import (
    AgencyFactory,
    AreaKindFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    LegalBasisFactory,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date.today()


class TestOrder:
    def test_a_year_comes_before_its_days_and_each_date_stays_as_the_source_has_it(self, client):
        concept(
            "x",
            happened("Dag", "1 januari 2023"),
            happened("Eind", "eind 2023"),
            happened("Jaar", "2023"),
            happened("Najaar", "1 november 2023"),
            happened("Maand", "mei 2022"),
        )

        assert found(client) == ["Maand", "Jaar", "Dag", "Eind", "Najaar"]
        html = page(client)
        assert '<time class="when" datetime="2023"><b>2023</b> </time>' in html
        assert '<time class="when" datetime="2022-05"><b>2022</b> <span>mei</span></time>' in html
        assert "<b>2023</b> <span>eind</span>" in html

    def test_what_is_dated_at_the_latest_stands_at_that_day(self, client):
        concept(
            "x", happened("Voor", "mei 2022"), happened("Uiterlijk", "uiterlijk 1 januari 2023")
        )

        assert found(client) == ["Voor", "Uiterlijk"]

    def test_what_has_a_date_without_a_year_stands_at_the_end(self, client):
        concept("x", happened("Zonder jaar", SourceDate("17 mei"), date_unbounded=True))
        concept("y", happened("Met jaar", "2023"))

        assert found(client) == ["Met jaar", "Zonder jaar"]
        assert 'id="zonder-jaar"' in page(client)

    def test_the_line_of_today_stands_between_what_was_and_what_comes(self, client):
        concept("x", happened("Geweest", "mei 2022"), promised("Straks", f"{TODAY.year + 4}"))

        html = page(client)

        line = html.index('class="today"')
        assert html.index("Straks") < line < html.index("Geweest")
        assert 'id="vandaag"' in html[line : line + 80]
        assert "vandaag, " in html[line : line + 120]

    def test_the_newest_year_stands_on_top_and_old_ones_are_folded_with_their_number(self, client):
        rows = [happened(f"Stap {day}", f"{day} mei 2013") for day in range(1, 31)]
        concept("x", *rows, happened("Nieuwste", f"1 januari {TODAY.year}"))

        html = page(client)

        assert html.index("Nieuwste") < html.index("Stap 30") < html.index("Stap 10")
        folds = re.findall(r'<details class="year"( open)?>\s*<summary>\s*<h2 id="jaar-(\d+)', html)
        assert folds == [(" open", str(TODAY.year)), ("", "2013")]
        assert '<span class="count">30 gebeurtenissen</span>' in html

    def test_few_lines_are_all_in_sight(self, client):
        concept("x", happened("Ooit", "mei 2013"))

        assert '<details class="year">' not in page(client)

    def test_what_several_concepts_tell_in_the_same_words_is_one_line(self, client):
        concept("x", happened("Hetzelfde", "1 mei 2022"))
        concept("y", happened("Hetzelfde", "1 mei 2022"))

        asked = client.get("/tijdlijn/")
        (line,) = asked.context["page"].lines

        assert [concept.slug for concept in line.about] == ["x", "y"]
        assert "<b>1\xa0gebeurtenis</b>" in asked.content.decode()
        for slug in "xy":  # a link to either still leads there
            assert asked.content.decode().count(f'id="mijlpaal-{slug}-') == 1
        assert found(client) == ["Hetzelfde", "Hetzelfde"]

    def test_what_is_announced_is_an_open_ring(self, client):
        concept("x", happened("Geweest", "mei 2022"), promised("Beloofd", "2022"))

        stops = re.findall(r'<li id="mijlpaal-x-\S+" tabindex="-1"([^>]*)>', page(client))

        assert ["announced" in stop for stop in stops] == [False, True]

    def test_a_day_that_is_to_come_is_announced_whoever_says_it(self, client):
        AgencyFactory(name="Nieuwe dienst", start=f"1 januari {TODAY.year + 2}")

        (row,) = client.get("/tijdlijn.json").json()["resultaten"]

        assert (row["wat"], row["status"]) == ("Nieuwe dienst begint", "aangekondigd")


class TestWhatStandsOnIt:
    def test_all_that_is_dated_has_a_row_with_its_sources(self, client):
        owner = AgencyFactory(name="Dienst", start="2019")
        decree = act("9 februari 2018", short_title="decreet x")
        basis = partial(LegalBasisFactory, decree=decree)
        concept("x", happened("Start", "2020"), basis, agencies=[owner])
        event = ChangeEventFactory(name="Fusie", date="2021", before=[owner])
        event.citations.add(CitationFactory(section="fusie"))
        CoverageAreaFactory(
            kind=AreaKindFactory(slug="zone", name="zone", data_from="2019-01-01"),
            name="Noord",
            valid_from="2022-01-01",
        )

        rows = client.get("/tijdlijn.json").json()["resultaten"]

        assert [(row["wat"], row["soort"]) for row in rows] == [
            ("Decreet x: bekrachtigd", "regelgeving"),
            ("Dienst begint", "organisatie"),
            ("Start", "concept"),
            ("Fusie", "organisatie"),
            ("Zone Noord staat voor het eerst in de gegevens", "gebied"),
        ]
        touched = {row["wat"]: [each["slug"] for each in row["concepten"]] for row in rows}
        assert touched["Decreet x: bekrachtigd"] == ["x"]
        assert touched["Fusie"] == ["x"]
        assert [bool(row["bronnen"]) for row in rows if row["soort"] in ("concept", "regelgeving")]

    def test_a_promise_that_came_stands_on_both_days(self, client):
        real = {"outcome_label": "3 mei 2024", "outcome_earliest": "2024-05-03"}
        concept("x", promised("Opent", "eind 2023", "later", outcome_latest="2024-05-03", **real))

        rows = client.get("/tijdlijn.json").json()["resultaten"]

        assert [(row["datum"]["label"], row["status"]) for row in rows] == [
            ("eind 2023", "aangekondigd"),
            ("3 mei 2024", "gebeurd"),
        ]
        assert "Aangekondigd voor eind 2023." in text(client.get("/tijdlijn/"))

    def test_what_a_change_tells_is_not_told_again_of_its_services_and_areas(self, client):
        was = AgencyFactory(name="Oud", end="31 mei 2023")
        now = AgencyFactory(name="Nieuw", start="1 juni 2023")
        ChangeEventFactory(name="Oud wordt Nieuw", date="1 juni 2023", before=[was], after=[now])
        other = AgencyFactory(name="Ander", end="2021")

        assert found(client) == [f"{other.name} houdt op", "Oud wordt Nieuw"]

    def test_an_area_that_got_another_name_says_which(self, client):
        area = CoverageAreaFactory(
            kind=AreaKindFactory(slug="regio", name="regio", data_from="2019-01-01"), name="Nieuw"
        )
        AreaName.objects.create(area=area, name="Oud", valid_until="2022-12-31")
        AreaName.objects.create(area=area, name="Nieuw", valid_from="2023-01-01")

        assert found(client) == ["Regio Oud heet voortaan Nieuw"]

    def test_areas_that_begin_on_one_day_stand_together(self, client):
        kind = AreaKindFactory(slug="z", name="zone", plural="zones", data_from="2019-01-01")
        for name in "CAB":
            CoverageAreaFactory(kind=kind, name=name, valid_from="2022-01-01")
        CoverageAreaFactory(kind=kind, name="Van voor de gegevens", valid_from="2019-01-01")

        assert found(client) == ["3 zones staan voor het eerst in de gegevens: A, B en C"]

    def test_an_act_and_what_is_told_of_it_that_day_are_one_line(self, client):
        decree = act("9 februari 2018", short_title="decreet x")
        basis = partial(LegalBasisFactory, decree=decree)
        concept("x", basis, happened("Het decreet noemt x", "9 februari 2018"))
        concept("y", happened("Iets anders", "9 februari 2018"))  # it does not rest on the act

        html = page(client)
        rows = client.get("/tijdlijn.json").json()["resultaten"]

        lines = re.findall(r'<li id="((?:regelgeving|mijlpaal)[^"]*)" tabindex', html)
        assert len(lines) == 2
        assert lines[0] == f"regelgeving-{decree.slug}-bekrachtigd-9-februari-2018"
        told = [row["id"] for row in rows if row["samen_met"] == lines[0]]
        assert [row["wat"] for row in rows if row["id"] in told] == ["Het decreet noemt x"]
        assert f'<span id="{told[0]}" tabindex="-1">' in html
        assert "<b>2\xa0gebeurtenissen</b>" in html
        assert len(rows) == 3
        # Who asks for one kind reads all of it.
        assert "Het decreet noemt x" in page(client, "?soort=organisatie&soort=concept")

    def test_an_announced_act_is_announced(self, client):
        act("2022", short_title="plan", status=Decree.Status.ANNOUNCED)

        assert client.get("/tijdlijn.json").json()["resultaten"][0]["status"] == "aangekondigd"

    def test_what_is_possible_says_that_nobody_announced_it(self, client):
        event = ChangeEventFactory(
            name="Misschien", date="na 2024", status=ChangeEvent.Status.POSSIBLE
        )

        assert found(client, "?status=mogelijk") == [event.name]
        assert "Mogelijk (niet aangekondigd)." in page(client)

    def test_of_a_concept_that_is_not_public_nothing_is_told(self, client):
        ConceptVersionFactory(name="Geheim", statements=[happened("Geheim", "2023")])

        assert found(client) == []
        assert "Geheim" not in page(client)


class TestDay:
    @pytest.fixture(autouse=True)
    def rows(self):
        concept("x", happened("Eerder", "mei 2022"), happened("Later", "mei 2024"))

    def test_what_came_after_it_is_folded_away(self, client):
        html = page(client, "?peildatum=2023-03-13")

        before, _, after = html.partition('<details class="later">')
        assert "Eerder" in before
        assert "Later" not in before
        assert "Na deze dag: 1 verandering" in after
        assert "Later" in after
        assert "Je bekijkt de tijdlijn zoals ze was op" in before

    def test_data_say_which_came_after_it(self, client):
        rows = client.get("/tijdlijn.json?peildatum=2023-03-13").json()

        assert rows["peildatum"] == "2023-03-13"
        assert [(row["wat"], row["na_peildatum"]) for row in rows["resultaten"]] == [
            ("Eerder", False),
            ("Later", True),
        ]

    def test_links_to_data_keep_the_day(self, client):
        assert 'href="/tijdlijn.csv?peildatum=2023-03-13"' in page(client, "?peildatum=2023-03-13")


def test_a_table_has_the_rows_of_the_page(client):
    concept("x", happened("=Start", "mei 2022"), happened("Eind", "2023"))

    answer = client.get("/tijdlijn.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))

    assert 'filename="tijdlijn.csv"' in answer["Content-Disposition"]
    assert [(row["datum"], row["vroegst"], row["laatst"]) for row in rows] == [
        ("mei 2022", "2022-05-01", "2022-05-31"),
        ("2023", "2023-01-01", "2023-12-31"),
    ]
    assert (rows[0]["wat"], rows[0]["concepten"]) == ("'=Start", "x")


@pytest.mark.parametrize("path", ["/tijdlijn/", "/tijdlijn/beloofd/", "/"])
@pytest.mark.parametrize("rows", [1, 12])
def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries, path, rows):
    kind = AreaKindFactory(data_from="2019-01-01")
    for number in range(rows):
        owner = AgencyFactory(start="2019", end="2021")
        ChangeEventFactory(date="2022", before=[owner], status="aangekondigd")
        ChangeEventFactory(date="2022", before=[owner])
        basis = partial(LegalBasisFactory, decree=act("2018", status="aangekondigd"))
        outcome = {"outcome_label": "2024", "outcome_earliest": "2024-01-01"}
        concept(
            f"x{number}",
            *(happened("Start", "2020", key="a"), promised("Eind", "2021", key="b")),
            promised("Later", "2023", "later", key="c", **outcome),
            basis,
            agencies=[owner],
        )
        area = CoverageAreaFactory(kind=kind, valid_from="2022-01-01")
        AreaName.objects.create(area=area, name=f"Oud {number}", valid_until="2022-12-31")
        AreaName.objects.create(area=area, name=f"Nieuw {number}", valid_from="2023-01-01")

    # The first page after the content changed: then what is dated is read, in 29, and on the
    # home page who can be asked, in two.
    with django_assert_max_num_queries(43):
        client.get(path)
