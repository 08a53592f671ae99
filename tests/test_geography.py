"""How areas lie against each other, from what lies in what; a pure function, without a database."""

import datetime as dt
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from governance.areas.geography import Step, relations

#: Areas are numbers: towns below 10, zones in the tens, regions in the twenties.
LEUVEN, HERENT, CITY = 1, 2, 3
ZONE, OTHER_ZONE, THIRD_ZONE = 11, 12, 13
REGION, OTHER_REGION = 21, 22
NEW_YEAR = dt.date(2025, 1, 1)
EVE = dt.date(2024, 12, 31)
KINDS = {**dict.fromkeys(range(10), "town"), **dict.fromkeys(range(10, 20), "zone")}
KINDS |= dict.fromkeys(range(20, 30), "region")


def lines(steps, complete=None):
    """What the function finds, without the line of every area to itself."""
    areas = {area for step in steps for area in (step.member, step.area)}
    known = {area for area in areas if KINDS[area] != "town"} if complete is None else complete
    return {line for line in relations(areas, steps, KINDS, known) if line[0] != line[1]}


def always(pairs, is_whole):
    return {(place, territory, is_whole, None, None) for place, territory in pairs}


def test_every_area_says_all_of_itself_on_every_day():
    assert relations([1, 2], [], KINDS, set()) == always({(1, 1), (2, 2)}, True)


def test_what_lies_in_an_area_is_wholly_in_it_and_the_area_partly_in_what_it_holds():
    found = lines([Step(LEUVEN, ZONE)])

    assert (LEUVEN, ZONE, True, None, None) in found
    assert (ZONE, LEUVEN, False, None, None) in found


def test_it_holds_over_any_number_of_steps():
    found = lines([Step(LEUVEN, ZONE), Step(ZONE, REGION)])

    assert (LEUVEN, REGION, True, None, None) in found
    assert (REGION, LEUVEN, False, None, None) in found


def test_a_zone_whose_towns_all_lie_in_a_region_lies_in_it():
    steps = [Step(LEUVEN, ZONE), Step(HERENT, ZONE), Step(LEUVEN, REGION), Step(HERENT, REGION)]

    assert (ZONE, REGION, True, None, None) in lines(steps)


def test_a_zone_with_a_town_in_each_region_crosses_their_border():
    steps = [Step(LEUVEN, ZONE), Step(HERENT, ZONE)]
    steps += [Step(LEUVEN, REGION), Step(HERENT, OTHER_REGION)]

    found = lines(steps)

    crossing = {(ZONE, REGION), (ZONE, OTHER_REGION), (REGION, ZONE), (OTHER_REGION, ZONE)}
    # A region of which all towns lie in the zone lies in it wholly.
    assert always({(REGION, ZONE), (OTHER_REGION, ZONE)}, True) <= found
    assert always(crossing - {(REGION, ZONE), (OTHER_REGION, ZONE)}, False) <= found
    assert (REGION, OTHER_REGION) not in {line[:2] for line in found}


def test_areas_without_a_town_in_common_say_nothing_of_each_other():
    found = lines([Step(LEUVEN, ZONE), Step(HERENT, REGION)])

    assert not {(ZONE, REGION), (REGION, ZONE)} & {line[:2] for line in found}


def test_an_area_of_which_we_do_not_know_all_never_lies_in_another():
    steps = [Step(LEUVEN, ZONE), Step(LEUVEN, REGION)]

    found = lines(steps, complete={REGION})

    assert (ZONE, REGION, False, None, None) in found
    assert (LEUVEN, ZONE, True, None, None) in found  # what we do know is certain


def test_a_city_in_parts_lies_partly_in_each_zone_and_wholly_in_its_region():
    steps = [
        Step(CITY, ZONE, "postcode 2000"),
        Step(CITY, OTHER_ZONE, "postcode 2100"),
        Step(CITY, REGION),
    ]

    found = lines(steps)

    assert always({(CITY, ZONE), (CITY, OTHER_ZONE)}, False) <= found
    assert always({(CITY, REGION), (ZONE, REGION), (OTHER_ZONE, REGION)}, True) <= found


def test_two_zones_of_one_city_have_no_ground_in_common():
    steps = [Step(CITY, ZONE, "postcode 2000"), Step(CITY, OTHER_ZONE, "postcode 2100")]

    assert not {(ZONE, OTHER_ZONE), (OTHER_ZONE, ZONE)} & {line[:2] for line in lines(steps)}


def test_of_parts_of_areas_of_two_kinds_nobody_says_whether_they_overlap():
    steps = [Step(CITY, ZONE, "the north"), Step(CITY, REGION, "the old town")]

    assert always({(ZONE, REGION), (REGION, ZONE)}, False) <= lines(steps)


