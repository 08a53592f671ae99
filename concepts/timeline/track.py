"""Where a promise stands on a scale of years: what is drawn of it, in units of the drawing.

The upper lane holds the promise: a ring at the last day that it can mean, and a bar from the first
to there. The lower lane holds what happened. Silence is a dotted line from the ring to the day.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from eerstelijn.dates import SourceDate

#: The width of a drawing, and the room for a ring at both of its ends.
WIDTH, EDGE = 360, 12
#: How many years before the day a scale may begin: a promise of before ends in an arrow.
MOST_YEARS = 8
UPPER, LOWER = 12, 27


@dataclass(frozen=True)
class Scale:
    """From the first of January of one year to that of another."""

    width: ClassVar[int] = WIDTH
    edge: ClassVar[int] = EDGE

    first: int
    last: int
    day: dt.date

    @classmethod
    def around(cls, day: dt.date, days: Sequence[dt.date]) -> "Scale":
        """From the year of the first of some days, as far as there is room, to the next year."""
        first = min([day.year, *(each.year for each in days)])
        return cls(max(first, day.year - MOST_YEARS, 1), min(day.year + 1, 9999), day)

    def x(self, day: dt.date) -> float:
        """Where a day stands, also beyond an end."""
        start, end = dt.date(self.first, 1, 1), dt.date(self.last, 1, 1)
        part = (day - start).days / max((end - start).days, 1)
        return round(EDGE + part * (WIDTH - 2 * EDGE), 1)

    @property
    def years(self) -> list[tuple[str, float]]:
        """Each line with its year."""
        return [(str(y), self.x(dt.date(y, 1, 1))) for y in range(self.first, self.last + 1)]

    @property
    def line(self) -> float:
        """Where the day itself stands."""
        return self.x(self.day)


@dataclass(frozen=True)
class Track:
    """What is drawn of one promise; a place is None where nothing is."""

    upper: ClassVar[int] = UPPER
    lower: ClassVar[int] = LOWER

    scale: Scale
    bar: tuple[float, float] | None = None
    ring: float | None = None
    disc: float | None = None
    #: The dotted line of silence, to the day.
    silence: tuple[float, float] | None = None
    #: The promise lies before the first year, or after the last one.
    arrow: str = ""

    @classmethod
    def of(
        cls,
        scale: Scale,
        promised: SourceDate,
        real: SourceDate | None = None,
        silent_until: dt.date | None = None,
    ) -> "Track":
        last = promised.latest or promised.earliest
        if last is None:
            return cls(scale)
        ring = scale.x(last)
        start = scale.x(promised.earliest or last)
        happened = real and (real.latest or real.earliest)
        return cls(
            scale,
            bar=(max(start, EDGE), min(ring, WIDTH - EDGE)) if _is_within(ring, start) else None,
            ring=ring if EDGE <= ring <= WIDTH - EDGE else None,
            disc=min(max(scale.x(happened), EDGE), WIDTH - EDGE) if happened else None,
            silence=(max(ring, EDGE), scale.x(silent_until)) if silent_until else None,
            arrow="before" if ring < EDGE else "after" if ring > WIDTH - EDGE else "",
        )


def _is_within(ring: float, start: float) -> bool:
    """Whether a range is wide enough to see, and on the scale."""
    return ring - start > 5 and ring >= EDGE and start <= WIDTH - EDGE
