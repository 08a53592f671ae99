"""Two texts word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

#: A word with the spaces behind it, or the end of lines: a new line in a text is a difference,
#: another number of spaces is none.
TOKEN = re.compile(r"[^\S\n]*\n\s*|\S+[^\S\n]*")
#: How many words stay in view beside a change, and how many of a text in which nothing changed.
BESIDE, ALONE = 12, 40
CUT = "…"


class Mark(StrEnum):
    """What became of a piece, as readers are told it."""

    SAME = ""
    GONE = "weg"
    NEW = "nieuw"


@dataclass(frozen=True)
class Piece:
    text: str
    mark: Mark = Mark.SAME

    @property
    def is_gone(self) -> bool:
        return self.mark is Mark.GONE

    @property
    def is_new(self) -> bool:
        return self.mark is Mark.NEW


def by_word(before: str, after: str) -> tuple[Piece, ...]:
    """The second text, with what went of the first in between."""
    old, new = (TOKEN.findall(text.strip()) for text in (before, after))
    pieces = []
    # Of long texts difflib leaves common words for what follows from the others: without that,
    # two texts of one word, repeated, would take minutes.
    changes = SequenceMatcher(None, _plain(old), _plain(new)).get_opcodes()
    for change, old_from, old_to, new_from, new_to in changes:
        if change == "equal":
            pieces.append(Piece("".join(new[new_from:new_to])))
            continue
        if old_from < old_to:
            pieces.append(Piece("".join(old[old_from:old_to]), Mark.GONE))
        if new_from < new_to:
            pieces.append(Piece("".join(new[new_from:new_to]), Mark.NEW))
    return tuple(pieces)


def _plain(tokens: Sequence[str]) -> list[str]:
    """What is compared of words: not the spaces behind them."""
    return [token.strip() or "\n" for token in tokens]


def differ(before: str, after: str) -> bool:
    """Whether a reader sees a difference."""
    old, new = (_plain(TOKEN.findall(text.strip())) for text in (before, after))
    return old != new


def in_short(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The changes, each with some words around it; the rest of a long text is cut out."""
    return tuple(_cut(pieces))


def _cut(pieces: Sequence[Piece]) -> Iterator[Piece]:
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        tokens = TOKEN.findall(piece.text)
        head = ALONE if last == 0 else BESIDE if place else 0
        tail = BESIDE if place < last else 0
        if piece.mark or len(tokens) <= head + tail + BESIDE:
            yield piece
        else:
            kept = [*tokens[:head], f"{CUT} ", *tokens[len(tokens) - tail :]]
            yield Piece("".join(kept))


def lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces by line of text, as a page shows them: with a space between any two."""
    broken = [
        (piece.mark, part) for piece in pieces for part in re.split(r"(\n\s*)", piece.text) if part
    ]
    return [
        [Piece(text.strip(), mark) for mark, text in line]
        for is_break, line in groupby(broken, key=lambda each: not each[1].strip())
        if not is_break
    ]
