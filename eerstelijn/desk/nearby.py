"""A name or number that nearly exists already: said after saving, and never a reason to refuse.

Two names nearly are the same where `eerstelijn.dutch.nearest` takes one for a misspelling of the
other, or where they differ in capitals, accents, signs and spaces only. Two numbers (of an act, of
a municipality) nearly are where they differ in signs only, or in two neighbours that changed
places: other numbers lie close together by nature.
"""

import re
from collections.abc import Iterable

from eerstelijn.dutch import fold, nearest


def nearly(text: str, others: Iterable[str]) -> str | None:
    """The one of some other texts that a text nearly is; None where none is."""
    own, taken = _letters(text), [other for other in others if other]
    if len(own) < 2:
        return None
    if same := next((other for other in taken if _letters(other) == own), None):
        return same
    if own.isdigit() or _is_number(text):
        return next((other for other in taken if _swapped(own, _letters(other))), None)
    by_spelling = {fold(other): other for other in taken if not _is_number(other)}
    found = nearest(text, by_spelling) if len(own) > 3 else None
    return by_spelling[found] if found else None


def _letters(text: str) -> str:
    """A text as it is compared: small letters and digits only."""
    return re.sub(r"[\W_]+", "", fold(text))


def _is_number(text: str) -> bool:
    """Whether a text is mostly digits: a NIS code, a numac, an ELI."""
    letters = _letters(text)
    return sum(map(str.isdigit, letters)) * 2 > len(letters)


def _swapped(one: str, other: str) -> bool:
    """Whether two texts differ in two neighbours that changed places, and in nothing else."""
    if len(one) != len(other):
        return False
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) != 2 or apart[1] - apart[0] != 1:
        return False
    first, second = apart
    return one[first] == other[second] and one[second] == other[first]
