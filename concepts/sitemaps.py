"""The public pages for search engines, with the day of their last public change where known."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from concepts.models import ConceptVersion, Term
from governance.models import Agency, CoverageArea, Decree, Partner, PolicyDomain, Source


class Lists(Sitemap):
    """Home, the lists, and what the site says of itself."""

    def items(self):
        return [
            "home",
            "concept-list",
            "development-list",
            "term-list",
            "policydomain-list",
            "agency-list",
            "partner-list",
            "decree-list",
            "coveragearea-list",
            "municipality-list",
            "comparison",
            "overlap",
            "change-list",
            "source-list",
            "contradictions",
            "timeline",
            "promises",
            "pressure",
            "asked",
            "network",
            "versus",
            "reference",
            "about",
            "accessibility",
            "privacy",
        ]

    def location(self, item):
        return reverse(item)


class Concepts(Sitemap):
    """Published concepts and ontwikkelingen."""

    def items(self):
        versions = ConceptVersion.objects.published().select_related("concept").order_by("pk")
        return versions.only("published_at", "concept__slug", "concept__record_kind")

    def lastmod(self, version):
        return version.published_at


class References(Sitemap):
    """The records of one reference model."""

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.only("slug").order_by("slug")


SITEMAPS = {"lijsten": Lists, "concepten": Concepts} | {
    model._meta.verbose_name_plural.split()[0]: References(model)
    for model in (PolicyDomain, Agency, Partner, Decree, CoverageArea, Source, Term)
}
