"""Does a concept reach a place on a day? The table "Dekking" of the contract, row by row."""

import datetime as dt
from collections import Counter
from functools import partial

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from concepts.coverage import Answer, Place, Reach, answer, with_reach
from concepts.finder.filters import ConceptFilter
from concepts.finder.places import REACH_OF
from concepts.models import ConceptVersion, Coverage
from governance import derived
from governance.models import AreaKind, AreaMembership
from tests.factories import (
    AreaKindFactory,
    AreaMembershipFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
)

pytestmark = pytest.mark.django_db

Extent, Status = Coverage.Extent, Coverage.Status
TODAY = dt.date(2023, 6, 1)


def counted(versions, day):
    """How many of these versions the finder counts for each area, by the area's primary key."""
    finder = ConceptFilter(QueryDict(f"peildatum={day}"), queryset=versions)
    return {int(pk): number for pk, number in finder.counts["gebied"].items()}


def counted_by_answer(area, day):
    """How many versions the finder counts for each answer for an area."""
    data = QueryDict(f"peildatum={day}&gebied={area.slug}")
    counts = ConceptFilter(data, queryset=ConceptVersion.objects.all()).counts["dekking"]
    return +Counter({REACH_OF[answer]: number for answer, number in counts.items()})


@pytest.fixture
def geography():
    """A town in a zone in a region; a city that is cut in two; a town in another region."""
    areas = {
        slug: CoverageAreaFactory(slug=slug)
        for slug in ("regio", "zone", "stad", "grootstad", "elders", "andere-regio")
    }
    for member, area, part in [
        ("stad", "zone", ""),
        ("grootstad", "zone", "postcode 2000"),
        ("zone", "regio", ""),
        ("elders", "andere-regio", ""),
    ]:
        AreaMembershipFactory(member=areas[member], area=areas[area], part=part)
    derived.rebuild()
    return areas


def row(extent, *territory, **fields):
    """A Coverage row in these areas."""
    return CoverageFactory(extent=extent, territory=territory, **fields)


def reach_of(rows, area, day=TODAY):
    return answer(rows, Place.of([area], day), day).reach


