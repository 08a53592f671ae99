"""`/druk/`: the pressure on partners, as a page, JSON or CSV."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from concepts.finder.overviews import OverviewView
from concepts.pressure.page import PressurePage
from eerstelijn.finder.question import Flag
from eerstelijn.finder.views import Look
from eerstelijn.pages.views import FORMATS


class PressureLook(Look):
    """By type of partner, or by name."""

    per = Flag("partner")


def asked_instead(query: QueryDict) -> bool:
    """Whether one partner in one municipality is asked about: then the question is what it is
    asked, and not how often everybody is."""
    return all(len([*filter(None, query.getlist(key))]) == 1 for key in ("partner", "gemeente"))


def asked_url(query: str, format: str | None) -> str:
    """The page of what is asked of one partner, with the question as it stands."""
    return f"/gevraagd.{format}?{query}" if format else f"/gevraagd/?{query}"


class PressureView(OverviewView):
    """The matrix of partners against concepts."""

    url_name = "pressure"
    look_class = PressureLook
    page_class = PressurePage
    template_name = "pressure/pressure.html"
    title = "Druk"
    csv_name = "druk"

    def get(
        self, request: HttpRequest, *args: Any, format: str | None = None, **kwargs: Any
    ) -> HttpResponse:
        if format in (None, *FORMATS) and asked_instead(request.GET):
            return redirect(asked_url(request.META["QUERY_STRING"], format))
        return super().get(request, *args, format=format, **kwargs)
