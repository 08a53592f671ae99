"""Dutch text: what it and a reader's words have in common, and the nearest to a misspelled word."""

from eerstelijn.dutch.analysis import Analyser, fold, to_tsquery, to_tsvector
from eerstelijn.dutch.spelling import nearest, trigrams

__all__ = ["Analyser", "fold", "nearest", "to_tsquery", "to_tsvector", "trigrams"]
