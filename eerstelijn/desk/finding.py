"""How the desk finds a record by what an editor types: without accents, the best fit first.

Lists and search lists look inside names. Accents count for nothing, in whichever of the two ways
Unicode writes them. A search list puts first what begins with what was typed: the abbreviation,
then the name, then a word of the name, then the rest in its usual order.
"""

import re
import unicodedata

from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Case, CharField, IntegerField, Q, TextField, Transform, Value, When
from django.utils.text import smart_split

#: Loose accents, and what nobody sees.
MARKS = r"[\u0300-\u036f\u00ad\u200b-\u200d\u2060]"

#: What records are called by, an abbreviation first; each kind has some of these.
NAMES = ("abbreviation", "name", "short_title", "title", "long_name", "text", "section", "heading")


@CharField.register_lookup
@TextField.register_lookup
class Folded(Transform):
    """A text in small letters and without accents; `folded` does the same."""

    lookup_name = "folded"
    output_field = TextField()

    def as_sql(self, compiler, connection, **context):
        text, params = compiler.compile(self.lhs)
        return f"lower(regexp_replace(normalize({text}, NFKD), %s, '', 'g'))", (*params, MARKS)


def folded(text):
    return re.sub(MARKS, "", unicodedata.normalize("NFKD", text)).lower()


def sought(typed):
    """What a list looks for. Quotes hold words together; without a word they are only signs.

    Django would take such quotes away, and find everything with the nothing that is left.
    """
    words = list(smart_split(folded(typed)))
    return " ".join(_as_signs(word) if _is_quotes(word) else word for word in words)


def _is_quotes(word):
    return word[0] in "\"'" and not word.strip(word[0]).strip()


def _as_signs(word):
    """Between quotes of the other kind they stand for themselves."""
    other = "'" if word[0] == '"' else '"'
    return f"{other}{word}{other}"


def without_accents(model, paths):
    """The lookups by which a list is searched; a number has no accents."""
    for path in paths:
        is_text = isinstance(get_fields_from_path(model, path)[-1], (CharField, TextField))
        yield f"{path}__folded" if is_text else path


class FoundWithoutAccents:
    """A list of the desk whose search box finds a text however its accents are written."""

    def get_search_fields(self, request):
        return [*without_accents(self.model, super().get_search_fields(request))]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, sought(search_term))


def best_first(records, typed):
    """Put the records first that begin with what was typed."""
    typed = " ".join(folded(typed).split())
    known = {field.name for field in records.model._meta.concrete_fields}
    names = [name for name in NAMES if name in known | records.query.annotations.keys()]
    if not (typed and names):
        return records
    begins = {name: Q(**{f"{name}__folded__startswith": typed}) for name in names}
    word = rf"\m{re.escape(typed)}"
    has_word = Q.create([(f"{name}__folded__regex", word) for name in names], Q.OR)
    ranks = [(begins.pop("abbreviation", None), 0), (_any(begins.values()), 1), (has_word, 2)]
    rank = Case(
        *(When(condition, Value(number)) for condition, number in ranks if condition),
        default=Value(3),
        output_field=IntegerField(),
    )
    return records.annotate(fit=rank).order_by("fit", *records.query.order_by, "pk")


def _any(conditions):
    found = Q()
    for condition in conditions:
        found |= condition
    return found


class SearchListView(AutocompleteJsonView):
    """What a search list of the desk offers."""

    def get_queryset(self):
        return best_first(super().get_queryset(), self.term)
