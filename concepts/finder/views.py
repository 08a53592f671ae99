"""The lists of concepts and of ontwikkelingen."""

from collections import Counter
from itertools import groupby

from django.urls import reverse
from django.utils.text import slugify

from concepts.coverage import Reach
from concepts.finder.filters import ConceptFilter
from concepts.finder.forest import forest
from concepts.finder.rows import REACH_LABELS, CoverageBadge, data_of, row_of
from concepts.models import (
    ConceptVersion,
)
from concepts.places.absence import place_absences
from eerstelijn.finder.listing import Link
from eerstelijn.finder.views import FinderView, Group
from governance.derived import present_agencies


def reach_of(version):
    """The answer of a version that was fetched `with_reach`."""
    return Reach.of_strength(version.reach)


def reach_group(reach, versions, number):
    """The heading over all that give one answer."""
    return Group(
        versions, slugify(reach.value), REACH_LABELS[reach], number, REACH_NOTES.get(reach, "")
    )


REACH_NOTES = {
    Reach.PARTLY: "Deze concepten bereiken een deel van de plaats.",
    Reach.UNSTATED: "Deze concepten bestaan, maar de bronnen noemen de plaatsen niet. Ze kunnen "
    "hier dus ook werken.",
}


class ConceptListView(FinderView):
    """The finder of concepts."""

    queryset = ConceptVersion.objects.published().concepts().with_card()
    filterset_class = ConceptFilter
    template_name = "concepts/concept_list.html"
    row_template = "finder/_row_concept.html"
    title = "Concepten"
    nouns = ("concept", "concepten")
    url_name = "concept-list"
    lead = "Lees van elk concept waarvoor het dient, wie meedoet, waar het geldt en van wie het is."
    search_label = "Zoek in de concepten"
    csv_columns = (
        "slug",
        "naam",
        "afkorting",
        "url",
        "samenvatting",
        "soort",
        "domeinen",
        "diensten",
        "partners",
        "schaal",
        "nagekeken_op",
    )

    def get_context_data(self, **kwargs):
        self.present = {} if self.finder.peildatum else present_agencies()
        chosen = self.finder.values.get("partner", [])
        options = self.finder.options["partner"]
        self.matched = {int(options[value].pk) for value in chosen}
        every = ConceptVersion.objects.filter(pk__in=self.finder.queryset.values("pk"))
        self.listing.forest = forest(every, self.finder.found)
        self.listing.remarks = place_absences(self.finder)
        search = self.finder.search_result if self.finder.q_text else None
        if search and search.corrections:
            url = self.listing.url(q=[search.corrected])
            self.listing.rescue.spelling = [Link(search.corrected, url)]
        return super().get_context_data(search=search, **kwargs)

    def rows_in_order(self):
        """Where a place was asked about: first what reaches it for certain."""
        if not self.finder.places:
            return super().rows_in_order()
        _, order = self.finder.sorts[self.finder.order]
        return self.finder.with_reach(self.finder.qs).order_by("-reach", *order)

    def reaches(self):
        """How many of all that was found have each answer: {Reach: number}, strongest first."""
        numbers = Counter(self.finder.reach[pk] for pk in self.finder.found)
        return {Reach.of_strength(n): numbers[n] for n in sorted(numbers, reverse=True)}

    def groups(self, versions):
        """Where a place was asked about: what reaches it for certain apart from what may do so."""
        if not self.finder.places:
            return super().groups(versions)
        by_reach = groupby(versions, reach_of)
        numbers = self.reaches()
        return [reach_group(reach, list(rows), numbers[reach]) for reach, rows in by_reach]

    def row(self, version):
        badge = CoverageBadge.of(reach_of(version)) if self.finder.places else None
        return row_of(version, matched=self.matched, present=self.present, coverage=badge)

    def row_data(self, version):
        data = data_of(version, self.request.build_absolute_uri(version.get_absolute_url()))
        if self.finder.places:
            data["dekking"] = reach_of(version).value
        if self.format == "csv":
            data["partners"] = [f"{p['partner']}:{p['rol']}" for p in data["partners"]]
        return data

    def data(self):
        data = super().data()
        if self.finder.places:
            data["dekking"] = {reach.value: number for reach, number in self.reaches().items()}
        return data

    def exits(self):
        return [
            Link("Alle concepten", reverse("concept-list")),
            Link("Alle ontwikkelingen", reverse("development-list")),
            Link("Begrippen en afkortingen", reverse("term-list")),
        ]


class DevelopmentListView(ConceptListView):
    """The same finder, on what moves around the concepts."""

    queryset = ConceptVersion.objects.published().developments().with_card()
    title = "Ontwikkelingen"
    nouns = ("ontwikkeling", "ontwikkelingen")
    url_name = "development-list"
    lead = "Hervormingen, kaders en visies die de concepten op de eerste lijn in beweging brengen."
    search_label = "Zoek in de ontwikkelingen"
