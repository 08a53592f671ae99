"""Five municipalities tell their story rightly, on four days.

Bilzen merges, Zwijndrecht changes region and province, Antwerpen lies in four zones and grows,
Brussel lies in another gewest, De Haan changes zone.
"""

import csv
import datetime as dt
from collections import defaultdict

import pytest
from django.conf import settings

from concepts.places.lookup import Municipalities
from governance.models import AreaPart, CoverageArea
from tests.answers import text

pytestmark = pytest.mark.usefixtures("only_reads")

SOURCES, LAST, FIRST, TODAY = "2023-03-13", "2024-12-31", "2025-01-01", None
DAYS = [SOURCES, LAST, FIRST, TODAY]

#: What the sources say of all of Flanders, or of all of Belgium.
EVERYWHERE_IN_FLANDERS = {
    "1gezin1plan",
    "eerstelijnszones-en-zorgraden",
    "livc-r",
    "netwerken-ggz",
}


def data(client, nis, day):
    parameters = {"peildatum": day} if day else {}
    return client.get(f"/gemeenten/{nis}.json", parameters).json()


def page(client, nis, day):
    parameters = {"peildatum": day} if day else {}
    return text(client.get(f"/gemeenten/{nis}/", parameters, follow=True))


def lies_in(client, nis, kind, day):
    """The names of the areas of a kind that a municipality lies in on a day."""
    rows = data(client, nis, day)["ligging"]
    return [row["naam"] for row in rows if row["soort"] == kind and row["geldt"]]


def reached_by(client, nis, day, answer="ja"):
    return {row["slug"] for row in data(client, nis, day)["concepten"] if row["dekking"] == answer}


class TestBilzen:
    @pytest.mark.parametrize("day", [SOURCES, LAST])
    def test_lies_in_limburg_until_it_merges(self, client, day):
        assert data(client, "73006", day)["bestaat"]
        assert lies_in(client, "73006", "eerstelijnszone", day) == ["ZOLim"]
        assert lies_in(client, "73006", "provincie", day) == ["Limburg"]

    @pytest.mark.parametrize("day", [FIRST, TODAY])
    def test_goes_on_as_bilzen_hoeselt(self, client, day):
        found = data(client, "73006", day)

        assert not found["bestaat"]
        assert found["in_plaats_daarvan"] == ["73110"]
        assert "Bilzen bestond tot en met 31 december 2024." in page(client, "73006", day)
        assert reached_by(client, "73110", day) >= EVERYWHERE_IN_FLANDERS | {"project-m"}

    def test_had_a_gezinscoach_and_says_which_statement_tells_so(self, client):
        rows = {row["slug"]: row for row in data(client, "73006", SOURCES)["concepten"]}

        coach = rows["lokale-gezinscoaches"]
        assert (coach["dekking"], coach["gebied"]) == ("ja", "gemeente-73006")
        assert any(source["bron"] == "tekst" for source in coach["bronnen"])

    @pytest.mark.parametrize("day", [LAST, FIRST, TODAY])
    def test_has_none_after_the_projects_ended(self, client, day):
        for nis in ("73006", "73110"):
            assert "lokale-gezinscoaches" not in reached_by(client, nis, day)

    def test_is_found_under_its_old_name(self):
        lookup = Municipalities().find("Bilzen", dt.date(2026, 1, 1))

        assert lookup.only.name == "Bilzen-Hoeselt"


class TestZwijndrecht:
    def test_lies_in_region_waasland_and_province_antwerpen_at_first(self, client):
        for day in (SOURCES, LAST):
            assert lies_in(client, "11056", "referentieregio", day) == ["Waasland"]
            assert lies_in(client, "11056", "provincie", day) == ["Antwerpen"]

    def test_is_of_another_municipality_and_province_from_2025_on(self, client):
        for day in (FIRST, TODAY):
            assert data(client, "11056", day)["in_plaats_daarvan"] == ["46030"]
            assert lies_in(client, "46030", "provincie", day) == ["Oost-Vlaanderen"]
            assert lies_in(client, "46030", "referentieregio", day) == ["Waasland"]

    def test_went_through_two_moves_and_a_merger(self, client):
        events = {row["wat"] for row in data(client, "11056", SOURCES)["veranderingen"]}

        assert len(events) == 3
        assert any("regio Waasland" in event for event in events)
        assert any("Oost-Vlaanderen" in event for event in events)