class TestTheTable:
    @pytest.mark.parametrize(
        ("extent", "inside", "elsewhere"),
        [
            (Extent.WHOLE, Reach.YES, Reach.NO),
            (Extent.ONLY_NAMED, Reach.YES, Reach.NO),
            (Extent.AT_LEAST_NAMED, Reach.YES, Reach.UNSTATED),
        ],
    )
    def test_in_the_territory_and_elsewhere(self, geography, extent, inside, elsewhere):
        rows = [row(extent, geography["zone"])]

        assert reach_of(rows, geography["zone"]) is inside
        assert reach_of(rows, geography["stad"]) is inside
        assert reach_of(rows, geography["elders"]) is elsewhere

    @pytest.mark.parametrize(
        ("extent", "elsewhere"),
        [
            (Extent.WHOLE, Reach.NO),
            (Extent.ONLY_NAMED, Reach.NO),
            (Extent.AT_LEAST_NAMED, Reach.UNSTATED),
        ],
    )
    def test_a_plan_answers_planned_in_its_territory_only(self, geography, extent, elsewhere):
        rows = [row(extent, geography["zone"], status=Status.PLANNED)]

        assert reach_of(rows, geography["stad"]) is Reach.PLANNED
        assert reach_of(rows, geography["elders"]) is elsewhere

    @pytest.mark.parametrize("status", Status)
    def test_what_the_sources_do_not_locate_is_unstated_everywhere(self, geography, status):
        rows = [row(Extent.UNLOCATED, status=status)]

        assert {reach_of(rows, area) for area in geography.values()} == {Reach.UNSTATED}

    def test_without_any_row_the_sources_say_nothing(self, geography):
        assert answer([], Place.of([geography["stad"]], TODAY), TODAY) == Answer(Reach.UNSTATED)

    @pytest.mark.parametrize("extent", [Extent.WHOLE, Extent.ONLY_NAMED, Extent.AT_LEAST_NAMED])
    def test_a_place_that_is_cut_in_two_is_reached_in_part(self, geography, extent):
        rows = [row(extent, geography["zone"])]

        assert reach_of(rows, geography["grootstad"]) is Reach.PARTLY

    def test_a_larger_area_is_reached_in_part_through_one_of_its_places(self, geography):
        rows = [row(Extent.ONLY_NAMED, geography["stad"])]

        assert reach_of(rows, geography["zone"]) is Reach.PARTLY
        assert reach_of(rows, geography["regio"]) is Reach.PARTLY
        assert reach_of(rows, geography["elders"]) is Reach.NO

    def test_a_plan_for_part_of_a_place_is_a_plan(self, geography):
        rows = [row(Extent.ONLY_NAMED, geography["stad"], status=Status.PLANNED)]

        assert reach_of(rows, geography["regio"]) is Reach.PLANNED

    @pytest.mark.parametrize("extent", [Extent.WHOLE, Extent.ONLY_NAMED])
    def test_a_place_of_which_nobody_says_where_it_lies_is_unstated(self, geography, extent):
        nowhere = CoverageAreaFactory(slug="nergens")
        derived.rebuild()
        rows = [row(extent, geography["regio"])]

        assert reach_of(rows, nowhere) is Reach.UNSTATED
        assert counted(ConceptVersion.objects.all(), TODAY)[nowhere.pk] == 1

    def test_the_scale_decides_nothing(self, geography):
        per_town = AreaKindFactory(slug="gemeente")
        rows = [row(Extent.WHOLE, geography["regio"], scale=per_town)]

        assert reach_of(rows, geography["zone"]) is Reach.YES

    def test_one_of_several_places_is_enough(self, geography):
        rows = [row(Extent.ONLY_NAMED, geography["stad"])]
        places = Place.of([geography["elders"], geography["stad"]], TODAY)

        assert answer(rows, places, TODAY).reach is Reach.YES


class TestSeveralRows:
    def test_the_strongest_answer_counts_in_any_order(self, geography):
        zone, elsewhere = geography["zone"], geography["elders"]
        by_answer = {
            Reach.YES: row(Extent.ONLY_NAMED, geography["grootstad"]),
            Reach.PARTLY: row(Extent.ONLY_NAMED, zone),
            Reach.PLANNED: row(Extent.ONLY_NAMED, zone, status=Status.PLANNED),
            Reach.UNSTATED: row(Extent.UNLOCATED),
            Reach.NO: row(Extent.ONLY_NAMED, elsewhere),
        }
        place = Place.of([geography["grootstad"]], TODAY)

        for strongest in Reach:
            weaker = [by_answer[reach] for reach in Reach if reach.strength <= strongest.strength]
            for rows in (weaker, weaker[::-1]):
                found = answer(rows, place, TODAY)
                assert (found.reach, found.row) == (strongest, by_answer[strongest])

    def test_of_equal_answers_the_first_row_says_so(self, geography):
        first, second = row(Extent.WHOLE, geography["zone"]), row(Extent.WHOLE, geography["regio"])

        found = answer([first, second], Place.of([geography["stad"]], TODAY), TODAY)

        assert found == Answer(Reach.YES, first, geography["zone"])


