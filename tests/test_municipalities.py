"""Looking a municipality up, and what its page says of a day."""

import datetime as dt
from functools import partial

import pytest

from concepts.models import Coverage
from concepts.places import municipality
from governance import derived
from governance.models import AreaBorder
from tests import databases
from tests.answers import rows_of_csv, slugs, text
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    ConceptVersionFactory,
    CoverageFactory,
    OwnershipFactory,
    PartnerFactory,
)
from tests.merged_towns import FIRST, LAST, make_country

pytestmark = pytest.mark.django_db
BEFORE, AFTER = dt.date(2023, 3, 13), dt.date(2026, 6, 1)


@pytest.fixture(scope="module", autouse=True)
def made(django_db_setup, django_db_blocker):
    with databases.made_once(django_db_blocker, make_country) as made:
        yield made


@pytest.fixture
def country(made):
    """Two towns that merged, a town and a city in two zones, in a province; what reaches them.

    | area                   | from 2019 to 2024            | from 2025            |
    |------------------------|------------------------------|----------------------|
    | 73006 Bilzen           | zone zolim, postcode 3740    | in Bilzen-Hoeselt    |
    | 73032 Hoeselt          | zone zolim, postcode 3730    | in Bilzen-Hoeselt    |
    | 73110 Bilzen-Hoeselt   |                              | zone zolim           |
    | 24062 Leuven           | zone leuven, postcode 3000   | the same             |
    | 11002 Antwerpen        | zones noord and zuid by part | the same             |
    """
    return made()


@pytest.fixture
def concepts(country):
    """A concept for each answer that Leuven can get, and one in Bilzen that ended in 2023."""
    scale = country["elz-leuven"].kind
    extent, status = Coverage.Extent, Coverage.Status
    makers = {
        "overal": {"extent": extent.WHOLE, "territory": [country["gewest-vlaanderen"]]},
        "gepland": {
            "extent": extent.ONLY_NAMED,
            "status": status.PLANNED,
            "territory": [country["elz-leuven"]],
        },
        "ergens": {"extent": extent.UNLOCATED},
        "elders": {"extent": extent.ONLY_NAMED, "territory": [country["elz-noord"]]},
        "voorbij": {
            "extent": extent.ONLY_NAMED,
            "territory": [country["Bilzen"], country["Leuven"]],
            "end": "31 oktober 2023",
        },
    }
    caw, clb = PartnerFactory(slug="caw", name="CAW"), PartnerFactory(slug="clb", name="CLB")
    return {
        slug: ConceptVersionFactory(
            concept__slug=slug,
            name=slug.capitalize(),
            published=True,
            partners=[caw, clb] if slug in ("overal", "ergens") else [caw],
            statements=[partial(CoverageFactory, scale=scale, key=slug, **fields)],
        )
        for slug, fields in makers.items()
    }


