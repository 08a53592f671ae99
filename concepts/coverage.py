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
area, only some of its parts do. Of a place of which nobody says where it lay that day, no territory
is said to be elsewhere: niet vermeld.

`answer` is the pure function; `with_reach` is its twin for many versions at once, in the database.
`located`, `unstated`, `possible` and `territories_around` are what counting needs of these rules.
"""

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least

from concepts.models import Coverage
from eerstelijn.dates import Holds, valid_on
from governance.areas.geography import AreaKey
from governance.models import AreaLine, CoverageArea, held_on


class Reach(enum.Enum):
    """The answers, strongest first."""

    YES = "ja"
    PARTLY = "gedeeltelijk"
    PLANNED = "gepland"
    UNSTATED = "niet vermeld"
    NO = "nee"

    @property
    def strength(self) -> int:
        """A number that sorts: 0 for nee, and higher for a stronger answer."""
        return STRENGTHS[self]

    @classmethod
    def of_strength(cls, strength: int) -> "Reach":
        return list(cls)[-1 - strength]


STRENGTHS = {reach: strength for strength, reach in enumerate(reversed(Reach))}


@dataclass(frozen=True)
class Place:
    """An area on a day: the areas that it lies in wholly (itself among them), and in part.

    A larger area also lies "in part" in each area that is inside it: a concept that reaches one of
    its parts reaches some of it. `is_known` is False when it lies in nothing, as far as we know.
    """

    within: frozenset[AreaKey]
    partly: frozenset[AreaKey]
    is_known: bool = True

    @classmethod
    def of(cls, areas: Iterable[CoverageArea | AreaKey], day: dt.date) -> "Place":
        """Read the place of one area, or of several as alternatives, in one query."""
        lines = list(
            AreaLine.objects.filter(held_on(day), place__in=areas).values_list(
                "place", "territory", "is_whole"
            )
        )
        within = frozenset(territory for _, territory, is_whole in lines if is_whole)
        touched = frozenset(territory for _, territory, _ in lines)
        known = {place for place, territory, _ in lines if place != territory}
        return cls(within, touched - within, {place for place, *_ in lines} == known)


@dataclass(frozen=True)
class Answer:
    """Whether a place is reached, the Coverage row that says so, and the area that links the two.

    Without any row the sources say nothing; without an area the answer does not rest on one.
    """

    reach: Reach
    row: Coverage | None = None
    area: CoverageArea | None = None


def row_answer(row: Coverage, place: Place, day: dt.date) -> Answer:
    """What one Coverage row says of a place on a day."""
    if row.holds_on(day) is Holds.NO:
        return Answer(Reach.NO, row)
    if row.extent == Coverage.Extent.UNLOCATED:
        return Answer(Reach.UNSTATED, row)
    territory = row.territory.all()  # from small to large
    inside = next((area for area in territory if area.pk in place.within), None)
    touching = next((area for area in territory if area.pk in place.partly), None)
    if area := inside or touching:
        if row.status == Coverage.Status.PLANNED:
            return Answer(Reach.PLANNED, row, area)
        return Answer(Reach.YES if inside else Reach.PARTLY, row, area)
    unstated = row.extent == Coverage.Extent.AT_LEAST_NAMED or not place.is_known
    return Answer(Reach.UNSTATED if unstated else Reach.NO, row)


def answer(rows: Iterable[Coverage], place: Place, day: dt.date) -> Answer:
    """Whether a concept with these rows reaches a place on a day.

    The strongest answer counts, and of equals the first.
    """
    answers = [row_answer(row, place, day) for row in rows]
    return max(answers, key=lambda each: each.reach.strength, default=Answer(Reach.UNSTATED))


def with_reach(versions: QuerySet, places: Iterable[Place], day: dt.date) -> QuerySet:
    """Add to each version the strength of its answer for these places on a day, as `reach`.

    Of several places the weakest answer counts: each was asked for.
    """
    answers = [
        Coalesce(Subquery(_strongest(place, day)), Value(Reach.UNSTATED.strength))
        for place in places
    ]
    certain = Value(Reach.YES.strength)  # Least wants two
    return versions.annotate(reach=Least(certain, certain, *answers))


def _strongest(place: Place, day: dt.date) -> QuerySet:
    """The strength of the strongest row of a version: the table, as a query."""
    inside = _names(place.within)
    touching = inside | _names(place.partly)
    strength = Case(
        When(~valid_on(day), then=Reach.NO.strength),
        When(extent=Coverage.Extent.UNLOCATED, then=Reach.UNSTATED.strength),
        When(touching & Q(status=Coverage.Status.PLANNED), then=Reach.PLANNED.strength),
        When(inside, then=Reach.YES.strength),
        When(touching, then=Reach.PARTLY.strength),
        When(extent=Coverage.Extent.AT_LEAST_NAMED, then=Reach.UNSTATED.strength),
        default=(Reach.NO if place.is_known else Reach.UNSTATED).strength,
        output_field=IntegerField(),
    )
    rows = Coverage.objects.filter(version=OuterRef("pk")).annotate(strength=strength)
    return rows.order_by("-strength").values("strength")[:1]


def _names(areas: frozenset[AreaKey]) -> Q:
    """The condition that a row names one of these areas."""
    links = Coverage.territory.through.objects
    return Q(Exists(links.filter(coverage=OuterRef("pk"), coveragearea__in=areas)))


def _unstated(day: dt.date) -> Q:
    """Versions with an open-ended row that held that day, or without any row."""
    rows = Coverage.objects.filter(version=OuterRef("pk"))
    open_ended = [Coverage.Extent.UNLOCATED, Coverage.Extent.AT_LEAST_NAMED]
    return Exists(rows.filter(valid_on(day), extent__in=open_ended)) | ~Exists(rows)


def located(day: dt.date) -> QuerySet:
    """Coverage rows that name their territory and held that day."""
    return Coverage.objects.filter(valid_on(day)).exclude(extent=Coverage.Extent.UNLOCATED)


def unstated(versions: QuerySet, day: dt.date) -> QuerySet:
    """The versions that say nothing of the places that they reach, and so count for every area."""
    return versions.filter(_unstated(day)).values_list("pk", flat=True)


def possible(versions: QuerySet, day: dt.date) -> QuerySet:
    """The versions of which some row held that day, or that say nothing of where they work."""
    rows = Coverage.objects.filter(version=OuterRef("pk"))
    held = Exists(rows.filter(valid_on(day))) | ~Exists(rows)
    return versions.filter(held).values_list("pk", flat=True)


def territories_around(day: dt.date) -> QuerySet:
    """Each place with a territory that says something of it, and whether it does so of all of it.

    Triples, see `AreaLine`.
    """
    return AreaLine.objects.filter(held_on(day)).values_list("place", "territory", "is_whole")
