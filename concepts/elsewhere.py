"""What changed outside a concept since somebody last looked at it.

A change is an event that took place, the end of a service, domain or area, an act that was
replaced, or a new name. Its moment is its day, or that on which an editor recorded it where that
came later: what is recorded today of last year is news today. Which concepts rest on the record is
found by the links of the statements themselves.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.db.models.fields.related import RelatedField
from django.utils import timezone

from concepts.models import STATEMENT_KINDS, ConceptVersion, Review, Status
from eerstelijn.datelabels import long_date
from eerstelijn.history.reading import Saved, saved_since
from governance.models import (
    Agency,
    ChangeEvent,
    ChangeSubject,
    CoverageArea,
    Decree,
    DecreeRelation,
    Partner,
    PolicyDomain,
)

#: What ends, is renamed or replaced, with the fields that say so: a save of one is a change.
TELLING: dict[type[Model], tuple[str, ...]] = {
    Agency: ("name", "end_label", "end_latest"),
    PolicyDomain: ("name", "end_label", "end_latest"),
    CoverageArea: ("name", "valid_until"),
    Decree: ("name", "short_title", "status"),
    Partner: ("name", "long_name"),
}
#: The same for what tells of a change.
EVENT_FIELDS = ("status", "date_label", "date_latest")


@dataclass(frozen=True)
class Change:
    """Something that happened to a record, when, and how it is said."""

    moment: dt.datetime
    cause: str


#: By model and primary key: what happened to a record.
Changes = dict[tuple[type[Model], int], list[Change]]
#: The same for what was saved of it, as the history keeps it.
Log = dict[tuple[type[Model], int], list[Saved]]


def touched(versions=None) -> dict[int, list[Change]]:
    """The published versions that a change elsewhere touches, by primary key, with their causes.

    In a fixed number of queries. With `versions` only of these primary keys.
    """
    seen = _seen(versions)
    if not seen:
        return {}
    changes = _changes(min(seen.values()))
    found: dict[int, dict[Change, None]] = defaultdict(dict)
    for kind, field in links():
        of_model = {
            pk: rows for (model, pk), rows in changes.items() if model is field.related_model
        }
        rests = kind.objects.filter(
            version__status=Status.PUBLISHED, **{f"{field.name}__in": list(of_model)}
        )
        for version, record in rests.order_by().values_list("version", field.name).distinct():
            for change in of_model[record]:
                if version in seen and change.moment > seen[version]:
                    found[version][change] = None
    return {
        version: sorted(causes, key=lambda change: (change.moment, change.cause))
        for version, causes in found.items()
    }


def links() -> Iterator[tuple[type[Model], RelatedField]]:
    """The links of each kind of statement to what can change outside a concept."""
    for kind in STATEMENT_KINDS.values():
        for field in (*kind._meta.fields, *kind._meta.many_to_many):
            if field.related_model in TELLING:
                yield kind, field


def _seen(versions) -> dict[int, dt.datetime]:
    """When somebody last looked at each published version: its publication, or a review since."""
    published = ConceptVersion.objects.published()
    if versions is not None:
        published = published.filter(pk__in=versions)
    last = Review.objects.filter(version__in=published).order_by("version", "-date")
    reviewed = dict(last.distinct("version").values_list("version", "date"))
    return {
        pk: max(moment, _start(reviewed[pk] + dt.timedelta(days=1)) if pk in reviewed else moment)
        for pk, moment in published.values_list("pk", "published_at")
    }


def _start(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _changes(since: dt.datetime) -> Changes:
    """What happened to records, or was recorded, after a moment."""
    log = _log(since)
    changes: Changes = defaultdict(list)
    for source in (_events, _ends, _replaced, _renamed):
        for key, change in source(log):
            if change.moment > since:
                changes[key].append(change)
    return changes


def _log(since: dt.datetime) -> Log:
    """What was saved of these records after a moment: at the desk, from a table, by a command."""
    log: Log = defaultdict(list)
    for model, names in (*TELLING.items(), (ChangeEvent, EVENT_FIELDS)):
        for saved in saved_since(model, since, names):
            log[model, saved.pk].append(saved)
    return log


def _recorded(log, model, pk, names, also_new=True) -> dt.datetime | None:
    """When somebody last saved one of these fields of a record; None when not since then."""
    moments = [
        saved.moment
        for saved in log.get((model, pk), ())
        if (also_new if saved.fields is None else saved.fields & set(names))
    ]
    return max(moments, default=None)


def _later(day: dt.date, recorded: dt.datetime | None) -> dt.datetime:
    start = _start(day)
    return max(start, recorded) if recorded else start


def _events(log):
    """Records that went into an event that took place."""
    today = timezone.localdate()
    fields = ("agency", "partner", "policy_domain", "decree", "area")
    rows = ChangeSubject.objects.filter(
        side=ChangeSubject.Side.BEFORE,
        event__status=ChangeEvent.Status.DONE,
        event__date_latest__lte=today,
    )
    for row in rows.select_related("event").order_by("pk"):
        event = row.event
        recorded = _recorded(log, ChangeEvent, event.pk, EVENT_FIELDS)
        change = Change(_later(event.date_latest, recorded), f"{event.name} ({event.date})")
        for name in fields:
            if pk := getattr(row, f"{name}_id"):
                yield (ChangeSubject._meta.get_field(name).related_model, pk), change


def _ends(log):
    """Services, domains and areas that are no more."""
    today = timezone.localdate()
    for model in (Agency, PolicyDomain):
        for record in model.objects.filter(end_latest__lt=today).only("name", *_end_columns()):
            recorded = _recorded(log, model, record.pk, ("end_label", "end_latest"))
            moment = _later(record.end_latest + dt.timedelta(days=1), recorded)
            yield (model, record.pk), Change(moment, f"{record.name}: einde {record.end}")
    for pk, name, last in CoverageArea.objects.filter(valid_until__lt=today).values_list(
        "pk", "name", "valid_until"
    ):
        recorded = _recorded(log, CoverageArea, pk, ("valid_until",))
        moment = _later(last + dt.timedelta(days=1), recorded)
        yield (CoverageArea, pk), Change(moment, f"{name} bestaat tot en met {long_date(last)}")


def _end_columns():
    return ("end_label", "end_earliest", "end_latest", "end_unbounded")


def _replaced(log):
    """Acts that are replaced: since an editor said so, or since the act that replaces them."""
    today = timezone.localdate()
    for row in (
        DecreeRelation.objects.filter(kind=DecreeRelation.Kind.REPLACES)
        .select_related("decree", "other")
        .prefetch_related("decree__dates")
    ):
        day = row.decree.date.latest
        recorded = _recorded(log, Decree, row.decree_id, ("status",))
        if day and day <= today:
            cause = f"{row.other.short_title} is vervangen door {row.decree.short_title}"
            yield (Decree, row.other_id), Change(_later(day, recorded), cause)
    replaced = Decree.objects.filter(status=Decree.Status.REPLACED, pk__in=_logged(log, Decree))
    for pk, title in replaced.values_list("pk", "short_title"):
        if recorded := _recorded(log, Decree, pk, ("status",), also_new=False):
            yield (Decree, pk), Change(recorded, f"{title} is vervangen")


def _renamed(log):
    """Records that bear another name since an editor gave it."""
    for model, names in TELLING.items():
        called = tuple(name for name in names if "name" in name or "title" in name)
        moments = {
            pk: recorded
            for pk in _logged(log, model)
            if (recorded := _recorded(log, model, pk, called, also_new=False))
        }
        for record in model.objects.filter(pk__in=moments):
            yield (model, record.pk), Change(moments[record.pk], f"heet nu {record}")


def _logged(log, model) -> list[int]:
    return [pk for of_model, pk in log if of_model is model]