class TestThePage:
    def page(self, client, path, day=None):
        return client.get(path, {"peildatum": day} if day else {})

    def data(self, client, nis, day):
        return client.get(f"/gemeenten/{nis}.json", {"peildatum": day}).json()

    @pytest.mark.parametrize("address", ["24062/", "24062-leeuven/"])
    def test_it_has_one_address(self, client, country, address):
        response = client.get(f"/gemeenten/{address}?peildatum=2023-03-13")

        assert response.status_code == 301
        assert response["Location"] == "/gemeenten/24062-leuven/?peildatum=2023-03-13"

    def test_concepts_stand_under_their_answer(self, client, concepts):
        data = self.data(client, "24062", AFTER)

        found = {row["slug"]: row["dekking"] for row in data["concepten"]}
        assert found == {"overal": "ja", "gepland": "gepland", "ergens": "niet vermeld"}
        assert data["aantal_per_dekking"] == {
            "ja": 1,
            "gedeeltelijk": 0,
            "gepland": 1,
            "niet vermeld": 1,
        }

    def test_every_answer_that_is_sure_has_its_statement_area_and_source(self, client, concepts):
        rows = self.data(client, "24062", AFTER)["concepten"]

        sure = next(row for row in rows if row["slug"] == "overal")
        assert sure["uitspraak"] == "dekking-overal"
        assert sure["gebied"] == "gewest-vlaanderen"
        assert sure["via"] == "eerstelijnszone Leuven"
        assert sure["bronnen"][0]["plaats"] == "2.1"
        page = text(self.page(client, "/gemeenten/24062-leuven/", AFTER))
        assert "Via eerstelijnszone Leuven." in page

    def test_what_ended_reaches_nobody_after_its_end(self, client, concepts):
        before = {row["slug"] for row in self.data(client, "24062", BEFORE)["concepten"]}
        after = text(self.page(client, "/gemeenten/24062-leuven/", AFTER))

        assert "voorbij" in before
        assert "Deze concepten noemen Leuven, maar golden niet op 1 juni 2026." in after

    def test_a_city_in_two_zones_is_reached_in_part(self, client, concepts):
        rows = self.data(client, "11002", AFTER)["concepten"]

        assert {row["slug"]: row["dekking"] for row in rows}["elders"] == "gedeeltelijk"
        lying = [row for row in self.data(client, "11002", AFTER)["ligging"] if row["deel"]]
        assert [(row["gebied"], row["deel"]) for row in lying] == [
            ("elz-noord", "postcode 2000"),
            ("elz-zuid", "postcode 2018"),
        ]

    def test_a_municipality_that_merged_says_since_when_and_links_on(self, client, concepts):
        response = self.page(client, "/gemeenten/73006-bilzen/", AFTER)

        assert response.status_code == 200
        assert "Bilzen bestond tot en met 31 december 2024." in text(response)
        html = response.content.decode()
        assert "/gemeenten/73110-bilzen-hoeselt/?peildatum=2026-06-01" in html
        assert "/gemeenten/73006-bilzen/?peildatum=2024-12-31" in html
        assert self.data(client, "73006", AFTER)["concepten"] == []

    def test_on_its_last_day_it_is_still_there_and_the_next_day_it_is_not(self, client, concepts):
        assert self.data(client, "73006", LAST)["bestaat"] is True
        assert self.data(client, "73006", FIRST) | {"bestaat": False} == self.data(
            client, "73006", FIRST
        )
        assert self.data(client, "73006", FIRST)["in_plaats_daarvan"] == ["73110"]

    def test_a_new_municipality_was_not_there_before(self, client, concepts):
        response = self.page(client, "/gemeenten/73110-bilzen-hoeselt/", BEFORE)

        assert "Bilzen-Hoeselt bestaat pas sinds 1 januari 2025." in text(response)
        assert self.data(client, "73110", BEFORE)["in_plaats_daarvan"] == ["73006", "73032"]

    def test_before_the_data_it_says_from_when_they_hold(self, client, concepts):
        page = text(self.page(client, "/gemeenten/24062-leuven/", "2015-01-01"))

        assert "Onze gegevens over gemeenten beginnen op 1 januari 2019." in page

    def test_before_the_data_of_a_division_that_says_from_when(self, client, concepts):
        page = text(self.page(client, "/gemeenten/24062-leuven/", "2019-06-01"))

        assert "Eerstelijnszone onze gegevens beginnen op 1 juli 2020" in page

    def test_what_nobody_says_is_named(self, client, concepts):
        page = text(self.page(client, "/gemeenten/24062-leuven/", AFTER))

        assert "Van deze indelingen weten we niet in welk gebied Leuven ligt: 1gezin1plan" in page

    def test_the_day_is_kept_in_links_and_can_be_left(self, client, concepts):
        html = self.page(client, "/gemeenten/24062-leuven/", BEFORE).content.decode()

        assert 'href="/concepten/?gemeente=24062&amp;peildatum=2023-03-13"' in html
        assert "golden op <b>13 maart 2023</b>" in html
        assert '<a href="/gemeenten/24062-leuven/">Terug naar vandaag</a>' in html

    def test_many_of_one_answer_are_left_to_the_finder(self, client, concepts, monkeypatch):
        monkeypatch.setattr(municipality, "MOST_SHOWN", 0)

        page = text(self.page(client, "/gemeenten/24062-leuven/", AFTER))

        assert "Bekijk alle 1 in de lijst met filters" in page
        assert len(self.data(client, "24062", AFTER)["concepten"]) == 3

    def test_partners_are_counted(self, client, concepts):
        partners = self.data(client, "24062", AFTER)["partners"]

        assert [(row["partner"], row["zeker_of_gepland"], row["niet_vermeld"]) for row in partners]
        assert partners[0] == {
            "partner": "caw",
            "partnertype": PartnerFactory._meta.model.objects.get(slug="caw").type.slug,
            "zeker_of_gepland": 2,
            "niet_vermeld": 1,
        }

    def test_neighbours_are_those_of_the_day(self, client, country):
        for name, start, end in [
            ("Bilzen", None, LAST),
            ("Bilzen-Hoeselt", FIRST, None),
        ]:
            AreaBorder.objects.create(
                area=country["Leuven"], other=country[name], valid_from=start, valid_until=end
            )

        assert self.data(client, "24062", BEFORE)["buren"] == ["73006"]
        assert self.data(client, "24062", AFTER)["buren"] == ["73110"]
        assert self.data(client, "73110", AFTER)["buren"] == ["24062"]

    def test_the_owner_is_that_of_the_day(self, client, country):
        was = AgencyFactory(name="Departement WVG", end="31 mei 2023")
        now = AgencyFactory(name="Departement Zorg", start="1 juni 2023")
        ChangeEventFactory(before=[was], after=[now])
        derived.rebuild()
        here = partial(
            CoverageFactory,
            extent=Coverage.Extent.ONLY_NAMED,
            territory=[country["Leuven"]],
        )
        ConceptVersionFactory(
            published=True, statements=[partial(OwnershipFactory, agency=was), here]
        )

        before = text(self.page(client, "/gemeenten/24062-leuven/", BEFORE))
        after = text(self.page(client, "/gemeenten/24062-leuven/", AFTER))

        assert "Departement WVG" in before
        assert "Departement Zorg" not in before
        assert "Departement Zorg (was Departement WVG)" in after

    def test_csv_gives_the_same_concepts(self, client, concepts):
        rows = rows_of_csv(client.get("/gemeenten/24062.csv", {"peildatum": AFTER}))

        assert [(row["concept"], row["dekking"]) for row in rows] == [
            ("overal", "ja"),
            ("gepland", "gepland"),
            ("ergens", "niet vermeld"),
        ]
        assert rows[0]["bronnen"] == "tekst, 2.1"


