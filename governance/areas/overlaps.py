"""How the areas of one kind lie against those of another on a day: nested, crossing, not covered.

An area is **crossing** when some area of the other kind overlaps it only partly, both ways: each
has ground that the other has not. It is **not covered** when some of its municipalities, or all,
lie in no area of the other kind. Otherwise it is **nested**: whatever it touches contains it, or
lies in it. Of kinds whose composition is not wholly known it is **unsure**, unless what we do know
says that it lies wholly in the other.

The cause of a crossing is a set of municipalities, laid to the same ones whichever kind
comes first. The smaller kind strays (`AreaKind.position`): an area of it is at home in the area of
the larger kind that has most of its municipalities, and the cause is what lies outside that, wholly
or for a part. Where two have equally many it has no home, and every municipality of it counts. The
larger area is crossed by what strays: by what lies outside it of those that are at home in it, and
by what lies in it of those that are at home elsewhere.

A municipality counts as lying in an area when a part of it does: of the city of Antwerpen we know
which postcodes lie in which zone, not whether something was left out.

`compare` is pure. `Comparison.of` reads two kinds, `Surroundings.of` one area among all kinds; both
rest on the flattened `AreaLine` alone and take two queries, whatever the number of areas.
"""

import datetime as dt
import enum
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from governance.areas.geography import AreaKey, Pair
from governance.models import MUNICIPALITY, AreaKind, AreaLine, CoverageArea, held_on

#: Municipalities, by primary key.
Towns = frozenset[AreaKey]


class Verdict(enum.Enum):
    """How an area lies against a kind, in the keys of the data formats; the worst first."""

    CROSSING = "kruisend"
    NOT_COVERED = "niet_gedekt"
    UNSURE = "onzeker"
    NESTED = "genest"


class Relation(enum.Enum):
    """How an area lies against one other area that it touches."""

    SAME = "valt samen met"
    WITHIN = "ligt helemaal in"
    AROUND = "omvat helemaal"
    CROSSES = "kruist"
    #: The composition of one of them is not wholly known.
    OVERLAPS = "heeft gemeenten gemeen met"


@dataclass(frozen=True)
class Part:
    """What an area has in common with one area of the other kind."""

    other: AreaKey
    relation: Relation
    #: The municipalities in both, each wholly or for a part.
    common: Towns


@dataclass(frozen=True)
class Overlap:
    """How one area lies against a kind, all in primary keys."""

    verdict: Verdict
    municipalities: Towns
    parts: tuple[Part, ...]
    #: Of a crossing: the municipalities that make it so. Of what is not covered: those uncovered.
    cause: Towns = frozenset()
    uncovered: Towns = frozenset()


class Ground:
    """What lies in what on a day: {(place, territory): is whole}, municipalities among them."""

    def __init__(self, lies_in: Mapping[Pair, bool], municipalities: Collection[AreaKey]):
        self.lies_in = lies_in
        #: The territories of every place, and the municipalities of every territory.
        self.around: defaultdict[AreaKey, set[AreaKey]] = defaultdict(set)
        self.inside: defaultdict[AreaKey, set[AreaKey]] = defaultdict(set)
        for place, territory in lies_in:
            self.around[place].add(territory)
            if place in municipalities:
                self.inside[territory].add(place)

    def is_within(self, one: AreaKey, other: AreaKey) -> bool:
        """Whether all of an area lies in another; of a municipality we know no smaller pieces."""
        return self.lies_in.get((one, other), False) or self.inside[one] == {other}

    def common(self, one: AreaKey, other: AreaKey) -> Towns:
        return frozenset(self.inside[one] & self.inside[other])

    def outside(self, one: AreaKey, other: AreaKey) -> Towns:
        """The municipalities of an area that do not lie wholly in another."""
        towns = self.inside[one]
        return frozenset(town for town in towns if not self.lies_in.get((town, other)))

    def home(self, one: AreaKey, others: set[AreaKey]) -> AreaKey | None:
        """The one of these that has most municipalities of an area; None when two have as many."""
        counts = Counter(other for town in self.inside[one] for other in self.around[town] & others)
        best = counts.most_common(2)
        if not best or (len(best) == 2 and best[0][1] == best[1][1]):
            return None
        return best[0][0]


