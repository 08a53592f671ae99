"""The lists of concepts and of ontwikkelingen."""

from django.urls import reverse_lazy

from concepts.changes.feeds import question_feed
from concepts.finder.filters import ConceptFilter
from concepts.finder.found import ConceptRows
from concepts.models import Concept, ConceptVersion
from eerstelijn.finder.listing import Link
from eerstelijn.finder.views import FinderView


class ConceptListView(FinderView):
    """The finder of concepts."""

    queryset = ConceptVersion.objects.published().concepts().with_card()
    record_kind = Concept.RecordKind.CONCEPT
    feed = question_feed
    filterset_class = ConceptFilter
    rows_class = ConceptRows
    template_name = "concepts/concept_list.html"
    title = "Concepten"
    nouns = ("concept", "concepten")
    url_name = "concept-list"
    lead = "Lees van elk concept waarvoor het dient, wie meedoet, waar het geldt en van wie het is."
    search_label = "Zoek in de concepten"
    day_said = "Deze lijst zoekt in wat gold op"
    day_after = ". Wat er in een rij staat, is hoe we het vandaag beschrijven."
    exits = (
        Link("Alle concepten", reverse_lazy("concept-list")),
        Link("Alle ontwikkelingen", reverse_lazy("development-list")),
        Link("Begrippen en afkortingen", reverse_lazy("term-list")),
    )


class DevelopmentListView(ConceptListView):
    """The same finder, on what moves around the concepts."""

    queryset = ConceptVersion.objects.published().developments().with_card()
    record_kind = Concept.RecordKind.DEVELOPMENT
    title = "Ontwikkelingen"
    nouns = ("ontwikkeling", "ontwikkelingen")
    url_name = "development-list"
    lead = "Hervormingen, kaders en visies die de concepten op de eerste lijn in beweging brengen."
    search_label = "Zoek in de ontwikkelingen"
