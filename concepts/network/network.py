"""Owners, concepts and partners, and the statements that link them.

A line is one statement: an ownership leads from an owner to a concept, a participation from a
concept to a partner. Nothing is put together or weighed.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from concepts.finder.forest import SHRUB, with_tree
from concepts.finder.rows import ROLE_ORDER
from concepts.models import ConceptVersion, Ownership, Participation, Role, Standing
from concepts.network.focus import BODY, CONCEPT, DOMAIN, PARTNER, Focus
from eerstelijn.dates import valid_on
from governance.derived import present_agencies
from governance.models import BROAD, Tree

TREE_ORDER = {tree: place for place, tree in enumerate(Tree.values)}


@dataclass(frozen=True)
class Node:
    """An owner, a concept or a partner, by the name that readers know it by."""

    kind: str
    slug: str
    name: str
    url: str
    #: The species of the owner; of a partner none.
    tree: str = ""
    #: What stands below the name: "was Departement WVG", or "voorbij".
    note: str = ""

    @property
    def key(self) -> str:
        """As an address writes it. A body that several former ones went on in is several nodes
        with one key: each has its own tree."""
        return f"{self.kind}:{self.slug}"


@dataclass(frozen=True)
class Edge:
    """A statement as a line; `url` is where the page of the concept says it, with its sources."""

    source: Node
    target: Node
    #: `eigenaar` or `deelname`.
    kind: str
    #: The role of a partner; of an owner none.
    role: str
    url: str

    @property
    def concept(self) -> Node:
        return self.target if self.kind == Ownership.data_name else self.source

    @property
    def other(self) -> Node:
        """The owner or the partner."""
        return self.source if self.kind == Ownership.data_name else self.target

    @property
    def label(self) -> str:
        return str(Role(self.role).label) if self.role else self.kind


@dataclass
class Network:
    """The concepts, by owner, and every line of each: the owners first, then the strongest role."""

    concepts: list[Node]
    edges: list[Edge]

    @property
    def owners(self) -> list[Node]:
        """Each once, in the order of the concepts."""
        return _each_once(edge.source for edge in self.edges if not edge.role)

    @property
    def partners(self) -> list[Node]:
        """Each once, in the order of the concepts that name it."""
        return _each_once(edge.target for edge in self.edges if edge.role)

    def lines_of(self, focus: Focus | None) -> list[Edge]:
        """The lines that stand out; without a focus all.

        Those that touch it, and through each concept that they touch those on the other side: of
        a partner the owners of the concepts that name it, of an owner what its concepts name.
        """
        if not focus:
            return self.edges
        key = str(focus)
        touching = [edge for edge in self.edges if key in (edge.source.key, edge.target.key)]
        if focus.kind == CONCEPT:
            return touching
        touched, near = {edge.concept for edge in touching}, set(touching)
        side = PARTNER if focus.kind == PARTNER else BODY
        return [
            edge
            for edge in self.edges
            if edge in near or (edge.concept in touched and bool(edge.role) != (side == PARTNER))
        ]


def _each_once(nodes: Iterable[Node]) -> list[Node]:
    return list(dict.fromkeys(nodes))


def read(keys: Sequence[int], day: dt.date | None, is_of_another_day: bool) -> Network:
    """The network of these versions; of another day nobody says how they stood.

    Five queries at most, however many versions.
    """
    concepts = dict(_concepts(keys, day, is_of_another_day))
    said: dict[int, list[Edge]] = {pk: [] for pk in concepts}
    present = {} if is_of_another_day else present_agencies()
    for row in _statements(Ownership, keys, day).select_related("agency", "policy_domain"):
        concept = concepts[row.version_id]
        said[row.version_id].append(_edge(row, owner_node(row, present), concept, concept))
    taking_part = _statements(Participation, keys, day).select_related("partner")
    for row in sorted(taking_part, key=lambda row: ROLE_ORDER[row.role]):
        concept = concepts[row.version_id]
        said[row.version_id].append(_edge(row, concept, partner_node(row.partner), concept))
    place = {pk: position for position, pk in enumerate(keys)}
    order = sorted(concepts, key=lambda pk: (*_owner_order(concepts[pk], said[pk]), place[pk]))
    return Network([concepts[pk] for pk in order], [edge for pk in order for edge in said[pk]])


def _statements(model: Any, keys: Sequence[int], day: dt.date | None) -> Any:
    """What held on the day, today without one: who owned or did it once is no line."""
    rows = model.objects.filter(version__in=keys).order_by("position", "key")
    return rows.filter(valid_on(day or dt.date.today()))


def _concepts(
    keys: Sequence[int], day: dt.date | None, is_of_another_day: bool
) -> Iterator[tuple[int, Node]]:
    versions = with_tree(ConceptVersion.objects.filter(pk__in=keys), day).select_related("concept")
    over: set[int] = set()
    if not is_of_another_day:
        ended = Standing.objects.filter(version__in=keys, state=Standing.State.ENDED)
        over = set(ended.order_by().values_list("version", flat=True))
    for version in versions:
        yield (
            version.pk,
            Node(
                CONCEPT,
                version.concept.slug,
                version.name,
                version.get_absolute_url(),
                version.tree or SHRUB,
                "voorbij" if version.pk in over else "",
            ),
        )


def owner_node(row: Ownership, present: dict[int, Any]) -> Node:
    """The body as it is called today, with what the source calls it; or the policy domain."""
    if row.agency is None:
        domain = row.policy_domain
        name = capfirst(row.wording or domain.name)
        return Node(DOMAIN, domain.slug, name, domain.get_absolute_url(), domain.tree)
    today = present.get(row.agency_id, row.agency)
    note = "" if today == row.agency else f"was {row.agency.name}"
    url = today.get_absolute_url()
    return Node(BODY, today.slug, capfirst(today.name), url, row.agency.tree, note)


def partner_node(partner: Any) -> Node:
    note = BROAD if partner.is_broad else ""
    url = partner.get_absolute_url()
    return Node(PARTNER, partner.slug, capfirst(partner.name), url, note=note)


def _edge(row: Any, source: Node, target: Node, concept: Node) -> Edge:
    url = f"{concept.url}#{row.data_name}-{row.key}"
    return Edge(source, target, row.data_name, getattr(row, "role", ""), url)


def _owner_order(concept: Node, said: Sequence[Edge]) -> tuple[int, str, str]:
    owner = next((edge.source for edge in said if not edge.role), None)
    return TREE_ORDER[concept.tree], *((owner.name, owner.note) if owner else ("", ""))
