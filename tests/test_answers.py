"""The concepts that reach a place, as the pages of municipalities and areas group them."""

import datetime as dt
from functools import partial

import pytest

from concepts.coverage import Place, Reach
from concepts.models import Coverage, Role, Status
from concepts.places import reaching
from concepts.places.answers import answers_for
from concepts.places.asked import partners_of
from concepts.search.index import reindex_all
from eerstelijn.database import stamp
from eerstelijn.finder.question import AsOf
from governance import derived
from tests.factories import (
    AgencyFactory,
    AreaMembershipFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    version_with_status,
)

pytestmark = pytest.mark.django_db

Extent = Coverage.Extent
DAY = dt.date(2023, 6, 1)


@pytest.fixture
def town():
    """A town in a zone; half of it lies in another."""
    town, zone, half = (CoverageAreaFactory(slug=slug) for slug in ("stad", "zone", "half"))
    AreaMembershipFactory(member=town, area=zone)
    AreaMembershipFactory(member=town, area=half, part="postcode 2000")
    derived.rebuild()
    return {area.slug: area for area in (town, zone, half)}


def covers(*areas, extent=Extent.ONLY_NAMED, **fields):
    """A maker of a statement that names these areas."""
    return partial(CoverageFactory, extent=extent, territory=areas, **fields)


def concept(name, *statements, **fields):
    return ConceptVersionFactory(name=name, published=True, statements=statements, **fields)


def reached(area, day=DAY, *, is_stated=True):
    return answers_for(Place.of([area], day), AsOf(day, is_stated))


def names(items):
    return [item.version.name for item in items]


def test_concepts_stand_under_their_answer_strongest_first_and_by_name(town):
    concept("Onbekend", CoverageFactory)
    concept("Zonder rij")
    concept("Plan", covers(town["zone"], status=Coverage.Status.PLANNED))
    concept("Half", covers(town["half"]))
    concept("Élan", covers(town["zone"]))
    concept("Dak", covers(town["stad"]))
    concept("Elders", covers(CoverageAreaFactory()))

    found = reached(town["stad"])

    assert [(group.reach, names(group.items)) for group in found.groups] == [
        (Reach.YES, ["Dak", "Élan"]),
        (Reach.PARTLY, ["Half"]),
        (Reach.PLANNED, ["Plan"]),
        (Reach.UNSTATED, ["Onbekend", "Zonder rij"]),
    ]
    assert found.by_reach == {"ja": 2, "gedeeltelijk": 1, "gepland": 1, "niet vermeld": 2}
    assert found.groups[0].badge.key == "ja"


def test_an_answer_has_its_statement_its_source_and_the_area_that_links(town):
    place = CitationFactory(section="3.4")
    concept("Zorgraad", covers(town["zone"], citations=[place]))

    (item,) = reached(town["stad"]).items

    assert item.area == town["zone"]
    assert list(item.row.citations.all()) == [place]


def test_without_a_statement_the_sources_say_nothing(town):
    concept("Zonder rij")

    (item,) = reached(town["stad"]).items

    assert (item.answer.reach, item.row, item.area) == (Reach.UNSTATED, None, None)


def test_what_was_over_stands_apart_with_the_statement_that_says_so(town):
    concept("Project", covers(town["zone"], end="31 december 2022"))
    concept("Project elders", covers(CoverageAreaFactory(), end="31 december 2022"))
    concept("Doorgegaan", covers(town["zone"], end="2022"), covers(town["stad"], start="2023"))

    found = reached(town["stad"])

    assert names(found.items) == ["Doorgegaan"]
    assert [(i.version.name, i.answer.reach, i.area) for i in found.other_days] == [
        ("Project", Reach.NO, town["zone"])
    ]
    assert names(reached(town["stad"], dt.date(2022, 12, 31)).groups[0].items) == [
        *("Doorgegaan", "Project")
    ]


def test_partners_that_are_asked_stand_by_role_once_each(town):
    ocmw, caw, later = (PartnerFactory(slug=slug) for slug in ("ocmw", "caw", "later"))
    concept(
        "GBO",
        partial(ParticipationFactory, partner=ocmw, role=Role.PARTICIPANT),
        partial(ParticipationFactory, partner=caw, role=Role.CHAIR),
        partial(ParticipationFactory, partner=caw, role=Role.PARTICIPANT),
        partial(ParticipationFactory, role=Role.SUPPORTER),
        partial(ParticipationFactory, partner=later, start="2024"),
    )

    (item,) = reached(town["stad"]).items

    assert [(row.partner, row.roles) for row in item.asked] == [
        (caw, [Role.CHAIR, Role.PARTICIPANT]),
        (ocmw, [Role.PARTICIPANT]),
    ]


