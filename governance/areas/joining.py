"""Municipalities that merge: what the new one takes over follows from what is known of the old.

Where the old ones lie in one area of a kind, the new one lies there too. Where they lie in several,
somebody says which; until then it is that of the largest. Their neighbours become its neighbours,
and its postcodes are theirs together. The names of their parts stay with the old ones, which lead
on to the new one by the merger. An area that all its members left is no longer there.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from eerstelijn.dates import long_date
from governance.areas.mergers import event_slug, merge
from governance.areas.tables.stored_areas import StoredAreas
from governance.models import (
    AreaKind,
    ChangeEvent,
    Citation,
    CoverageArea,
    municipality_slug,
)

#: The kind of which the areas are never chosen in silence.
PROVINCE = "provincie"
#: A part of a municipality that is told by its postcodes.
POSTCODES = re.compile(r"postcodes? (\d{4}(?:, \d{4})*)")


@dataclass
class Lies:
    """Where the old municipalities lie among the areas of a kind, and where the new one will."""

    kind: AreaKind
    #: The areas that hold one of them, each with the rows by which it does.
    areas: dict[CoverageArea, list]
    #: Whether one of them is divided over areas of this kind: then each part stays where it is, and
    #: those that lie wholly in one become a part; in `chosen`, when somebody says so.
    in_parts: bool
    chosen: CoverageArea | None = None
    #: Where the new one lies: an area and a part of it, with the places that say so.
    rows: dict = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        """Whether somebody has to choose."""
        rows = [row for rows in self.areas.values() for row in rows]
        return len(self.areas) > 1 and any(not row.part for row in rows)


@dataclass
class MunicipalMerger:
    """A merger as an editor says it. Nothing of it is stored yet."""

    old: list[CoverageArea]
    name: str
    nis: str
    day: dt.date
    places: list[Citation]
    province: CoverageArea | None = None
    #: What is known of the new one and does not follow; empty fields follow.
    x: int | None = None
    y: int | None = None
    surface: object = None
    #: The area of each kind that somebody chose, by the slug of the kind.
    choices: dict[str, CoverageArea] = field(default_factory=dict)
    #: Announced as long as the day must come: the areas are dated, and know by themselves.
    status: str = ChangeEvent.Status.DONE
    event: ChangeEvent | None = None

    @cached_property
    def stored(self) -> StoredAreas:
        return StoredAreas()

    @cached_property
    def towns(self) -> list[CoverageArea]:
        """The old ones as they are stored, the largest first."""
        found = [self.stored.areas[area.slug] for area in self.old]
        return sorted(found, key=lambda area: (-(area.surface or 0), area.slug))

    @property
    def continuing(self) -> CoverageArea | None:
        """The one that keeps its code, and takes the others in."""
        return next((area for area in self.towns if area.nis == self.nis), None)

    @property
    def ending(self) -> list[CoverageArea]:
        return [area for area in self.towns if area is not self.continuing]

    @property
    def before(self) -> list[CoverageArea]:
        """Those that are there before, as what a change touches is asked of."""
        return self.towns

    @cached_property
    def lies(self) -> list[Lies]:
        """Where they lie, by kind of area, from small to large."""
        kinds: dict[int, AreaKind] = {kind.pk: kind for kind in self.stored.kinds.values()}
        found: defaultdict[int, defaultdict] = defaultdict(lambda: defaultdict(list))
        for town in self.towns:
            for row in self.stored.containers[town.pk]:
                if _holds(row, self.day):
                    found[row.area.kind_id][row.area].append(row)
        lies = []
        for pk, areas in found.items():
            rows = [row for rows in areas.values() for row in rows]
            one = Lies(kinds[pk], dict(areas), any(row.part for row in rows))
            one.chosen = self._chosen(one)
            lies.append(one)
        return sorted(lies, key=lambda one: (one.kind.position, one.kind.slug))

    def _chosen(self, lies: Lies) -> CoverageArea | None:
        """The area that somebody chose, or that of the largest; none where each part stays."""
        wanted = self.choices.get(lies.kind.slug)
        if lies.kind.slug == PROVINCE and self.province:
            wanted = self.province
        if wanted is not None:
            return next((area for area in lies.areas if area == wanted), None)
        if lies.in_parts:
            return None
        for town in [self.continuing, *self.towns]:
            for area, rows in lies.areas.items():
                if town is not None and any(row.member == town for row in rows):
                    return area
        return next(iter(lies.areas))

    @cached_property
    def neighbours(self) -> set[CoverageArea]:
        around = (self.stored.neighbours_on(town, self.day) for town in self.towns)
        return {area for areas in around for area in areas} - set(self.towns)

    @property
    def postcodes(self) -> list[str]:
        return sorted({code for town in self.towns for code in town.postcodes})

    # What is wrong

    def problems(self) -> Iterator[tuple[str, str]]:
        """What is wrong, as the field of the form and a Dutch sentence."""
        if len(self.old) < 2:
            yield "old", "Kies minstens twee gemeenten."
        for town in self.towns:
            if town.valid_until:
                yield "old", f"{town} bestaat maar tot en met {long_date(town.valid_until)}."
            elif town.valid_from and town.valid_from >= self.day:
                yield "day", f"{town} bestaat pas van {long_date(town.valid_from)}."
        yield from self._later()
        yield from self._wrong_identity()
        yield from self._wrong_province()
        if not self.places:
            yield "citations", "Zonder bron kan het niet: kies waar het staat."

    def _later(self) -> Iterator[tuple[str, str]]:
        for town in self.towns:
            rows = [*self.stored.containers[town.pk], *self.stored.borders[town.pk]]
            if any((row.valid_from or dt.date.min) > self.day for row in rows):
                yield "day", f"Over {town} zijn er al gegevens van na {long_date(self.day)}."

    def _wrong_identity(self) -> Iterator[tuple[str, str]]:
        there = self.stored.areas.get(municipality_slug(self.nis))
        if there is not None and self.continuing is None:
            yield "nis", f"{self.nis} is al de NIS-code van {there}."
        if self.towns:
            same = self.stored.find(self.towns[0].kind, self.name, self.day)
            if same is not None and same not in self.towns:
                yield "name", f"Er is op die dag al een gemeente {same} ({same.nis})."

    def _wrong_province(self) -> Iterator[tuple[str, str]]:
        for lies in self.lies:
            if lies.kind.slug != PROVINCE:
                continue
            if self.province and self.province not in lies.areas:
                yield "province", f"Geen van deze gemeenten ligt in {self.province}."
            elif lies.differs and not self.province:
                pairs = [(row.member, area) for area, rows in lies.areas.items() for row in rows]
                said = "; ".join(f"{town} ligt in {area}" for town, area in pairs)
                yield "province", f"Ze liggen in verschillende provincies: {said}. Kies er één."

    def same(self) -> ChangeEvent | None:
        """The event that says the same already: a form that was sent twice finds its first."""
        event = ChangeEvent.objects.filter(slug=event_slug(self.nis, self.day)).first()
        if event is None:
            return None
        known = set(event.subjects.filter(side="voor").values_list("area", flat=True))
        return event if known == {area.pk for area in self.old} else None

    # What happens

    def carry_out(self) -> tuple[CoverageArea, ChangeEvent]:
        """Make the new one, end the old ones. Raises RowError; call it in a transaction."""
        stored, day = self.stored, self.day
        lies, neighbours, ending = self.lies, self.neighbours, self.ending
        emptied = [area for one in lies for area in one.areas]
        new = self.continuing
        for one in lies:
            one.rows = self._rows(one)
        for town in ending:
            stored.end_area(town, day)
        if new is None:
            new = stored.new_municipality(self.nis, self.name, day, self.places)
        else:
            stored.rename(new, self.name, day, self.places)
        self._describe(new)
        for one in lies:
            self._put(new, one)
        kept = {area for area in stored.neighbours_on(new, day) if area not in ending}
        stored.set_neighbours(new, neighbours | kept, day)
        self._end_what_is_empty(emptied)
        for town in self.towns:
            self.event, _ = merge(town, new, day, self.places, self.status)
        return new, self.event

    def _describe(self, new):
        surfaces = [town.surface for town in self.towns]
        follows = self.continuing or self.towns[0]
        self.stored.update(
            new,
            [],
            postcodes=self.postcodes,
            x=self.x or follows.x,
            y=self.y or follows.y,
            surface=self.surface or (sum(surfaces) if all(surfaces) else None),
        )

    def _rows(self, one):
        """Where the new one lies: pairs of an area and the part, with the places that say so."""
        cited = {
            area: list({place: None for row in rows for place in row.citations.all()})
            for area, rows in one.areas.items()
        }
        if self._is_strange(one):
            return {}
        if not one.in_parts:
            return {(one.chosen, ""): cited[one.chosen]}
        parts = defaultdict(list)
        for area, rows in one.areas.items():
            for row in rows:
                parts[area if row.part or one.chosen is None else one.chosen].append(row)
        if len(parts) == 1:
            return {(area, ""): cited[area] for area in parts}
        return {(area, _together(rows)): cited[area] for area, rows in parts.items()}

    def _is_strange(self, one):
        """Whether only those that are taken in lie in areas of a kind: the larger one does not."""
        rows = [row for rows in one.areas.values() for row in rows]
        return self.continuing and all(row.member != self.continuing for row in rows)

    def _put(self, new, one):
        """What the one that goes on already has stays; what it no longer has, ends."""
        now = {}
        for row in self.stored.containers_on(new, one.kind, self.day):
            now[row.area, row.part] = row
        for key, row in now.items():
            if key not in one.rows:
                self.stored.end(row, self.day)
        for (area, part), places in one.rows.items():
            if (area, part) not in now:
                self.stored.put(new, area, self.day, places, part)

    def _end_what_is_empty(self, areas):
        for area in dict.fromkeys(areas):
            known = area.kind.composition == AreaKind.Composition.KNOWN
            if known and area.valid_until is None and not self.stored.members_on(area, self.day):
                self.stored.end_area(area, self.day)


def _holds(row, day):
    return (row.valid_from or day) <= day <= (row.valid_until or day)


def _together(rows):
    """The parts of a municipality that lie in one area, as one text."""
    said = [row.part or f"postcodes {', '.join(row.member.postcodes)}" for row in rows]
    found = [POSTCODES.fullmatch(text) for text in said]
    if all(found):
        codes = sorted({code for match in found for code in match[1].split(", ")})
        return f"postcodes {', '.join(codes)}"
    return "; ".join(said)
