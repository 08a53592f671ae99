"""How areas lie against each other, day by day, from what lies in what.

Nothing is assumed: a zone lies in a region when every municipality of the zone does, and crosses
its border when only some do. Of an area whose composition is not wholly known, what is in it is
certain, but never that it lies in another: a municipality that we do not know of may lie elsewhere.

`relations` is pure; `governance.derived` stores what it finds.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

#: An area by its primary key.
AreaKey = int
#: Some of a place by the name that a source gives that part; "" is all of it.
PartName = str
#: The first and the last day of a stretch of time; None is open.
Period = tuple[dt.date | None, dt.date | None]
#: A place and a territory that says something of it.
Pair = tuple[AreaKey, AreaKey]
#: A pair and its days: place, territory, whether all of the place lies in it, from, until.
Line = tuple[AreaKey, AreaKey, bool, dt.date | None, dt.date | None]
#: Around each area, on one day: what it lies in at once, and for which part.
Around = Mapping[AreaKey, list[tuple[AreaKey, PartName]]]
#: All that lies around one area, with the parts of it that do.
Reached = Mapping[AreaKey, set[PartName]]
#: A smallest area, or the named part of one.
Piece = tuple[AreaKey, PartName]

ALWAYS: Period = (None, None)


@dataclass(frozen=True)
class Step:
    """One area lies in another, wholly or for the named part, from a day up to and including one.

    A succession is a step too: from the day of a merger the former municipality lies in the new.
    """

    member: AreaKey
    area: AreaKey
    part: PartName = ""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


def relations(
    areas: Iterable[AreaKey],
    steps: list[Step],
    kinds: Mapping[AreaKey, int],
    complete: Container[AreaKey],
) -> set[Line]:
    """Every pair of areas of which one says something of the other.

    `kinds` gives the kind of each area, by primary key; `complete` holds the areas whose members
    are all known. A line is whole when all of the place lies in the territory; otherwise only
    some of it does.
    """
    lines: set[Line] = {(area, area, True, *ALWAYS) for area in areas}
    open_lines: dict[Pair, tuple[bool, dt.date | None, dt.date | None]] = {}
    for start, end in _periods(steps):
        held = [step for step in steps if _held(step, start, end)]
        found = _on_one_day(held, kinds, complete)
        for pair in list(open_lines):
            if found.get(pair) != open_lines[pair][0]:
                whole, since, until = open_lines.pop(pair)
                lines.add((*pair, whole, since, until))
        for pair, whole in found.items():
            since = open_lines[pair][1] if pair in open_lines else start
            open_lines[pair] = whole, since, end
    return lines | {(*pair, *line) for pair, line in open_lines.items()}


def _periods(steps: list[Step]) -> list[Period]:
    """The stretches of time in which nothing changes, as (from, until), in order."""
    one_day = dt.timedelta(days=1)
    changes = {step.valid_from for step in steps} | {
        step.valid_until + one_day for step in steps if step.valid_until
    }
    days = sorted(day for day in changes if day)
    edges = [None, *days, None]
    return [(start, end - one_day if end else None) for start, end in pairwise(edges)]


def _held(step: Step, start: dt.date | None, end: dt.date | None) -> bool:
    """Whether a step held in a stretch of time; within one it never changes."""
    first, last = start or dt.date.min, end or dt.date.max
    return (step.valid_from or dt.date.min) <= first and (step.valid_until or dt.date.max) >= last


def _on_one_day(
    steps: list[Step], kinds: Mapping[AreaKey, int], complete: Container[AreaKey]
) -> dict[Pair, bool]:
    """The pairs on a day on which these steps hold: {(place, territory): is whole}."""
    around: defaultdict[AreaKey, list[tuple[AreaKey, PartName]]] = defaultdict(list)
    for step in steps:
        around[step.member].append((step.area, step.part))
    inner = {step.member for step in steps} - {step.area for step in steps}
    climbs = {area: _climb(area, around) for area in around}
    pairs: dict[Pair, bool] = {}
    for place, reached in climbs.items():
        for territory, parts in reached.items():
            pairs[place, territory] = pairs.get((place, territory), False) or WHOLE in parts
            pairs.setdefault((territory, place), False)
    shared, pieces = _pieces({place: climbs[place] for place in inner}, kinds)
    for place, territory in shared:
        is_whole = place in complete and pieces[place] <= pieces[territory]
        pairs[place, territory] = pairs.get((place, territory), False) or is_whole
    return pairs


#: The part of a place that is all of it.
WHOLE = ""


def _climb(inner: AreaKey, around: Around) -> Reached:
    """All that lies around an area on a day, with the parts of it that do: {area: {part}}."""
    reached: defaultdict[AreaKey, set[PartName]] = defaultdict(set)
    todo = [(inner, WHOLE)]
    while todo:
        area, part = todo.pop()
        for outer, step_part in around.get(area, ()):
            seen = part
            if step_part:  # of an area further up it is some unknown part of the first
                seen = step_part if area == inner else f"{part} {area}: {step_part}"
            if seen not in reached[outer] and outer != inner:
                reached[outer].add(seen)
                todo.append((outer, seen))
    return reached


def _pieces(
    climbs: Mapping[AreaKey, Reached], kinds: Mapping[AreaKey, int]
) -> tuple[set[Pair], Mapping[AreaKey, set[Piece]]]:
    """Which areas share ground, and of which pieces of ground each is made.

    A piece is a smallest area, or the named part of one. Of two parts of the same place nobody says
    whether they overlap, unless the areas are of one kind: those divide the ground between them.
    Returns a set of pairs of areas, and {area: set of pieces}.
    """
    shared: set[Pair] = set()
    pieces: defaultdict[AreaKey, set[Piece]] = defaultdict(set)
    for place, reached in climbs.items():
        named = {part for parts in reached.values() for part in parts if part}
        whole = {(place, part) for part in named} | {(place, WHOLE)}
        for area, parts in reached.items():
            pieces[area] |= whole if WHOLE in parts else {(place, part) for part in parts}
        for one, its_parts in reached.items():
            for other, other_parts in reached.items():
                if one != other and (
                    WHOLE in its_parts
                    or WHOLE in other_parts
                    or its_parts & other_parts
                    or kinds[one] != kinds[other]
                ):
                    shared.add((one, other))
    return shared, pieces
