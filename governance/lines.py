"""Two small tables that flatten long chains, so that a filter needs a single join.

Succession of agencies: what a predecessor owned is found under the body that it went on in. Only a
fusie or hernoeming that happened carries ownership on, from a predecessor that ended to exactly one
successor. An overdracht never does: armoedebestrijding moved in May 2022 without the GBO.

Membership of areas: a zone lies in a region, which lies in a gewest; each pair gets one line with
the days on which every step of the chain held.

Both are rebuilt as a whole by whatever changes the rows under them: the admin and laad_gegevens.
"""

import datetime as dt
from collections import defaultdict

from django.db import connection, transaction
from django.db.models import F

from governance.models import (
    Agency,
    AgencyLine,
    AreaLine,
    AreaMembership,
    ChangeEvent,
    ChangeSubject,
    CoverageArea,
)


@transaction.atomic
def rebuild():
    """Derive both tables again from the rows that they rest on."""
    rebuild_agency_lines()
    rebuild_area_lines()


def successors():
    """The one body that each ended agency went on in, by primary key."""
    events = ChangeEvent.objects.filter(
        status=ChangeEvent.Status.DONE,
        kind__in=[ChangeEvent.Kind.MERGER, ChangeEvent.Kind.RENAMING],
    ).prefetch_related("subjects__agency")
    went_on_in = defaultdict(set)
    for event in events:
        agencies = [row for row in event.subjects.all() if row.agency_id]
        after = {row.agency_id for row in agencies if row.side == ChangeSubject.Side.AFTER}
        for row in agencies:
            if row.side == ChangeSubject.Side.BEFORE and row.agency.end_label:
                went_on_in[row.agency_id] |= after
    return {
        owner: next(iter(after))
        for owner, after in went_on_in.items()
        if len(after) == 1 and owner not in after
    }


@transaction.atomic
def rebuild_agency_lines():
    """Give every agency a line to itself and to each body after it."""
    went_on_in = successors()
    _one_at_a_time(AgencyLine)
    lines = []
    for owner in Agency.objects.values_list("pk", flat=True):
        seen, present = set(), owner
        while present is not None and present not in seen:
            seen.add(present)
            lines.append(AgencyLine(owner_id=owner, present_id=present))
            present = went_on_in.get(present)
    AgencyLine.objects.all().delete()
    AgencyLine.objects.bulk_create(lines)


@transaction.atomic
def rebuild_area_lines():
    """Give every area a line to itself, to each area around it, and to each area inside it."""
    _one_at_a_time(AreaLine)
    around = defaultdict(list)
    for row in AreaMembership.objects.all():
        around[row.member_id].append((row.area_id, not row.part, row.valid_from, row.valid_until))
    lines = set()
    for inner in CoverageArea.objects.values_list("pk", flat=True):
        lines.add((inner, inner, True, None, None))
        for outer, whole, start, end in _climb(inner, around):
            lines.add((inner, outer, whole, start, end))
            lines.add((outer, inner, False, start, end))
    AreaLine.objects.all().delete()
    AreaLine.objects.bulk_create(
        AreaLine(
            place_id=place,
            territory_id=territory,
            is_whole=whole,
            valid_from=start,
            valid_until=end,
        )
        for place, territory, whole, start, end in lines
    )


def _one_at_a_time(model):
    """Let a second rebuild wait for the first to end; readers go on."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def _climb(inner, around):
    """All that lies around an area, with the days that every step of the chain has in common."""
    found, todo = set(), [(inner, True, None, None)]
    while todo:
        area, whole, start, end = todo.pop()
        for outer, step_whole, step_start, step_end in around[area]:
            common_start = max(start or dt.date.min, step_start or dt.date.min)
            common_end = min(end or dt.date.max, step_end or dt.date.max)
            line = (
                outer,
                whole and step_whole,
                common_start if common_start != dt.date.min else None,
                common_end if common_end != dt.date.max else None,
            )
            if common_start <= common_end and outer != inner and line not in found:
                found.add(line)
                todo.append(line)
    return found


def present_agencies():
    """The body that each agency of the past goes on in today, by primary key; one query."""
    lines = list(AgencyLine.objects.exclude(owner=F("present")).select_related("present"))
    superseded = {line.owner_id for line in lines}
    return {line.owner_id: line.present for line in lines if line.present_id not in superseded}
