"""Long work in portions, so that memory does not grow with it, and how far it got."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

from tqdm import tqdm

Row = TypeVar("Row")

#: Below this many rows nobody has time to watch.
LONG = 50


class Stream(Protocol):
    """Where a command writes."""

    def isatty(self) -> bool: ...


class Progress(Protocol):
    """Gives rows on while it tells how far they are: what they are, and what one of them is."""

    def __call__(self, rows: list[Row], what: str, unit: str) -> Iterable[Row]: ...


def portions(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows, so many at a time."""
    rest = iter(rows)
    while portion := list(islice(rest, size)):
        yield portion


def unwatched(rows: list[Row], what: str, unit: str) -> Iterable[Row]:
    """For work that nobody waits for."""
    return rows


def watched(stream: Stream) -> Progress:
    """A bar on long input, where somebody watches."""

    def progress(rows: list[Row], what: str, unit: str) -> Iterable[Row]:
        quiet = len(rows) < LONG or not stream.isatty()
        shown: Callable[..., Iterable[Row]] = tqdm
        return shown(rows, desc=what, unit=unit, disable=quiet, file=stream)

    return progress
