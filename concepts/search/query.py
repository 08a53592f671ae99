"""How a question is read, and what it finds in the index (`concepts.search.index`).

All words must be there; when no text has them, misspelled words are replaced by the nearest one
that occurs. Any word will do only for who asks so (docs/adr/0027-a-search-asks-for-all-words.md).
"""

import re
from functools import cached_property, lru_cache, reduce
from operator import and_
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, F, FloatField, OuterRef, Q, Subquery, Value, When
from django.urls import reverse

from concepts.models import ConceptVersion, SearchEntry
from concepts.search.index import current_index, finds
from concepts.search.wanted import Wanted
from eerstelijn.dutch import to_tsquery

#: How much a hit counts by the weight of its passage, as PostgreSQL wants it: D, C, B, A.
WEIGHTS = [0.0, 0.1, 0.4, 1.0]

#: How many words of a question are looked for one by one.
MOST_APART = 6
#: A word as it is typed; signs inside it belong to it: 9/2/2018, OverKop-huis, 't.
WORD = re.compile(r"""[^\W_]+(?:[-./'’&][^\W_]+)*""")


#: The rank of what bears the question as its name, or has all of its words in its name.
OWN_NAME, IN_NAME = 200.0, 175.0


class AnalysedQuery(SearchQuery):
    """A tsquery whose words are final: analysed already, so PostgreSQL must not cut them again."""

    template = "(%(expressions)s)::tsquery"

    def __init__(self, written):
        super().__init__(written)
        self.written = written


def has_words(text):
    """The condition that a version has all the words of a text, in whatever form."""
    index = current_index()
    query = to_tsquery(index.analyser.clauses(text, index.tokens), "and")
    return Q(search=AnalysedQuery(query)) if query else Q(pk=None)


def in_name(word):
    """What a name is held against that has a word as one word: "huis" in Sociaal Huis."""
    return rf"\m{re.escape(word)}\M"


def has_in_name(word):
    """The condition that a row has a word in its own name."""
    return Q(name__iregex=in_name(word))


