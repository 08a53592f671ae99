"""How a line looks: as thick as the role is strong. The table beside it says the role in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from concepts.models import ASKING_ROLES, Role
from concepts.network.network import Edge


@dataclass(frozen=True)
class Style:
    """A class of network.css, and what the legend says of it."""

    name: str
    meaning: str


OWNS = Style("owns", "van wie het is")
LEADS = Style("leads", "leidt: regie, voorzitter of coördinatie")
MUST = Style("must", "verplicht of minstens")
JOINS = Style("joins", "deelnemer, aanbieder of oprichter")
PROJECT = Style("project", "projecthouder")
HELPS = Style("helps", "ondersteunt, onderzoekt of verwijst door: dat vraagt niets")
#: In the order of the legend.
STYLES = (OWNS, LEADS, MUST, JOINS, PROJECT, HELPS)
BY_ROLE = {
    Role.DIRECTION: LEADS,
    Role.CHAIR: LEADS,
    Role.COORDINATION: LEADS,
    Role.REQUIRED: MUST,
    Role.PROJECT_HOLDER: PROJECT,
}


def style_of(edge: Edge) -> Style:
    """How the line of a statement looks."""
    if not edge.role:
        return OWNS
    return BY_ROLE.get(Role(edge.role), JOINS if edge.role in ASKING_ROLES else HELPS)


def legend(edges: Iterable[Edge]) -> list[Style]:
    """The styles that these lines have."""
    shown = {style_of(edge) for edge in edges}
    return [style for style in STYLES if style in shown]
