"""Concepts beside each other, or one beside itself on other days or in other versions."""

from concepts.versus.printed import printed_row
from concepts.versus.views import VersusView

__all__ = ["VersusView", "printed_row"]
