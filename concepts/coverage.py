"""Does a concept reach a place on a day? (contract, "Dekking")

Scale says how a concept is organised; only the territory decides. Every row of a concept answers by
this table, and the strongest answer counts: ja, gedeeltelijk, gepland, niet vermeld, nee.

| extent                      | in its territory | elsewhere    |
|-----------------------------|------------------|--------------|
| gebiedsdekkend              | ja               | nee          |
| enkel de genoemde           | ja               | nee          |
| in elk geval de genoemde    | ja               | niet vermeld |
| niet gelokaliseerd          | niet vermeld     | niet vermeld |

A planned row answers gepland in its territory. A row that did not hold that day answers nee. The
answer is gedeeltelijk where only a part of the place lies in the territory, or, asked for a larger
area, only some of its parts do.

`answer` is the pure function; `reached` holds the same rules over many rows at once, and `located`,
`unstated` and `territories_around` are what counting needs of them.
"""

import enum
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from concepts.models import Coverage
from eerstelijn.dates import Holds, valid_on
from governance.models import AreaLine


class Reach(enum.Enum):
    """The answers, strongest first."""

    YES = "ja"
    PARTLY = "gedeeltelijk"
    PLANNED = "gepland"
    UNSTATED = "niet vermeld"
    NO = "nee"

    @property
    def strength(self):
        return -list(Reach).index(self)


@dataclass(frozen=True)
class Place:
    """An area on a day: the areas that it lies in wholly (itself among them), and in part.

    A larger area also lies "in part" in each area that is inside it: a concept that reaches one of
    its parts reaches some of it.
    """

    within: frozenset
    partly: frozenset

    @classmethod
    def of(cls, areas, day):
        """Read the place of one area, or of several as alternatives, in one query."""
        lines = list(
            AreaLine.objects.filter(held_on(day), place__in=areas).values_list(
                "territory", "is_whole"
            )
        )
        within = frozenset(territory for territory, is_whole in lines if is_whole)
        return cls(within, frozenset(territory for territory, _ in lines) - within)


def held_on(day, prefix=""):
    """The condition that a flattened membership held on a day."""
    return Q(
        Q(**{f"{prefix}valid_from__lte": day}) | Q(**{f"{prefix}valid_from": None}),
        Q(**{f"{prefix}valid_until__gte": day}) | Q(**{f"{prefix}valid_until": None}),
    )


def row_answer(row, place, day):
    """What one Coverage row says of a place on a day."""
    if row.holds_on(day) is Holds.NO:
        return Reach.NO
    if row.extent == Coverage.Extent.UNLOCATED:
        return Reach.UNSTATED
    territory = {area.pk for area in row.territory.all()}
    inside, touching = territory & place.within, territory & place.partly
    if inside or touching:
        if row.status == Coverage.Status.PLANNED:
            return Reach.PLANNED
        return Reach.YES if inside else Reach.PARTLY
    return Reach.UNSTATED if row.extent == Coverage.Extent.AT_LEAST_NAMED else Reach.NO


def answer(rows, place, day):
    """Whether a concept with these Coverage rows reaches a place on a day, and which row says so.

    Returns a pair of a Reach and a Coverage row; without rows the sources say nothing: niet vermeld
    and None.
    """
    best = (Reach.UNSTATED, None)
    for position, row in enumerate(rows):
        reach = row_answer(row, place, day)
        if position == 0 or reach.strength > best[0].strength:
            best = (reach, row)
    return best


def _unstated(day):
    """Versions with an open-ended row that held that day, or without any row."""
    rows = Coverage.objects.filter(version=OuterRef("pk"))
    open_ended = [Coverage.Extent.UNLOCATED, Coverage.Extent.AT_LEAST_NAMED]
    return Exists(rows.filter(valid_on(day), extent__in=open_ended)) | ~Exists(rows)


def located(day):
    """Coverage rows that name their territory and held that day."""
    return Coverage.objects.filter(valid_on(day)).exclude(extent=Coverage.Extent.UNLOCATED)


def reached(versions, areas, day):
    """Versions that reach any of these areas on a day, or may do so: every answer but nee."""
    lines = AreaLine.objects.filter(held_on(day), place__in=areas)
    rows = located(day).filter(territory__in=lines.values("territory"))
    return versions.filter(Q(pk__in=rows.values("version")) | _unstated(day))


def unstated(versions, day):
    """The versions that say nothing of the places that they reach, and so count for every area."""
    return versions.filter(_unstated(day)).values_list("pk", flat=True)


def territories_around(day):
    """Pairs of a place and a territory that says something of it (see `AreaLine`)."""
    return AreaLine.objects.filter(held_on(day)).values_list("place", "territory")
