"""What the home page shows: the concepts by owner as on the poster, and what is worth knowing."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from concepts.models import Claim, Concept, ConceptVersion, Discrepancy
from concepts.rows import first, owner_names, tree_of
from eerstelijn.ordering import alphabetical
from governance.lines import present_agencies
from governance.models import ChangeEvent, Tree
from governance.pages import CITATIONS


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


def contradictions():
    """Where the two sources of SAM contradict each other, with both claims; the first few."""
    published = Concept.objects.public()
    return (
        Discrepancy.objects.filter(kind=Discrepancy.Kind.CONTRADICTION, concepts__in=published)
        .prefetch_related(
            Prefetch("claims", Claim.objects.prefetch_related("citations__source")),
            Prefetch("concepts", published.with_title()),
        )
        .distinct()[:3]
    )


def latest_changes():
    """The latest changes in the administration, newest first."""
    return ChangeEvent.objects.order_by("-date_earliest", "slug").prefetch_related(CITATIONS)[:5]


def latest_versions():
    """What was published last."""
    versions = ConceptVersion.objects.published().select_related("concept")
    return versions.order_by("-published_at", alphabetical("name"))[:5]
