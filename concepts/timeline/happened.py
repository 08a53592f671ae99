"""What stands on the timeline of concepts, and of the services, partners and acts around them."""

import datetime as dt

from django.db.models import Q

from concepts.models import Milestone, Status
from concepts.reference.changes import SUBJECTS
from concepts.timeline import entry
from concepts.timeline.entry import (
    Entry,
    Kind,
    act_key,
    act_title,
    came_key,
    event_key,
    places_of,
)
from concepts.timeline.touching import owners_of
from governance.citing import cite
from governance.models import Agency, ChangeEvent, ChangeSubject, Decree, DecreeDate, PolicyDomain

BEFORE, AFTER = ChangeSubject.Side.BEFORE, ChangeSubject.Side.AFTER


def of_concepts(touching, promises):
    """What happened to published concepts, and what was promised; each promise twice if it came.

    Once on the date that was promised, and once on the day that it came.
    """
    rows = Milestone.objects.filter(version__status=Status.PUBLISHED, is_announced=False)
    rows = [row for row in rows.exclude(date_label="") if row.version_id in touching.versions]
    cite(rows)
    for row in rows:
        version = touching.versions[row.version_id]
        yield Entry(
            key=f"mijlpaal-{version.slug}-{row.key}",
            kind=Kind.CONCEPT,
            date=row.date,
            title=row.title.rstrip("."),
            citations=places_of([row]),
            note=row.note,
            about=[version],
            agencies=version.agencies,
            acts=touching.acts_of(version),
            status=entry.Status.of(row.date, dt.date.today()),
        )
    for promise in promises:
        if promise.key.startswith("mijlpaal-") and promise.date:
            yield _promised(promise)
            if promise.has_happened and promise.real:
                yield _came(promise)


def _promised(promise):
    return Entry(
        key=promise.key,
        kind=Kind.CONCEPT,
        date=promise.date,
        title=promise.title,
        citations=promise.citations,
        status=entry.Status.ANNOUNCED,
        note=promise.in_short,
        outcome=promise.outcome,
        about=promise.about,
        agencies=promise.agencies,
    )


def _came(promise):
    return Entry(
        key=came_key(promise.key),
        kind=Kind.CONCEPT,
        date=promise.real,
        title=promise.title,
        citations=promise.outcome,
        note=f"Aangekondigd voor {promise.date}.",
        about=promise.about,
        agencies=promise.agencies,
    )


def read_events():
    """Every change in the administration, with whom it is about and its sources."""
    events = list(ChangeEvent.objects.exclude(date_label="").prefetch_related(SUBJECTS))
    cite(events)
    return events


def of_events(events, touching, today):
    """Mergers, foundations, transfers and reforms; those of areas too."""
    for event in events:
        subjects = sorted(event.subjects.all(), key=lambda row: row.side != AFTER)
        agencies = {row.agency_id for row in subjects} - {None}
        acts = [row.decree_id for row in subjects if row.decree_id]
        status = entry.Status(event.status)
        if status is entry.Status.DONE:
            status = entry.Status.of(event.date, today)
        yield Entry(
            key=event_key(event),
            kind=_kind_of(subjects),
            date=event.date,
            title=event.name.rstrip("."),
            citations=places_of([event]),
            status=status,
            url=next((row.subject.get_absolute_url() for row in subjects), ""),
            note=f"{event.standing.capitalize()}." if event.standing else "",
            about=touching.of_agencies(agencies) or touching.of_acts(acts),
            agencies=agencies,
            areas={row.area_id for row in subjects} - {None},
            acts={event.decree_id, *acts} - {None},
        )


def _kind_of(subjects):
    if any(row.area_id for row in subjects):
        return Kind.AREA
    if subjects and all(row.decree_id for row in subjects):
        return Kind.ACT
    return Kind.BODY


def of_acts(touching, today):
    """Every date of an act."""
    dates = list(DecreeDate.objects.select_related("decree"))
    cite(dates)
    for row in dates:
        about = touching.by_act.get(row.decree_id, [])
        is_announced = row.decree.status == Decree.Status.ANNOUNCED
        announced = entry.Status.ANNOUNCED
        yield Entry(
            key=act_key(row),
            kind=Kind.ACT,
            date=row.date,
            title=act_title(row),
            citations=places_of([row]),
            status=announced if is_announced else entry.Status.of(row.date, today),
            url=row.decree.get_absolute_url(),
            about=about,
            agencies=owners_of(about),
            acts={row.decree_id},
        )


def of_bodies(events, touching, today):
    """The start and end of services and domains, where no change tells of it already."""
    told = _told(events)
    for model, field in ((Agency, "agency"), (PolicyDomain, "policy_domain")):
        rows = list(model.objects.filter(Q(start_label__gt="") | Q(end_label__gt="")))
        shown = [
            (row, side, date, words)
            for row in rows
            for side, date, words in ((AFTER, row.start, "begint"), (BEFORE, row.end, "houdt op"))
            if date and not _is_told(told, field, row, side, date)
        ]
        cite({row.pk: row for row, *_ in shown}.values())
        for row, side, date, words in shown:
            agencies = {row.pk} if model is Agency else set()
            yield Entry(
                key=f"{field.replace('_', '-')}-{row.slug}-{'begin' if side == AFTER else 'einde'}",
                kind=Kind.BODY,
                date=date,
                title=f"{row.name} {words}",
                citations=places_of([row]),
                status=entry.Status.of(date, today),
                url=row.get_absolute_url(),
                about=touching.of_agencies(agencies),
                agencies=agencies,
            )


def _told(events):
    """The dates of the changes of each record on each side."""
    told = {}
    for event in events:
        for row in event.subjects.all():
            for field in ("agency", "policy_domain", "area"):
                if key := getattr(row, f"{field}_id"):
                    told.setdefault((field, key, row.side), []).append(event.date)
    return told


def _is_told(told, field, row, side, date):
    """Whether a change of that side is of that date; what ends, ends the day before at the most."""
    slack = dt.timedelta(days=side == BEFORE)
    return any(_may_be(date, other, slack) for other in told.get((field, row.pk, side), ()))


def _may_be(date, other, slack):
    """Whether two dates can mean the same day, or the first the day before the second."""
    first = max(date.earliest or dt.date.min, (other.earliest or dt.date.min + slack) - slack)
    return first <= min(date.latest or dt.date.max, other.latest or dt.date.max)
