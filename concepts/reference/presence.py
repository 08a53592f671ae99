"""Whether a record was there on a day, and what was there instead, as its page and data say it.

From when to when it was there is told in `concepts.reference.lifetimes`.
"""

from django.utils.text import capfirst

from concepts.reference.lifetimes import edges_by_changes, edges_of_partner, first_date
from eerstelijn.dates import Holds, SourceDate, held_between, long_date
from eerstelijn.onday import announced, began_after, doubt
from eerstelijn.pages.parts import Item, Presence
from governance.models import ChangeEvent, DecreeDate


def presence_of(record, start, end, changes, day):
    """Whether what was there from a start to an end was there on a day; None for a page of today.

    `changes` are those that it went through (`concepts.reference.changes`).
    """
    if day is None:
        return None
    holds = held_between(start, end, day)
    if holds is Holds.YES and not (start or end):
        return Presence()
    if holds is Holds.YES:
        return Presence(holds.value, f"{capfirst(str(record))} bestond op {long_date(day)}.")
    if holds is Holds.POSSIBLY:
        said = doubt(start, end, day)
        return Presence(holds.value, f"{capfirst(str(record))} {said[:1].lower()}{said[1:]}")
    return _absent(record, start, end, changes, day)


def is_absent(presence):
    """Whether what a page says of a day is that the record was not there."""
    return presence is not None and presence.holds == Holds.NO.value


def _absent(record, start, end, changes, day):
    name, on = capfirst(str(record)), long_date(day)
    if began_after(start, day):
        since = "maar is aangekondigd voor" if announced(start, day) else "wel vanaf"
        text = f"{name} bestond nog niet op {on}, {since} {start}."
        instead, before = _across(changes, "after", "before", day), "Daarvoor was er"
    else:
        text = f"{name} bestond niet meer op {on}, wel tot en met {end}."
        instead, before = _across(changes, "before", "after", day), "Daarna kwam"
    return Presence(Holds.NO.value, text, before, instead)


def _across(changes, own, other, day):
    """What stood on the other side of the changes that happened with it on this side."""
    items = {}
    for change in changes:
        is_own = any(item.is_self for item in getattr(change, own))
        if is_own and change.event.status == ChangeEvent.Status.DONE:
            there = [item for item in getattr(change, other) if not item.is_self]
            items |= {item.url: Item(item.text, item.url) for item in there}
    return list(items.values())


def presence_of_partner(partner, changes, day):
    """Whether a partner was there on a day, from the changes that it went through."""
    steps = [
        (change.event, *(any(item.is_self for item in side) for side in sides))
        for change in changes
        for sides in [(change.before, change.after)]
    ]
    edges = edges_of_partner(partner, edges_by_changes(steps))
    return presence_of(partner, *edges, changes, day)


def presence_of_act(decree, changes, day):
    """Whether an act was there on a day, and if so, whether it was in force."""
    if day is None:
        return None
    presence = presence_of(decree, first_date(decree), SourceDate(), changes, day)
    in_force = [row.date for row in decree.dates.all() if row.kind == DecreeDate.Kind.IN_FORCE]
    if not is_absent(presence) and in_force and all(began_after(each, day) for each in in_force):
        said = f"Het was toen nog niet in werking: dat kwam op {in_force[0]}."
        presence.text = f"{presence.text} {said}".strip()
    return presence
