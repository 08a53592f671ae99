"""What the home page shows: the concepts by owner as on the poster, and what is worth knowing.

On a day the owners are those of that day, and what is told is what was known of by then.
"""

from dataclasses import dataclass, field
from functools import partial

from django.db.models import Count, Prefetch
from django.views.generic import TemplateView

from concepts import contradictions as contradicting
from concepts.asking import Who
from concepts.finder.rows import owner_names, owner_on, partner_kinds, tree_of
from concepts.models import Claim, Concept, ConceptVersion, Discrepancy
from concepts.timeline import News
from eerstelijn.onday import began_after
from eerstelijn.ordering import alphabetical
from eerstelijn.pages.views import InFormats, KnowsDay
from governance.bodies import lines
from governance.derived import present_agencies
from governance.models import CITATIONS, Tree


@dataclass
class Owner:
    """An owner as the sources call it, with what it is called on the day, and its concepts."""

    tree: str
    name: str
    #: What is said below the name: "was Departement WVG".
    note: str = ""
    concepts: list = field(default_factory=list)

    @property
    def trees(self):
        """A tree per concept, in the order of the list, as high as the partners that it asks."""
        return [
            {"tree": self.tree, "height": partner_kinds(version), "title": version.name}
            for version in self.concepts
        ]


def owners(day=None):
    """The owners of published concepts, today or on a day, in the order of their trees."""
    name_of = partial(_on_day, day) if day else partial(_today, present_agencies())
    versions = (
        ConceptVersion.objects.published().concepts().with_card().order_by(alphabetical("name"))
    )
    groups = {}
    for version in versions:
        key = (tree_of(version, day), *name_of(version))
        groups.setdefault(key, Owner(*key)).concepts.append(version)
    order = {tree: position for position, tree in enumerate(Tree.values)}
    return sorted(groups.values(), key=lambda owner: (order[owner.tree], owner.name))


def _today(present, version):
    name, was = owner_names(owner_on(version), present)
    return name, f"was {was}" if was else ""


def _on_day(day, version):
    owner = owner_on(version, day)
    if owner is None or owner.agency is None:
        return owner_names(owner, {})[0], ""
    body = lines().body(owner.agency, day)
    if body.there is None:
        is_to_come = began_after(owner.agency.start, day)
        return owner.agency.name, f"bestond toen {'nog niet' if is_to_come else 'niet meer'}"
    if body.is_another:
        return owner.agency.name, f"toen {body.there.name}"
    return owner.agency.name, ""


def contradictions():
    """Where the sources flatly contradict each other, as the editors order it; the first few."""
    published = Concept.objects.public()
    return (
        Discrepancy.objects.filter(kind=Discrepancy.Kind.CONTRADICTION, concepts__in=published)
        .annotate(claim_count=Count("claims", distinct=True))
        .filter(claim_count__gte=2)
        .prefetch_related(
            Prefetch("claims", Claim.objects.prefetch_related(CITATIONS)),
            Prefetch("concepts", published),
        )[:4]
    )


def all_contradictions():
    """How many points the list of them holds, as the way to it says."""
    number = contradicting.number()
    return (
        "Het punt waarop de bronnen verschillen"
        if number == 1
        else (f"Alle {number} punten waarop de bronnen verschillen")
    )


class HomeView(KnowsDay, InFormats, TemplateView):
    """The entrance: search, the concepts by owner, contradictions and changes."""

    template_name = "home.html"
    day_said = "Je bekijkt de eigenaars en wat er gebeurde tot en met"
    day_after = (
        ". Sinds wanneer een concept er is, zeggen de bronnen vaak niet: alle concepten staan hier."
    )

    def respond(self):
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            owners=owners(self.stated_day),
            contradictions=contradictions(),
            all_contradictions=all_contradictions(),
            news=News.on(self.question.as_of.day),
            who=Who(button="Wat vraagt men?"),
            canonical_url=self.request.build_absolute_uri("/"),
            **kwargs,
        )
