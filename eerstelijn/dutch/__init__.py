"""Dutch text: what it and a reader's words have in common, and the nearest to a misspelled word."""

from eerstelijn.dutch.analysis import Analyser, to_tsquery, to_tsvector
from eerstelijn.dutch.spelling import akin, nearest, trigrams
from eerstelijn.dutch.words import fold

__all__ = ["Analyser", "akin", "fold", "nearest", "to_tsquery", "to_tsvector", "trigrams"]