def compare(
    ones: Collection[AreaKey],
    others: Iterable[AreaKey],
    ground: Ground,
    *,
    is_known: bool = True,
    strays: bool = True,
    peers: Iterable[AreaKey] | None = None,
) -> dict[AreaKey, Overlap]:
    """How each of some areas lies against the areas of another kind: {area: Overlap}.

    `is_known`: whether the composition of both kinds is wholly known. `strays`: whether `ones` are
    of the smaller kind, which is the one that strays over the borders of the other. `peers` are all
    areas of the kind of `ones`, where those are not all.
    """
    others, peers = set(others), set(ones if peers is None else peers)
    found = {}
    for one in ones:
        inside = ground.inside[one]
        parts = [
            _part(one, other, ground, is_known) for other in sorted(ground.around[one] & others)
        ]
        covered = {town for town in inside if ground.around[town] & others}
        uncovered = frozenset(inside - covered) if is_known else frozenset()
        crossed = [part.other for part in parts if part.relation is Relation.CROSSES]
        verdict = _verdict(inside, parts, uncovered, is_known)
        cause: Towns = frozenset()
        if verdict is Verdict.NOT_COVERED:
            cause = uncovered
        elif verdict is Verdict.CROSSING and strays:
            cause = _straying(one, others, ground)
        elif verdict is Verdict.CROSSING:
            cause = frozenset().union(
                *(_strayed_by(other, one, peers, ground) for other in crossed)
            )
        found[one] = Overlap(verdict, frozenset(inside), tuple(parts), cause, uncovered)
    return found


def _part(one: AreaKey, other: AreaKey, ground: Ground, is_known: bool) -> Part:
    if is_known:
        is_within, is_around = ground.is_within(one, other), ground.is_within(other, one)
    else:  # only what is stored as whole is certain
        is_within = ground.lies_in[one, other]
        is_around = ground.lies_in.get((other, one), False)
    relation = {
        (True, True): Relation.SAME,
        (True, False): Relation.WITHIN,
        (False, True): Relation.AROUND,
        (False, False): Relation.CROSSES if is_known else Relation.OVERLAPS,
    }[is_within, is_around]
    return Part(other, relation, ground.common(one, other))


def _verdict(
    inside: Collection[AreaKey], parts: list[Part], uncovered: Towns, is_known: bool
) -> Verdict:
    relations = {part.relation for part in parts}
    if not is_known:
        is_inside = relations & {Relation.WITHIN, Relation.SAME}
        return Verdict.NESTED if is_inside else Verdict.UNSURE
    if not inside:
        return Verdict.UNSURE
    if Relation.CROSSES in relations:
        return Verdict.CROSSING
    return Verdict.NOT_COVERED if uncovered else Verdict.NESTED


def _straying(one: AreaKey, others: set[AreaKey], ground: Ground) -> Towns:
    """The municipalities of an area that lie outside its home; all of them when it has none."""
    home = ground.home(one, others)
    return frozenset(ground.inside[one]) if home is None else ground.outside(one, home)


def _strayed_by(stray: AreaKey, crossed: AreaKey, homes: set[AreaKey], ground: Ground) -> Towns:
    """What a smaller area that crosses the border of a larger one has on the wrong side of it."""
    home = ground.home(stray, homes)
    if home is None:
        return frozenset(ground.inside[stray])
    return ground.outside(stray, home) if home == crossed else ground.common(stray, crossed)


# Reading


@dataclass
class Named:
    """An area under the name that it bore on the day."""

    area: CoverageArea
    name: str

    @property
    def url(self) -> str:
        return self.area.get_absolute_url()


@dataclass
class NamedPart(Named):
    """An area that another touches, how, and how many municipalities they have in common."""

    relation: Relation
    number: int


@dataclass
class OverlapRow(Named):
    """An `Overlap` with the areas themselves, in the order of a page."""

    verdict: Verdict
    #: How many municipalities the area has.
    number: int
    #: The areas of the other kind that it touches, those with most municipalities first.
    parts: list[NamedPart]
    cause: list[Named]
    uncovered: list[Named]

    @property
    def crossed(self) -> list[NamedPart]:
        return [part for part in self.parts if part.relation is Relation.CROSSES]

    @property
    def fitting(self) -> list[NamedPart]:
        return [part for part in self.parts if part.relation is not Relation.CROSSES]

    def as_data(self) -> dict[str, object]:
        """How the area lies, as data give it."""
        return {
            "gemeenten": self.number,
            "oorzaak": [town.area.nis for town in self.cause],
            "niet_gedekte_gemeenten": [town.area.nis for town in self.uncovered],
            "raakt": [
                {
                    "slug": part.area.slug,
                    "naam": part.name,
                    "verhouding": part.relation.value,
                    "gemeenten": part.number,
                }
                for part in self.parts
            ],
        }

    @classmethod
    def of(
        cls, area: CoverageArea, overlap: Overlap, areas: Mapping[AreaKey, CoverageArea]
    ) -> "OverlapRow":
        def by_name(pks: Towns) -> list[Named]:
            found = [Named(areas[pk], areas[pk].name_that_day) for pk in pks]
            return sorted(found, key=lambda row: (row.name, row.area.slug))

        parts = [
            NamedPart(other, other.name_that_day, part.relation, len(part.common))
            for part in overlap.parts
            for other in [areas[part.other]]
        ]
        return cls(
            area,
            area.name_that_day,
            overlap.verdict,
            len(overlap.municipalities),
            sorted(parts, key=lambda part: (-part.number, part.name, part.area.slug)),
            by_name(overlap.cause),
            by_name(overlap.uncovered),
        )


