"""A published concept that says what a test lets it say."""

import pytest

from tests.factories import ConceptVersionFactory


def concept(slug, *statements, **fields):
    """A published concept that says what these factories make."""
    return ConceptVersionFactory(
        published=True, concept__slug=slug, statements=statements, **fields
    )


@pytest.fixture
def pair():
    concept("een", name="Concept één", abbreviation="C1", kind="netwerk")
    concept("twee", name="Concept twee", kind="project")
