"""The lettering of a map: names that do not touch each other, and a sign at the chosen place.

Text on a drawing shrinks with it, so a map carries its lettering once for each of `SIZES`, in units
of the drawing, and the stylesheet shows the one that is legible at the width at hand. The larger
the letters, the fewer names find room. No font is known here: a reader may have any, so widths are
those of the broadest that is common (DejaVu Sans, on many a Linux), and in others names lie apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

#: Letters for a drawing on a wide column, a narrower one and a phone. Each is at least 13 pixels
#: high from the width on at which the stylesheet shows it (`.map` in site.css).
SIZES = {"wide": 16, "middle": 22, "narrow": 30}

#: How broad bold letters are, in their size; the others are UPPER or LOWER.
WIDTHS = {
    letter: width
    for width, letters in (
        (0.38, "ijl '’."),
        (0.5, "frtIJ-()"),
        (0.6, "csz"),
        (0.7, "aekovxy0123456789"),
        (1.05, "mwM"),
        (1.11, "W"),
    )
    for letter in letters
}
UPPER, LOWER = 0.85, 0.72


class Box(NamedTuple):
    """A rectangle on the drawing; `y` grows downward."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


class Dot(NamedTuple):
    """A municipality as a circle on the drawing: its middle, its radius and its name."""

    cx: int
    cy: int
    r: int
    title: str
    url: str = ""


@dataclass(frozen=True)
class Label:
    """A text whose middle stands at `x`, and the ground that it takes."""

    text: str
    x: int
    y: int
    box: Box


@dataclass(frozen=True)
class Sign:
    """A board with a name, on a pole that stands on the chosen place, or hangs from it."""

    text: str
    x: int
    y: int
    board: Box
    pole: Box
    points_left: bool
    tip: int


@dataclass(frozen=True)
class Lettering:
    """All text on a map for one width of it."""

    name: str
    size: int
    labels: list[Label]
    sign: Sign | None = None


def width_of(text: str, size: int) -> float:
    """The width of a text in bold letters, at most."""
    return size * sum(WIDTHS.get(letter, UPPER if letter.isupper() else LOWER) for letter in text)


def label(text: str, x: float, y: float, size: int) -> Label:
    """A label with its middle at a point; capitals are some 0.7 high, so the line stands lower."""
    half = width_of(text, size) / 2
    return Label(
        text,
        round(x),
        round(y + 0.35 * size),
        Box(x - half, y - 0.5 * size, x + half, y + 0.6 * size),
    )


def sign(text: str, dot: Dot, size: int, frame: Box, important: Iterable[Dot] = ()) -> Sign:
    """The sign at a dot: above it to the right, unless it would leave the frame there.

    Of the places with room it takes the one that covers the fewest of the `important` dots.
    """
    tip = round(0.6 * size)
    width = round(width_of(text, size) + 0.5 * size + tip)
    height = round(1.6 * size)
    gap = dot.r + 18
    lefts = [(dot.cx - 2, False), (dot.cx + 2 - width, True)]
    middle = min(max(dot.cx - width / 2, frame.left), frame.right - width)
    tops = (dot.cy - gap - height, dot.cy + gap)
    options = [
        (Box(round(left), round(top), round(left) + width, round(top) + height), points_left)
        for top in tops
        for left, points_left in (*lefts, (middle, False))
    ]
    # Sideways before upside down, and off its pole last.
    costs = [0, 1, 4, 3, 4, 6]
    squares = [square(other) for other in important]
    fitting = [
        (cost + sum(map(board.meets, squares)) / 2, place)
        for place, (cost, (board, _)) in enumerate(zip(costs, options, strict=True))
        if frame.holds(board)
    ]
    board, points_left = options[min(fitting, default=(0, 0))[1]]
    above = board.top < dot.cy
    pole = Box(
        dot.cx - 2,
        board.top if above else dot.cy + dot.r,
        dot.cx + 2,
        dot.cy - dot.r if above else board.bottom,
    )
    shift = tip / 2 * (1 if points_left else -1)
    return Sign(
        text,
        round((board.left + board.right) / 2 + shift),
        round((board.top + board.bottom) / 2 + 0.35 * size),
        board,
        pole,
        points_left,
        tip,
    )


def square(dot: Dot) -> Box:
    """The smallest square around a circle."""
    return Box(dot.cx - dot.r, dot.cy - dot.r, dot.cx + dot.r, dot.cy + dot.r)


def names(
    dots: Iterable[Dot],
    size: int,
    frame: Box,
    taken: Iterable[Box] = (),
    important: Iterable[Dot] = (),
) -> list[Label]:
    """The names of dots, the most wanted first; a name without room is left out.

    A name stands on its dot, or as close above or below it as hides the fewest `important` dots.
    """
    taken = list(taken)
    labels: list[Label] = []
    squares = [square(dot) for dot in important]
    for dot in dots:
        half = min(width_of(dot.title, size) / 2, (frame.right - frame.left) / 2)
        x = min(max(dot.cx, frame.left + half), frame.right - half)
        best, fewest = None, len(squares) + 1
        for shift in (0, -0.5, 0.5, -0.9, 0.9):
            given = label(dot.title, x, dot.cy + shift * size, size)
            if _has_room(given, size, frame, taken):
                hidden = sum(map(given.box.meets, squares))
                if hidden < fewest:
                    best, fewest = given, hidden
                if not hidden:
                    break
        if best:
            labels.append(best)
            taken.append(best.box)
    return labels


def numbers(
    groups: Iterable[tuple[int, Sequence[Dot]]], size: int, frame: Box, taken: Iterable[Box] = ()
) -> list[Label]:
    """A number on each group of dots, as much in its middle as the other numbers leave room for."""
    taken = list(taken)
    labels: list[Label] = []
    for number, dots in groups:
        for x, y in _spots(dots):
            given = label(str(number), x, y, size)
            if _has_room(given, size, frame, taken):
                labels.append(given)
                taken.append(given.box)
                break
    return labels


def _spots(dots: Sequence[Dot]) -> Iterator[tuple[float, float]]:
    """Points on some dots: the middle of the most central one first, beside their middles last."""
    if not dots:
        return
    x = sum(dot.cx for dot in dots) / len(dots)
    y = sum(dot.cy for dot in dots) / len(dots)
    nearest = sorted(dots, key=lambda dot: (dot.cx - x) ** 2 + (dot.cy - y) ** 2)
    for across, down in ((0, 0), (-0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7)):
        for dot in nearest:
            yield dot.cx + across * dot.r, dot.cy + down * dot.r


def _has_room(given: Label, size: int, frame: Box, taken: Iterable[Box]) -> bool:
    around = given.box.grown(0.1 * size)
    return frame.holds(given.box) and not any(around.meets(box) for box in taken)
