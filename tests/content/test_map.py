"""The map of the real municipalities: legible whatever place is chosen, and light."""

import datetime as dt
import gzip
from itertools import combinations

import pytest
from django.template.loader import render_to_string

from concepts.places.drawing.lettering import Box
from concepts.places.drawing.map import map_of
from governance.models import CoverageArea

pytestmark = pytest.mark.usefixtures("only_reads")

BEFORE, SINCE = dt.date(2023, 3, 13), dt.date(2025, 1, 1)
REGION, ZONE = "referentieregio", "eerstelijnszone"


def areas_of(kind, day):
    return list(CoverageArea.objects.with_names().filter(kind__slug=kind).existing_on(day))


def circles(drawn):
    chosen = [drawn.chosen] if drawn.chosen else []
    return [*chosen, *(dot for layer in drawn.layers for dot in layer.dots)]


def faults(drawn):
    """What touches on a map or leaves its frame."""
    frame = Box(0, 0, drawn.width, drawn.height)
    for lettering in drawn.letterings:
        texts = {label.text: label.box for label in lettering.labels}
        if lettering.sign:
            texts |= {"sign": lettering.sign.board, "pole": lettering.sign.pole}
            dot = drawn.chosen
            texts["dot"] = Box(dot.cx - dot.r, dot.cy - dot.r, dot.cx + dot.r, dot.cy + dot.r)
        for name, box in texts.items():
            if not frame.holds(box):
                yield f"{lettering.name}: {name} leaves the frame"
        for (name, box), (other, other_box) in combinations(texts.items(), 2):
            if {name, other} not in ({"pole", "sign"}, {"pole", "dot"}) and box.meets(other_box):
                yield f"{lettering.name}: {name} touches {other}"


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 319), (SINCE, 304)])
def test_every_municipality_of_the_day_is_on_the_map(day, count):
    drawn = map_of(day)
    frame = Box(0, 0, drawn.width, drawn.height)

    assert len(circles(drawn)) == count
    for cx, cy, r in drawn.land:
        assert frame.holds(Box(cx - r, cy - r, cx + r, cy + r))


def test_the_map_has_the_shape_of_the_country():
    drawn = map_of(SINCE)
    at = {dot.title: dot for dot in circles(drawn)}

    assert 2.1 < drawn.width / drawn.height < 2.6  # some 235 kilometres by 90, and its edge
    assert at["De Panne"].cx == min(dot.cx for dot in at.values())
    assert at["Voeren"].cx == max(dot.cx for dot in at.values())
    assert at["Brugge"].cx < at["Gent"].cx < at["Aalst"].cx < at["Leuven"].cx < at["Genk"].cx
    assert at["Turnhout"].cy < at["Antwerpen"].cy < at["Mechelen"].cy < at["Brussel"].cy


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_no_names_touch_whatever_place_is_chosen(day):
    for place in CoverageArea.objects.municipalities().existing_on(day):
        drawn = map_of(day, chosen=place)

        assert [(place.name, fault) for fault in faults(drawn)] == []
        wide, _, narrow = drawn.letterings
        assert len(wide.labels) >= 7
        assert len(narrow.labels) >= 3


@pytest.mark.parametrize("kind", ["provincie", REGION, ZONE])
def test_no_names_touch_on_the_map_of_an_area(kind):
    for area in areas_of(kind, SINCE):
        assert list(faults(map_of(SINCE, highlighted=[area]))) == []


@pytest.mark.parametrize(("kind", "count"), [(REGION, 15), (ZONE, 60)])
def test_every_area_of_a_division_has_its_number(kind, count):
    drawn = map_of(SINCE, highlighted=areas_of(kind, SINCE))

    assert list(faults(drawn)) == []
    assert [layer.number for layer in drawn.coloured] == list(range(1, count + 1))
    assert len(drawn.letterings[0].labels) == count


def test_neighbouring_regions_have_other_marks():
    drawn = map_of(SINCE, highlighted=areas_of(REGION, SINCE))

    for one, other in combinations(drawn.coloured, 2):
        if one.css_class == other.css_class:
            for dot in one.dots:
                for near in other.dots:
                    distance = ((dot.cx - near.cx) ** 2 + (dot.cy - near.cy) ** 2) ** 0.5
                    assert distance > dot.r + near.r + 8, (one.label, other.label, dot, near)


@pytest.mark.parametrize("coloured", [False, True])
def test_the_map_is_light(coloured):
    """A whole page with a map may weigh 40 kB; the map takes a quarter of that at most."""
    place = CoverageArea.objects.get(slug="gemeente-24062")
    regions = areas_of(REGION, SINCE) if coloured else []

    html = render_to_string(
        "places/_map.html", {"map": map_of(SINCE, chosen=place, highlighted=regions)}
    )

    assert html.count("<a href=") >= 300
    assert len(gzip.compress(html.encode(), 6, mtime=0)) < 10_000
