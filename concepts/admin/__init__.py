"""The desks for what is described, split by noun."""

from concepts.admin import concepts, tabs, tocheck, versions, words

__all__ = ["concepts", "tabs", "tocheck", "versions", "words"]
