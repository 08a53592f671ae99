"""What is asked of a partner, on one sheet of A4: what a meeting needs of the page."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from concepts.asking.page import AskedPage
from eerstelijn.finder.problems import Problem
from eerstelijn.finder.question import AsOf
from eerstelijn.pages import errors
from eerstelijn.pages.notes import Notes
from eerstelijn.paper.answers import pdf_response

TEMPLATE = "paper/asked.html"
#: It is one sheet, in the largest of these sizes of letters (points) in which it fits.
PAGES, SIZES = 1, ("8", "7.4", "6.9", "6.5")
#: What an address without a partner is told: of nobody in particular there is no paper.
LACKING = Problem("partner", "", "een partner (partner=ocmw) of een soort (partnertype=politie)")


def asked_on_paper(request: HttpRequest, page: Any, finder: Any, as_of: AsOf) -> HttpResponse:
    """The sheet as a PDF; refused where the question names nobody."""
    if not isinstance(page, AskedPage):
        return errors.refused(request, [LACKING])
    address = request.build_absolute_uri(finder.url())
    write = partial(_written, page, address, as_of)
    return pdf_response(request, "gevraagd", write, PAGES)


def _written(page: AskedPage, address: str, as_of: AsOf) -> list[str]:
    known = {"page": page, "address": address, "as_of": as_of}
    return [render_to_string(TEMPLATE, {**known, "size": size, "notes": Notes()}) for size in SIZES]
