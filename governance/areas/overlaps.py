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

This is pure; `governance.areas.comparing` reads what it needs.
"""

import enum
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from governance.areas.geography import AreaKey, Pair

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