class Search:
    """How a question was read, and what it finds among versions and the entries of other records.

    A hit has all its words. When nothing public has them, what no text has is taken for a mistake
    and replaced by the nearest word that occurs. That is decided over all that can be searched,
    never for one list: so one question finds the same on every page that asks it. `loose` asks for
    any of the words, for who wants to see what comes near; full hits then stay first.
    """

    def __init__(self, text, loose=False):
        self.index = current_index()
        self.text = self.corrected = text
        self.corrections = []
        self.is_loose = loose
        self._clauses = {}  # by the text and how it is read: a question asks for the same again
        self._full = self._query(text)
        #: Whether anything has all the words.
        self.finds = bool(self._full) and finds(self._words(text))
        if self._full and not self.finds:
            self._correct()
            if self.corrections:
                self._full = self._query(self.corrected)
                self.finds = finds(self._words(self.corrected))
        self._queries = [self._full] if self._full else []
        if loose and self._full:
            self._queries.append(self._query(self.corrected, loose=True))
        #: The names and dates in the query, as editors wrote them, and what they stand for.
        self.named = self.index.analyser.alias_hits(self.corrected)

    def _query(self, text, loose=False):
        """The query that a text makes; None when no word of it is one to search for."""
        query = self._words(text, loose)
        return AnalysedQuery(query) if query else None

    def _words(self, text, loose=False):
        """The same as PostgreSQL writes it."""
        return to_tsquery(self.clauses(text, loose=loose), "or" if loose else "and")

    def clauses(self, text, loose=False):
        """What a text asks for, given the words that occur."""
        if (text, loose) not in self._clauses:
            read = self.index.analyser.clauses(text, self.index.tokens, loose=loose)
            self._clauses[text, loose] = read
        return self._clauses[text, loose]

    @property
    def is_empty(self):
        """Whether the question has no word to search for: only "de", "van", or signs."""
        return self._full is None

    @property
    def condition(self):
        """The condition that a row answers the question."""
        condition = Q(pk=None)
        for query in self._queries:
            condition |= Q(search=query)
        return condition

    @cached_property
    def wanted(self):
        """The views that the question asks for, as it was typed."""
        return Wanted(self.text, self.index)

    def _correct(self):
        """Replace every word that does not occur by the nearest one that does.

        Where the words ask for a view they are no mistake: they need stand in no text.
        """
        if self.wanted.is_plain:
            return
        parts, last = [], 0
        for word in self.index.analyser.unknown_words(self.text, self.index.tokens):
            if better := self.index.nearest(word.text):
                self.corrections.append((self.text[word.start : word.end], better))
                parts += [self.text[last : word.start], better]
                last = word.end
        self.corrected = "".join([*parts, self.text[last:]])

    @property
    def notes(self):
        """What the reader should know about how the query was read; each thing once.

        A concept and a partner may share an abbreviation and a name, as 1Gezin1Plan does.
        """
        known = (self.index.notes[hit] for hit in self.named if hit in self.index.notes)
        notes = list(dict.fromkeys(known))
        for typed, better in self.corrections:
            notes.append(f"We vonden “{typed}” niet en zochten naar “{better}”.")
        if why := self.why_nothing:
            notes.append(why)
        return notes

    @property
    def why_nothing(self):
        """Why no text answers the question; empty when one does."""
        if self.is_empty:
            return (
                f"“{self.text}” heeft geen woord om op te zoeken: zulke woorden staan in bijna "
                "elke tekst. Voeg er een woord aan toe dat zegt waarover het gaat."
            )
        if self.finds:
            return ""
        if self.has_more_words:
            return f"Geen enkele tekst heeft alle woorden van “{self.corrected}”."
        return f"Geen enkele tekst heeft het woord “{self.corrected}”."

    @cached_property
    def has_wider(self):
        """Whether nothing has all the words, but something has one of them, or begins so."""
        return not (self.is_empty or self.finds) and finds(self._words(self.corrected, loose=True))

    @property
    def wider_label(self):
        """What leads to what has any of the words, is called."""
        if self.has_more_words:
            return "Toon wat een van deze woorden heeft"
        return "Toon wat erop lijkt"

    @property
    def loosely(self):
        """What stands before the words, in a sentence about what has any of them."""
        return "met een van de woorden van" if self.has_more_words else "met iets dat lijkt op"

    @property
    def wider_url(self):
        """The page of what has any of the words."""
        return f"{reverse('search')}?{urlencode({'q': self.text, 'ruim': 1})}"

    @property
    def words_apart(self):
        """The words of the question that something has, when nothing has them all; so many."""
        if not (self.has_wider and self.has_more_words):
            return []
        return [word for word in self.words[:MOST_APART] if finds(self._words(word))]

    @cached_property
    def words(self):
        """The words of the question that can be searched for, one by one."""
        words = dict.fromkeys(WORD.findall(self.corrected))
        return [word for word in words if self.clauses(word)]

    @property
    def has_more_words(self):
        """Whether the question has several words, of which a text may have one."""
        return len(self.clauses(self.corrected)) > 1

    def narrow(self, rows):
        """The rows found, with their `rank`.

        Those whose own name was typed come first, then those with all the words in their name.
        Then counts how strict a query they answer, and whether they speak of a record or date that
        was named, or only have its words.
        """
        if not self._queries:
            return rows.none().annotate(rank=Value(0.0, output_field=FloatField()))
        mention = _mentions(self.named)
        tiers = [When(self._is_named(rows.model), then=Value(OWN_NAME))]
        if self.words:
            held = map(has_in_name, self.words)
            tiers.append(When(reduce(and_, held, Q(search=self._full)), then=Value(IN_NAME)))
        for place, query in enumerate(self._queries):
            score = 100.0 / 2**place
            if mention:
                speaks_of_it = Q(search=query) & Q(search=AnalysedQuery(mention))
                tiers.append(When(speaks_of_it, then=Value(score * 1.5)))
            tiers.append(When(search=query, then=Value(score)))
        tier = Case(*tiers, default=Value(0.0), output_field=FloatField())
        relevance = SearchRank(F("search"), self._queries[-1], weights=WEIGHTS)
        return rows.filter(self.condition).annotate(rank=tier + relevance)

    def ranks_of_versions(self):
        """The public versions that are found, with their rank: {primary key: rank}.

        As `narrow` says it, in SQL that is put together once for all questions of its shape.
        """
        if not self._queries:
            return {}
        slugs = [target.partition(":")[2] for _, target in self.named if _is_concept(target)]
        shape = Shape(len(self._queries), bool(self.named), len(slugs), len(self.words))
        sql, marked = _ranking(shape)
        said = dict(zip(shape.queries, [query.written for query in self._queries], strict=True))
        said |= dict(zip(shape.slugs, slugs, strict=True))
        said |= dict(zip(map(in_name, shape.words), map(in_name, self.words), strict=True))
        said[_mentions(shape.named)] = _mentions(self.named)
        with connection.cursor() as cursor:
            asked = [said.get(each, each) if isinstance(each, str) else each for each in marked]
            cursor.execute(sql, asked)
            return dict(cursor.fetchall())

    def narrow_records(self, records):
        """The records of a kind that is found by its entries, with their `rank`."""
        entries = SearchEntry.objects.filter(model=records.model._meta.model_name)
        found = self.narrow(entries).order_by()
        rank = found.filter(slug=OuterRef("slug")).values("rank")
        return records.filter(slug__in=found.values("slug")).annotate(rank=Subquery(rank))

    def _is_named(self, model):
        """The condition that a row is a record whose name was typed."""
        named = Q(pk=None)
        for _, target in self.named:
            kind, _, slug = target.partition(":")
            if model is not ConceptVersion:
                named |= Q(model=kind, slug=slug)
            elif _is_concept(target):
                named |= Q(concept__slug=slug)
        return named


class Shape(NamedTuple):
    """What of a question its SQL depends on; for what was asked stand marks that nobody types."""

    number_of_queries: int
    has_names: bool
    number_of_concepts: int
    number_of_words: int

    @property
    def queries(self):
        return [f"\0{number}" for number in range(self.number_of_queries)]

    @property
    def slugs(self):
        return [f"\0concept {number}" for number in range(self.number_of_concepts)]

    @property
    def words(self):
        return [f"\0word {number}" for number in range(self.number_of_words)]

    @property
    def named(self):
        concepts = [("", f"concept:{slug}") for slug in self.slugs]
        return concepts or ([("", "\0name")] if self.has_names else [])


@lru_cache(maxsize=50)
def _ranking(shape):
    """The SQL of the ranks of such a question, with its marks as parameters."""
    search = Search.__new__(Search)
    search.named, search.words = shape.named, shape.words
    search._queries = [*map(AnalysedQuery, shape.queries)]
    search._full = search._queries[0]
    found = search.narrow(ConceptVersion.objects.published()).order_by()
    return found.values_list("pk", "rank").query.sql_with_params()


def _mentions(named):
    """The query for what speaks of any of these records or dates; empty without."""
    return to_tsquery([tuple((target,) for _, target in named)]) if named else ""


def _is_concept(target):
    return target.startswith("concept:")