class TestAntwerpen:
    @pytest.mark.parametrize("day", DAYS)
    def test_lies_in_four_zones_each_with_its_postcodes(self, client, day):
        rows = data(client, "11002", day)["ligging"]
        zones = {
            row["gebied"]: row["deel"]
            for row in rows
            if row["soort"] == "eerstelijnszone" and row["geldt"]
        }

        assert set(zones) == {
            *("elz-antwerpen-centrum", "elz-antwerpen-oost"),
            *("elz-antwerpen-zuid", "elz-noord-antwerpen"),
        }
        assert all(part.startswith("postcodes 2") for part in zones.values())

    def test_is_one_municipality_that_grows(self, client):
        before, after = (data(client, "11002", day) for day in (LAST, FIRST))

        assert before["bestaat"]
        assert after["bestaat"]
        assert [row["wat"] for row in after["veranderingen"]] == ["Borsbeek gaat op in Antwerpen"]
        assert data(client, "11007", FIRST)["in_plaats_daarvan"] == ["11002"]

    def test_is_reached_wholly_by_what_covers_flanders(self, client):
        assert reached_by(client, "11002", TODAY) >= EVERYWHERE_IN_FLANDERS


class TestBrussel:
    @pytest.mark.parametrize("day", DAYS)
    def test_lies_in_its_own_gewest_and_zone_and_in_no_region(self, client, day):
        assert lies_in(client, "21004", "gewest", day) == ["Brussels Hoofdstedelijk Gewest"]
        assert lies_in(client, "21004", "eerstelijnszone", day) == ["Bruzel"]
        assert lies_in(client, "21004", "referentieregio", day) == []
        assert lies_in(client, "21004", "provincie", day) == []

    @pytest.mark.parametrize("day", DAYS)
    def test_has_its_house_and_no_livc_r(self, client, day):
        found = reached_by(client, "21004", day)

        assert "huizen-van-het-kind" in found
        assert "livc-r" not in found
        assert {"1gezin1plan", "eerstelijnszones-en-zorgraden", "netwerken-ggz"} <= found

    def test_the_houses_of_other_municipalities_are_not_named(self, client):
        assert "huizen-van-het-kind" in reached_by(client, "24062", TODAY, "niet vermeld")


class TestDeHaan:
    @pytest.mark.parametrize(
        ("day", "zone"),
        [(SOURCES, "Oostkust"), (LAST, "Oostkust"), (FIRST, "Middenkust"), (TODAY, "Middenkust")],
    )
    def test_changes_zone(self, client, day, zone):
        assert lies_in(client, "35029", "eerstelijnszone", day) == [zone]

    def test_its_new_zone_had_another_name(self, client):
        rows = data(client, "35029", SOURCES)["ligging"]

        later = [row for row in rows if row["soort"] == "eerstelijnszone" and not row["geldt"]]
        assert [(row["gebied"], row["geldig_van"]) for row in later] == [
            ("elz-oostende-bredene", "2025-01-01")
        ]

    def test_stays_in_region_middenkust(self, client):
        for day in DAYS:
            assert lies_in(client, "35029", "referentieregio", day) == ["Middenkust"]


def test_every_sure_answer_has_a_statement_an_area_and_a_source(client):
    for nis in ("24062", "11002", "21004", "73110", "12025"):
        for row in data(client, nis, TODAY)["concepten"]:
            if row["dekking"] != "niet vermeld":
                assert row["uitspraak"], (nis, row["slug"])
                assert row["gebied"], (nis, row["slug"])
                assert row["bronnen"], (nis, row["slug"])


def test_project_samen_works_in_mechelen_only(client):
    assert "project-samen" in reached_by(client, "12025", TODAY)
    assert "project-samen" not in {row["slug"] for row in data(client, "24062", TODAY)["concepten"]}


@pytest.mark.parametrize("nis", ["24062", "23027", "44021", "34022", "35013"])
def test_a_centre_is_planned_until_it_opened(client, nis):
    """Leuven, Halle, Gent, Kortrijk and Oostende: on 25 November 2023, as Veilig Huis."""
    assert "family-justice-centers" in reached_by(client, nis, SOURCES, "gepland")
    assert "family-justice-centers" in reached_by(client, nis, "2023-11-24", "gepland")
    assert "family-justice-centers" in reached_by(client, nis, "2023-11-25")
    assert "family-justice-centers" in reached_by(client, nis, TODAY)


def test_a_centre_that_worked_in_march_2023_works_before_and_after(client):
    for day in (SOURCES, TODAY):
        assert "family-justice-centers" in reached_by(client, "11002", day)


@pytest.mark.parametrize(
    "path",
    [
        *("/gebieden/", "/gebieden/elz-leuven/", "/gemeenten/", "/gemeenten/24062-leuven/"),
        "/gebieden/vergelijk/?a=eerstelijnszone&b=referentieregio",
        *("/bronnen/statbel-gemeenten/", "/bronnen/provincies-in-cijfers-gebiedsniveaus/"),
    ],
)
def test_who_made_the_tables_is_named_where_they_are_shown(client, path):
    page = text(client.get(path))

    if "provincies" not in path:
        assert "Statbel" in page
        assert "CC BY 4.0" in page
    if "statbel" not in path:
        assert "Provincies in Cijfers" in page


