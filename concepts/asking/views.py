"""The page of what is asked, and the address that its form leads to."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from concepts.asking.page import AskedPage
from concepts.asking.paper import asked_on_paper
from concepts.asking.start import StartPage
from concepts.asking.who import KEY, TYPE, Who
from concepts.finder.overviews import OverviewView
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.take import Take


class AskedView(OverviewView):
    """What is asked of a partner or a type of partner; without one, who is asked most.

    The form says both in one key, `wie`: a page leads on to the address that says the same.
    """

    url_name = "asked"
    title = "Wat vraagt men van mij?"
    search_label = "Zoek in wat gevraagd wordt"
    day_said = "Je bekijkt wat men vroeg op"
    csv_name = "gevraagd"

    def get(
        self, request: HttpRequest, *args: Any, format: str | None = None, **kwargs: Any
    ) -> HttpResponse:
        if format is None and KEY in request.GET:
            return HttpResponseRedirect(_in_full(request))
        return super().get(request, *args, format=format, **kwargs)

    def paper(self, finder: Any) -> HttpResponse:
        """The page as a PDF."""
        as_of = self.filterset.form.as_of
        return asked_on_paper(self.request, self.page_of(finder), finder, as_of)

    def take(self, finder: Any) -> Take:
        """Of nobody in particular there is no paper."""
        has_pdf = isinstance(self.page_of(finder), AskedPage)
        return replace(super().take(finder), has_pdf=has_pdf, pdf_label="PDF, 1 bladzijde")

    def page_for(self, finder: Any) -> AskedPage | StartPage:
        active = self.filterset.active
        is_chosen = "partner" in active or "partnertype" in active
        return (AskedPage if is_chosen else StartPage)(self.filterset, finder, self.look)

    def number_of(self, finder: Any) -> int:
        """Those that ask something: what only helps, or is over, the page counts apart."""
        return int(self.page_of(finder).number)

    def get_template_names(self) -> list[str]:
        active = self.filterset.active
        is_chosen = "partner" in active or "partnertype" in active
        return [(AskedPage if is_chosen else StartPage).template_name]

    def get_context_data(self, *, finder: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(finder=finder, **kwargs)
        page = context["page"]
        who = Who(page.selected, page.place)
        return {**context, "notes": Notes(), "who": who, "breadcrumbs": _way_up(page)}


def _way_up(page: AskedPage | StartPage) -> list[dict[str, Any]]:
    """From what is asked of somebody to the page that asks of whom."""
    if isinstance(page, StartPage):
        return []
    return [{"label": AskedView.title, "url": reverse("asked")}, {"label": page.title}]


def _in_full(request: HttpRequest) -> str:
    """The address that says whom the form means under the key of the finder; empty keys go."""
    question = request.GET.copy()
    for value in question.pop(KEY):
        is_type = value.startswith(TYPE)
        key, slug = ("partnertype", value.removeprefix(TYPE)) if is_type else ("partner", value)
        if slug:
            question.appendlist(key, slug)
    for key in [key for key in question if not any(question.getlist(key))]:
        del question[key]
    path, query = reverse("asked"), question.urlencode()
    return f"{path}?{query}" if query else path
