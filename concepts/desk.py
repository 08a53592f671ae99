"""The editors' desk of this site: its start page, lists of work and order, and how search follows
what editors save."""

from django.urls import path

from concepts import touched
from concepts.models import SearchEntry
from concepts.search import everywhere, index
from concepts.work.my_work import MyWork
from concepts.work.queue_page import QueuePage
from eerstelijn.desk.site import Desk


class ConceptsDesk(Desk):
    """The desk that tells search, in the transaction of each save."""

    order = (
        "concept conceptversion review discrepancy term alias targetgroup lostlink wordpart "
        "policydomain agency changeevent partner partnertype decree coveragearea areakind "
        "areamembership source citation oldslug user group loginevent"
    ).split()

    index_title = "Mijn werk"

    def index(self, request, extra_context=None):
        return super().index(request, {"work": MyWork(request.user), **(extra_context or {})})

    def get_urls(self):
        queue = self.admin_view(QueuePage(self).view)
        return [path("lijst/<slug:name>/", queue, name="queue"), *super().get_urls()]

    def saved(self, record):
        """Let search follow a record that changed: what points to it, and its own entry."""
        index.reindex_for(record)
        everywhere.index_record(record)

    def touched_by(self, event, former, present):
        """What a merger or renaming of services touches, for the editor who confirms it."""
        return touched.touched_by(event, former, present)

    def removed(self, kind, slugs):
        """Let search forget records that are gone, or that have another address now."""
        SearchEntry.objects.filter(model=kind, slug__in=slugs).delete()