class TestTheOwner:
    @pytest.fixture
    def merged(self):
        """A concept of a service that went on in another on 1 June 2023."""
        was = AgencyFactory(name="Departement WVG", end="31 mei 2023")
        now = AgencyFactory(name="Departement Zorg", start="1 juni 2023")
        ChangeEventFactory(before=[was], after=[now], date="1 juni 2023")
        derived.rebuild()
        concept("GBO", partial(OwnershipFactory, agency=was))

    def test_is_the_service_of_that_day_with_the_name_in_the_source(self, town, merged):
        (item,) = reached(town["stad"], DAY).items

        assert (item.owner, item.owner_was) == ("Departement Zorg", "Departement WVG")

    def test_bears_its_own_name_before_the_change(self, town, merged):
        (item,) = reached(town["stad"], dt.date(2023, 5, 31)).items

        assert (item.owner, item.owner_was) == ("Departement WVG", "")

    def test_is_the_one_of_that_day(self, town):
        old, new = (AgencyFactory(name=name) for name in ("Oud", "Nieuw"))
        concept(
            "De STEK",
            partial(OwnershipFactory, agency=old, end="30 april 2022"),
            partial(OwnershipFactory, agency=new, start="1 mei 2022"),
        )

        owners = [reached(town["stad"], day).items[0].owner for day in (dt.date(2022, 4, 30), DAY)]

        assert owners == ["Oud", "Nieuw"]


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PUBLISHED])
def test_no_other_version_than_a_published_one_shows(town, status):
    version_with_status(status, name="Geheim", statements=[covers(town["stad"])])
    version_with_status(status, statements=[covers(town["stad"], end="2022")])

    found = reached(town["stad"])

    assert (found.items, found.other_days) == ([], [])


@pytest.mark.parametrize("rows", [1, 15])
def test_query_count_does_not_grow_with_rows(town, rows, django_assert_num_queries):
    for number in range(rows):
        concept(
            f"Concept {number}",
            covers(town["zone"], citations=[CitationFactory(section=f"2.{number}")]),
            partial(OwnershipFactory, agency=AgencyFactory()),
            ParticipationFactory,
        )
    place = Place.of([town["stad"]], DAY)

    # The stamp and the ground of a request. Of all concepts: their names, where they work and in
    # which areas, whom they ask; the partners; former services; what others are called into which
    # they went. Of those that are shown: versions; where they work, with areas and sources: 3;
    # owners; how they stand.
    with django_assert_num_queries(15), stamp.one_moment():
        found = answers_for(place, AsOf(DAY))
        for item in found.items:
            assert [str(c.source) for c in item.row.citations.all()]
            assert item.area.kind.name
            assert item.asked[0].partner.type.name
            assert item.version.get_absolute_url()


def test_what_is_kept_is_read_again_when_a_concept_is_published(town, django_assert_num_queries):
    concept("Eerste", covers(town["zone"]))
    reindex_all()
    place = Place.of([town["stad"]], DAY)
    assert [item.version.name for item in answers_for(place, AsOf(DAY)).items] == ["Eerste"]

    with django_assert_num_queries(1):  # whether the content changed
        answers_for(place, AsOf(DAY))

    concept("Tweede", covers(town["zone"]))
    names = [item.version.name for item in answers_for(place, AsOf(DAY)).items]
    assert names == ["Eerste", "Tweede"]


class TestManyConcepts:
    """Where there are too many to keep them, only what is shown is read."""

    @pytest.fixture(autouse=True)
    def few(self, monkeypatch):
        monkeypatch.setattr(reaching, "MOST_KEPT", 2)

    def test_the_first_of_each_answer_are_read_and_all_are_counted(self, town):
        partner = PartnerFactory()
        for name in "ABC":
            concept(name, covers(town["zone"]), partial(ParticipationFactory, partner=partner))
        concept("D")
        concept("E", covers(town["zone"], end="2022"))
        place = Place.of([town["stad"]], DAY)

        found = answers_for(place, AsOf(DAY), most=2)

        assert [(g.number, names(g.items)) for g in found.groups] == [(3, ["A", "B"]), (1, ["D"])]
        assert found.by_reach["ja"] == 3
        assert names(found.other_days) == ["E"]
        assert names(found.every_item()) == ["A", "B", "C", "D"]
        assert [(row.partner, len(row.located)) for row in partners_of(found, "/")] == [
            (partner, 3)
        ]

    def test_it_asks_no_more_for_more_of_them(self, town, django_assert_num_queries):
        for number in range(15):
            concept(f"Concept {number}", covers(town["zone"]))
        place = Place.of([town["stad"]], DAY)
        answers_for(place, AsOf(DAY), most=2)

        # Whether the content changed; versions; where they work, with areas and sources; owners.
        with django_assert_num_queries(7):
            answers_for(place, AsOf(DAY), most=2)