def test_a_zone_of_a_part_and_the_whole_of_another_town_crosses_nothing_it_lies_in():
    steps = [Step(CITY, ZONE, "postcode 2000"), Step(HERENT, ZONE)]
    steps += [Step(CITY, REGION), Step(HERENT, REGION)]

    assert (ZONE, REGION, True, None, None) in lines(steps)


def test_a_town_that_moves_lies_in_each_zone_for_its_own_days():
    steps = [
        Step(LEUVEN, ZONE, valid_until=EVE),
        Step(LEUVEN, OTHER_ZONE, valid_from=NEW_YEAR),
    ]

    found = lines(steps)

    assert (LEUVEN, ZONE, True, None, EVE) in found
    assert (LEUVEN, OTHER_ZONE, True, NEW_YEAR, None) in found


def test_what_goes_on_unchanged_past_another_change_is_one_line():
    steps = [Step(LEUVEN, ZONE), Step(HERENT, OTHER_ZONE, valid_from=NEW_YEAR)]

    assert (LEUVEN, ZONE, True, None, None) in lines(steps)


def test_a_zone_lies_in_a_region_from_the_day_that_its_last_town_does():
    steps = [
        Step(LEUVEN, ZONE),
        Step(HERENT, ZONE),
        Step(LEUVEN, REGION),
        Step(HERENT, REGION, valid_from=NEW_YEAR),
    ]

    found = lines(steps)

    assert (ZONE, REGION, False, None, EVE) in found
    assert (ZONE, REGION, True, NEW_YEAR, None) in found


def test_after_a_merger_the_former_town_lies_wherever_the_new_one_does():
    # Hoeselt (1) goes on in Bilzen-Hoeselt (2) from New Year.
    steps = [
        Step(1, ZONE, valid_until=EVE),
        Step(1, 2, valid_from=NEW_YEAR),
        Step(2, OTHER_ZONE, valid_from=NEW_YEAR),
    ]

    found = lines(steps)

    assert (1, OTHER_ZONE, True, NEW_YEAR, None) in found
    assert (1, 2, True, NEW_YEAR, None) in found
    assert (1, ZONE, True, None, EVE) in found


def test_a_step_of_one_day_is_a_line_of_one_day():
    steps = [Step(LEUVEN, ZONE, valid_from=NEW_YEAR, valid_until=NEW_YEAR)]

    assert (LEUVEN, ZONE, True, NEW_YEAR, NEW_YEAR) in lines(steps)


# Against the plainest way to say the same: every day by itself, with sets of pieces of ground.

DAYS = [dt.date(2024, 12, 29) + dt.timedelta(days=n) for n in range(6)]
PARTS = st.sampled_from(["", "", "north", "south"])
EDGE = st.none() | st.sampled_from(DAYS)


@st.composite
def steps_of_a_geography(draw):
    """Towns in zones and regions, in part or wholly, and zones in regions, each for some days."""
    pairs = st.one_of(
        st.tuples(st.integers(1, 3), st.integers(11, 13), PARTS),
        st.tuples(st.integers(1, 3), st.integers(21, 22), PARTS),
        st.tuples(st.integers(11, 13), st.integers(21, 22), st.just("")),
    )
    steps = []
    for member, area, part in draw(st.lists(pairs, max_size=8)):
        start, end = draw(EDGE), draw(EDGE)
        if start and end and start > end:
            start, end = end, start
        steps.append(Step(member, area, part, start, end))
    return steps


def plainly(place, territory, steps):
    """On one day: True when all of a town lies in an area, False when some does, else None."""
    parts = {step.part for step in steps if (step.member, step.area) == (place, territory)}
    for middle in {step.area for step in steps if step.member == place}:
        if any(step.member == middle and step.area == territory for step in steps):
            parts |= {s.part for s in steps if (s.member, s.area) == (place, middle)}
    return "" in parts if parts else None


@given(steps_of_a_geography())
def test_towns_lie_where_each_day_says_that_they_do(steps):
    found = lines(steps)

    for day in DAYS:
        held = [
            step for step in steps if (step.valid_from or day) <= day <= (step.valid_until or day)
        ]
        said = defaultdict(set)
        for place, territory, is_whole, start, end in found:
            if (start or day) <= day <= (end or day):
                said[place, territory].add(is_whole)
        for town in (1, 2, 3):
            for territory in (11, 12, 13, 21, 22):
                answer = plainly(town, territory, held)
                assert said.get((town, territory), set()) == (set() if answer is None else {answer})


@given(steps_of_a_geography())
def test_no_pair_has_two_lines_on_one_day_and_none_stands_alone(steps):
    found = lines(steps)

    for day in DAYS:
        pairs = [line[:2] for line in found if (line[3] or day) <= day <= (line[4] or day)]
        assert len(pairs) == len(set(pairs))
        assert {(territory, place) for place, territory in pairs} == set(pairs)