class TestDays:
    def test_what_ended_answers_no_after_its_end_with_the_row_that_says_so(self, geography):
        ended = row(Extent.WHOLE, geography["regio"], end="31 december 2022")
        place = Place.of([geography["stad"]], TODAY)

        before, after = (
            answer([ended], place, day) for day in (dt.date(2022, 12, 31), dt.date(2023, 1, 1))
        )

        assert before == Answer(Reach.YES, ended, geography["regio"])
        assert after == Answer(Reach.NO, ended)

    @pytest.mark.parametrize("extent", [Extent.UNLOCATED, Extent.AT_LEAST_NAMED])
    def test_an_open_list_that_ended_answers_no_too(self, geography, extent):
        territory = [geography["elders"]] if extent == Extent.AT_LEAST_NAMED else []
        ended = row(extent, *territory, end="31 december 2022")

        assert reach_of([ended], geography["stad"]) is Reach.NO

    def test_what_has_yet_to_begin_answers_no(self, geography):
        later = row(Extent.WHOLE, geography["regio"], start="2024")

        assert reach_of([later], geography["stad"]) is Reach.NO

    def test_between_the_bounds_of_an_edge_it_may_hold_and_counts(self, geography):
        ends = row(Extent.WHOLE, geography["regio"], end="juni 2023")

        assert reach_of([ends], geography["stad"], dt.date(2023, 6, 30)) is Reach.YES
        assert reach_of([ends], geography["stad"], dt.date(2023, 7, 1)) is Reach.NO

    def test_a_date_that_is_expected_is_no_validity(self, geography):
        planned = row(Extent.WHOLE, geography["regio"], status=Status.PLANNED, expected="eind 2030")

        assert reach_of([planned], geography["stad"]) is Reach.PLANNED

    def test_a_place_lies_where_it_lay_that_day(self):
        town, before, after = (CoverageAreaFactory(slug=s) for s in ("stad", "oud", "nieuw"))
        last, first = dt.date(2024, 12, 31), dt.date(2025, 1, 1)
        AreaMembershipFactory(member=town, area=before, valid_until=last)
        AreaMembershipFactory(member=town, area=after, valid_from=first)
        derived.rebuild()
        rows = [row(Extent.ONLY_NAMED, after)]

        assert reach_of(rows, town, last) is Reach.NO
        assert reach_of(rows, town, first) is Reach.YES

    def test_a_place_is_read_in_one_query(self, geography, django_assert_num_queries):
        with django_assert_num_queries(1):  # the lines
            place = Place.of([geography["stad"]], TODAY)

        assert place.within == {geography[slug].pk for slug in ("stad", "zone", "regio")}
        assert place.partly == frozenset()


def test_the_smallest_area_that_links_them_is_named(geography):
    rows = [row(Extent.ONLY_NAMED, geography["regio"], geography["zone"])]
    for position, slug in enumerate(("stad", "zone", "regio")):
        kind = geography[slug].kind
        kind.position = position
        kind.save()

    found = answer(rows, Place.of([geography["stad"]], TODAY), TODAY)

    assert found.area == geography["zone"]


# The same rules over many versions at once: the list agrees with the pure function, whatever the
# areas, days and statements. Hypothesis looks for a world in which it does not.

DAYS = [dt.date(2022, 2, 1), dt.date(2022, 5, 15), TODAY]
PERIODS = [
    *(("", ""), ("2022", ""), ("mei 2022", ""), ("na 2022", "")),
    *(("", "midden 2023"), ("", "31 december 2022"), ("mei 2022", "midden 2023")),
]
AREAS = range(6)

areas = st.sampled_from(AREAS)
steps = st.lists(
    st.tuples(
        st.tuples(areas, areas).filter(lambda pair: pair[0] < pair[1]),
        st.sampled_from(["", "", "een deel", "een ander deel"]),
        st.sampled_from([None, dt.date(2022, 3, 1)]),
        st.sampled_from([None, dt.date(2023, 3, 31)]),
    ),
    max_size=8,
    unique_by=lambda step: (step[0], step[1]),
)
statements = st.tuples(
    st.sampled_from(Extent.values),
    st.sampled_from(Status.values),
    st.sets(areas, min_size=1, max_size=2),
    st.sampled_from(PERIODS),
)
versions = st.lists(st.lists(statements, max_size=3), min_size=1, max_size=4)
any_world = st.fixed_dictionaries(
    {
        "steps": steps,
        "versions": versions,
        "composition": st.sampled_from(AreaKind.Composition.values),
        "kinds": st.lists(st.integers(0, 1), min_size=len(AREAS), max_size=len(AREAS)),
    }
)


