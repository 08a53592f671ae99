"""How the areas of one kind lie against those of another: nested, crossing, not covered."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import derived
from governance.areas.comparing import Comparison, Surroundings
from governance.areas.geography import Step, relations
from governance.areas.overlaps import Ground, Relation, Verdict, compare
from governance.models import AreaKind, AreaName
from tests.factories import AreaKindFactory, AreaMembershipFactory, CoverageAreaFactory

DAY = dt.date(2023, 3, 13)
Composition = AreaKind.Composition


def ground(territories):
    """The ground of {area: municipalities}, as the flattened lines have it.

    Letters are municipalities; "a:north" is a part of one.
    """
    towns = {name.partition(":")[0] for names in territories.values() for name in names}
    names = sorted(towns) + sorted(territories)
    number = {name: position for position, name in enumerate(names)}
    kinds = {number[name]: name[0] if name in territories else "town" for name in names}
    steps = [
        Step(number[name.partition(":")[0]], number[area], name.partition(":")[2])
        for area, inside in territories.items()
        for name in inside
    ]
    complete = {number[area] for area in territories}
    found = relations(list(kinds), steps, kinds, complete)
    lies_in = {(names[place], names[territory]): whole for place, territory, whole, *_ in found}
    return Ground(lies_in, towns)


def compared(territories, **options):
    """Compare the areas z1, z2 ... with r1, r2 ...; the first kind is the smaller."""
    zones = [name for name in territories if name[0] == "z"]
    regions = [name for name in territories if name[0] == "r"]
    lies = ground(territories)
    return (
        compare(zones, regions, lies, **options),
        compare(regions, zones, lies, strays=False, **options),
    )


class TestTheRule:
    def test_an_area_is_nested_in_what_contains_it_whole(self):
        zones, regions = compared({"z1": "ab", "z2": "c", "r1": "abc"})

        assert {o.verdict for o in (*zones.values(), *regions.values())} == {Verdict.NESTED}
        assert [(p.other, p.relation, p.common) for p in zones["z1"].parts] == [
            ("r1", Relation.WITHIN, {"a", "b"})
        ]
        assert [(p.other, p.relation) for p in regions["r1"].parts] == [
            ("z1", Relation.AROUND),
            ("z2", Relation.AROUND),
        ]

    def test_two_areas_of_the_same_ground_are_the_same(self):
        zones, _ = compared({"z1": "ab", "r1": "ab"})

        assert zones["z1"].parts[0].relation is Relation.SAME

    def test_an_area_over_a_border_crosses_it_by_what_lies_outside_its_home(self):
        zones, regions = compared({"z1": "abc", "r1": "abx", "r2": "cy"})

        assert zones["z1"].verdict is Verdict.CROSSING
        assert zones["z1"].cause == {"c"}
        # Both regions are crossed by that one municipality.
        assert regions["r1"].cause == regions["r2"].cause == {"c"}

    def test_of_a_region_only_what_strays_over_its_border_is_the_cause(self):
        _, regions = compared({"z1": "ab", "z2": "cd", "z3": "ef", "r1": "abce", "r2": "df"})

        assert regions["r1"].cause == {"c", "d", "e", "f"}  # no home: as much here as there

    def test_without_a_home_every_municipality_is_the_cause(self):
        zones, regions = compared({"z1": "ab", "r1": "ax", "r2": "by"})

        assert zones["z1"].cause == regions["r1"].cause == regions["r2"].cause == {"a", "b"}

    def test_an_area_is_not_covered_by_the_municipalities_that_lie_nowhere(self):
        zones, _ = compared({"z1": "ab", "z2": "cd", "r1": "ax"})

        assert (zones["z1"].verdict, zones["z1"].cause) == (Verdict.CROSSING, {"b"})
        assert (zones["z2"].verdict, zones["z2"].cause) == (Verdict.NOT_COVERED, {"c", "d"})

    def test_an_area_around_others_is_not_covered_when_a_municipality_lies_in_none(self):
        _, regions = compared({"z1": "ab", "r1": "abc"})

        assert (regions["r1"].verdict, regions["r1"].cause) == (Verdict.NOT_COVERED, {"c"})

    def test_a_city_that_is_cut_up_nests_where_its_parts_stay_together(self):
        cut = {"z1": ["a:north"], "z2": ["a:south", "b"], "r1": "abc"}

        zones, regions = compared({**cut, "z3": "c"})

        assert {o.verdict for o in (*zones.values(), *regions.values())} == {Verdict.NESTED}

    def test_a_municipality_that_lies_outside_for_a_part_is_a_cause(self):
        zones, _ = compared({"z1": "ab", "r1": ["a", "b:east"], "r2": ["b:west", "x"]})

        assert (zones["z1"].verdict, zones["z1"].cause) == (Verdict.CROSSING, {"b"})

    def test_an_area_without_known_municipalities_is_unsure(self):
        zones, _ = compared({"z1": "", "r1": "a"})

        assert zones["z1"].verdict is Verdict.UNSURE

    def test_of_a_partly_known_composition_only_what_lies_wholly_inside_is_certain(self):
        zones, _ = compared(
            {"z1": "ab", "z2": "cd", "z3": "e", "r1": "abc", "r2": "x"}, is_known=False
        )

        assert {name: overlap.verdict for name, overlap in zones.items()} == {
            "z1": Verdict.NESTED,
            "z2": Verdict.UNSURE,
            "z3": Verdict.UNSURE,
        }
        assert zones["z2"].parts[0].relation is Relation.OVERLAPS
        assert not zones["z2"].cause


# Any division of some municipalities in zones, and again in regions: hypothesis looks for one
# where the rule does not hold.

towns = st.sampled_from("abcdefgh")
any_division = st.fixed_dictionaries(
    {
        "zone": st.fixed_dictionaries({town: st.integers(0, 3) for town in "abcdefgh"}),
        "region": st.fixed_dictionaries({town: st.integers(0, 2) for town in "abcdefgh"}),
    }
)


def divided(division):
    """The areas of a division; number 0 is no area at all."""
    areas = {}
    for letter, kind in (("z", "zone"), ("r", "region")):
        for town, number in division[kind].items():
            if number:
                areas.setdefault(f"{letter}{number}", set()).add(town)
    return areas


@settings(max_examples=200)
@given(division=any_division)
def test_the_verdict_follows_from_the_municipalities_alone(division):
    areas = divided(division)
    zones, regions = compared(areas)

    for name, overlap in {**zones, **regions}.items():
        others = {key: inside for key, inside in areas.items() if key[0] != name[0]}
        own = areas[name]
        crosses = any(own & other and own - other and other - own for other in others.values())
        uncovered = own - set().union(*others.values(), set())
        expected = (
            Verdict.CROSSING if crosses else (Verdict.NOT_COVERED if uncovered else Verdict.NESTED)
        )
        assert (overlap.verdict, overlap.uncovered) == (expected, uncovered)
        assert bool(overlap.cause) == (expected is not Verdict.NESTED)
        assert {part.other: part.common for part in overlap.parts} == {
            key: own & other for key, other in others.items() if own & other
        }


@settings(max_examples=200)
@given(division=any_division)
def test_both_kinds_name_the_same_cause(division):
    """But for what lies in no region at all: that crosses no border of one."""
    areas = divided(division)

    causes = [
        set().union(*(o.cause for o in side.values() if o.verdict is Verdict.CROSSING))
        for side in compared(areas)
    ]

    covered = {town for key, inside in areas.items() if key[0] == "r" for town in inside}
    nested = {
        town
        for zone, overlap in compared(areas)[0].items()
        for part in overlap.parts
        if overlap.verdict is Verdict.CROSSING and part.relation is Relation.AROUND
        for town in part.common
    }
    assert (causes[0] & covered) - nested <= causes[1]
    assert causes[1] & covered <= causes[0] | nested


# Reading


@pytest.fixture
def kinds():
    return {
        "gemeente": AreaKindFactory(slug="gemeente", composition=Composition.KNOWN, position=1),
        "zone": AreaKindFactory(slug="zone", composition=Composition.KNOWN, position=2),
        "regio": AreaKindFactory(slug="regio", composition=Composition.KNOWN, position=3),
    }


def town(kinds, nis, *areas, **fields):
    """A municipality in these areas."""
    made = CoverageAreaFactory(
        slug=f"gemeente-{nis}", nis=nis, name=f"Stad {nis}", kind=kinds["gemeente"], **fields
    )
    for area in areas:
        days = {key: fields[key] for key in ("valid_from", "valid_until") if key in fields}
        AreaMembershipFactory(member=made, area=area, **days)
    return made


def names(rows):
    return [row.name for row in rows]


@pytest.mark.django_db
class TestReading:
    def test_areas_and_municipalities_are_those_of_the_day(self, kinds):
        zone = CoverageAreaFactory(kind=kinds["zone"], name="Zone")
        one, other = CoverageAreaFactory.create_batch(2, kind=kinds["regio"])
        last, first = dt.date(2024, 12, 31), dt.date(2025, 1, 1)
        town(kinds, "11001", zone, one)
        town(kinds, "11002", zone, other, valid_until=last)
        town(kinds, "11003", zone, one, valid_from=first)
        town(kinds, "11004", one)
        town(kinds, "11005", other)
        CoverageAreaFactory(kind=kinds["zone"], name="Later", valid_from=first)
        derived.rebuild()

        before, after = (Comparison.of(kinds["zone"], kinds["regio"], d) for d in (last, first))

        assert names(before.groups[Verdict.CROSSING]) == ["Zone"]
        assert names(before.rows[0].cause) == ["Stad 11001", "Stad 11002"]
        assert names(after.groups[Verdict.NESTED]) == ["Zone"]
        assert names(after.groups[Verdict.UNSURE]) == ["Later"]

    def test_an_area_bears_the_name_of_the_day(self, kinds):
        zone = CoverageAreaFactory(kind=kinds["zone"], name="Middenkust")
        AreaName.objects.create(area=zone, name="Oostende-Bredene", valid_until=DAY)
        town(kinds, "11001", zone)
        derived.rebuild()

        assert names(Comparison.of(kinds["zone"], kinds["regio"], DAY).rows) == ["Oostende-Bredene"]

    @pytest.mark.parametrize("composition", [Composition.UNKNOWN, Composition.NONE])
    def test_of_an_unknown_composition_every_area_is_unsure(self, kinds, composition):
        kinds["regio"].composition = composition
        kinds["regio"].save()
        zone, region = (CoverageAreaFactory(kind=kinds[kind]) for kind in ("zone", "regio"))
        town(kinds, "11001", zone, region)
        derived.rebuild()

        comparison = Comparison.of(kinds["zone"], kinds["regio"], DAY)

        (row,) = comparison.groups[Verdict.UNSURE]
        assert (row.parts, row.cause, row.uncovered) == ([], [], [])

    def test_one_area_among_all_kinds_reads_as_in_the_comparison(self, kinds):
        zones = CoverageAreaFactory.create_batch(3, kind=kinds["zone"])
        regions = CoverageAreaFactory.create_batch(2, kind=kinds["regio"])
        for number in range(9):  # the middle zone crosses
            town(kinds, f"1100{number}", zones[number // 3], regions[number // 5])
        derived.rebuild()

        for kind, other in (("zone", "regio"), ("regio", "zone")):
            for row in Comparison.of(kinds[kind], kinds[other], DAY).rows:
                assert Surroundings.of(row.area, [kinds[other]], DAY).rows == [(kinds[other], row)]

    @pytest.mark.parametrize("rows", [1, 15])
    def test_reading_takes_two_queries(self, kinds, rows, django_assert_num_queries):
        region = CoverageAreaFactory(kind=kinds["regio"])
        for number in range(rows):
            zone = CoverageAreaFactory(kind=kinds["zone"])
            town(kinds, f"110{number:02}", zone, region)
        derived.rebuild()

        with django_assert_num_queries(2):  # the lines; the areas under their names
            Comparison.of(kinds["zone"], kinds["regio"], DAY)
        with django_assert_num_queries(2):
            Surroundings.of(region, [kinds["zone"], kinds["gemeente"]], DAY)
