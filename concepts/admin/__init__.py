"""The desks for what is described, split by noun."""

from concepts.admin import concepts, versions, words

__all__ = ["concepts", "versions", "words"]
