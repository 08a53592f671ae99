"""How many statements versions have, and which of them lack a source: for editors only."""

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from concepts.models import STATEMENT_KINDS, ConceptVersion


def count_of(model, **conditions):
    """How many rows of a kind a version has, as an expression on versions."""
    rows = model.objects.filter(version=OuterRef("pk"), **conditions).order_by()
    counted = rows.values("version").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))


def without_source():
    """How many statements of a version cite nothing, as an expression on versions."""
    counts = [count_of(model, citations=None) for model in STATEMENT_KINDS.values()]
    return sum(counts[1:], counts[0])


def uncited_versions():
    """Versions with a statement that cites nothing. Published ones never have one."""
    condition = Q(pk=None)
    for model in STATEMENT_KINDS.values():
        rows = model.objects.filter(citations=None).order_by()
        condition |= Q(pk__in=rows.values("version"))
    return ConceptVersion.objects.open().filter(condition)
