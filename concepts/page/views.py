"""The page of one concept or ontwikkeling, and its data."""

from django.db.models import Count, Prefetch
from django.http import Http404

from concepts.finder.forest import forest
from concepts.models import (
    Claim,
    Concept,
    ConceptRelation,
    ConceptVersion,
    Participation,
    Status,
)
from concepts.page.data import COLUMNS, record_data, record_rows, with_statements
from concepts.page.sections import ConceptPage
from concepts.search.glossary import words
from eerstelijn.pages.errors import gone
from eerstelijn.pages.views import PublicDetailView
from governance.derived import beginnings, present_agencies
from governance.models import CITATIONS


class ConceptDetailView(PublicDetailView):
    """A concept as published, every statement with its source; withdrawn ones answer 410."""

    model = Concept
    record_kind = Concept.RecordKind.CONCEPT
    template_name = "concepts/concept_detail.html"
    list_name = "concept-list"
    list_label = "Concepten"
    glossary = staticmethod(words)
    csv_columns = COLUMNS

    def get_queryset(self):
        return Concept.objects.filter(record_kind=self.record_kind)

    def known(self):
        """A former address tells nothing of a concept that was never public."""
        return Concept.objects.filter(versions__published_at__isnull=False).distinct()

    def instead(self):
        version = with_statements(self.object.versions.published()).first()
        if version is None:
            withdrawn = self.object.versions.filter(status=Status.ARCHIVED)
            if known := withdrawn.order_by("-number").first():
                return gone(self.request, known.name)
            raise Http404("Dit concept is niet gepubliceerd.")
        self.version = version
        return None

    def data(self):
        return record_data(self.version, self.request.build_absolute_uri)

    def csv_rows(self, data):
        return record_rows(data)

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
        present = present_agencies()
        owners = [row.agency_id for row in self.version.ownerships.all()]
        bodies = [present[owner].pk for owner in owners if owner in present]
        page = ConceptPage(
            self.version,
            present=present,
            begun=beginnings(bodies) if bodies else {},
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
        )
        return context


class DevelopmentDetailView(ConceptDetailView):
    """An ontwikkeling: the same page on the same statements."""

    record_kind = Concept.RecordKind.DEVELOPMENT
    list_name = "development-list"
    list_label = "Ontwikkelingen"