class TestTheFinder:
    def test_sure_hits_come_first_each_kind_counted(self, client, concepts):
        data = client.get("/concepten.json", {"gemeente": "24062", "peildatum": BEFORE}).json()

        assert [(row["slug"], row["dekking"]) for row in data["resultaten"]] == [
            ("overal", "ja"),
            ("voorbij", "ja"),
            ("gepland", "gepland"),
            ("ergens", "niet vermeld"),
        ]
        assert data["dekking"] == {"ja": 2, "gepland": 1, "niet vermeld": 1}

    def test_the_page_has_a_heading_for_each(self, client, concepts):
        page = text(client.get("/concepten/", {"gemeente": "24062", "peildatum": BEFORE}))

        assert "Zeker 2 " in page
        assert "Niet vermeld in de bronnen 1 " in page

    def test_municipality_and_area_narrow_each_other(self, client, concepts):
        both = client.get("/concepten.json", {"gemeente": "24062", "gebied": "elz-noord"})

        assert slugs(both) == ["overal", "ergens"]

    def test_who_merged_is_judged_by_what_came_after(self, client, concepts):
        response = client.get("/concepten.json", {"gemeente": "73006", "peildatum": AFTER})

        assert slugs(response) == ["overal", "ergens"]

    @pytest.mark.parametrize(
        ("nis", "day", "remark"),
        [
            ("73006", AFTER, "Bilzen bestond tot en met 31 december 2024."),
            ("73110", BEFORE, "Bilzen-Hoeselt bestaat pas sinds 1 januari 2025."),
            ("24062", "2015-01-01", "Onze gegevens over gemeentes beginnen op 1 januari 2019."),
        ],
    )
    def test_what_was_not_there_that_day_is_said(self, client, concepts, nis, day, remark):
        assert remark in text(client.get("/concepten/", {"gemeente": nis, "peildatum": day}))

    def test_before_the_data_nothing_is_said_to_be_elsewhere(self, client, concepts):
        data = client.get("/concepten.json", {"gemeente": "24062", "peildatum": "2015-01-01"})

        answers = {row["slug"]: row["dekking"] for row in data.json()["resultaten"]}
        assert answers.pop("voorbij") == "ja"  # it names Leuven itself
        assert set(answers) == {"overal", "gepland", "ergens", "elders"}
        assert set(answers.values()) == {"niet vermeld"}

    def test_an_unknown_code_is_named(self, client, concepts):
        page = client.get("/concepten/", {"gemeente": "99999"})
        data = client.get("/concepten.json", {"gemeente": "99999"})

        assert "We kennen “99999” niet bij het filter “gemeente”" in text(page)
        assert data.status_code == 400


