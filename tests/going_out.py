"""A public page, and a browser that asks for it as it goes out."""

import gzip

import pytest
from django.core.cache import caches
from django.test import Client

from concepts.publishing import publish
from tests.factories import ConceptVersionFactory, PassageFactory, SourceFactory

BROWSER = {"accept-encoding": "gzip, deflate, br, zstd"}
PAGES = ("/", "/concepten/", "/concepten/gbo/", "/concepten.json", "/zoeken/?q=naam", "/over/")


def concept(slug="gbo", **fields):
    return ConceptVersionFactory(
        concept__slug=slug,
        described_by=[SourceFactory()],
        statements=[PassageFactory],
        **fields,
    )


@pytest.fixture
def reader():
    """A browser, with a connection of its own as far as caches go."""
    return Client(headers=BROWSER)


@pytest.fixture
def public():
    return publish(concept(name="Eerste naam"))


def body(response):
    packed = response.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(response.content) if packed else response.content).decode()


def stored():
    return len(caches["pages"]._cache)
