"""What a process keeps of what it read, for as long as a stamp says that it still holds.

Whoever keeps something says what stamp it was read under, and how to read it. Threads share what is
kept, so it is replaced and never changed.
"""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")

_all: "WeakSet[Kept[Any]]" = WeakSet()  # each keeps values of a kind of its own


class Kept(Generic[Value]):
    """The last few values of one kind, each by its name and as of the stamp it was read under."""

    def __init__(self, most: int = 1):
        self.most = most
        self._values: dict[Hashable, tuple[Hashable, Value]] = {}
        _all.add(self)

    def __len__(self) -> int:
        return len(self._values)

    def get(self, stamp: Hashable, read: Callable[[], Value], name: Hashable = None) -> Value:
        """The value of a name as of a stamp; without a stamp nothing says when to read anew."""
        if stamp is None:
            return read()
        kept = self._values.get(name)
        if kept is None or kept[0] != stamp:
            kept = stamp, read()
            values = dict(self._values)
            values.pop(name, None)
            while len(values) >= self.most:
                del values[next(iter(values))]  # the one that was read first
            self._values = values | {name: kept}
        return kept[1]

    def forget(self) -> None:
        self._values = {}


def forget_all() -> None:
    """Let the process read everything anew: another database holds something else."""
    for kept in list(_all):
        kept.forget()
