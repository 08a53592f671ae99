"""What the public reads of concepts, by their slugs: the version, with what its page says of it."""

from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from concepts.models import Concept, ConceptVersion
from concepts.reading import Reader, read, together
from governance.models import Source


def published(slugs):
    """The published versions of concepts by their slugs, in one query.

    Each has the days of its reviews, and as `sources` the keys of those that describe it.
    """
    return {slug: version for _, slug, version in read(_readers(), _query(), [*slugs])}


@cache
def _readers():
    described_by = Source.objects.filter(described_versions=OuterRef("pk")).values("pk")
    versions = ConceptVersion.objects.published().select_related("concept").with_review()
    rows = versions.annotate(sources=ArraySubquery(described_by))
    return [Reader(rows, "concept__slug", ["pk"], "slug", Concept)]


@cache
def _query():
    return together(_readers())
