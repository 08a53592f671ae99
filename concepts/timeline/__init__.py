"""All that is dated, on one timeline; and what was promised for a date, with what became of it."""

from concepts.timeline.entry import Entry, came_key
from concepts.timeline.news import News, own_day
from concepts.timeline.reading import Dated
from concepts.timeline.views import PromisesView, TimelineView

__all__ = ["Dated", "Entry", "News", "PromisesView", "TimelineView", "came_key", "own_day"]
