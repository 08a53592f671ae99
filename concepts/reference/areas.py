"""What pages show of areas: grouped by kind, with the days on which they held."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import capfirst

from eerstelijn.dates import long_date
from eerstelijn.pages.parts import Item, sources_data


@dataclass
class AreaGroup:
    """Areas of one kind. What they all have in common is said once, above them."""

    kind: object
    #: The day that the page is about.
    day: dt.date
    items: list = field(default_factory=list)

    @cached_property
    def note(self):
        notes = {item.note for item in self.items}
        return notes.pop() if len(notes) == 1 else ""

    @cached_property
    def statement(self):
        """One of the statements, when all rest on the same sources; else None."""
        rows = [item.statement for item in self.items]
        sources = {frozenset(citation.pk for citation in row.citations.all()) for row in rows}
        return rows[0] if len(sources) == 1 else None

    @property
    def heading(self):
        """How many there are, and of what kind; of one the kind alone."""
        if len(self.items) == 1:
            return capfirst(self.kind.name)
        return f"{len(self.items)} {self.kind.plural}"

    @property
    def common(self):
        """What is said above them all: what they share, or that their sources are the same."""
        return capfirst(self.note) or ("Bron" if self.statement else "")

    @property
    def lines(self):
        """Each with what is only its own, as (item, note)."""
        return [(item, "" if self.note else capfirst(item.note)) for item in self.items]

    def as_data(self, absolute):
        for item in self.items:
            row = item.statement
            yield {
                "soort": self.kind.slug,
                "gebied": item.slug,
                "naam": item.text,
                "url": absolute(item.url),
                "deel": row.part or None,
                "geldig_van": row.area.kind.start(row.valid_from),
                "geldig_tot": row.valid_until,
                "geldt": (row.valid_from or self.day) <= self.day <= (row.valid_until or self.day),
                "bronnen": sources_data([row], absolute),
            }


def areas_by_kind(rows, side, day, since=None):
    """The areas around or inside an area, by kind from small to large, each kind by name.

    `side` of the memberships is the other area, fetched with its kind and its names. A membership
    from the day `since` that goes on says nothing of its days.
    """
    groups = {}
    for row in rows:
        area = getattr(row, side)
        days = "" if (row.valid_from, row.valid_until) == (since, None) else period(row)
        note = " · ".join(filter(None, [row.part, days]))
        item = Item(
            area.name_on(day), area.get_absolute_url(), note=note, statement=row, slug=area.slug
        )
        groups.setdefault(area.kind_id, AreaGroup(area.kind, day)).items.append(item)
    for group in groups.values():
        group.items.sort(key=lambda item: item.text)
    return sorted(groups.values(), key=lambda group: group.kind.position)


def period(row):
    """The days that a row of reference data holds, in words; empty when it always does."""
    parts = []
    if row.valid_from:
        parts.append(f"van {long_date(row.valid_from)}")
    if row.valid_until:
        parts.append(f"tot en met {long_date(row.valid_until)}")
    return " ".join(parts)


def existence(area):
    """Since when and until when an area is there; before our data begin, we do not know."""
    days = period(area)
    return days if area.starts_on == area.valid_from else f"minstens {days}"
