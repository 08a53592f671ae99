"""The shelf: every list that a reader looks something up in, with how much it holds on a day."""

from django.http import QueryDict
from django.urls import reverse
from django.views.generic import TemplateView

from concepts.finder.views import DevelopmentListView
from concepts.reference import views
from eerstelijn.context import REFERENCE
from eerstelijn.pages.views import InFormats, KnowsDay

#: The lists of which a number says something: how many records they hold.
COUNTED = (
    views.PartnerListView,
    views.AgencyListView,
    views.DomainListView,
    views.DecreeListView,
    views.AreaListView,
    DevelopmentListView,
    views.TermListView,
    views.SourceListView,
)


class ReferenceView(KnowsDay, InFormats, TemplateView):
    """The way to every list that has no place of its own in the menu."""

    template_name = "pages/reference.html"
    day_said = "De aantallen zijn die van"
    day_after = ". Begrippen hebben in de bronnen geen datum: daar zijn het alle."

    def respond(self):
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        held = {reverse(view.url_name): number_in(view, self.stated_day) for view in COUNTED}
        lists = [
            {"label": label, "url": url, "note": note, "number": held.get(str(url))}
            for label, url, note in REFERENCE
        ]
        return super().get_context_data(
            lists=lists,
            canonical_url=self.request.build_absolute_uri(self.request.path),
            **kwargs,
        )


def number_in(view, day):
    """How many records a list has for a day, or for no day in particular.

    They are counted where they stand: what a list keeps to count its facets with, takes longer.
    """
    question = QueryDict(f"peildatum={day}" if day else "")
    filterset = view.filterset_class(question, queryset=view.queryset.all())
    return filterset.queryset.order_by().count()
