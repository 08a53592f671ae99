"""The editors' desk of this site: its start page, lists of work and menu, and how search follows
what editors save."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone

from concepts import fixtures, touched
from concepts.archive import archive
from concepts.models import SearchEntry
from concepts.search import everywhere, index
from concepts.touching import ACTS, ALIASES, AREAS, CONCEPTS, PLACED
from concepts.work.my_work import MyWork
from concepts.work.queue_page import QueuePage
from concepts.work.undoing import UndoPage
from eerstelijn.desk.menu import MenuGroup
from eerstelijn.desk.site import Desk
from governance.succession import DIVISIONS, PARTNERS, TASKS


class ConceptsDesk(Desk):
    """The desk that tells search, in the transaction of each save."""

    menu = (
        MenuGroup("Elke dag", "concept conceptversion source partner agency decree citation"),
        MenuGroup("Bij een verandering", changes_of="agency coveragearea"),
        MenuGroup("Bronnen en tegenspraken", "discrepancy report lostlink tocheck", is_fold=True),
        MenuGroup("Woorden", "term alias targetgroup wordpart oldslug", is_fold=True),
        MenuGroup(
            "Overheid en gebieden",
            "coveragearea changeevent policydomain partnertype areakind areamembership",
            is_fold=True,
        ),
        MenuGroup("Wie deed wat", "review loginevent", is_fold=True),
        MenuGroup("Accounts", "user group", is_fold=True),
    )
    menu_labels = {"decree": "Regelgeving"}
    menu_new = {
        "concept": "Concept",
        "source": "Bron",
        "partner": "Partner",
        "agency": "Dienst",
        "decree": "Regelgeving",
        "coveragearea": "Gebied",
        "discrepancy": "Tegenspraak",
    }

    index_title = "Mijn werk"
    touching = (CONCEPTS, DIVISIONS, TASKS, PARTNERS, ALIASES, ACTS, AREAS)
    touching_places = (PLACED,)

    def index(self, request, extra_context=None):
        return super().index(request, {"work": MyWork(request.user), **(extra_context or {})})

    def get_urls(self):
        views = QueuePage(self).view, UndoPage(self).view, self.archive_view
        queue, undo, whole = map(self.admin_view, views)
        return [
            path("nazicht-ongedaan/", undo, name="review_undo"),
            path("lijst/<slug:name>/", queue, name="queue"),
            path("alles.zip", whole, name="archive"),
            *super().get_urls(),
        ]

    # All content as one file

    @property
    def archive_url(self):
        return reverse("admin:archive")

    def archive_view(self, request):
        """For whoever may see every kind of record: it holds working copies too."""
        kinds = (model._meta for model in fixtures.models())
        if not all(request.user.has_perm(f"{o.app_label}.view_{o.model_name}") for o in kinds):
            raise PermissionDenied
        response = HttpResponse(archive(), content_type="application/zip")
        name = f"wegwijzer-{timezone.localdate():%Y-%m-%d}.zip"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    # What follows

    def saved(self, record):
        """Let search follow a record that changed: what points to it, and its own entry."""
        index.reindex_for(record)
        everywhere.index_record(record)

    def geography_changed(self):
        """Let search read all anew: a table of areas touches hundreds of them."""
        index.reindex_all()
        everywhere.reindex_all()

    def touched_by(self, event, former, present):
        """What a merger or renaming of services touches, for the editor who confirms it."""
        return touched.touched_by(event, former, present)

    def removed(self, kind, slugs):
        """Let search forget records that are gone, or that have another address now."""
        SearchEntry.objects.filter(model=kind, slug__in=slugs).delete()
        if everywhere.tells(kind):
            everywhere.index_told()
