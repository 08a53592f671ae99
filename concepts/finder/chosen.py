"""Which participations a question is about: of the partners, types and roles that it names."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from concepts.models import Participation
from eerstelijn.dates import Holds
from governance.models import Partner


@dataclass(frozen=True)
class Chosen:
    """The partners and types that were asked for, by key, and the roles; a role alone is anyone's.

    Where a day was asked for, only what held on it.
    """

    partners: frozenset[int]
    types: frozenset[int]
    roles: frozenset[str]
    day: dt.date | None

    @classmethod
    def of(cls, filterset: Any) -> "Chosen":
        active = filterset.active
        partners, types = (
            frozenset(int(option.pk) for option in active.get(key, ()))
            for key in ("partner", "partnertype")
        )
        roles = frozenset(option.value for option in active.get("rol", ()))
        return cls(partners, types, roles, filterset.stated_day)

    def names(self, partner: Partner, role: str) -> bool:
        """Whether that partner was asked for, in that role."""
        is_asked = partner.pk in self.partners or partner.type_id in self.types
        is_anyone = bool(self.roles) and not (self.partners or self.types)
        return (is_asked or is_anyone) and (role in self.roles if self.roles else is_asked)

    def includes(self, row: Participation) -> bool:
        """Whether a participation is one that was asked for."""
        if self.day and row.holds_on(self.day) is Holds.NO:
            return False
        return self.names(row.partner, row.role)
