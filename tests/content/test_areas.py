"""The areas of Flanders and Brussels: as many, and lying where, as their sources say."""

import datetime as dt
from collections import defaultdict

import pytest
from django.db.models import F

from governance.models import (
    AreaBorder,
    AreaKind,
    AreaLine,
    AreaMembership,
    ChangeEvent,
    CoverageArea,
    Source,
)

pytestmark = pytest.mark.usefixtures("only_reads")

BEFORE, AFTER = dt.date(2023, 3, 13), dt.date(2025, 1, 1)
LAST_OF_2024 = dt.date(2024, 12, 31)
ANTWERP = "gemeente-11002"


@pytest.fixture
def members():
    """The municipalities in each area of a kind on a day: {slug of area: {slug: part}}."""

    def members(kind, day):
        found = defaultdict(dict)
        rows = AreaMembership.objects.select_related("area", "member")
        for row in rows.filter(area__kind__slug=kind, member__kind__slug="gemeente"):
            if (row.valid_from or day) <= day <= (row.valid_until or day):
                found[row.area.slug][row.member.slug] = row.part
        return dict(found)

    return members


def municipalities(day):
    return {area.slug for area in CoverageArea.objects.municipalities().existing_on(day)}


def sizes(divided):
    return {slug: len(inside) for slug, inside in divided.items()}


def flemish(day, members):
    return municipalities(day) - set(members("gewest", day)["gewest-brussel"])


@pytest.mark.parametrize(("day", "number"), [(BEFORE, 300), (LAST_OF_2024, 300), (AFTER, 285)])
def test_municipalities_of_flanders_and_the_nineteen_of_brussels(members, day, number):
    assert len(members("gewest", day)["gewest-brussel"]) == 19
    assert len(flemish(day, members)) == number


PROVINCES = "antwerpen vlaams-brabant west-vlaanderen oost-vlaanderen limburg".split()


@pytest.mark.parametrize(
    ("day", "numbers"), [(BEFORE, (69, 65, 64, 60, 42)), (AFTER, (67, 63, 62, 55, 38))]
)
def test_municipalities_by_province(members, day, numbers):
    assert sizes(members("provincie", day)) == {
        f"provincie-{name}": number for name, number in zip(PROVINCES, numbers, strict=True)
    }


REGIONS = {
    "regio-antwerpen": (29, 28),
    "regio-rivierenland": (12, 12),
    "regio-kempen": (27, 27),
    "regio-halle-vilvoorde": (33, 31),
    "regio-oost-brabant": (32, 32),
    "regio-brugge": (10, 10),
    "regio-westhoek": (17, 17),
    "regio-zuid-west-vlaanderen": (13, 13),
    "regio-middenkust": (7, 7),
    "regio-midwest": (17, 15),
    "regio-denderregio": (14, 14),
    "regio-vlaamse-ardennen": (14, 14),
    "regio-gent": (23, 20),
    "regio-waasland": (10, 7),
    "regio-limburg": (42, 38),
}


def test_reference_regions_with_limburg_of_forty_two_and_thirty_eight(members):
    before, after = (sizes(members("referentieregio", day)) for day in (BEFORE, AFTER))

    assert {slug: (before[slug], after[slug]) for slug in before} == REGIONS
    assert set(after) == set(before)


@pytest.mark.parametrize(
    ("kind", "day", "areas", "distinct"),
    [
        ("eerstelijnszone", BEFORE, 60, 319),
        ("eerstelijnszone", AFTER, 60, 304),
        ("woonmaatschappijgebied", BEFORE, 42, 300),
        ("woonmaatschappijgebied", AFTER, 42, 285),
        ("vervoerregio", BEFORE, 15, 300),
        ("vervoerregio", AFTER, 15, 285),
        ("politiezone", BEFORE, 112, 319),
        ("politiezone", AFTER, 107, 304),
        ("logo", BEFORE, 15, 319),
        ("gezondheidsmakersregio", AFTER, 15, 285),
        ("arrondissement", BEFORE, 23, 319),
    ],
)
def test_divisions_have_as_many_areas_and_leave_no_municipality_out(
    members, kind, day, areas, distinct
):
    divided = members(kind, day)

    assert len(divided) == areas
    assert len({slug for inside in divided.values() for slug in inside}) == distinct
    existing = CoverageArea.objects.filter(kind__slug=kind).existing_on(day)
    assert set(existing.values_list("slug", flat=True)) == set(divided)


@pytest.mark.parametrize("day", [BEFORE, LAST_OF_2024, AFTER, dt.date(2026, 11, 29)])
@pytest.mark.parametrize("kind", ["eerstelijnszone", "referentieregio", "provincie"])
def test_every_flemish_municipality_lies_in_exactly_one(members, kind, day):
    times = defaultdict(int)
    for inside in members(kind, day).values():
        for slug in inside:
            times[slug] += 1

    expected = dict.fromkeys(flemish(day, members), 1)
    if kind == "eerstelijnszone":
        expected |= {ANTWERP: 4} | dict.fromkeys(members("gewest", day)["gewest-brussel"], 1)
    assert times == expected


@pytest.mark.parametrize(("day", "postcodes"), [(BEFORE, 14), (AFTER, 15)])
def test_the_city_of_antwerp_lies_in_four_zones_by_postcode(members, day, postcodes):
    parts = {
        slug: inside[ANTWERP]
        for slug, inside in members("eerstelijnszone", day).items()
        if ANTWERP in inside
    }

    assert set(parts) == {
        "elz-antwerpen-centrum",
        "elz-antwerpen-oost",
        "elz-antwerpen-zuid",
        "elz-noord-antwerpen",
    }
    codes = [code for part in parts.values() for code in part.split(" ", 1)[1].split(", ")]
    assert len(codes) == len(set(codes)) == postcodes
    assert ("2150" in parts["elz-antwerpen-oost"]) is (day == AFTER)


