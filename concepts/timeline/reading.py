"""All that is dated as it was known on a day: read once for many pages, for as long as it holds."""

import datetime as dt
from dataclasses import dataclass, replace

from concepts.timeline.areas import of_areas
from concepts.timeline.entry import Entry
from concepts.timeline.happened import of_acts, of_bodies, of_concepts, of_events, read_events
from concepts.timeline.promises import Promise, read_promises
from concepts.timeline.together import find_acts
from concepts.timeline.touching import Touching
from eerstelijn.database import stamp
from eerstelijn.database.ground import ground
from eerstelijn.kept import Kept
from governance.models import ChangeEvent

#: Of how many days a process keeps it: of today, and of the day that a reader compares with.
MOST_DAYS = 2


@dataclass(frozen=True)
class Dated:
    """Every entry of the timeline in order, every promise, and the concepts that they touch."""

    touching: Touching
    promises: list[Promise]
    entries: list[Entry]

    @classmethod
    def on(cls, day):
        """As it was known on a day."""
        return _kept.get(stamp.of_today(), lambda: cls.read(day), day)

    @classmethod
    def read(cls, day):
        today, touching = dt.date.today(), Touching.read()
        promises, events = read_promises(day, touching), _events.get(ground(), read_events)
        entries = [
            *of_concepts(touching, promises),
            *of_events(events, touching, today),
            *of_bodies(events, touching, today),
            *of_acts(touching, today),
            *(replace(entry) for entry in _of_areas(today)),
        ]
        find_acts(entries)
        if day < today:
            for entry in entries:
                entry.later = not entry.is_announced and bool(entry.day and entry.day > day)
        return cls(touching, promises, sorted(entries, key=lambda entry: entry.place))


_kept: Kept[Dated] = Kept(MOST_DAYS)
#: What rests on no concept stays when one is published.
_events: Kept[list[ChangeEvent]] = Kept()
_areas: Kept[list[Entry]] = Kept()


def _of_areas(today):
    """Entries for many readings: who says more of one, says it of a copy."""
    return _areas.get(ground(), lambda: list(of_areas(today)), today)