class TestNamesOfPlaces:
    """Everyone who types where they live comes there, or is asked: never in another town."""

    DAY = dt.date(2026, 6, 1)

    @pytest.fixture(scope="class")
    @staticmethod
    def known(content_database, django_db_blocker):
        with django_db_blocker.unblock():
            return Municipalities()

    @staticmethod
    def places():
        """Every name of a municipality of today or of a part: {name: NIS codes it can be}."""
        names = defaultdict(set)
        for area in CoverageArea.objects.municipalities().filter(valid_until=None):
            names[area.name].add(area.nis)
        after = {area.nis: area for area in CoverageArea.objects.municipalities()}
        merged = merged_towns()
        for part in AreaPart.objects.select_related("area"):
            nis = merged.get(part.area.nis, part.area.nis)
            assert after[nis].valid_until is None
            names[part.name].add(nis)
        return names

    def test_none_is_wrong_and_nearly_all_are_right(self, known):
        names = self.places()
        towns = {area.name: area.nis for area in known.all if area.holds_on(self.DAY)}

        assert len(names) >= 1150
        right, asked = set(), set()
        for name, codes in names.items():
            lookup = known.find(name, self.DAY)
            offered = {hit.area.nis for hit in lookup.hits if hit.is_sure}
            assert codes <= offered, name
            if lookup.only is None:
                assert len(offered) > 1, name
                asked.add(name)
                continue
            # A town goes before a part of another town with its name; the page names that part.
            assert {lookup.only.nis} == ({towns[name]} if name in towns else codes), name
            right.add(name)
        assert len(right) >= 1100
        assert len(asked) <= 30
        assert not asked & towns.keys()

    def test_each_is_found_with_its_postcode(self, known):
        merged = merged_towns()
        for part in AreaPart.objects.select_related("area"):
            lookup = known.find(f"B-{part.postcode} {part.name}", self.DAY)
            assert lookup.only, part
            assert lookup.only.nis == merged.get(part.area.nis, part.area.nis), part

    @pytest.mark.parametrize(
        ("name", "nis"),
        [
            *(("Wondelgem", "44021"), ("Opglabbeek", "72042"), ("Waarschoot", "44085")),
            *(("Heverlee", "24062"), ("Kessel-Lo", "24062"), ("Laken", "21004")),
            *(("Grembergen", "42006"), ("Lembeke", "43007"), ("Merkem", "32006")),
            *(("Hingene", "12007"), ("Meerbeke", "41048"), ("Teuven", "73109")),
            *(("Bellingen", "23064"), ("Beselare", "33037"), ("Blanden", "24086")),
        ],
    )
    def test_what_once_went_to_another_town_does_not(self, client, name, nis):
        response = client.get("/gemeenten/", {"q": name}, follow=True)

        assert response.redirect_chain[0][0].startswith(f"/gemeenten/{nis}-")
        assert f"{name} ligt in" in text(response)

    def test_a_part_of_two_towns_asks_which(self, client):
        response = client.get("/gemeenten/", {"q": "Tongerlo"})

        assert response.status_code == 200
        assert "Tongerlo ligt in Westerlo (postcode 2260)" in text(response)

    @pytest.mark.parametrize(
        ("words", "slug"),
        [
            ("Limburg", "provincie-limburg"),
            ("Waasland", "regio-waasland"),
            ("provincie Antwerpen", "provincie-antwerpen"),
            ("ELZ Leuven", "elz-leuven"),
            ("zorgraad Bilzen", "elz-zolim"),
            ("regio Leuven", "regio-oost-brabant"),
        ],
    )
    def test_other_areas_are_offered(self, known, words, slug):
        assert slug in [area.slug for area in known.find(words, self.DAY).areas]

    def test_part_of_the_name_of_an_area_offers_it(self, client):
        page = text(client.get("/gemeenten/", {"q": "Meetjesland"}))

        assert "Bedoel je dit gebied?" in page
        assert "Eerstelijnszone West-Meetjesland" in page


def merged_towns():
    """The NIS codes of 2019 with those of today, where they changed, as the table says."""
    table = settings.BASE_DIR / "fixtures" / "tabellen" / "20-fusies-2025.csv"
    with table.open(encoding="utf-8") as file:
        return {row["oud_refnis"]: row["nieuw_refnis"] for row in csv.DictReader(file)}
