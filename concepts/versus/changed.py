"""What changed in the texts of one concept, word by word: from each column to the next.

Two columns say the same thing when their statements have one key. The words are compared as the
versions of a concept are (`concepts.versions`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from concepts.versions.comparing import FieldChange
from concepts.versions.words import by_word, differ
from concepts.versus.points import NO_DIFFERENCE, Chapter, Point, Value, points_of

#: What a version says once, whatever statements it rests on.
ONCE = {"soort", "samenvatting"}


def tell_changes(chapters: Sequence[Chapter]) -> None:
    """Add to each value what its words changed of the column before it."""
    for point in points_of(chapters):
        if point.mark in NO_DIFFERENCE:
            continue
        before: dict[object, Value] = {}
        for values in point.columns:
            said = {_key(point, value): value for value in values}
            for place, value in enumerate(values):
                known = before.get(_key(point, value))
                if known and (changes := tuple(_changes(known, value))):
                    values[place] = replace(value, changes=changes)
            before = said


def _key(point: Point, value: Value) -> object:
    """What two columns know one thing by."""
    if point.kind in ONCE:
        return point.kind
    return tuple(getattr(row, "key", None) for row in value.statements)


def _changes(old: Value, new: Value) -> Iterator[FieldChange]:
    for label, before, after in zip(LABELS, _texts(old), _texts(new), strict=True):
        if before and after and differ(before, after):
            yield FieldChange(label, by_word(before, after))


#: What the texts of a value are.
LABELS = ("kop", "tekst", "toelichting")


def _texts(value: Value) -> tuple[str, str, str]:
    """The heading, where it is more than the beginning of the text, the text, and what is noted."""
    if not value.whole:
        return "", value.text, value.note
    is_beginning = value.whole.startswith(value.text.rstrip(" .…"))
    return "" if is_beginning else value.text, value.whole, value.note
