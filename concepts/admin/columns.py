"""What lists of versions show and filter: the status as an icon, and what lacks its source."""

from django.contrib import admin
from django.template.loader import render_to_string

from concepts.models import Status
from concepts.uncited import uncited_versions


def status_icon(status, label=""):
    """A status as an icon and its word."""
    word = label or Status(status).label
    return render_to_string("admin/_status.html", {"key": status, "label": word})


class SourceFilter(admin.SimpleListFilter):
    """Versions of which a statement lacks its source."""

    title = "bronnen"
    parameter_name = "bronnen"

    def lookups(self, request, model_admin):
        return [("ontbreken", "een uitspraak zonder bron")]

    def queryset(self, request, queryset):
        if self.value() == "ontbreken":
            return queryset.filter(pk__in=uncited_versions().values("pk"))
        return queryset
