"""All that is dated, on one timeline; and what was promised for a date, with what became of it."""

from concepts.timeline.news import News
from concepts.timeline.views import PromisesView, TimelineView

__all__ = ["News", "PromisesView", "TimelineView"]
