"""Two small tables that flatten long chains, so that a filter needs a single join.

Succession of agencies: what a predecessor owned is found under the body that it went on in. Only a
fusie or hernoeming that happened carries ownership on, from a predecessor that ended to exactly one
successor. An overdracht never does: armoedebestrijding moved in May 2022 without the GBO.

Areas: which lie in which, wholly or in part, over every step and on which days;
`governance.areas.geography` says how that follows from their memberships. A municipality that
merged lies in its successor from that day on.

Both are derived as a whole by whatever changes the rows under them: the admin, the import of tables
and laad_gegevens.
"""

import datetime as dt
from collections import defaultdict

from django.db import connection, transaction
from django.db.models import F, Q

from eerstelijn.database import ground
from eerstelijn.kept import Kept
from governance.areas.geography import Step, relations
from governance.models import (
    CITATIONS,
    MUNICIPALITY,
    Agency,
    AgencyLine,
    AreaKind,
    AreaLine,
    AreaMembership,
    ChangeEvent,
    ChangeSubject,
    CoverageArea,
)

#: The changes after which what there was goes on in what came.
CARRIES_ON = Q(
    status=ChangeEvent.Status.DONE,
    kind__in=[ChangeEvent.Kind.MERGER, ChangeEvent.Kind.RENAMING],
)


@transaction.atomic
def rebuild():
    """Derive both tables again from the rows that they rest on."""
    rebuild_agency_lines()
    rebuild_area_lines()


def successors(kind):
    """The one record that each ended agency, or area, went on in; `kind` is "agency" or "area"."""
    events = ChangeEvent.objects.filter(CARRIES_ON).prefetch_related(f"subjects__{kind}")
    went_on_in = defaultdict(set)
    for event in events:
        subjects = [(row.side, getattr(row, kind)) for row in event.subjects.all()]
        sides = [(side, record) for side, record in subjects if record]
        after = {record for side, record in sides if side == ChangeSubject.Side.AFTER}
        for side, record in sides:
            if side == ChangeSubject.Side.BEFORE and record.has_ended:
                went_on_in[record] |= after
    return {
        record: next(iter(after))
        for record, after in went_on_in.items()
        if len(after) == 1 and record not in after
    }


@transaction.atomic
def rebuild_agency_lines():
    """Give every agency a line to itself and to each body after it."""
    went_on_in = {old.pk: new.pk for old, new in successors("agency").items()}
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
    """Give every area a line to itself, and to each area with which it has ground in common."""
    _one_at_a_time(AreaLine)
    kinds = dict(CoverageArea.objects.values_list("pk", "kind"))
    known = CoverageArea.objects.filter(kind__composition=AreaKind.Composition.KNOWN)
    complete = set(known.exclude(kind__slug=MUNICIPALITY).values_list("pk", flat=True))
    steps = [
        Step(*row)
        for row in AreaMembership.objects.values_list(
            "member", "area", "part", "valid_from", "valid_until"
        )
    ]
    found = relations(kinds, [*steps, *_successions()], kinds, complete)
    _write_difference(found)


def _write_difference(found):
    """Bring the lines in step: a membership touches a few of the fifteen thousand.

    Whoever keeps counts knows them by the newest line, so any change leaves a new one.
    """
    columns = ("place", "territory", "is_whole", "valid_from", "valid_until")
    present = {tuple(line): pk for pk, *line in AreaLine.objects.values_list("pk", *columns)}
    gone, new = present.keys() - found, found - present.keys()
    if gone and not new:
        new = set(list(found)[:1])
        gone |= new
    AreaLine.objects.filter(pk__in=[present[line] for line in gone]).delete()
    AreaLine.objects.bulk_create(
        AreaLine(
            place_id=place,
            territory_id=territory,
            is_whole=whole,
            valid_from=start,
            valid_until=end,
        )
        for place, territory, whole, start, end in new
    )


def _successions():
    """From the day after it ended, an area lies in the one area that it went on in."""
    for before, after in successors("area").items():
        ended = before.valid_until
        yield Step(before.pk, after.pk, valid_from=ended + dt.timedelta(days=1))


def _one_at_a_time(model):
    """Let a second rebuild wait for the first to end; readers go on."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def present_agencies():
    """The body that each agency of the past goes on in today, by primary key.

    One query; for readers it is kept, as nobody changes it.
    """
    return _present.get(ground.of_request(), _read_present)


def _read_present():
    lines = list(AgencyLine.objects.exclude(owner=F("present")).select_related("present"))
    superseded = {line.owner_id for line in lines}
    return {line.owner_id: line.present for line in lines if line.present_id not in superseded}


_present: Kept[dict[int, Agency]] = Kept()


def changes_to_present(agencies):
    """The changes by which former agencies became the body of today, with their sources.

    `agencies` are primary keys; gives {primary key: [ChangeEvent]} in order, in four queries.
    Without agencies it asks nothing.
    """
    if not agencies:
        return {}
    bodies = defaultdict(set)
    for owner, body in AgencyLine.objects.filter(owner__in=agencies).values_list(
        "owner", "present"
    ):
        bodies[owner].add(body)
    events = ChangeEvent.objects.filter(
        CARRIES_ON, subjects__agency__in=set().union(*bodies.values())
    )
    sides = {
        event: [
            {row.agency_id for row in event.subjects.all() if row.side == side}
            for side in (ChangeSubject.Side.BEFORE, ChangeSubject.Side.AFTER)
        ]
        for event in events.distinct().prefetch_related("subjects", CITATIONS)
    }
    return {
        owner: [event for event, (before, after) in sides.items() if before & line and after & line]
        for owner, line in bodies.items()
    }
