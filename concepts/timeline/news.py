"""What the home page tells of the timeline: what happened since the poster, and some promises."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Max
from django.urls import reverse
from django.utils.http import urlencode

from concepts.timeline.entry import Entry, Kind
from concepts.timeline.promises import PROMISES, STANDS, WAITING, Promise, Waiting
from concepts.timeline.promises import dated as having_date
from concepts.timeline.reading import Dated
from governance.models import Source

#: How much of what happened the home page tells.
MOST_NEWS = 7


@dataclass
class News:
    """What happened since the poster, and what was promised, as the home page tells of both."""

    entries: list[Entry]
    #: One promise of each way in which one can stand; those of which nothing was heard come first.
    promises: list[Promise]
    #: How many dates were promised.
    promised: int = 0
    title: str = "Wat veranderde sinds de poster"

    @classmethod
    def on(cls, day):
        """As it was known on a day; on one before the poster what happened last before it."""
        dated, first, title = Dated.on(day), own_day(), cls.title
        if first and day <= first:
            first, title = None, "Wat er tot die dag veranderde"
        return cls(
            _since(first, day, dated.entries)[:MOST_NEWS],
            _one_of_each(dated.promises),
            len(having_date(dated.promises)),
            title,
        )

    @property
    def latest(self):
        """What happened last, in a line."""
        if not self.entries:
            return "Wat gebeurde, en wat aangekondigd is"
        return f"Het laatst: {self.entries[0].title}"

    @property
    def all_promises(self):
        """What the way to all promises says."""
        one, more = PROMISES
        return f"De ene {one}" if self.promised == 1 else f"Alle {self.promised} {more}"


def own_day():
    """The day of the newest document of the site's own; None where none says its day."""
    own = Source.objects.filter(origin=Source.Origin.OWN)
    return own.aggregate(day=Max("date_latest"))["day"]


def _since(first, today, entries):
    """What happened after a day, newest first: no announcements, nor every date of an act.

    What the act does, its concept tells.
    """
    done = [
        entry
        for entry in entries
        if entry.is_told
        and not entry.is_announced
        and entry.day
        and (first or dt.date.min) < entry.day <= today
    ]
    return sorted(_together(done), key=lambda entry: entry.place, reverse=True)


def _together(entries):
    """The same of several concepts as one, and what changed in areas on one day as one."""
    groups = defaultdict(list)
    for entry in entries:
        of_areas = entry.kind is Kind.AREA
        groups[(entry.day, "") if of_areas else (entry.date, entry.title)].append(entry)
    for (when, title), found in groups.items():
        about = {version.pk: version for entry in found for version in entry.about}
        if title or len(found) == 1:
            yield replace(found[0], about=list(about.values()))
        else:
            yield _of_areas(when, found)


def _of_areas(day, found):
    """What changed in areas on one day, with the way to all of it."""
    found = sorted(found, key=lambda entry: (not entry.date.is_day, entry.title))
    query = urlencode({"soort": Kind.AREA.slug, "tot": day, "van": day})
    return replace(
        found[0],
        title="Gemeenten en andere gebieden veranderen",
        note=f"Onder meer: {found[0].title}.",
        url=f"{reverse('timeline')}?{query}",
    )


def _one_of_each(promises):
    """The promise of each way that was for the latest date; what is still to come stays away."""
    known = {promise.stand: promise for promise in promises}  # the last of each stays
    shown = [stand for stand in STANDS if stand == Waiting.SILENT or stand not in WAITING]
    return [known[stand] for stand in shown if stand in known]
