"""Views of many concepts at once: what is asked, the pressure on partners, the overlap.

Each shows the concepts that a question of the finder finds, all of them on one page, in its own
form: those that run or once ran. Unless the question says how they should stand, what was never
begun is left out, since it asked nothing of anybody, and what went on in another concept, since
that one asks it now (contract, "Parameters of the finder"). What ended stays in, and a view marks
it as over: the sources speak of it as they do of the rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from concepts.finder.filters import ConceptFilter
from concepts.models import Concept, ConceptVersion, Standing
from concepts.places.absence import place_absences
from eerstelijn.finder.counting import RowSet
from eerstelijn.finder.facets import Facet, Setting
from eerstelijn.finder.filterset import Numbers
from eerstelijn.finder.listing import Link
from eerstelijn.finder.question import OneOf
from eerstelijn.finder.rows import Rows
from eerstelijn.finder.views import FinderView
from eerstelijn.pages import export
from eerstelijn.pages.take import Take

#: What neither runs nor ran under its own name. What ended stays in, as does a concept of which
#: nothing is known since: it ran.
NOT_RUNNING = (Standing.State.PLANNED, Standing.State.MERGED)


class OverviewFilter(ConceptFilter):
    """The finder's question, on what runs or ran when the newest source spoke of it.

    Of another day nobody can say how a concept stood; then only the validity of each statement
    counts. `alles=1` takes in what is planned or went on elsewhere; so does a choice of `stand`.
    """

    alles = Setting(OneOf, label="Ook wat gepland of opgegaan is", choices=("1",))

    @cached_property
    def runs_only(self) -> bool:
        """Whether what neither runs nor ran is left out without being asked."""
        chosen = self.active.get("stand") or self.form.cleaned_data["alles"]
        return not (chosen or self.form.as_of.is_other_day)

    @property
    def settings_said(self) -> dict[str, str]:
        if self.form.cleaned_data["alles"]:
            return {"alles": "ook wat gepland of opgegaan is"}
        return {}

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        queryset = super().filter_queryset(queryset)
        if not self.runs_only:
            return queryset
        over = Standing.objects.filter(version=OuterRef("pk"), state__in=NOT_RUNNING)
        return queryset.exclude(Exists(over))

    def left_without(self, key: str, leave_out: Iterable[str] = ()) -> RowSet:
        left = super().left_without(key, leave_out)
        return left & ~self._over if self.runs_only and key != "stand" else left

    @property
    def _over(self) -> RowSet:
        over = 0
        for state in NOT_RUNNING:
            over |= self.tally.rows_with("stand", str(state))
        return over

    @property
    def left_out(self) -> int:
        """How many concepts the question finds that are not shown, since they never ran."""
        if not self.runs_only:
            return 0
        return (super().left_without("") & self._over).bit_count()

    def numbers(self, facet: Facet) -> Any:
        if not self.runs_only:
            return super().numbers(facet)
        return Numbers(facet, self.tally, self.left_without(facet.key, facet.counts_along))


class OverviewRows(Rows):
    """An overview shows its own rows, of all that was found; none of a page of the finder."""

    def fetch(self, keys: Iterable[Any]) -> list[Any]:
        return []

    @property
    def remarks(self) -> Sequence[str]:
        return [*super().remarks, *place_absences(self.filterset)]


class OverviewView(FinderView):
    """An overview, as a page, JSON or CSV. A subclass says in `page_class` what it shows.

    The page gets the filterset, the Finder (chips, addresses, notices) and the look (its own keys),
    and has `data(absolute)`, `columns` and `csv_rows(absolute)`.
    """

    queryset = ConceptVersion.objects.published().concepts()
    record_kind = Concept.RecordKind.CONCEPT
    filterset_class = OverviewFilter
    rows_class = OverviewRows
    nouns = ("concept", "concepten")
    page_class: type[Any]
    day_said = "Je bekijkt wat gold op"
    csv_name = ""

    #: What is shown, once it was made.
    page: Any = None

    def page_of(self, finder: Any) -> Any:
        """What is shown of it; made once for an answer."""
        if self.page is None:
            self.page = self.page_for(finder)
        return self.page

    def page_for(self, finder: Any) -> Any:
        return self.page_class(self.filterset, finder, self.look)

    def get_context_data(self, *, finder: Any, **kwargs: Any) -> dict[str, Any]:
        page = self.page_of(finder)
        context = super().get_context_data(finder=finder, page=page, **kwargs)
        return {**context, "running": self.running(finder)}

    def cited_as(self, finder: Any) -> str:
        return getattr(self.page_of(finder), "title", self.title)

    def take(self, finder: Any) -> Take:
        return replace(super().take(finder), has_pdf=bool(self.paper))

    def running(self, finder: Any) -> Link | None:
        """The way to see what is planned or merged as well, with how many that are."""
        if not (number := self.filterset.left_out):
            return None
        label = f"zonder wat gepland of opgegaan is ({number})"
        return Link(label, finder.url(alles=["1"]), number)

    def number_of(self, finder: Any) -> int:
        """How many concepts the page shows, as data give it."""
        return int(finder.total)

    def _json(self, finder: Any) -> Any:
        page = self.page_of(finder)
        asked = {key: given for key, given in self.filterset.values.items() if key != "pagina"}
        head = {
            "peildatum": finder.day,
            "filters": {**self.look.values, **asked},
            "aantal_concepten": self.number_of(finder),
            "weggelaten_want_loopt_niet": self.filterset.left_out,
        }
        return export.json_response(head | page.data(self.request.build_absolute_uri))

    def _csv(self, finder: Any) -> Any:
        page = self.page_of(finder)
        return export.csv_response(
            self.csv_name or self.url_name,
            page.columns,
            page.csv_rows(self.request.build_absolute_uri),
            excel="excel" in self.format_keys.values,
        )
