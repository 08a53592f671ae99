"""Any version as its public page would show it, for editors only: never kept, never indexed."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from concepts.models import Concept, ConceptVersion
from concepts.page.views import ConceptDetailView, OfDevelopment
from governance.models import Source


class ConceptPreview(ConceptDetailView):
    """The page of a version that is public or not, marked as what it is."""

    template_name = "concepts/version_preview.html"
    #: What is told above it, as sentences.
    about = ()

    def instead(self):
        """What stands on the page is known already."""
        described_by = Source.objects.filter(described_versions=OuterRef("pk")).values("pk")
        versions = ConceptVersion.objects.select_related("concept").with_review()
        annotated = versions.annotate(sources=ArraySubquery(described_by))
        self.version = annotated.get(pk=self.kwargs["version"])
        self.object = self.version.concept

    def record_take(self, **more):
        """A preview is for editors, and nobody takes it along."""
        return None

    def versions_url(self):
        """Of a concept that nobody knows yet there is no list."""
        known = self.object.versions.exclude(published_at=None)
        return super().versions_url() if known.exists() else ""

    def _body(self, take):
        return self._printed(take)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "about": self.about,
            "robots": "noindex,nofollow",
            "canonical_url": "",
        }


class DevelopmentPreview(OfDevelopment, ConceptPreview):
    """The same of an ontwikkeling."""


def preview(request, version, about):
    """The answer that shows a version as it is in the database now, printed already."""
    is_development = version.concept.record_kind == Concept.RecordKind.DEVELOPMENT
    view = (DevelopmentPreview if is_development else ConceptPreview)(about=about)
    view.setup(request, version=version.pk)
    response = view.get(request).render()
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
