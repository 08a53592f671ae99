"""All that is dated, on one timeline; and what was promised for a date, with what became of it."""

from concepts.timeline.entry import Entry, came_key
from concepts.timeline.news import News, own_day
from concepts.timeline.promises import promise_url, read_promises
from concepts.timeline.reading import Dated
from concepts.timeline.touching import Touching
from concepts.timeline.views import PromisesView, TimelineView

__all__ = [
    "Dated",
    "Entry",
    "News",
    "PromisesView",
    "TimelineView",
    "Touching",
    "came_key",
    "own_day",
    "promise_url",
    "read_promises",
]
