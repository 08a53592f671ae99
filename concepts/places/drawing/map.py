"""The schematic map: a circle for every municipality of a day, at its place and as large as it is.

Below the circles lie the same ones, larger, as one piece of land: together they draw the outline of
Flanders and Brussels. `draw` is pure; `map_of` reads what it needs, and a process keeps the paper
of a day, which is the same for every place. The template tag `svg` writes a `Map` as SVG,
`templates/places/_map.html` puts it on a page.

Every circle leads to its municipality, but the keyboard stops at the coloured ones only, and those
are all that a screen reader is told of: otherwise three hundred stops would stand between a reader
and the rest of the page. Whoever wants another municipality finds it by name, in the table beside
the map or in the search of /gemeenten/. A link lets a reader skip the coloured ones as well: there
can be many.

Areas differ in their mark (`mark-1` to `mark-5`: filled, ringed, striped ...), not in colour alone.
With more areas than marks, neighbours get another mark, and a number ties each to the legend.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, pi, sqrt
from typing import NamedTuple

from concepts.places.drawing import lettering
from concepts.places.drawing.lettering import SIZES, Box, Dot, Lettering
from concepts.places.location import in_words
from eerstelijn.database.ground import ground
from eerstelijn.finder.question import AsOf
from eerstelijn.kept import Kept
from governance.areas.geography import AreaKey
from governance.models import AreaLine, CoverageArea, held_on, municipality_address

#: Metres for a unit of the drawing.
SCALE = 330
#: A circle is this much smaller than a round municipality of its surface, so that few overlap.
SHRINK = 0.86
#: The land around a circle, and the least that it measures: without gaps between neighbours.
LAND, LEAST_LAND = 1.55, 12.5
#: The chosen place can be found, however small.
LEAST_CHOSEN = 9
MARGIN = 2
#: How many marks site.css has, and how far apart circles of neighbouring areas can be.
MARKS, FARTHEST_NEIGHBOUR = 5, 60

#: The names that help a reader to find his way; the first ones matter most.
CITIES = "Antwerpen Gent Brugge Hasselt Leuven Kortrijk Mechelen Turnhout Ieper Aalst".split()
#: A circle of the land: the middle and the radius.
Circle = tuple[int, int, int]
#: How many looks the legend has below each other.
MOST_IN_A_COLUMN = 8
#: What is not coloured, in the order of drawing, and what the legend calls it.
REST = {"elsewhere": "andere gemeente", "brussels": "Brusselse gemeente"}
#: How the NIS codes of the municipalities of Brussels begin.
BRUSSELS = "21"


class Place(NamedTuple):
    """A municipality as the map needs it: its point in metres (Lambert 72), its surface in km²."""

    pk: AreaKey
    name: str
    nis: str
    x: int
    y: int
    surface: float
    url: str = ""


class Paper(NamedTuple):
    """The municipalities of a day as they lie on a map, before anything stands out."""

    places: Sequence[Place]
    frame: Box
    dots: list[Dot]
    land: list[Circle]

    @classmethod
    def of(cls, places: Sequence[Place]) -> "Paper":
        return cls(places, *_on_paper(places))


@dataclass(frozen=True)
class Marked:
    """Municipalities that get one mark, such as those of a region; by primary key."""

    label: str
    members: frozenset[AreaKey]


@dataclass(frozen=True)
class Layer:
    """Circles that look the same, and what they have in common."""

    css_class: str
    label: str
    dots: list[Dot]
    number: int | None = None
    #: Where the number may stand, when no circle has the mark of this group.
    shared: list[Dot] = field(default_factory=list)

    @property
    def is_coloured(self) -> bool:
        return self.css_class.startswith("mark-")


@dataclass(frozen=True)
class Map:
    """A drawing of `width` by `height` units; the layers are drawn in their order."""

    width: float
    height: float
    land: list[Circle]
    layers: list[Layer]
    chosen: Dot | None
    letterings: list[Lettering]
    label: str
    has_links: bool = True

    @property
    def coloured(self) -> list[Layer]:
        return [layer for layer in self.layers if layer.is_coloured]

    @property
    def has_stops(self) -> bool:
        """Whether the keyboard stops on the map, so that one may want to skip it."""
        return self.has_links and any(layer.dots for layer in self.coloured)

    @property
    def has_long_legend(self) -> bool:
        """Whether the legend needs columns."""
        return len(self.legend) > MOST_IN_A_COLUMN

    @property
    def legend(self) -> list[Layer]:
        """The looks of the circles with their meaning, what is coloured first."""
        chosen = [Layer("chosen", self.chosen.title, [self.chosen])] if self.chosen else []
        others = [layer for layer in self.layers if not layer.is_coloured]
        return [*chosen, *self.coloured, *others]


#: That of a day without municipalities.
NO_PAPER = Paper((), Box(0, 0, 0, 0), [], [])

# Reading


def map_of(
    day: dt.date,
    chosen: CoverageArea | None = None,
    highlighted: Iterable[CoverageArea] = (),
    as_of: AsOf | None = None,
    links: bool = True,
) -> Map | None:
    """The map of a day, with a chosen municipality and coloured areas; None without any place.

    `highlighted`: areas, with their kind and names (`with_names`); a municipality in two of them
    gets the mark of the first, so that a zone may stand before its region. Links keep the day of
    `as_of`. Without `links` it is a picture, for beside a list of what it shows.

    One query for the municipalities, once for a day, and one for what lies in the coloured areas.
    """
    paper = _paper(day, as_of, links)
    if chosen and chosen.x and chosen.surface and chosen.pk not in {row.pk for row in paper.places}:
        # It was there on another day only: the reader still wants to see where.
        surface = float(chosen.surface)
        extra = Place(chosen.pk, chosen.name, chosen.nis, chosen.x, chosen.y, surface)
        paper = Paper.of([*paper.places, extra])
    groups = _groups(list(highlighted), day) if highlighted else []
    return _drawn(paper, chosen.pk if chosen else None, groups, links=links)


#: The papers of a few days; one takes some 200 kB.
_kept: Kept[Paper] = Kept(most=4)


def _paper(day: dt.date, as_of: AsOf | None, links: bool) -> Paper:
    """The paper of a day, whose links keep the day of `as_of` where that says one."""
    keep = as_of.url if as_of else str

    def read() -> Paper:
        wanted = CoverageArea.objects.municipalities().exclude(x=None).exclude(surface=None)
        rows = (
            wanted.existing_on(day)
            .named_on(day)
            .order_by("name")
            .values_list("pk", "name_that_day", "nis", "x", "y", "surface", "name")
        )
        places = []
        for pk, called, nis, x, y, surface, name in rows:
            url = keep(municipality_address(nis, name)) if links else ""
            places.append(Place(pk, called, nis, x, y, float(surface), url))
        return Paper.of(places) if places else NO_PAPER

    return _kept.get(ground(), read, (day, keep("/"), links))


def _groups(areas: Sequence[CoverageArea], day: dt.date) -> list[Marked]:
    """What lies in some areas; of a single area, what lies in it in part is a group of its own."""
    lines = AreaLine.objects.filter(
        held_on(day), territory__in=[area.pk for area in areas], place__nis__gt=""
    )
    inside: defaultdict[AreaKey, set[AreaKey]] = defaultdict(set)
    partly: defaultdict[AreaKey, set[AreaKey]] = defaultdict(set)
    for territory, place, is_whole in lines.values_list("territory", "place", "is_whole"):
        places = inside if is_whole else partly
        places[territory].add(place)
    groups = []
    for area in areas:
        text = in_words(area.kind, area.name_on(day)) if len(areas) <= MARKS else area.name_on(day)
        if len(areas) > 1:
            groups.append(Marked(text, frozenset(inside[area.pk] | partly[area.pk])))
            continue
        groups.append(Marked(text, frozenset(inside[area.pk])))
        groups.append(Marked(f"deels in {text}", frozenset(partly[area.pk] - inside[area.pk])))
    return groups


# Drawing


def draw(
    places: Sequence[Place],
    chosen: AreaKey | None = None,
    groups: Sequence[Marked] = (),
    *,
    links: bool = True,
) -> Map | None:
    """The map of some places: a chosen one (its primary key), and groups that are coloured.

    None when there is nothing to draw.
    """
    return _drawn(Paper.of(places) if places else NO_PAPER, chosen, groups, links=links)


def _drawn(
    paper: Paper, chosen: AreaKey | None, groups: Sequence[Marked], *, links: bool
) -> Map | None:
    places, frame, dots, land = paper
    if not places:
        return None
    by_pk = {place.pk: dot for place, dot in zip(places, dots, strict=True)}
    spot = by_pk.pop(chosen, None) if chosen is not None else None
    if spot:
        spot = spot._replace(r=max(spot.r, LEAST_CHOSEN))
    layers = _layers(places, by_pk, groups)
    lettered = [_lettered(name, frame, spot, by_pk.values(), layers) for name in SIZES]
    return Map(frame.right, frame.bottom, land, layers, spot, lettered, _said(spot, groups), links)


def _on_paper(places: Sequence[Place]) -> tuple[Box, list[Dot], list[Circle]]:
    """The frame of the drawing, a circle for each place, and the larger circles of the land."""
    radii = [SHRINK * sqrt(place.surface / pi) * 1000 / SCALE for place in places]
    wide = [max(LAND * r, LEAST_LAND) for r in radii]
    west = min(place.x / SCALE - r for place, r in zip(places, wide, strict=True)) - MARGIN
    north = max(place.y / SCALE + r for place, r in zip(places, wide, strict=True)) + MARGIN
    dots, land = [], []
    for place, r, around in zip(places, radii, wide, strict=True):
        cx, cy = round(place.x / SCALE - west), round(north - place.y / SCALE)
        dots.append(Dot(cx, cy, max(round(r), 2), place.name, place.url))
        land.append((cx, cy, ceil(around)))
    right = max(cx + r for cx, _, r in land) + MARGIN
    bottom = max(cy + r for _, cy, r in land) + MARGIN
    return Box(0, 0, right, bottom), dots, land


def _layers(
    places: Sequence[Place], by_pk: Mapping[AreaKey, Dot], groups: Sequence[Marked]
) -> list[Layer]:
    """The circles that are not chosen, by their look; a place gets the mark of its first group."""
    owner: dict[AreaKey, int] = {}
    for index, group in enumerate(groups):
        for pk in group.members:
            owner.setdefault(pk, index)
    found: defaultdict[int | str, list[Dot]] = defaultdict(list)
    for place in places:
        if place.pk in by_pk:
            other = "brussels" if place.nis.startswith(BRUSSELS) else "elsewhere"
            found[owner.get(place.pk, other)].append(by_pk[place.pk])
    rest = dict(REST)
    if len(by_pk) == len(places) and not groups:  # where nothing stands out, none is another
        rest["elsewhere"] = "Vlaamse gemeente"
    layers = [Layer(name, text, found[name]) for name, text in rest.items() if found[name]]
    marks = _marks([found[index] for index in range(len(groups))])
    for index, (group, mark) in enumerate(zip(groups, marks, strict=True)):
        number = index + 1 if len(groups) > MARKS else None
        if found[index] or number:
            shared = [by_pk[pk] for pk in sorted(group.members) if pk in by_pk]
            layers.append(Layer(f"mark-{mark}", group.label, found[index], number, shared))
    return layers


def _marks(groups: Sequence[list[Dot]]) -> list[int]:
    """A mark from 1 to 5 for each group: its own, or else one that its neighbours do not have."""
    if len(groups) <= MARKS:
        return list(range(1, len(groups) + 1))
    dots = sorted((*dot[:3], index) for index, group in enumerate(groups) for dot in group)
    near: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for place, (cx, cy, r, index) in enumerate(dots):
        for other_x, other_y, other_r, other in dots[place + 1 :]:
            if other_x - cx > FARTHEST_NEIGHBOUR:
                break
            reach = r + other_r + LEAST_LAND
            if index != other and (other_x - cx) ** 2 + (other_y - cy) ** 2 < reach**2:
                near[index][other] += 1
                near[other][index] += 1
    marks: dict[int, int] = {}
    while len(marks) < len(groups):
        # First the group with the most marks around it already, as it has the least choice.
        index = max(
            (index for index in range(len(groups)) if index not in marks),
            key=lambda index: (
                len({marks[other] for other in near[index] if other in marks}),
                len(near[index]),
                -index,
            ),
        )
        around: Counter[int] = Counter()
        for other, times in near[index].items():
            if other in marks:
                around[marks[other]] += times
        used = list(marks.values())
        marks[index] = min(range(1, MARKS + 1), key=lambda mark: (around[mark], used.count(mark)))
    return [marks[index] for index in range(len(groups))]


def _lettered(
    name: str, frame: Box, spot: Dot | None, dots: Iterable[Dot], layers: Sequence[Layer]
) -> Lettering:
    """The text on the map for one width of it."""
    size, sign = SIZES[name], None
    taken: list[Box] = []
    coloured = [layer for layer in layers if layer.is_coloured]
    important = [dot for layer in coloured for dot in layer.dots]
    if spot:
        sign = lettering.sign(spot.title, spot, size, frame, important)
        taken = [sign.board.grown(4), sign.pole.grown(4), lettering.square(spot).grown(10)]
    if any(layer.number for layer in coloured):
        groups = [(layer.number, layer.dots or layer.shared) for layer in coloured if layer.number]
        return Lettering(name, size, lettering.numbers(groups, size, frame, taken), sign)
    by_name = {dot.title: dot for dot in dots}
    cities = [by_name[city] for city in CITIES if city in by_name]
    return Lettering(name, size, lettering.names(cities, size, frame, taken, important), sign)


def _said(spot: Dot | None, groups: Iterable[Marked]) -> str:
    """The map in a sentence, for who does not see it."""
    parts = [f"{spot.title} is aangeduid"] if spot else []
    named = [group.label for group in groups if group.members]
    if len(named) > MARKS:
        parts.append(f"{len(named)} gebieden zijn gekleurd")
    elif named:
        verb = "is" if len(named) == 1 else "zijn"
        parts.append(f"{' en '.join(named)} {verb} gekleurd")
    land = "Kaart van de gemeenten in Vlaanderen en Brussel"
    return f"{land}: {', '.join(parts)}." if parts else f"{land}."
