"""`/netwerk/`: owners, concepts and partners with the lines between them; as JSON and CSV too."""

from typing import Any

from concepts.finder.overviews import OverviewView
from concepts.network.focus import FocusKey
from concepts.network.page import NetworkPage
from eerstelijn.finder.views import Look


class NetworkLook(Look):
    """What the drawing brings forward: an owner, a concept or a partner."""

    focus = FocusKey()


class NetworkView(OverviewView):
    """Three columns of the concepts that a question finds; one name at a time stands out."""

    url_name = "network"
    csv_name = "netwerk"
    title = "Netwerk"
    lead = "Van wie elk concept is, en welke partners het noemt."
    look_class = NetworkLook
    page_class = NetworkPage
    template_name = "network/network.html"

    def get_context_data(self, *, finder: Any, **kwargs: Any) -> dict[str, Any]:
        """What one name brings forward is for people: an index has the page of that name."""
        context = super().get_context_data(finder=finder, **kwargs)
        if self.look.cleaned_data["focus"]:
            context["robots"] = "noindex,follow"
        return context
