"""The names of places that the field "Waar" suggests, for its script.

They are two kilobytes of what a list weighed, and the same on every page: a browser fetches them
when a reader is about to type, and keeps them (`Names.url`). Without the script a reader types the
same names, and they are understood the same.
"""

from django.http import HttpRequest, JsonResponse
from django.views.generic import View

from concepts.finder.filters import ConceptFilter
from concepts.finder.placefields import Names
from concepts.models import ConceptVersion
from eerstelijn.pages import export
from eerstelijn.pages.views import METHODS

#: `private`, or else the store of pages would keep it too, and cut the year to its own day.
FOR_GOOD = "private, max-age=31536000, immutable"


class PlaceNamesView(View):
    """All names, in their order, as a list; an address of other names may not be kept."""

    http_method_names = METHODS

    def get(self, request: HttpRequest) -> JsonResponse:
        names = Names(ConceptFilter({}, queryset=ConceptVersion.objects.none()))
        response = export.json_response(names.all)
        if request.GET.get("v") == names.mark:
            response["Cache-Control"] = FOR_GOOD
        return response
