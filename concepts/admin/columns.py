"""What lists of versions show and filter: the status as an icon, and what lacks its source."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string

from concepts.models import STATEMENT_KINDS, ConceptVersion, Status


def status_icon(status, label=""):
    """A status as an icon and its word."""
    word = label or Status(status).label
    return render_to_string("admin/_status.html", {"key": status, "label": word})


def count_of(model, **conditions):
    """How many rows of a kind a version has, as an expression on versions."""
    rows = model.objects.filter(version=OuterRef("pk"), **conditions).order_by()
    counted = rows.values("version").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))


def without_source():
    """How many statements of a version cite nothing, as an expression on versions."""
    counts = [count_of(model, citations=None) for model in STATEMENT_KINDS.values()]
    return sum(counts[1:], counts[0])


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


def uncited_versions():
    """Versions with a statement that cites nothing. Published ones never have one."""
    condition = Q(pk=None)
    for model in STATEMENT_KINDS.values():
        rows = model.objects.filter(citations=None).order_by()
        condition |= Q(pk__in=rows.values("version"))
    return ConceptVersion.objects.open().filter(condition)
