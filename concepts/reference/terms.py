"""The page of a term: the published concepts that use it."""

import re

from django.db.models import Q

from concepts.models import ConceptVersion, Passage
from concepts.search.query import has_words
from eerstelijn.ordering import alphabetical
from eerstelijn.pages.parts import Fact, Item, RecordPage, Section
from eerstelijn.pages.words import forms_of


def term_page(term, day=None):
    """The same on any day: a term has no date."""
    return RecordPage(
        "Begrip",
        text=term.definition,
        facts=[
            Fact(term.abbreviation, kind="Afkorting", key="afkorting"),
            Fact(term.language, kind="Taal", key="taal"),
        ],
        sections=[users_of(term)],
    )


def users_of(term):
    """The published concepts that use a term in what they say, as a section of its page.

    The index finds what has its words; of those, the text must have them as the term writes them.
    """
    written = "|".join(sorted(map(re.escape, forms_of(term.name))))
    pattern = rf"\m({written})\M"
    passages = Passage.objects.filter(text__iregex=pattern).order_by().values("version")
    versions = (
        ConceptVersion.objects.published()
        .filter(has_words(term.name))
        .filter(Q(summary__iregex=pattern) | Q(pk__in=passages))
        .order_by(alphabetical("name"))
        .select_related("concept")
        .prefetch_related("ownerships__agency", "ownerships__policy_domain")
    )
    items = [
        Item(row.name, row.get_absolute_url(), version=row, slug=row.concept.slug, data={})
        for row in versions
    ]
    return Section("concepten", "Concepten die dit woord gebruiken", items)
