"""The words that a page may have to explain: terms of the field, and abbreviations of records.

A page asks for all of them once (one query) and looks which of them it uses; see
`concepts.templatetags.woorden`.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from django.db import connection
from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast, Coalesce

from concepts.models import Alias, ConceptVersion, Term
from governance.models import Agency, Partner, PolicyDomain, address_of

#: An abbreviation as it stands in a text: OCMW, LIVC-R, 1G1P.
ABBREVIATION = re.compile(r"[A-Z0-9][A-Z0-9&-]+")
#: How much of an explanation fits beside a text; the whole of it has a page of its own.
LONGEST = 220

TERM = "term-detail"


@dataclass(frozen=True)
class Word:
    """A word with its explanation in a sentence or two, and the page that says more."""

    text: str
    forms: tuple
    explanation: str
    url: str
    language: str = ""


def words():
    """Every word that can be explained, terms first; one query."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(*_query())
        rows = sorted(cursor.fetchall())
    for _, text, second, explanation, view, slug, language in rows:
        forms = tuple(form for form in (text, second) if form and form not in found)
        if not forms or (view != TERM and not ABBREVIATION.fullmatch(text)):
            continue
        word = Word(forms[0], forms, short(explanation), address_of(view, slug), language)
        found.update(dict.fromkeys(forms, word))
    return list(dict.fromkeys(found.values()))


@cache
def _query():
    """As SQL, put together once: (rank, word, second form, explanation, view, slug, language)."""
    text = TextField()

    def rows(records, rank, view, word, second, explanation, slug="slug", language=None):
        return records.order_by().values_list(
            Value(rank),
            Cast(word, text),
            Cast(second, text) if second else Value("", output_field=text),
            Cast(explanation, text),
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


@lru_cache(maxsize=2048)
def short(explanation):
    """The beginning of an explanation, in whole sentences."""
    paragraph = explanation.strip().partition("\n")[0]
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z‘“])", paragraph)
    text = ""
    for sentence in sentences:
        if sentence.endswith(":") or len(text) + len(sentence) > LONGEST:
            break
        text = f"{text} {sentence}".strip()
    return text or sentences[0].rstrip(":")
