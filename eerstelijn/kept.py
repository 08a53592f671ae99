"""What a process keeps of what it read, for as long as a stamp says that it still holds.

Whoever keeps something says what stamp it was read under, and how to read it. What has no stamp is
kept for some seconds. Threads share what is kept, so it is replaced and never changed.
"""

import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")

_all: "WeakSet[Kept[Any] | Lately[Any]]" = WeakSet()  # each keeps values of a kind of its own


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


class Lately(Generic[Value]):
    """One value that may be a little old: read anew after `seconds`.

    When reading fails in one of the ways named it stays as it was, at first `empty`, and is tried
    again after `retry` seconds, so that not every reader waits for what does not answer.
    """

    def __init__(
        self,
        empty: Value,
        *,
        seconds: float,
        retry: float,
        failures: type[Exception] | tuple[type[Exception], ...],
    ):
        self.empty, self.seconds, self.retry, self.failures = empty, seconds, retry, failures
        self._kept: tuple[float, Value] = 0.0, empty
        _all.add(self)

    def get(self, read: Callable[[], Value]) -> Value:
        until, value = self._kept
        if time.monotonic() < until:
            return value
        try:
            value, seconds = read(), self.seconds
        except self.failures:
            seconds = self.retry
        self._kept = time.monotonic() + seconds, value
        return value

    def forget(self) -> None:
        self._kept = 0.0, self.empty


def forget_all() -> None:
    """Let the process read everything anew: another database holds something else."""
    for kept in list(_all):
        kept.forget()