class TestSearch:
    def test_a_municipality_stands_above_the_hits(self, client, concepts):
        page = client.get("/zoeken/", {"q": "bilzen"})

        assert 'href="/gemeenten/73110-bilzen-hoeselt/"' in page.content.decode()
        assert "Bilzen bestond tot en met 31 december 2024" in text(page)


class TestBadInput:
    @pytest.mark.parametrize("path", ["/gemeenten/", "/gemeenten/24062-leuven/"])
    @pytest.mark.parametrize(
        "query",
        [
            *("kleur=groen", "peildatum=gisteren", "peildatum=2023-02-30", "peildatum=1700-01-01"),
            *("peildatum=2023-03-13&peildatum=2024-01-01", f"x={'y' * 10_000}"),
        ],
    )
    def test_what_cannot_be_followed_is_named_and_refused_as_data(
        self, client, country, path, query
    ):
        page = client.get(f"{path}?{query}")
        data = client.get(f"{path.rstrip('/').replace('-leuven', '')}.json?{query}")

        assert page.status_code == 200
        assert 'class="notice"' in page.content.decode()
        assert data.status_code == 400
        assert data["Content-Type"].startswith("application/problem+json")

    @pytest.mark.parametrize("q", ["x" * 10_000, "'; DROP", "%", "_", "🌲", "(", "  "])
    def test_any_word_can_be_looked_up(self, client, country, q):
        assert client.get("/gemeenten/", {"q": q}).status_code in (200, 302)

    @pytest.mark.parametrize("place", ["24063", "99999", "leuven", "2406", "240622", "x" * 300])
    def test_an_unknown_code_is_not_found_and_helps_on(self, client, country, place):
        response = client.get(f"/gemeenten/{place}/")

        assert response.status_code == 404
        assert "Zoek je gemeente" in text(response)

    def test_a_code_that_comes_near_is_suggested(self, client, country):
        assert "Leuven (24062)" in text(client.get("/gemeenten/24063/"))

    @pytest.mark.parametrize("address", ["99999.json", "99999.csv"])
    def test_data_of_an_unknown_code_are_a_problem(self, client, country, address):
        response = client.get(f"/gemeenten/{address}")

        assert response.status_code == 404
        assert response["Content-Type"].startswith("application/problem+json")

    @pytest.mark.parametrize("address", ["24062.xml", "24062.epub"])
    def test_an_unknown_format_is_not_found(self, client, country, address):
        assert client.get(f"/gemeenten/{address}").status_code == 404

    def test_nothing_can_be_sent(self, client, country):
        assert client.post("/gemeenten/").status_code == 405
        assert client.head("/gemeenten/24062-leuven/").status_code == 200
