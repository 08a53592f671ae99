"""A change of services is carried out: all of it, in the transaction of whoever calls."""

from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, CHANGE
from django.db.models import Model
from django.utils.text import slugify

from governance.models import Agency, ChangeEvent, ChangeSubject, OldSlug
from governance.succession.changes import ServiceChange


@dataclass
class Changed:
    """A record that was added or changed, with what the log of the desk says of it."""

    record: Model
    flag: int
    message: list[dict]


def of_row(row):
    """How the log names a row on the page of a record (`eerstelijn.desk.log`)."""
    return {"name": str(row._meta.verbose_name), "object": str(row)}


def carry_out(change: ServiceChange) -> tuple[ChangeEvent, list[Changed]]:
    """Make the event, the successors and the ends. Raises ValidationError, at what is wrong."""
    done = []
    for agency in change.after:
        if agency.pk is None:
            done.append(_make(agency, change))
    event, said = _event(change)
    done.append(said)
    if change.is_done:
        done += [_end(agency, change) for agency in change.ending]
    return event, done


def _make(agency, change):
    """A service that comes with the change."""
    agency.slug = free_slug(Agency, agency.name)
    _set(agency, "start", change.day)
    agency.full_clean()
    agency.save()
    agency.citations.set(change.citations)
    return Changed(agency, ADDITION, [{"added": {}}])


def _end(agency, change):
    _set(agency, "end", change.last_day)
    agency.full_clean()
    agency.save()
    known = set(agency.citations.values_list("pk", flat=True))
    new = [place for place in change.citations if place.pk not in known]
    agency.citations.add(*new)
    return Changed(agency, CHANGE, [{"changed": {"fields": ["geldig tot en met", "bronnen"]}}])


def _set(record, edge, date):
    for part, value in (
        ("label", date.label),
        ("earliest", date.earliest),
        ("latest", date.latest),
        ("unbounded", False),
    ):
        setattr(record, f"{edge}_{part}", value)


def _event(change):
    """The event with its subjects: a new one, or the announced one that happened now."""
    event, is_new = change.announced or ChangeEvent(), change.announced is None
    event.name, event.kind, event.status = change.name, change.kind.event, change.status
    _set(event, "date", change.day)
    if is_new:
        event.slug = free_slug(ChangeEvent, change.name)
    event.full_clean()
    event.save()
    known = set(event.citations.values_list("pk", flat=True))
    event.citations.add(*[place for place in change.citations if place.pk not in known])
    said = []
    event.subjects.filter(agency__isnull=False).delete()
    for side, agencies in (
        (ChangeSubject.Side.BEFORE, change.before),
        (ChangeSubject.Side.AFTER, change.after),
    ):
        for agency in agencies:
            key = f"{side}-{agency.slug}"[:60].strip("-")
            row = ChangeSubject(event=event, side=side, key=key, agency=agency)
            row.full_clean()
            row.save()
            said.append({"added": of_row(row)})
    first = {"added": {}} if is_new else {"changed": {"fields": ["status", "datum"]}}
    return event, Changed(event, ADDITION if is_new else CHANGE, [first, *said])


def free_slug(model, name):
    """An address that nobody has or had."""
    first = slugify(name)[:90].strip("-") or model._meta.model_name
    slug, number = first, 2
    former = OldSlug.objects.filter(kind=model._meta.model_name)
    while model.objects.filter(slug=slug).exists() or former.filter(old=slug).exists():
        slug, number = f"{first}-{number}", number + 1
    return slug
