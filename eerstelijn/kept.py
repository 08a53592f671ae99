"""What a process keeps of what it read, for as long as a stamp says that it still holds.

Whoever keeps something says what stamp it was read under, and how to read it. Threads share what is
kept, so it is replaced and never changed.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from eerstelijn.underway import Making

Value = TypeVar("Value")

#: Seconds that a thread waits for another that reads the same: longer than any reading takes.
PATIENCE = 5.0

_all: "WeakSet[Kept[Any]]" = WeakSet()  # each keeps values of a kind of its own


class Kept(Generic[Value]):
    """The last few values of one kind, each by its name and as of the stamp it was read under."""

    def __init__(self, most: int = 1):
        self.most = most
        self._values: dict[Hashable, tuple[Hashable, Value]] = {}
        self._making = Making(PATIENCE)
        _all.add(self)

    def __len__(self) -> int:
        return len(self._values)

    def get(self, stamp: Hashable, read: Callable[[], Value], name: Hashable = None) -> Value:
        """The value of a name as of a stamp; without a stamp nothing says when to read anew."""
        if stamp is None:
            return read()
        kept = self._values.get(name)
        if kept is None or kept[0] != stamp:
            with self._making.alone((name, stamp)):
                kept = self._values.get(name)  # another thread may have read it meanwhile
                if kept is None or kept[0] != stamp:
                    kept = stamp, read()
                    self._keep(name, kept)
        return kept[1]

    def several(
        self,
        stamp: Hashable,
        names: Sequence[Hashable],
        read: Callable[[list[Hashable]], Mapping[Hashable, Value]],
    ) -> list[Value]:
        """The values of several names; those that are not kept are read together.

        What a reading does not give is left out.
        """
        values = dict(read(list(names))) if stamp is None else {}
        if stamp is not None:
            kept = self._values
            values = {
                name: kept[name][1] for name in names if name in kept and kept[name][0] == stamp
            }
            if lacking := [name for name in names if name not in values]:
                made = read(lacking)
                values |= made
                # What is of another stamp is not asked for again.
                rest = {name: pair for name, pair in self._values.items() if pair[0] == stamp}
                rest |= {name: (stamp, value) for name, value in made.items()}
                self._values = dict(islice(rest.items(), max(len(rest) - self.most, 0), None))
        return [values[name] for name in names if name in values]

    def last(self, name: Hashable = None) -> Value | None:
        """The value of a name as it was read last, under whatever stamp: what to compare with."""
        kept = self._values.get(name)
        return kept[1] if kept else None

    def _keep(self, name: Hashable, kept: tuple[Hashable, Value]) -> None:
        values = dict(self._values)
        values.pop(name, None)
        while len(values) >= self.most:
            del values[next(iter(values))]  # the one that was read first
        self._values = values | {name: kept}

    def forget(self) -> None:
        self._values = {}


@dataclass(frozen=True)
class Part:
    """A part of a page that is printed once under a stamp: `{% once %}` in a template."""

    kept: Kept[str]
    stamp: Hashable
    name: Hashable

    def text(self, render: Callable[[], str], *values: Hashable) -> str:
        """The part as it is with these values; `render` prints it."""
        return self.kept.get(self.stamp, render, (self.name, *values))


def forget_all() -> None:
    """Let the process read everything anew: another database holds something else."""
    for kept in list(_all):
        kept.forget()
