"""What the home page shows: the concepts by owner as on the poster, and what is worth knowing."""

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch
from django.views.generic import TemplateView

from concepts import contradictions as contradicting
from concepts.asking import Who
from concepts.finder.rows import first, owner_names, partner_kinds, tree_of
from concepts.models import Claim, Concept, ConceptVersion, Discrepancy
from concepts.timeline import News
from eerstelijn.ordering import alphabetical
from governance.derived import present_agencies
from governance.models import CITATIONS, Tree


@dataclass
class Owner:
    """An owner today, with the name in the sources where that was another, and its concepts."""

    tree: str
    name: str
    was: str
    concepts: list = field(default_factory=list)

    @property
    def trees(self):
        """A tree per concept, in the order of the list, as high as the partners that it asks."""
        return [
            {"tree": self.tree, "height": partner_kinds(version), "title": version.name}
            for version in self.concepts
        ]


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
    """Where the sources flatly contradict each other, one against one; the first few."""
    published = Concept.objects.public()
    return (
        Discrepancy.objects.filter(kind=Discrepancy.Kind.CONTRADICTION, concepts__in=published)
        .annotate(claim_count=Count("claims", distinct=True))
        .filter(claim_count=2)
        .prefetch_related(
            Prefetch("claims", Claim.objects.prefetch_related(CITATIONS)),
            Prefetch("concepts", published),
        )[:4]
    )


def all_contradictions():
    """How many points the list of them holds, as the way to it says."""
    flat, others = contradicting.numbers()
    said = "De tegenspraak" if flat == 1 else f"Alle {flat} tegenspraken"
    if not others:
        return said
    noun = "kanttekening" if others == 1 else "kanttekeningen"
    return f"{said}, en {others} {noun}" if flat else f"Alle {others} {noun}"


class HomeView(TemplateView):
    """The entrance: search, the concepts by owner, contradictions and changes."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            owners=owners(),
            contradictions=contradictions(),
            all_contradictions=all_contradictions(),
            news=News.of_today(),
            who=Who(button="Wat vraagt men?"),
            canonical_url=self.request.build_absolute_uri("/"),
            **kwargs,
        )
