"""What tests of search look for, and how they ask for it."""

from functools import partial

from concepts.models import Passage
from concepts.search import everywhere
from concepts.search.index import reindex_all
from tests.answers import slugs
from tests.factories import ConceptVersionFactory, PassageFactory

#: The lists of the site, each of one kind.
LISTS = (
    *("/concepten/", "/ontwikkelingen/", "/partners/", "/diensten/", "/beleidsdomeinen/"),
    *("/regelgeving/", "/gebieden/", "/bronnen/", "/begrippen/"),
)


def concept(slug, *statements, **fields):
    fields = {"name": f"Naam van {slug}", "summary": "Een korte zin."} | fields
    return ConceptVersionFactory(
        published=True, concept__slug=slug, statements=statements, **fields
    )


def found(client, q, **parameters):
    return slugs(client.get("/concepten.json", {"q": q, **parameters}))


def passage(words, kind=Passage.Kind.ORGANISATION):
    return partial(PassageFactory, kind=kind, text=words)


def reindex():
    reindex_all()
    everywhere.reindex_all()
