"""The concepts by owner, as the poster shows them: one group per service, in the poster's order."""

from dataclasses import dataclass, field

from concepts.models import ConceptVersion
from concepts.rows import first, owner_names, tree_of
from eerstelijn.ordering import alphabetical
from governance.lines import present_agencies
from governance.models import Tree


@dataclass
class Owner:
    """An owner today, with the name in the sources where that was another, and its concepts."""

    tree: str
    name: str
    was: str
    concepts: list = field(default_factory=list)


def owners():
    """The owners of published concepts, in the order of their trees."""
    present = present_agencies()
    versions = (
        ConceptVersion.objects.published().concepts().with_card().order_by(alphabetical("name"))
    )
    groups = {}
    for version in versions:
        owner = first(version.ownerships.all())
        name, was = owner_names(owner, present)
        key = (tree_of(version), name, was)
        groups.setdefault(key, Owner(*key)).concepts.append(version)
    order = {tree: position for position, tree in enumerate(Tree.values)}
    return sorted(groups.values(), key=lambda owner: (order[owner.tree], owner.name))