def make(world):
    """The areas and versions of a world, in the database. Returns the areas."""
    kinds = [AreaKindFactory(composition=world["composition"]) for _ in range(2)]
    made = [CoverageAreaFactory(kind=kinds[number]) for number in world["kinds"]]
    AreaMembership.objects.bulk_create(
        AreaMembership(
            member=made[member], area=made[area], part=part, valid_from=start, valid_until=end
        )
        for (member, area), part, start, end in world["steps"]
    )
    derived.rebuild_area_lines()
    for rows in world["versions"]:
        version = ConceptVersionFactory()
        for extent, status, territory, (start, end) in rows:
            CoverageFactory(
                version=version,
                scale=kinds[0],
                extent=extent,
                status=status,
                territory=[made[area] for area in territory] if extent != Extent.UNLOCATED else [],
                citations=[],
                start=start,
                end=end,
            )
    return made


def all_versions():
    return list(ConceptVersion.objects.prefetch_related("coverages__territory"))


def expected(everything, place, day):
    """What the pure function answers for every version, by primary key."""
    return {version.pk: answer(version.coverages.all(), place, day).reach for version in everything}


def listed(places, day):
    """What the list answers for every version, by primary key."""
    rows = with_reach(ConceptVersion.objects.all(), places, day)
    return {version.pk: Reach.of_strength(version.reach) for version in rows}


# Each example works in a transaction that is rolled back, so that no world sees another.
in_any_world = settings(max_examples=25)


@in_any_world
@given(world=any_world)
def test_list_and_counts_agree_with_the_pure_function(world):
    with transaction.atomic():
        made, everything = make(world), all_versions()
        for day in DAYS:
            numbers = counted(ConceptVersion.objects.all(), day)
            for area in made:
                place = Place.of([area], day)
                reaches = expected(everything, place, day)

                assert listed([place], day) == reaches
                found = sum(reach is not Reach.NO for reach in reaches.values())
                assert numbers[area.pk] == found
                assert counted_by_answer(area, day) == Counter(
                    reach for reach in reaches.values() if reach is not Reach.NO
                )
        transaction.set_rollback(True)


@in_any_world
@given(world=any_world, chosen=st.tuples(areas, areas))
def test_values_widen_and_keys_narrow(world, chosen):
    with transaction.atomic():
        made, everything = make(world), all_versions()
        one, other = (made[number] for number in chosen)
        alone = [Place.of([area], TODAY) for area in (one, other)]
        apart = [expected(everything, place, TODAY) for place in alone]

        either = listed([Place.of([one, other], TODAY)], TODAY)
        both = listed(alone, TODAY)

        for pk in either:
            strengths = [answers[pk].strength for answers in apart]
            assert either[pk].strength == max(strengths)
            assert both[pk].strength == min(strengths)
        transaction.set_rollback(True)


def test_counting_does_not_repeat_a_version_with_several_rows(geography):
    named = partial(CoverageFactory, extent=Extent.ONLY_NAMED)
    ConceptVersionFactory(
        statements=[
            partial(named, territory=[geography["zone"], geography["regio"]]),
            partial(named, territory=[geography["stad"]]),
        ]
    )

    found = counted(ConceptVersion.objects.all(), TODAY)

    elsewhere = ("elders", "andere-regio")
    assert found == {area.pk: int(slug not in elsewhere) for slug, area in geography.items()}


def test_counting_can_start_from_any_selection(geography):
    partial_of = partial(CoverageFactory, extent=Extent.ONLY_NAMED, territory=[geography["stad"]])
    chosen, _ = (ConceptVersionFactory(statements=[partial_of]) for _ in range(2))

    found = counted(ConceptVersion.objects.filter(pk=chosen.pk), TODAY)

    reached_by_one = {geography[slug].pk for slug in ("stad", "zone", "regio")}
    assert found == {area.pk: int(area.pk in reached_by_one) for area in geography.values()}
