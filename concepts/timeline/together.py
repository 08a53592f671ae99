"""What is told several times of one day: as one line, with all that each of them says.

An act and what a concept or a change tells of it are one; so is the same of several concepts. Data
keep each apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from concepts.timeline.entry import ACT_KEY, Entry
from concepts.timeline.touching import Touched


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
    entries = _same(entries)
    together = defaultdict(list)
    shown = {entry.key for entry in entries}
    for entry in entries:
        if entry.with_act in shown:
            together[entry.with_act].append(entry)
    return [
        replace(
            entry,
            joined=together[entry.key],
            about=_about([entry, *together[entry.key]]),
        )
        if entry.key in together
        else entry
        for entry in entries
        if entry.with_act not in shown
    ]


def _same(entries: Sequence[Entry]) -> list[Entry]:
    """What is told in the same words, of the same date, as one: of every concept that tells it."""
    groups = defaultdict(list)
    for entry in entries:
        groups[entry.date, entry.status, entry.title, entry.note].append(entry)
    return [
        found[0]
        if len(found) == 1
        else replace(
            found[0],
            about=_about(found),
            citations=_each_once(place for entry in found for place in entry.citations),
            outcome=_each_once(place for entry in found for place in entry.outcome),
            same_keys=[entry.key for entry in found[1:]],
            with_act=next((entry.with_act for entry in found if entry.with_act), ""),
        )
        for found in groups.values()
    ]


def _about(entries: Iterable[Entry]) -> list[Touched]:
    return _each_once(version for entry in entries for version in entry.about)


def _each_once(rows: Iterable) -> list:
    return list({row.pk: row for row in rows}.values())
