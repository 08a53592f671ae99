"""The changes that a record went through, each with what was before and what came after."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from eerstelijn.onday import began_after
from eerstelijn.pages.parts import Item, Part, Section, sources_data
from governance.models import CITATIONS, ChangeEvent, ChangeSubject, CoverageArea, Decree

SUBJECTS = Prefetch(
    "subjects",
    ChangeSubject.objects.select_related(
        "agency", "partner", "policy_domain", "decree", "area"
    ).prefetch_related("area__names"),
)


@dataclass
class Side:
    """What there was on one side of a change."""

    css_class: str
    label: str
    items: list


@dataclass
class Change:
    """A change that a record went through: what there was before, and what came after."""

    event: ChangeEvent
    before: list
    after: list

    @property
    def statement(self):
        return self.event

    @property
    def note(self):
        return self.event.description

    @property
    def sides(self):
        """Before and after, as far as there is anything on them."""
        sides = Side("before", "Voor", self.before), Side("after", "Na", self.after)
        return [side for side in sides if side.items]

    @property
    def is_one_sided(self):
        return len(self.sides) < 2

    def as_data(self, absolute):
        event = self.event
        yield {
            "wat": event.name,
            "soort": event.kind,
            "datum": event.date.as_data(),
            "status": event.status,
            "beslist_door": event.decree.slug if event.decree else None,
            "voor": [item.link(absolute) for item in self.before],
            "na": [item.link(absolute) for item in self.after],
            "toelichting": self.note or None,
            "bronnen": sources_data([event], absolute),
        }


def changes_of(record):
    """The changes that a record went through, or that an act decided, in order."""
    concerned = Q(pk__in=record.changes.values("event"))
    if isinstance(record, Decree):
        concerned |= Q(decree=record)
    events = (
        ChangeEvent.objects.filter(concerned)
        .select_related("decree")
        .prefetch_related("decree__dates", CITATIONS, SUBJECTS)
    )
    return [
        Change(
            event,
            _side(event, ChangeSubject.Side.BEFORE, record),
            _side(event, ChangeSubject.Side.AFTER, record),
        )
        for event in events
    ]


def _side(event, side, record):
    subjects = [row.subject for row in event.subjects.all() if row.side == side]
    return [
        Item(
            _called(subject, event, side),
            subject.get_absolute_url(),
            is_self=subject == record,
            slug=subject.slug,
        )
        for subject in subjects
    ]


def _called(subject, event, side):
    """What a record was called before a change, or after it: areas keep their former names."""
    if not isinstance(subject, CoverageArea) or event.date_earliest is None:
        return str(subject)
    if side == ChangeSubject.Side.AFTER:
        return subject.name_on(event.date_latest or event.date_earliest)
    return subject.name_on(event.date_earliest - dt.timedelta(days=1))


def changes_section(record, label="Veranderingen"):
    return section_of(changes_of(record), label)


def section_of(changes, label="Veranderingen", day=None):
    """Changes as a chapter; on a day those that came after it are folded, and no part of its data.

    What was announced or thought possible is no change yet, so it stays and says what it is.
    """
    template = "reference/_changes.html"
    if day is None:
        return Section("veranderingen", label, changes, template)
    later = [change for change in changes if is_later(change, day)]
    known = [change for change in changes if change not in later]
    number = f"{len(later)} verandering{'en' if len(later) != 1 else ''}"
    lines = [
        Item(change.event.name, note=str(change.event.date), statement=change.event)
        for change in later
    ]
    return Section(
        "veranderingen",
        label,
        known,
        parts=[
            Part(template, known),
            Part("includes/_other_days.html", lines, f"Na deze dag: {number}"),
        ],
    )


def is_later(change, day):
    """Whether a change happened after a day."""
    event = change.event
    return event.status == ChangeEvent.Status.DONE and began_after(event.date, day)
