"""A service that merges, gets another name, is replaced, splits, hands over tasks or ends."""

from governance.succession.carrying_out import Changed, carry_out, free_slug
from governance.succession.changes import ServiceChange, same_change
from governance.succession.kinds import HANDED_OVER, KINDS, Kind
from governance.succession.touching import DIVISIONS, PARTNERS, TASKS, Row, Touching, desk_url

__all__ = [
    "DIVISIONS",
    "HANDED_OVER",
    "KINDS",
    "PARTNERS",
    "TASKS",
    "Changed",
    "Kind",
    "Row",
    "ServiceChange",
    "Touching",
    "carry_out",
    "desk_url",
    "free_slug",
    "same_change",
]
