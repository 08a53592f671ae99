"""The schematic map: what is drawn, where names find room, what its links say."""

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from concepts.places.drawing.lettering import SIZES, Box
from concepts.places.drawing.map import LEAST_CHOSEN, MARKS, Marked, Place, draw, map_of
from concepts.templatetags.drawing import svg
from eerstelijn.finder.question import AsOf
from governance.derived import rebuild_area_lines
from tests.factories import AreaKindFactory, AreaMembershipFactory, CoverageAreaFactory

DAY = dt.date(2024, 6, 1)


def place(pk, x=0, y=0, name=None, nis="44021", surface=40.0):
    """A municipality `x` and `y` kilometres from a corner."""
    name = name or f"Plaats {pk}"
    url = f"/gebieden/gemeente-{pk}/"
    return Place(pk, name, nis, 100_000 + 1000 * x, 150_000 + 1000 * y, surface, url)


def places(count):
    """Municipalities side by side, ten in a row."""
    return [place(pk, 8 * (pk % 10), 8 * (pk // 10)) for pk in range(count)]


def layer(drawn, css_class):
    return next((layer for layer in drawn.layers if layer.css_class == css_class), None)


def titles(drawn, css_class):
    found = layer(drawn, css_class)
    return {dot.title for dot in found.dots} if found else set()


# What is drawn


def test_without_places_there_is_no_map():
    assert draw([]) is None
    assert svg(None) == ""


def test_north_is_up_and_east_is_right():
    drawn = draw([place(1), place(2, x=33, y=66)])

    south, north = layer(drawn, "elsewhere").dots

    assert (north.cx - south.cx, south.cy - north.cy) == (100, 200)  # 330 metres for a unit


def test_a_circle_is_as_large_as_the_surface():
    small, large = layer(draw([place(1, surface=30), place(2, 9, surface=120)]), "elsewhere").dots

    assert large.r == 2 * small.r


def test_all_of_the_land_lies_in_the_frame():
    drawn = draw(places(30))
    frame = Box(0, 0, drawn.width, drawn.height)

    assert len(drawn.land) == 30
    assert all(frame.holds(Box(cx - r, cy - r, cx + r, cy + r)) for cx, cy, r in drawn.land)


def test_the_chosen_place_stands_apart_however_small():
    drawn = draw([place(1, surface=1.4, name="Herstappe"), place(2, 9)], chosen=1)

    assert drawn.chosen.title == "Herstappe"
    assert drawn.chosen.r == LEAST_CHOSEN
    assert titles(drawn, "elsewhere") == {"Plaats 2"}
    assert [lettering.sign.text for lettering in drawn.letterings] == ["Herstappe"] * 3


def test_brussels_is_told_by_its_code():
    drawn = draw([place(1, nis="21004"), place(2, 9, nis="24062")])

    assert titles(drawn, "brussels") == {"Plaats 1"}
    assert titles(drawn, "elsewhere") == {"Plaats 2"}


def test_a_place_in_two_groups_gets_the_mark_of_the_first():
    zone, region = Marked("zone", frozenset({1})), Marked("regio", frozenset({1, 2}))

    drawn = draw(places(3), groups=[zone, region])

    assert titles(drawn, "mark-1") == {"Plaats 1"}
    assert titles(drawn, "mark-2") == {"Plaats 2"}
    assert titles(drawn, "elsewhere") == {"Plaats 0"}


def test_the_legend_names_what_is_drawn():
    groups = [Marked("regio Rand", frozenset({1, 2})), Marked("zone Leeg", frozenset())]

    drawn = draw([place(0, nis="21001"), *places(5)[1:]], chosen=1, groups=groups)

    assert [(item.css_class, item.label) for item in drawn.legend] == [
        ("chosen", "Plaats 1"),
        ("mark-1", "regio Rand"),
        ("elsewhere", "andere gemeente"),
        ("brussels", "Brusselse gemeente"),
    ]
    assert drawn.label == (
        "Kaart van de gemeenten in Vlaanderen en Brussel: Plaats 1 is aangeduid, regio Rand is "
        "gekleurd."
    )


def test_with_more_groups_than_marks_each_has_a_number_and_neighbours_differ():
    rows = [Marked(f"rij {row}", frozenset(range(10 * row, 10 * row + 10))) for row in range(8)]

    drawn = draw(places(80), groups=rows)

    marks = [layer.css_class for layer in drawn.coloured]
    assert [layer.number for layer in drawn.coloured] == list(range(1, 9))
    assert all(one != other for one, other in pairwise(marks))
    assert set(marks) <= {f"mark-{mark}" for mark in range(1, MARKS + 1)}
    for lettering in drawn.letterings:
        assert {label.text for label in lettering.labels} == {str(n) for n in range(1, 9)}


def test_a_group_that_shares_its_only_place_still_gets_its_number():
    zones = [Marked(f"zone {n}", frozenset({1})) for n in range(MARKS + 1)]

    drawn = draw([place(1, surface=900), place(2, 40)], groups=zones)

    wide = drawn.letterings[0]
    assert [label.text for label in wide.labels][:4] == ["1", "2", "3", "4"]


# Where names find room


@pytest.mark.parametrize(
    ("x", "y", "above", "points_left"),
    [
        (20, 10, True, False),
        (90, 10, True, True),  # no room on the right
        (20, 40, False, False),  # no room above
        (90, 40, False, True),
    ],
)
def test_the_sign_turns_where_there_is_no_room(x, y, above, points_left):
    corners = [place(1), place(2, 90, 40)]

    drawn = draw([*corners, place(3, x, y, name="Langemark-Poelkapelle")], chosen=3)

    sign = drawn.letterings[0].sign
    assert (sign.board.bottom < drawn.chosen.cy) == above
    assert sign.points_left == points_left


def test_a_name_too_long_for_either_side_slides_over_its_pole():
    ends = [place(1), place(2, 200, 60)]
    drawn = draw([*ends, place(3, 100, 20, name="Beveren-Kruibeke-Zwijndrecht")], chosen=3)

    sign = drawn.letterings[-1].sign

    assert sign.board.left < sign.pole.left < sign.pole.right < sign.board.right
    assert Box(0, 0, drawn.width, drawn.height).holds(sign.board)


def test_names_of_cities_stay_away_from_the_chosen_place():
    near = [place(1, 50, 30, name="Gent"), place(2, 52, 30, name="Merelbeke"), place(3, 100, 60)]
    far = place(4, 0, 0, name="Kortrijk")

    drawn = draw([*near, far], chosen=2)

    for lettering in drawn.letterings:
        assert "Gent" not in {label.text for label in lettering.labels}
    assert {label.text for label in drawn.letterings[0].labels} == {"Kortrijk"}


# On a page


def test_links_have_names_and_only_coloured_ones_are_stops():
    html = svg(draw(places(3), chosen=0, groups=[Marked("regio", frozenset({1}))]))

    assert 'role="group"' in html
    assert '<g class="mark-1"><a href="/gebieden/gemeente-1/"><title>Plaats 1</title>' in html
    assert '<g class="elsewhere" aria-hidden="true"><a href="/gebieden/gemeente-2/" tab' in html


def test_a_picture_has_no_links():
    html = svg(draw(places(3), groups=[Marked("regio", frozenset({1}))], links=False))

    assert 'role="img" aria-label="Kaart van de gemeenten' in html
    assert "<a" not in html
    assert html.count("<title>") == 0


def test_names_are_escaped():
    drawn = draw([place(1, name="<b>&"), place(2, 9)], chosen=1, groups=[Marked("<i>", {2})])

    html = render_to_string("places/_map.html", {"map": drawn})

    assert "<b>&" not in html
    assert "<i>" not in html


def test_the_page_has_legend_attribution_and_a_way_past_the_links():
    drawn = draw(places(9), groups=[Marked("regio Rand", frozenset({1}))])

    html = render_to_string("places/_map.html", {"map": drawn})

    assert "regio Rand" in html
    assert "Ligging: Provincies in Cijfers. Gemeenten: Statbel, CC BY 4.0." in html
    assert 'href="#na-de-kaart">Sla de kaart over' in html
    assert 'id="na-de-kaart"' in html
    assert "style=" not in html


def test_a_map_without_stops_needs_no_way_past_them():
    assert "Sla de kaart over" not in render_to_string("places/_map.html", {"map": draw(places(2))})
    assert render_to_string("places/_map.html", {"map": None}).strip() == ""


# What is read


@pytest.fixture
def municipality(db):
    kind = AreaKindFactory(slug="gemeente")

    def municipality(nis, **fields):
        given = {"x": 150_000, "y": 200_000, "surface": 40, "name": f"Stad {nis}"} | fields
        return CoverageAreaFactory(kind=kind, slug=f"gemeente-{nis}", nis=nis, **given)

    return municipality


def test_the_map_of_a_day_shows_what_was_there(municipality):
    municipality("73006", name="Bilzen", valid_until=dt.date(2024, 12, 31))
    municipality("73110", name="Bilzen-Hoeselt", valid_from=dt.date(2025, 1, 1))
    municipality("73999", name="Zonder plaats", x=None)

    assert titles(map_of(dt.date(2024, 12, 31)), "elsewhere") == {"Bilzen"}
    assert titles(map_of(dt.date(2025, 1, 1)), "elsewhere") == {"Bilzen-Hoeselt"}


def test_names_are_those_of_the_day(municipality):
    place = municipality("73006", name="Nieuw")
    place.names.create(name="Oud", valid_until=dt.date(2024, 12, 31))
    place.names.create(name="Nieuw", valid_from=dt.date(2025, 1, 1))

    dots = layer(map_of(DAY), "elsewhere").dots

    assert [(dot.title, dot.url) for dot in dots] == [("Oud", place.get_absolute_url())]


def test_a_chosen_place_that_is_gone_is_shown_all_the_same(municipality):
    gone = municipality("73006", name="Bilzen", valid_until=dt.date(2024, 12, 31))
    municipality("73110", name="Bilzen-Hoeselt", valid_from=dt.date(2025, 1, 1))

    drawn = map_of(dt.date(2025, 1, 1), chosen=gone)

    assert drawn.chosen.title == "Bilzen"


def test_links_keep_the_day_that_the_reader_chose(municipality):
    town = municipality("24062")

    stated = map_of(DAY, as_of=AsOf(DAY, is_stated=True))
    today = map_of(DAY, as_of=AsOf(DAY))

    assert layer(stated, "elsewhere").dots[0].url == (
        f"{town.get_absolute_url()}?peildatum=2024-06-01"
    )
    assert layer(today, "elsewhere").dots[0].url == town.get_absolute_url()


def test_of_one_area_what_lies_in_it_in_part_is_marked_apart(municipality):
    zone = CoverageAreaFactory(name="Centrum", kind__slug="elz", kind__name="eerstelijnszone")
    AreaMembershipFactory(area=zone, member=municipality("11001"))
    AreaMembershipFactory(area=zone, member=municipality("11002"), part="postcode 2000")
    municipality("11003")
    rebuild_area_lines()

    drawn = map_of(DAY, highlighted=[zone])

    assert titles(drawn, "mark-1") == {"Stad 11001"}
    assert titles(drawn, "mark-2") == {"Stad 11002"}
    assert [item.label for item in drawn.legend][:2] == [
        "eerstelijnszone Centrum",
        "deels in eerstelijnszone Centrum",
    ]


def test_an_area_holds_what_lay_in_it_that_day(municipality):
    region = CoverageAreaFactory(name="Regio Rand", kind__name="referentieregio")
    town = municipality("24062")
    AreaMembershipFactory(area=region, member=town, valid_from=dt.date(2025, 1, 1))
    rebuild_area_lines()

    assert titles(map_of(DAY, highlighted=[region]), "mark-1") == set()
    later = map_of(dt.date(2025, 1, 1), highlighted=[region])
    assert [item.label for item in later.legend] == ["Regio Rand"]


@pytest.mark.parametrize("rows", [1, 15])
def test_query_count_does_not_grow_with_rows(municipality, rows, django_assert_num_queries):
    regions = CoverageAreaFactory.create_batch(rows)
    towns = [municipality(f"{11000 + row}", x=150_000 + 9000 * row) for row in range(rows)]
    for region, town in zip(regions, towns, strict=True):
        AreaMembershipFactory(area=region, member=town)
    rebuild_area_lines()
    regions = list(type(regions[0]).objects.with_names().filter(pk__in=[r.pk for r in regions]))

    # The stamp and the ground that the paper is kept under, municipalities, what lies in the
    # coloured areas.
    with django_assert_num_queries(4):
        drawn = map_of(DAY, chosen=towns[0], highlighted=regions)

    assert drawn.chosen


def test_the_sizes_of_letters_are_those_of_the_stylesheet():
    text = Path(finders.find("eerstelijn/places.css")).read_text()

    for name, size in SIZES.items():
        assert f".{name} {{ font-size: {size}px; }}" in text
