"""What is told twice on one day: an act, and what a concept or a change tells of that act."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from concepts.timeline.entry import ACT_KEY, Entry


def find_acts(entries: Iterable[Entry]) -> None:
    """Note of each entry which date of an act tells of the same.

    That is a date of an act that it has to do with, if it is the same date and as sure: a concept
    that rests on a decree tells on the day of that decree what it brought.
    """
    dates = defaultdict(list)
    for entry in entries:
        if entry.key.startswith(ACT_KEY):
            dates[entry.date, entry.status].append(entry)
    for entry in entries:
        if not entry.key.startswith(ACT_KEY):
            acts = dates.get((entry.date, entry.status), ())
            entry.with_act = next((act.key for act in acts if act.acts & entry.acts), "")


def joined(entries: Sequence[Entry]) -> list[Entry]:
    """The same entries, but an act and what is told of it on that day is one."""
    together = defaultdict(list)
    shown = {entry.key for entry in entries}
    for entry in entries:
        if entry.with_act in shown:
            together[entry.with_act].append(entry)
    return [
        replace(entry, joined=together[entry.key]) if entry.key in together else entry
        for entry in entries
        if entry.with_act not in shown
    ]
