"""The public pages of concepts, ontwikkelingen and begrippen."""

import datetime as dt
from collections import Counter
from itertools import groupby

from django.db.models import Count, Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.views.generic import TemplateView

from concepts import home
from concepts.coverage import Reach
from concepts.finder.filters import ConceptFilter, TermFilter
from concepts.finder.forest import forest
from concepts.finder.rows import REACH_LABELS, CoverageBadge, data_of, row_of
from concepts.models import (
    Claim,
    Concept,
    ConceptRelation,
    ConceptVersion,
    Participation,
    Status,
    Term,
)
from concepts.page.data import record_data, record_rows, with_statements
from concepts.page.sections import ConceptPage, users_of
from concepts.places.lookup import EXACT, Lookup, municipalities
from concepts.places.remarks import place_remarks
from concepts.reference.views import ReferenceListView, first_paragraph
from concepts.search.everywhere import find
from eerstelijn.finder.listing import Link
from eerstelijn.finder.question import read_question
from eerstelijn.finder.views import FinderView, Group
from eerstelijn.pages import export
from eerstelijn.pages.errors import gone
from eerstelijn.pages.views import FORMATS, PublicDetailView
from governance.derived import present_agencies
from governance.models import CITATIONS


class HomeView(TemplateView):
    """The entrance: search, the concepts by owner, contradictions and changes."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            owners=home.owners(),
            contradictions=home.contradictions(),
            changes=home.latest_changes(),
            versions=home.latest_versions(),
            canonical_url=self.request.build_absolute_uri("/"),
            **kwargs,
        )


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
        self.listing.remarks = place_remarks(self.finder)
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


class ConceptDetailView(PublicDetailView):
    """A concept as published, every statement with its source; withdrawn ones answer 410."""

    model = Concept
    record_kind = Concept.RecordKind.CONCEPT
    template_name = "concepts/concept_detail.html"
    list_name = "concept-list"
    list_label = "Concepten"

    def get_queryset(self):
        return Concept.objects.filter(record_kind=self.record_kind)

    def known(self):
        """A former address tells nothing of a concept that was never public."""
        return Concept.objects.filter(versions__published_at__isnull=False).distinct()

    def respond(self):
        format = self.kwargs.get("format")
        if format not in (None, *FORMATS):
            raise Http404("Dit formaat bestaat niet.")
        version = with_statements(self.object.versions.published()).first()
        if version is None:
            withdrawn = self.object.versions.filter(status=Status.ARCHIVED)
            if known := withdrawn.order_by("-number").first():
                return gone(self.request, known.name)
            raise Http404("Dit concept is niet gepubliceerd.")
        self.version = version
        if format is None:
            return super().respond()
        data = record_data(version, self.request.build_absolute_uri)
        if format == "json":
            return export.json_response(data)
        rows = list(record_rows(data))
        return export.csv_response(
            self.object.slug,
            rows[0].keys(),
            (row.values() for row in rows),
            excel=self.request.GET.get("excel") == "1",
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        partners = [row.partner_id for row in self.version.participations.all()]
        asked = (
            Participation.objects.filter(
                partner__in=partners, version__in=ConceptVersion.objects.published().concepts()
            )
            .order_by()
            .values_list("partner")
            .annotate(Count("version", distinct=True))
        )
        page = ConceptPage(
            self.version,
            present=present_agencies(),
            asked=dict(asked),
            incoming=ConceptRelation.objects.from_public()
            .filter(other=self.object)
            .prefetch_related(CITATIONS),
            discrepancies=self.object.discrepancies.prefetch_related(
                Prefetch("claims", Claim.objects.prefetch_related(CITATIONS))
            ),
            lost_links=self.object.lost_links.prefetch_related(CITATIONS),
        )
        siblings = ConceptVersion.objects.published().filter(concept__record_kind=self.record_kind)
        context["breadcrumbs"][-1]["label"] = self.version.name
        context.update(
            version=self.version,
            page=page,
            forest=forest(siblings, {self.version.pk}, own=self.version.pk),
            sources_as_of=self.version.sources_as_of,
            page_description=self.version.summary,
            contents=[*page.sections, {"id": "bronnen", "label": "Bronnen"}],
            json_url=f"{self.object.get_absolute_url().rstrip('/')}.json",
        )
        return context


class DevelopmentDetailView(ConceptDetailView):
    """An ontwikkeling: the same page on the same statements."""

    record_kind = Concept.RecordKind.DEVELOPMENT
    list_name = "development-list"
    list_label = "Ontwikkelingen"


class SearchView(TemplateView):
    """Search over everything, in groups by kind with the passage that answers."""

    template_name = "search.html"

    def get_context_data(self, **kwargs):
        question = read_question(self.request.GET, ("q",), is_dated=False)
        text = question.values.get("q", "")
        groups, read = find(text, self._list_urls(text)) if text else ([], None)
        places = municipalities().find(text, dt.date.today()) if text else Lookup()
        return super().get_context_data(
            q=text,
            notices=question.notices,
            groups=groups,
            places=[hit for hit in places.hits if hit.rank == EXACT],
            read=read,
            total=sum(group.total for group in groups),
            robots="noindex,follow",
            canonical_url=self.request.build_absolute_uri(self.request.path),
            **kwargs,
        )

    def _list_urls(self, text):
        """Where all hits of a kind are listed: the finders that search the same way."""
        query = urlencode({"q": text})
        return {
            "Concepten": f"{reverse('concept-list')}?{query}",
            "Ontwikkelingen": f"{reverse('development-list')}?{query}",
        }


class TermListView(ReferenceListView):
    """The glossary: terms of the field and the abbreviations of all records."""

    queryset = Term.objects.all()
    filterset_class = TermFilter
    title = "Begrippen"
    nouns = ("begrip", "begrippen")
    url_name = "term-list"
    lead = "De woorden van dit werkveld, uitgelegd zoals de bronnen ze gebruiken."

    def kind_of(self, record):
        return "begrip"

    def row(self, record):
        return {**super().row(record), "kind": "", "text": first_paragraph(record.definition)}


class TermDetailView(PublicDetailView):
    """One term with its source."""

    model = Term
    template_name = "concepts/term_detail.html"
    list_name, list_label = "term-list", "Begrippen"

    def get_queryset(self):
        return Term.objects.prefetch_related(CITATIONS)

    def get_context_data(self, **kwargs):
        return super().get_context_data(section=users_of(self.object), **kwargs)