def is_comparable(*kinds: AreaKind) -> bool:
    """Whether something is known of what lies in the areas of these kinds."""
    unknown = (AreaKind.Composition.UNKNOWN, AreaKind.Composition.NONE)
    return all(kind.composition not in unknown for kind in kinds)


def is_known(*kinds: AreaKind) -> bool:
    """Whether all that lies in the areas of these kinds is known."""
    return all(kind.composition == AreaKind.Composition.KNOWN for kind in kinds)


@dataclass
class Comparison:
    """Every area of a kind that was there on a day, against those of another kind."""

    kind: AreaKind
    other: AreaKind
    rows: list[OverlapRow]
    #: How many areas of the other kind were there.
    others: int

    @classmethod
    def of(cls, kind: AreaKind, other: AreaKind, day: dt.date) -> "Comparison":
        """Read and compare two kinds. Of an unknown composition every area is unsure."""
        both = [kind, other]
        lines = _Lines.read(
            Q(territory__kind__in=both)
            & (Q(place__kind__in=both) | Q(place__kind__slug=MUNICIPALITY)),
            day,
        )
        others = lines.areas_of(other)
        found = compare(
            lines.areas_of(kind),
            others if is_comparable(kind, other) else [],
            lines.ground,
            is_known=is_known(kind, other),
            strays=kind.position <= other.position,
        )
        areas = _areas(_shown(found), day)
        rows = [OverlapRow.of(areas[one], overlap, areas) for one, overlap in found.items()]
        rows.sort(key=lambda row: (row.name, row.area.slug))
        return cls(kind, other, rows, len(others))

    @cached_property
    def groups(self) -> dict[Verdict, list[OverlapRow]]:
        """The areas by verdict; every verdict has its list."""
        groups: dict[Verdict, list[OverlapRow]] = {verdict: [] for verdict in Verdict}
        for row in self.rows:
            groups[row.verdict].append(row)
        return groups


@dataclass
class Surroundings:
    """How one area lies against other kinds on a day: pairs of a kind and an `OverlapRow`."""

    rows: list[tuple[AreaKind, OverlapRow]]

    @classmethod
    def of(cls, area: CoverageArea, kinds: Collection[AreaKind], day: dt.date) -> "Surroundings":
        """Read one area among the areas of these kinds, which must be comparable."""
        near = AreaLine.objects.filter(held_on(day), place=area, territory__kind__in=kinds)
        lines = _Lines.read(
            Q(place=area)
            | Q(territory=area)
            | Q(place__kind__slug=MUNICIPALITY, territory__kind=area.kind_id)
            | Q(place__kind__slug=MUNICIPALITY, territory__in=near.values("territory")),
            day,
        )
        found, shown = {}, {area.pk}
        for kind in kinds:
            overlaps = compare(
                [area.pk],
                lines.areas_of(kind),
                lines.ground,
                is_known=is_known(area.kind, kind),
                strays=area.kind.position <= kind.position,
                peers=lines.areas_of(area.kind),
            )
            found[kind] = overlaps[area.pk]
            shown |= _shown(overlaps)
        areas = _areas(shown, day)
        own = areas[area.pk]
        return cls([(kind, OverlapRow.of(own, found[kind], areas)) for kind in kinds])


@dataclass
class _Lines:
    """The lines of a day, between areas that were there, and the areas of each kind."""

    ground: Ground
    by_kind: Mapping[int, list[AreaKey]]

    @classmethod
    def read(cls, condition: Q, day: dt.date) -> "_Lines":
        """One query."""
        there = held_on(day) & held_on(day, "place__") & held_on(day, "territory__")
        rows = list(
            AreaLine.objects.filter(there, condition).values_list(
                "place",
                "territory",
                "is_whole",
                "place__kind",
                "territory__kind",
                "place__kind__slug",
            )
        )
        by_kind: defaultdict[int, list[AreaKey]] = defaultdict(list)
        for pk, kind in (
            {row[0]: row[3] for row in rows} | {row[1]: row[4] for row in rows}
        ).items():
            by_kind[kind].append(pk)
        towns = {row[0] for row in rows if row[5] == MUNICIPALITY}
        return cls(Ground({row[:2]: row[2] for row in rows}, towns), by_kind)

    def areas_of(self, kind: AreaKind) -> list[AreaKey]:
        return self.by_kind[kind.pk]


def _shown(found: Mapping[AreaKey, Overlap]) -> set[AreaKey]:
    """The areas that a page names of some overlaps."""
    shown = set(found)
    for overlap in found.values():
        shown.update(overlap.cause, overlap.uncovered, (part.other for part in overlap.parts))
    return shown


def _areas(pks: Iterable[AreaKey], day: dt.date) -> dict[AreaKey, CoverageArea]:
    """Areas under the name that they bore on a day, by primary key; one query."""
    return CoverageArea.objects.named_on(day).in_bulk(pks)
