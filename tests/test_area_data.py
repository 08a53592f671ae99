"""An area as JSON: what its page shows on a day, with the sources of each thing said."""

import datetime as dt

import pytest

from concepts.models import Coverage
from governance import derived
from governance.models import AreaKind, AreaName
from tests.factories import (
    AreaKindFactory,
    AreaMembershipFactory,
    CoverageAreaFactory,
    CoverageFactory,
)
from tests.said_in_data import HOST, cited, cited_place, concept, place_in_data, said_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return cited_place()


@pytest.fixture
def source(place):
    return place_in_data(place)


class TestAnArea:
    @pytest.fixture(autouse=True)
    def zone(self, place):
        """A zone with one municipality, in a region, where a concept works."""
        known = AreaKind.Composition.KNOWN
        kinds = {
            slug: AreaKindFactory(slug=slug, position=position, composition=known)
            for position, slug in enumerate(["gemeente", "eerstelijnszone", "referentieregio"])
        }
        zone = CoverageAreaFactory(slug="zone", name="Zone", kind=kinds["eerstelijnszone"])
        region = CoverageAreaFactory(slug="regio", name="Regio", kind=kinds["referentieregio"])
        town = CoverageAreaFactory(
            slug="gemeente-11001", nis="11001", name="Stad", kind=kinds["gemeente"]
        )
        until = dt.date(2024, 12, 31)
        for row in (
            AreaMembershipFactory(area=zone, member=town, valid_until=until),
            AreaMembershipFactory(area=region, member=zone, part="het noorden"),
            AreaName.objects.create(area=zone, name="Oude zone", valid_until=until),
        ):
            cited(row, place)
        derived.rebuild()
        only = {"extent": Coverage.Extent.ONLY_NAMED, "territory": [zone]}
        said_by("gbo", CoverageFactory, place, key="z", wording="hier", **only)
        return zone

    def test_as_it_is_today(self, client, source):
        data = client.get("/gebieden/zone.json").json()

        assert (data["naam"], data["soort_gebied"]) == ("Zone", "eerstelijnszone")
        assert data["peildatum"] == dt.date.today().isoformat()
        assert data["concepten"] == [
            concept(
                "gbo",
                source,
                dekking="ja",
                uitspraak="dekking-z",
                verwoording="hier",
                gebied="zone",
                via=None,
                dienst=None,
                dienst_in_de_bron=None,
                partners=[],
            )
        ]
        assert data["onderdelen"] == []
        assert data["ligging"] == [
            {
                "soort": "referentieregio",
                "gebied": "regio",
                "naam": "Regio",
                "url": f"{HOST}/gebieden/regio/",
                "deel": "het noorden",
                "geldig_van": None,
                "geldig_tot": None,
                "geldt": True,
                "bronnen": [source],
            }
        ]
        assert [(row["datum"], row["wat"], row["gebied"]) for row in data["erbij_en_weg"]] == [
            ("2025-01-01", "weg", "gemeente-11001")
        ]
        assert [(row["naam"], row["geldig_tot"]) for row in data["namen"]] == [
            ("Oude zone", "2024-12-31")
        ]

    def test_as_it_was_on_a_day(self, client):
        data = client.get("/gebieden/zone.json?peildatum=2024-01-01").json()

        assert (data["naam"], data["peildatum"]) == ("Oude zone", "2024-01-01")
        assert [row["gebied"] for row in data["onderdelen"]] == ["gemeente-11001"]
        page = client.get("/gebieden/zone/?peildatum=2024-01-01").content.decode()
        assert 'href="/gebieden/zone.json?peildatum=2024-01-01"' in page

    def test_refuses_a_day_that_is_none(self, client):
        assert client.get("/gebieden/zone.csv?peildatum=morgen").status_code == 400

    def test_says_nothing_of_what_works_there_before_its_data_begin(self, client, zone):
        AreaKind.objects.filter(pk=zone.kind_id).update(data_from=dt.date(2020, 7, 1))

        data = client.get("/gebieden/zone.json?peildatum=2019-01-01").json()

        assert (data["concepten"], data["onderdelen"], data["verhouding"]) == ([], [], [])

    def test_says_how_it_lies_against_other_kinds(self, client):
        data = client.get("/gebieden/zone.json?peildatum=2024-01-01").json()

        (lying,) = [row for row in data["verhouding"] if row["soort"] == "referentieregio"]
        assert lying["raakt"][0]["slug"] == "regio"
        assert lying["gemeenten"] == 1

    def test_of_a_municipality_is_at_its_own_address(self, client):
        response = client.get("/gebieden/gemeente-11001.json?peildatum=2024-01-01")

        assert response.status_code == 301
        assert response["Location"] == "/gemeenten/11001-stad.json?peildatum=2024-01-01"
        assert client.get(response["Location"]).json()["nis"] == "11001"
