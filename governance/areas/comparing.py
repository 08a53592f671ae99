"""The areas of a day compared with those of other kinds, under the names that they bore.

`Comparison.of` reads two kinds, `Surroundings.of` one area among all kinds. Both rest on the
flattened `AreaLine` alone and take two queries, whatever the number of areas. How areas lie against
each other, `governance.areas.overlaps` says.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from governance.areas.geography import AreaKey
from governance.areas.overlaps import Ground, Overlap, Relation, Towns, Verdict, compare
from governance.models import MUNICIPALITY, AreaKind, AreaLine, CoverageArea, held_on


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
