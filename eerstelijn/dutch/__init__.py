"""Dutch text: what it and a reader's words have in common, and the nearest to a misspelled word."""

from eerstelijn.dutch.analysis import Analyser, to_tsquery, to_tsvector
from eerstelijn.dutch.spelling import akin, nearest, trigrams
from eerstelijn.dutch.words import STOP_WORDS, fold, read_words, stem, words_of_name

__all__ = [
    "STOP_WORDS",
    "Analyser",
    "akin",
    "fold",
    "nearest",
    "read_words",
    "stem",
    "to_tsquery",
    "to_tsvector",
    "trigrams",
    "words_of_name",
]
