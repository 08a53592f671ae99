"""What a question finds, sorted by how strongly it asks, and what of it asks nothing any more.

All of this follows from what the process keeps, so that a page reads no more than it shows.
"""

import enum
from collections.abc import Iterable
from typing import Any

from concepts.finder.chosen import Chosen
from concepts.finder.over import Ended
from concepts.models import ASKING_ROLES, OBLIGING_ROLES
from concepts.places.reaching import Everywhere
from eerstelijn.dates import Holds, held_between


class Kind(enum.Enum):
    """How strongly a concept asks, the strongest first; the value heads a group of them."""

    MUST = "Dit moet"
    INVITED = "Hier nodigt men je uit"
    HELPS = "Hier help je of verwijs je"

    @classmethod
    def of(cls, roles: Iterable[str]) -> "Kind":
        """What several roles in one concept come to."""
        roles = set(roles)
        if not roles.isdisjoint(OBLIGING_ROLES):
            return cls.MUST
        return cls.HELPS if roles.isdisjoint(ASKING_ROLES) else cls.INVITED


class Sorted:
    """The concepts that a question finds, as keys of versions in the order of the finder.

    `by_kind` are those that ask something, each under what they come to; `over` those that ask
    nothing any more.
    """

    def __init__(self, filterset: Any, known: Everywhere):
        self.filterset = filterset
        self.chosen = Chosen.of(filterset)
        self.by_kind: dict[Kind, list[int]] = {kind: [] for kind in Kind}
        self.over: list[int] = []
        self._known = known
        ended = Ended(filterset)
        for key in filterset.keys(0, filterset.number_found):
            concept = known.by_version.get(key)
            if concept is None:
                continue  # published since what is kept was read
            asks = [ask for ask in concept.asks if self._is_chosen(ask)]
            roles = [ask.role for ask in asks if held_between(*ask.days, ended.day) is not Holds.NO]
            if concept in ended or (asks and not roles):
                self.over.append(key)
            else:
                self.by_kind[Kind.of(roles)].append(key)

    def _is_chosen(self, ask: Any) -> bool:
        return self.chosen.names(self._known.partners[ask.partner], ask.role)

    @property
    def keys(self) -> list[int]:
        """All that asks something, what obliges first."""
        return [key for keys in self.by_kind.values() for key in keys]

    @property
    def asking(self) -> set[int]:
        """The same without what only lets a partner help."""
        return {*self.by_kind[Kind.MUST], *self.by_kind[Kind.INVITED]}

    def number(self, kind: Kind) -> int:
        return len(self.by_kind[kind])
