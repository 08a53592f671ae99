"""What changed in a municipality since a day: it, the areas around it, and what reaches it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode

from concepts.timeline import Dated, Entry, came_key, own_day
from eerstelijn.finder.problems import MOST_VALUES
from eerstelijn.finder.question import AsOf
from eerstelijn.pages.parts import Absolute, Data

#: Beyond this many the page sends its reader to the timeline.
MOST_SHOWN = 12


@dataclass
class Changed:
    """What is dated since a day; `versions` are concepts, `areas` the place and what it lies in.

    Without a day, since the newest document of the site's own: the poster.
    """

    as_of: AsOf
    versions: Collection[int]
    areas: Collection[int]
    asked_since: dt.date | None = None

    @cached_property
    def since(self) -> dt.date:
        return self.asked_since or own_day() or dt.date.min

    @cached_property
    def entries(self) -> list[Entry]:
        """Newest first, what is announced included; not what came after the day of the page.

        The dates of acts stay away: what an act does, its concept tells.
        """
        dated = Dated.on(self.as_of.day)
        found = [entry for entry in dated.entries if self._is_recent(entry) and self._has(entry)]
        keys = {entry.key for entry in found}
        # What came says for when it was announced.
        found = [entry for entry in found if came_key(entry.key) not in keys]
        return sorted(found, key=lambda entry: entry.place, reverse=True)

    def _is_recent(self, entry: Entry) -> bool:
        return (
            bool(entry.day) and not entry.later and (entry.date.latest or dt.date.max) > self.since
        )

    def _has(self, entry: Entry) -> bool:
        if not entry.areas.isdisjoint(self.areas):
            return True
        return entry.is_told and any(version.pk in self.versions for version in entry.about)

    @cached_property
    def shown(self) -> list[Entry]:
        """What the page shows, each with the concepts of here that it touches."""
        return [
            replace(entry, about=[row for row in entry.about if row.pk in self.versions])
            for entry in self.entries[:MOST_SHOWN]
        ]

    @property
    def more(self) -> int:
        return len(self.entries) - len(self.entries[:MOST_SHOWN])

    @property
    def more_said(self) -> str:
        """How many are not shown."""
        return f"Er is nog {self.more}." if self.more == 1 else f"Er zijn nog {self.more}."

    @property
    def timeline_url(self) -> str:
        """The timeline since that day, of the concepts that something happened to."""
        about = [row for entry in self.entries for row in entry.about if row.pk in self.versions]
        slugs = dict.fromkeys(row.slug for row in about)
        query = [("concept", slug) for slug in sorted(slugs)[:MOST_VALUES]]
        return self.as_of.url(f"{reverse('timeline')}?{urlencode([*query, ('van', self.since)])}")

    def as_data(self, absolute: Absolute) -> Data:
        return {
            "sinds": self.since,
            "aantal": len(self.entries),
            "resultaten": [entry.as_data(absolute) for entry in self.entries],
        }
