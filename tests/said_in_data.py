"""Concepts that say one thing at one place, and how data name the two."""

from functools import partial

from tests.factories import CitationFactory, ConceptVersionFactory, SourceFactory

HOST = "http://testserver"


def cited_place():
    return CitationFactory(source=SourceFactory(slug="blad"), section="2.1")


def place_in_data(place):
    """The place as data name it."""
    return {"bron": "blad", "plaats": "2.1", "url": f"{HOST}/bronnen/blad/#plaats-2-1"}


def cited(row, place):
    row.citations.add(place)
    return row


def said_by(slug, make, place, **fields):
    """A published concept that says one thing."""
    return ConceptVersionFactory(
        published=True,
        concept__slug=slug,
        name=slug.capitalize(),
        statements=[partial(make, citations=[place], **fields)],
    )


def concept(slug, source, **said):
    return {
        "slug": slug,
        "naam": slug.capitalize(),
        "url": f"{HOST}/concepten/{slug}/",
        **said,
        "bronnen": [source],
    }
