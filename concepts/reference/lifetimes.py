"""From when to when a record was there, of every kind that a list shows, and what became of an act.

A service and a policy domain have a validity. A partner has none: it was there as long as the
service that it is, else the changes that made it or ended it say. An act and a source are there
from their first date on, an area on the days that our data give. A term has no days.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from eerstelijn.dates import Holds, SourceDate, held_between, long_date
from eerstelijn.onday import ONE_DAY, absence, announced, doubt
from governance.models import (
    ChangeEvent,
    ChangeSubject,
    CoverageArea,
    Decree,
    Partner,
    Source,
)

#: The first day, or the dates between which it lies, and the last.
Edges = tuple[SourceDate, SourceDate]
#: The changes that a partner comes from, or ends with.
MAKING = (
    ChangeEvent.Kind.FOUNDING,
    ChangeEvent.Kind.MERGER,
    ChangeEvent.Kind.RENAMING,
    ChangeEvent.Kind.ABOLITION,
)
ALWAYS: Edges = (SourceDate(), SourceDate())


class Lifetimes:
    """From when to when records were there; for all partners together that takes one query."""

    def of(self, record: Any) -> Edges:
        if isinstance(record, Partner):
            return edges_of_partner(record, self._by_changes.get(record.pk, ALWAYS))
        if isinstance(record, CoverageArea):
            return _days(record.valid_from), _days(record.valid_until)
        if isinstance(record, Decree):
            return first_date(record), SourceDate()
        if isinstance(record, Source):
            return record.date, SourceDate()
        return (record.start, record.end) if hasattr(record, "start") else ALWAYS

    def holds(self, record: Any, day: dt.date) -> Holds:
        """Whether a record was there on a day."""
        return held_between(*self.of(record), day)

    def said(self, record: Any, day: dt.date) -> str:
        """What a line about a record says of a day: that it was not there, or may not have been."""
        start, end = self.of(record)
        if held_between(start, end, day) is not Holds.NO:
            return doubt(start, end, day) or announced(start, day)
        is_unknown = isinstance(record, CoverageArea) and not record.starts_on
        if is_unknown and start.earliest and day < start.earliest:
            return f"Onze gegevens beginnen op {start}."
        return absence(start, end, day)

    @cached_property
    def _by_changes(self) -> dict[int, Edges]:
        sides: dict[tuple[int, int], set[str]] = defaultdict(set)
        events = {}
        rows = ChangeSubject.objects.filter(partner__isnull=False, event__kind__in=MAKING)
        for row in rows.select_related("event").order_by("event__date_earliest", "pk"):
            sides[row.partner_id, row.event_id].add(row.side)
            events[row.event_id] = row.event
        steps = defaultdict(list)
        for (partner, event), found in sides.items():
            was, stays = (side in found for side in ChangeSubject.Side.values)
            steps[partner].append((events[event], was, stays))
        return {partner: edges_by_changes(found) for partner, found in steps.items()}

    def gone(self, day: dt.date) -> list[int]:
        """The partners that were not there on a day; a query, and another for who is a service."""
        partners = Partner.objects.select_related("agency").filter(agency__isnull=False)
        services = [row.pk for row in partners if self.holds(row, day) is Holds.NO]
        own = {partner.pk for partner in partners}
        others = [
            pk
            for pk, edges in self._by_changes.items()
            if pk not in own and held_between(*edges, day) is Holds.NO
        ]
        return [*services, *others]


def edges_of_partner(partner: Partner, by_changes: Edges) -> Edges:
    """Those of the service that it is, else what the changes say."""
    agency = partner.agency
    return (agency.start, agency.end) if agency else by_changes


def edges_by_changes(steps: Iterable[tuple[ChangeEvent, bool, bool]]) -> Edges:
    """From when to when something was there, as far as the changes that made or ended it say.

    Each change comes with whether it was there before, and after. It ends the day before what came
    after it begins.
    """
    start, end = ALWAYS
    for event, was, stays in steps:
        if event.status != ChangeEvent.Status.DONE or event.kind not in MAKING:
            continue
        if stays and not was:
            start = event.date
        elif was and not stays:
            end = day_before(event.date)
    return start, end


def day_before(date: SourceDate) -> SourceDate:
    """The end of what went on until something else began; a vague range stays what it is."""
    if not date.is_day:
        return date
    return _days(date.earliest - ONE_DAY)


def first_date(decree: Decree) -> SourceDate:
    """The first of the dates of an act that say a year."""
    known = [row.date for row in decree.dates.all() if row.date.earliest]
    return min(known, key=lambda date: date.earliest, default=SourceDate())


def _days(day: dt.date | None) -> SourceDate:
    return SourceDate(long_date(day), day, day) if day else SourceDate()
