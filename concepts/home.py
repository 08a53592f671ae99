"""What the home page shows: the concepts by owner as on the poster, and what is worth knowing."""

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch
from django.utils import timezone
from django.views.generic import TemplateView

from concepts.asking import Who
from concepts.changes.entries import Events
from concepts.finder.rows import first, owner_names, partner_kinds, tree_of
from concepts.models import Claim, Concept, ConceptVersion, Discrepancy
from concepts.reference.changes import SUBJECTS
from eerstelijn.ordering import alphabetical
from governance.derived import present_agencies
from governance.models import CITATIONS, ChangeEvent, ChangeSubject, Tree


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


@dataclass
class Change:
    """A change in the administration, and the page that says more of what came of it."""

    event: ChangeEvent

    @property
    def url(self):
        """The page of the first that came after, else of the first that was before."""
        rows = sorted(
            self.event.subjects.all(), key=lambda row: row.side != ChangeSubject.Side.AFTER
        )
        return next((row.subject.get_absolute_url() for row in rows), "")


def latest_changes():
    """The latest changes in the administration that happened, newest first.

    Not those of areas alone; nor what was announced or is possible: that is on the pages that it
    is about, with what came of it.
    """
    bodies = ChangeSubject.objects.filter(area=None)
    happened = {"status": ChangeEvent.Status.DONE, "date_earliest__lte": timezone.localdate()}
    events = ChangeEvent.objects.filter(subjects__in=bodies, **happened).distinct()
    events = events.order_by("-date_earliest", "slug")
    return [Change(event) for event in events.prefetch_related(CITATIONS, SUBJECTS)[:5]]


def latest_entries():
    """What happened last on the site."""
    events = Events()
    return events.read(events.rows()[:5])


def board(entries):
    """What the board to all that changed says: the last of it."""
    if not entries:
        return "Nieuw, gewijzigd en weggehaald"
    latest = entries[0]
    what = latest.heading if latest.is_many else latest.title
    return f"Het laatst op {latest.day}: {what}"


class HomeView(TemplateView):
    """The entrance: search, the concepts by owner, contradictions and changes."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        entries = latest_entries()
        return super().get_context_data(
            owners=owners(),
            contradictions=contradictions(),
            changes=latest_changes(),
            entries=entries,
            changed=board(entries),
            who=Who(button="Wat vraagt men?"),
            canonical_url=self.request.build_absolute_uri("/"),
            **kwargs,
        )
