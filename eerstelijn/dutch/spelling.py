"""Typing mistakes: the word that occurs nearest to one that does not."""

from collections.abc import Iterable
from functools import lru_cache

from eerstelijn.dutch.words import MAX_TOKEN, fold


def trigrams(word: str) -> set[str]:
    """Cut a word into trigrams as pg_trgm does, so that a database can preselect by overlap."""
    padded = f"  {fold(word)} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


@lru_cache(maxsize=5_000)
def _spelling(word: str) -> tuple[str, frozenset[str]]:
    """Give a word as it is compared, with its trigrams."""
    return fold(word), frozenset(trigrams(word))


def nearest(word: str, vocabulary: Iterable[str], threshold: float = 0.4) -> str | None:
    """Find the word that a reader probably meant, or nothing where it would be a guess."""
    word = fold(word)[:MAX_TOKEN]
    own, allowed = trigrams(word), 1 if len(word) < 8 else max(2, len(word) // 5)
    found = []
    for candidate in vocabulary:
        spelled, others = _spelling(candidate)
        if len(word) > 2 and abs(len(spelled) - len(word)) <= allowed:
            likeness = len(own & others) / len(own | others)
            if likeness >= threshold or (len(word) < 8 and word[0] == spelled[0]):
                found.append((_edits(word, spelled), -likeness, candidate))
    return min([hit for hit in found if hit[0] <= allowed], default=(0, 0, None))[2]


def akin(word: str, vocabulary: Iterable[str]) -> str | None:
    """Find the shortest word with the same long beginning: advocaat and advocatuur."""
    word = fold(word)[:MAX_TOKEN]
    opening = word[: max(6, len(word) * 3 // 4)]
    if len(word) <= 6:
        return None
    found = [candidate for candidate in vocabulary if fold(candidate).startswith(opening)]
    return min(found, key=lambda candidate: (len(candidate), candidate), default=None)


def _edits(one: str, other: str) -> int:
    """Count the letters added, dropped, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
            if i > 1 and j > 1 and (a, one[i - 2]) == (other[j - 2], b):
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]
