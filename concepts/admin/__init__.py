"""The desks for what is described, split by noun."""

from concepts.admin import concepts, tocheck, versions, words

__all__ = ["concepts", "tocheck", "versions", "words"]
