"""The list of what changed on the site."""

from django.urls import reverse_lazy

from concepts.changes.feeds import change_feed
from concepts.changes.filters import ChangeFilter
from concepts.changes.rows import ChangeRows
from concepts.models import ConceptVersion
from eerstelijn.finder.listing import Link
from eerstelijn.finder.views import FinderView


class ChangeListView(FinderView):
    """What came on the site, what changed and what went, the latest first."""

    queryset = ConceptVersion.objects.known().with_review()
    filterset_class = ChangeFilter
    rows_class = ChangeRows
    feed = change_feed
    template_name = "changes/change_list.html"
    title = "Wat er veranderde"
    nouns = ("wijziging", "wijzigingen")
    url_name = "change-list"
    lead = "Wat nieuw is op deze site, wat er anders staat en wat verdween. Telkens met waarom."
    undated_said = (
        "Deze lijst zegt wat wanneer op deze site veranderde, van alle dagen samen. Kies je een "
        "partner, dienst of gebied, dan telt wat daarover gold op die dag."
    )
    other_clock = ("tot", "Enkel wat hier tot die dag veranderde")
    search_label = "Zoek in de concepten"
    exits = (
        Link("Alle wijzigingen", reverse_lazy("change-list")),
        Link("Alle concepten", reverse_lazy("concept-list")),
    )
