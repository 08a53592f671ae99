"""Working copies that lack nothing, and what becomes of the versions of a concept."""

from tests.factories import ConceptVersionFactory, PassageFactory, SourceFactory


def ready(**fields):
    """A working copy that lacks nothing."""
    fields = {"described_by": [SourceFactory()], "statements": [PassageFactory]} | fields
    return ConceptVersionFactory(**fields)


def statuses(concept):
    return list(concept.versions.order_by("number").values_list("status", flat=True))
