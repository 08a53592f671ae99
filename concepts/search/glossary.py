"""The words that a page may have to explain: terms of the field, and abbreviations of records.

A process keeps all of them, with their forms; a page looks which of them it uses. See
`eerstelijn.pages.words`.
"""

import re
from functools import cache

from django.db import connection
from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast, Coalesce

from concepts.models import Alias, ConceptVersion, Term
from eerstelijn.database import stamp
from eerstelijn.kept import Kept
from eerstelijn.pages.words import Known, Word
from governance.models import Agency, Partner, PolicyDomain, address_of

#: An abbreviation as it stands in a text: OCMW, LIVC-R, 1G1P.
ABBREVIATION = re.compile(r"[A-Z0-9][A-Z0-9&-]+")

TERM = "term-detail"

#: Names in another language; terms bring their own.
FOREIGN_NAMES = tuple(
    Word(name, (name,), language="en")
    for name in (
        "Family Justice Center",
        "General Data Protection Regulation",
        "data protection officer",
    )
)


_kept: Kept[Known] = Kept()


def words():
    """Every word that a page marks: what can be explained, terms first, and foreign names."""
    return _kept.get(stamp.current(), _read)


def _read():
    """One query."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(*_query())
        rows = sorted(cursor.fetchall())
    for _, text, second, definition, view, slug, language in rows:
        forms = tuple(form for form in (text, second) if form and form not in found)
        if not forms or (view != TERM and not ABBREVIATION.fullmatch(text)):
            continue
        word = Word(forms[0], forms, definition, address_of(view, slug), language)
        found.update(dict.fromkeys(forms, word))
    return Known([*FOREIGN_NAMES, *dict.fromkeys(found.values())])


@cache
def _query():
    """As SQL, put together once: (rank, word, second form, definition, view, slug, language)."""
    text = TextField()

    def rows(records, rank, view, word, second, definition, slug="slug", language=None):
        return records.order_by().values_list(
            Value(rank),
            Cast(word, text),
            Cast(second, text) if second else Value("", output_field=text),
            Cast(definition, text),
            Value(view, output_field=CharField()),
            Cast(slug, text),
            Cast(language, text) if language else Value("", output_field=text),
        )

    concepts = ConceptVersion.objects.published().concepts().exclude(abbreviation="")
    named = Coalesce("partner__name", "agency__name", "decree__name")
    aliases = Alias.objects.filter(kind=Alias.Kind.ABBREVIATION)
    parts = [
        rows(
            *(Term.objects.all(), 1, TERM, "name", "abbreviation", "definition"),
            language="language",
        ),
        rows(
            *(Partner.objects.exclude(long_name=""), 2, "partner-detail"),
            *("name", None, "long_name"),
        ),
        rows(
            *(Agency.objects.exclude(abbreviation=""), 3, "agency-detail"),
            *("abbreviation", None, "name"),
        ),
        rows(
            *(PolicyDomain.objects.exclude(abbreviation=""), 4, "policydomain-detail"),
            *("abbreviation", None, "name"),
        ),
        rows(
            *(concepts, 5, "concept-detail", "abbreviation", None, "name"),
            slug="concept__slug",
        ),
        *(
            rows(
                aliases.exclude(**{owner: None}),
                *(6, f"{owner}-detail", "text", None, named),
                slug=f"{owner}__slug",
            )
            for owner in ("partner", "agency", "decree")
        ),
    ]
    return parts[0].union(*parts[1:], all=True).query.sql_with_params()