@pytest.mark.parametrize(("day", "number"), [(BEFORE, 9), (AFTER, 6)])
def test_zones_that_cross_the_border_of_a_region(day, number):
    lines = AreaLine.objects.filter(
        place__kind__slug="eerstelijnszone", territory__kind__slug="referentieregio"
    )
    held = [line for line in lines if (line.valid_from or day) <= day <= (line.valid_until or day)]

    assert len({line.place_id for line in held if not line.is_whole}) == number
    assert len({line.place_id for line in held}) == 59  # all but Brussels


# What changed


def test_twenty_eight_municipalities_went_on_in_thirteen():
    mergers = ChangeEvent.objects.filter(
        kind="fusie", subjects__area__kind__slug="gemeente"
    ).distinct()
    ended = CoverageArea.objects.municipalities().filter(valid_until=LAST_OF_2024)

    assert mergers.count() == 13
    before = mergers.filter(subjects__side="voor").values_list("subjects__area__slug", flat=True)
    assert len(set(before)) == 28
    # Antwerp stays the same municipality, with the ground of Borsbeek.
    assert {area.slug for area in ended} == set(before) - {ANTWERP}
    assert CoverageArea.objects.municipalities().filter(valid_from=AFTER).count() == 12


def test_each_that_ended_lies_in_its_successor_from_the_next_day():
    lines = AreaLine.objects.filter(
        place__valid_until=LAST_OF_2024,
        place__kind__slug="gemeente",
        territory__kind__slug="gemeente",
        is_whole=True,
    ).exclude(place=F("territory"))

    assert lines.count() == 27
    assert set(lines.values_list("valid_from", "valid_until")) == {(AFTER, None)}


def test_zwijndrecht_changed_region_and_then_province(members):
    events = ChangeEvent.objects.filter(slug__startswith="zwijndrecht-").order_by("date_earliest")

    assert [event.slug for event in events] == [
        "zwijndrecht-naar-regio-waasland",
        "zwijndrecht-naar-oost-vlaanderen",
    ]
    assert [event.date_earliest.year for event in events] == [2023, 2025]
    assert "gemeente-11056" in members("referentieregio", BEFORE)["regio-waasland"]
    assert "gemeente-11056" in members("provincie", LAST_OF_2024)["provincie-antwerpen"]
    assert "gemeente-46030" in members("provincie", AFTER)["provincie-oost-vlaanderen"]


@pytest.mark.parametrize(
    ("slug", "before", "after"),
    [
        ("elz-oostende-bredene", "Oostende-Bredene", "Middenkust"),
        ("elz-regio-kortrijk", "Regio Kortrijk", "Kortrijk-Kuurne-Harelbeke"),
        ("vervoerregio-aalst", "Aalst", "Dender"),
    ],
)
def test_areas_that_have_another_name_since_2025(slug, before, after):
    area = CoverageArea.objects.get(slug=slug)

    assert (area.name_on(LAST_OF_2024), area.name_on(AFTER), area.name) == (before, after, after)


@pytest.mark.parametrize(
    ("nis", "before", "after"),
    [
        ("11035", "elz-pallieterland", "elz-voorkempen"),
        ("35011", "elz-westkust-polder", "elz-oostende-bredene"),
        ("35029", "elz-oostkust", "elz-oostende-bredene"),
    ],
)
def test_ranst_middelkerke_and_de_haan_moved_to_another_zone(members, nis, before, after):
    slug = f"gemeente-{nis}"

    assert slug in members("eerstelijnszone", LAST_OF_2024)[before]
    assert slug in members("eerstelijnszone", AFTER)[after]
    assert slug not in members("eerstelijnszone", AFTER)[before]


# What the map and the look-up need


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_every_municipality_has_a_place_a_surface_postcodes_and_neighbours(day):
    found = CoverageArea.objects.municipalities().existing_on(day)
    neighbours = defaultdict(set)
    for border in AreaBorder.objects.all():
        if (border.valid_from or day) <= day <= (border.valid_until or day):
            neighbours[border.area_id].add(border.other_id)
            neighbours[border.other_id].add(border.area_id)

    assert all(area.x and area.y and area.postcodes for area in found)
    # Flanders and Brussels, in km². Antwerp has its surface of today on both days.
    assert round(sum(area.surface for area in found)) == pytest.approx(13_789, abs=5)
    # Voeren borders on Wallonia and the Netherlands only.
    alone = found.exclude(pk__in=neighbours)
    assert [area.slug for area in alone] == ["gemeente-73109"]


def test_kinds_say_from_when_their_data_hold():
    since = dict(AreaKind.objects.exclude(data_from=None).values_list("slug", "data_from"))

    assert since["gemeente"] == dt.date(2019, 1, 1)
    assert since["eerstelijnszone"] == dt.date(2020, 7, 1)
    assert since["referentieregio"] == dt.date(2023, 2, 1)
    assert since["gezondheidsmakersregio"] == AFTER


def test_numbers_that_the_documentation_names():
    assert CoverageArea.objects.count() == 658
    assert AreaMembership.objects.count() == 2_975
    assert AreaLine.objects.count() == pytest.approx(15_700, abs=50)


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("statbel-gemeenten", "Statbel, CC BY 4.0"),
        ("provincies-in-cijfers-gebiedsniveaus", "Provincies in Cijfers"),
    ],
)
def test_the_makers_of_the_data_are_named_on_the_page_of_their_source(client, slug, words):
    source = Source.objects.get(slug=slug)

    assert words in source.note
    assert "icentie" in source.note or "CC BY" in source.note
    assert source.note in client.get(f"/bronnen/{slug}/").content.decode().replace("&#x27;", "'")
