"""The finder on a day: services that merged, areas that changed, a peildatum, former slugs."""

import datetime as dt
from functools import partial

import pytest

from concepts.models import Coverage
from governance import derived
from governance.models import AgencyLine
from tests import finder_rows
from tests.answers import counts, slugs
from tests.factories import (
    AgencyFactory,
    AreaMembershipFactory,
    ChangeEventFactory,
    CoverageAreaFactory,
    CoverageFactory,
    OldSlugFactory,
    ParticipationFactory,
    PartnerFactory,
)
from tests.finder_rows import URL, found
from tests.said import concept

pytestmark = pytest.mark.django_db

partners = finder_rows.partners


class TestServices:
    @pytest.fixture
    def merger(self):
        """WVG and ZG went on in Zorg; each owns a concept, and Zorg a new one."""
        wvg = AgencyFactory(slug="wvg", name="Departement WVG", end="31 mei 2023")
        zg = AgencyFactory(slug="zg", name="Agentschap ZG", end="31 mei 2023")
        zorg = AgencyFactory(slug="zorg", name="Departement Zorg", start="1 juni 2023")
        ChangeEventFactory(before=[wvg, zg], after=[zorg])
        derived.rebuild()
        concept("gbo", agencies=[wvg])
        concept("zones", agencies=[zg])
        concept("nieuw", agencies=[zorg])

    def test_a_former_service_finds_what_it_owned(self, client, merger):
        assert found(client, dienst="wvg") == ["gbo"]
        assert found(client, dienst="zg") == ["zones"]

    def test_the_present_service_finds_that_too(self, client, merger):
        assert found(client, dienst="zorg") == ["gbo", "nieuw", "zones"]

    def test_counts_say_the_same(self, client, merger):
        assert counts(client.get(URL), "dienst") == {"wvg": 1, "zg": 1, "zorg": 3}

    def test_a_concept_that_both_owned_counts_once(self, client, merger):
        wvg, zg = (
            AgencyLine.objects.get(owner__slug=s, present__slug=s).owner for s in ("wvg", "zg")
        )
        concept("samen", agencies=[wvg, zg])

        response = client.get(URL, {"dienst": ["wvg", "zg", "zorg"]})

        assert slugs(response) == ["gbo", "nieuw", "samen", "zones"]
        assert counts(response, "dienst") == {"wvg": 2, "zg": 2, "zorg": 4}


class TestPlaces:
    @pytest.fixture
    def areas(self):
        """A zone in a region, and a zone elsewhere; concepts that reach them in every way."""
        zone, region, elsewhere = (
            CoverageAreaFactory(slug=slug) for slug in ("zone", "regio", "elders")
        )
        AreaMembershipFactory(member=zone, area=region)
        AreaMembershipFactory(member=elsewhere, area=CoverageAreaFactory(slug="ver-weg"))
        derived.rebuild()
        named = partial(CoverageFactory, extent=Coverage.Extent.ONLY_NAMED)
        concept("in-de-zone", partial(named, territory=[zone]))
        concept("in-de-regio", partial(named, territory=[region]))
        concept("elders", partial(named, territory=[elsewhere]))
        concept("onbekend", CoverageFactory)
        concept("zonder")
        concept("gestopt", partial(named, territory=[region], end="31 december 2022"))

    def test_an_area_finds_all_that_may_reach_it(self, client, areas):
        assert found(client, gebied="zone") == ["in-de-regio", "in-de-zone", "onbekend", "zonder"]
        assert found(client, gebied="elders") == ["elders", "onbekend", "zonder"]

    def test_every_result_says_how_it_reaches_the_area(self, client, areas):
        rows = client.get(URL, {"gebied": "regio"}).json()["resultaten"]

        assert {row["slug"]: row["dekking"] for row in rows} == {
            "in-de-regio": "ja",
            "in-de-zone": "gedeeltelijk",
            "onbekend": "niet vermeld",
            "zonder": "niet vermeld",
        }

    def test_a_list_without_an_area_says_nothing_of_it(self, client, areas):
        assert "dekking" not in client.get(URL).json()["resultaten"][0]

    def test_areas_are_judged_on_the_peildatum(self, client, areas):
        assert "gestopt" in found(client, gebied="regio", peildatum="2022-12-31")
        assert "gestopt" not in found(client, gebied="regio", peildatum="2023-01-01")

    def test_without_one_on_today(self, client, areas):
        assert dt.date.today() > dt.date(2022, 12, 31)
        assert "gestopt" not in found(client, gebied="regio")

    def test_counts_say_what_a_choice_will_leave(self, client, areas):
        for area, number in counts(client.get(URL), "gebied").items():
            assert len(found(client, gebied=area)) == number


class TestPeildatum:
    def test_without_one_nothing_is_hidden_by_validity(self, client):
        concept("gestopt", partial(ParticipationFactory, partner__slug="caw", end="2019"))

        assert found(client, partner="caw") == ["gestopt"]

    def test_alone_it_keeps_every_concept(self, client):
        concept("gestopt", partial(ParticipationFactory, partner__slug="caw", end="2019"))

        assert found(client, peildatum="2023-01-01") == ["gestopt"]

    def test_an_ended_and_a_present_statement_are_not_mixed_up(self, client):
        caw, clb = PartnerFactory(slug="caw"), PartnerFactory(slug="clb")
        concept(
            "gewisseld",
            partial(ParticipationFactory, partner=caw, end="2019"),
            partial(ParticipationFactory, partner=clb, start="2020"),
        )

        assert found(client, partner="caw", peildatum="2023-01-01") == []
        assert found(client, partner="clb", peildatum="2023-01-01") == ["gewisseld"]
        assert counts(client.get(URL, {"peildatum": "2023-01-01"}), "partner") == {"clb": 1}

    def test_two_ended_partners_together_are_not_found_either(self, client):
        caw, clb = PartnerFactory(slug="caw"), PartnerFactory(slug="clb")
        concept("g", partial(ParticipationFactory, partner=caw, end="2019"), partners=[clb])

        query = {"partner": ["caw", "clb"], "partner_alle": "1"}
        assert found(client, **query) == ["g"]
        assert found(client, **query, peildatum="2023-01-01") == []

    def test_is_given_back(self, client):
        assert client.get(URL, {"peildatum": "2023-03-13"}).json()["peildatum"] == "2023-03-13"
        assert client.get(URL).json()["peildatum"] is None


class TestFormerSlugs:
    def test_a_former_slug_works_as_its_successor(self, client, partners):
        OldSlugFactory(kind="partner", old="jac", current="caw")

        response = client.get(URL, {"partner": "jac"})

        assert slugs(response) == ["alleen-caw", "caw-en-clb"]
        assert response.json()["filters"] == {"partner": ["caw"]}

    def test_beside_its_successor_it_adds_nothing(self, client, partners):
        OldSlugFactory(kind="partner", old="jac", current="caw")

        response = client.get(URL, {"partner": ["jac", "caw"], "partner_alle": "1"})

        assert response.json()["filters"]["partner"] == ["caw"]

    def test_of_another_kind_of_record_it_means_nothing(self, client, partners):
        OldSlugFactory(kind="agency", old="jac", current="caw")

        assert client.get(URL, {"partner": "jac"}).status_code == 400

    def test_that_leads_nowhere_is_unknown(self, client, partners):
        OldSlugFactory(kind="partner", old="jac", current="weg")

        assert client.get(URL, {"partner": "jac"}).status_code == 400
