"""Where the sources contradict each other, stay silent or were overtaken, on one page."""

from concepts.contradictions.page import number, readable
from concepts.contradictions.views import ContradictionsView

__all__ = ["ContradictionsView", "number", "readable"]
