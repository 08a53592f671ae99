"""Where a municipality lies on a day, division by division, and how that changed."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, prefetch_related_objects

from concepts.reference.areas import period
from eerstelijn.database.ground import ground
from eerstelijn.dates import long_date
from eerstelijn.kept import Kept
from governance.models import (
    CITATIONS,
    MUNICIPALITY,
    AreaKind,
    AreaMembership,
    CoverageArea,
    common_days,
)

#: The divisions that a reader asks for first; the others follow, from small to large.
MAIN_KINDS = ("eerstelijnszone", "referentieregio", "provincie", "gewest")
#: How far a climb goes: a municipality in a province, in a gewest, in a country.
STEPS_UP = 2


@dataclass
class AreaAround:
    """One area that the municipality lies in, wholly or in part, and on which days."""

    area: CoverageArea
    name: str
    part: str
    valid_from: object
    valid_until: object
    #: The memberships that say so: one, or each step of the climb.
    statements: list

    @property
    def days(self):
        return self.valid_from, self.valid_until

    @property
    def period(self):
        """The days in words; before our data begin, we do not know."""
        days = period(self)
        is_known = self.area.kind.start(self.valid_from) == self.valid_from
        return days if is_known else f"minstens {days}"

    def held_on(self, day):
        return (self.valid_from or day) <= day <= (self.valid_until or day)


@dataclass
class Division:
    """One kind of area: where the municipality lies in it that day, and lay on other days."""

    kind: AreaKind
    now: list = field(default_factory=list)
    other_days: list = field(default_factory=list)
    #: Why there is nothing to say, where there is not.
    gap: str = ""

    @property
    def is_unknown(self):
        """Whether nobody says which municipalities lie where."""
        return not (self.now or self.other_days) and (
            self.kind.composition in (AreaKind.Composition.UNKNOWN, AreaKind.Composition.PARTIAL)
        )


def divisions_of(area, day):
    """Every division of the country, with the place of a municipality in it on a day.

    Four queries, however many areas there are: the kinds, the memberships, and for those that lead
    somewhere their sources and the names of the areas. Nobody changes them: they are kept.
    """
    return _kept.get(ground(), lambda: _read(area, day), (area.pk, day))


#: Of the municipalities that were asked for last.
_kept: Kept[list[Division]] = Kept(most=32)


def _read(area, day):
    kinds = AreaKind.objects.exclude(composition=AreaKind.Composition.NONE)
    divisions = {
        kind.pk: Division(kind)
        for kind in sorted(kinds.filter(position__gt=area.kind.position), key=_order)
    }
    for around in _merged(_climb(area, day)):
        if division := divisions.get(around.area.kind_id):
            rows = division.now if around.held_on(day) else division.other_days
            rows.append(around)
    for division in divisions.values():
        if not division.now:
            division.gap = _gap(division.kind, day)
        division.other_days.sort(key=lambda around: str(around.valid_from or ""))
    return list(divisions.values())


def _merged(found):
    """One for each area and part: a gewest is reached over its province and over its zone.

    What lies wholly in an area does not also lie there in part.
    """
    merged = {}
    whole = {around.area.pk for around in found if not around.part}
    for around in found:
        if around.part and around.area.pk in whole:
            continue
        known = merged.setdefault((around.area.pk, around.part), around)
        if known is not around:
            starts = known.valid_from, around.valid_from
            ends = known.valid_until, around.valid_until
            known.valid_from = min(starts) if all(starts) else None
            known.valid_until = max(ends) if all(ends) else None
    return merged.values()


def in_words(kind, name):
    """The kind of an area and its name, without saying one thing twice: "Regio Antwerpen"."""
    said, words = kind.name.casefold(), name.casefold().split()
    is_said = said in words or said.startswith(words[0]) or said.endswith(words[0])
    return name if is_said or kind.slug == MUNICIPALITY else f"{kind.name} {name}"


def _order(kind):
    main = kind.slug in MAIN_KINDS
    return (not main, MAIN_KINDS.index(kind.slug) if main else kind.position)


def _climb(area, day):
    """The areas around, step by step, and so those that rest on the fewest memberships first."""
    above = AreaMembership.objects.filter(Q(member=area) | ~Q(member__kind=area.kind_id))
    steps = defaultdict(list)
    for row in above.select_related("area__kind").order_by("area__name", "valid_from"):
        steps[row.member_id].append(row)
    found, reached = [], [AreaAround(area, "", "", area.valid_from, area.valid_until, [])]
    for _ in range(1 + STEPS_UP):
        reached = [
            AreaAround(row.area, "", row.part or below.part, *days, [*below.statements, row])
            for below in reached
            for row in steps[below.area.pk]
            if (days := common_days(below.days, (row.valid_from, row.valid_until)))
        ]
        found += reached
    rows = {row.pk: row for around in found for row in around.statements}
    prefetch_related_objects(list(rows.values()), CITATIONS, "area__names")
    for around in found:
        start, end = around.days
        around.name = around.area.name_on(max(start or day, min(day, end or day)))
    return found


def _gap(kind, day):
    """Why a municipality lies in no area of a kind, as far as we know."""
    if kind.composition == AreaKind.Composition.UNKNOWN:
        return "samenstelling onbekend"
    if kind.data_from and day < kind.data_from:
        return f"onze gegevens beginnen op {long_date(kind.data_from)}"
    if kind.composition == AreaKind.Composition.PARTIAL:
        return "niet bekend: we kennen deze indeling maar voor een deel"
    return "geen"
