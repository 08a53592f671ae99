"""Search over published versions: what is indexed, how a query is read, and what it finds.

Texts are analysed in Python (`eerstelijn.dutch`) and stored as a weighted tsvector: names and other
names (A), the sentence, wat and doelstelling (B), everything else a version says and the names of
what it points to (C). All words must be there; when no text has them, misspelled words are
replaced by the nearest one that occurs. Any word will do only for who asks so (`Search`).

Whatever changes an indexed text calls `index_versions` or `reindex_for` in the same transaction.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection, transaction
from django.db.models import Case, F, FloatField, OuterRef, Q, Subquery, Value, When
from django.urls import reverse

from concepts.models import (
    STATEMENT_KINDS,
    Alias,
    Concept,
    ConceptVersion,
    IndexedWord,
    SearchEntry,
    WordPart,
)
from concepts.reading import statements_of, with_statements
from eerstelijn.database import stamp
from eerstelijn.dutch import Analyser, akin, nearest, to_tsquery, to_tsvector, trigrams
from eerstelijn.kept import Kept
from eerstelijn.portions import portions, unwatched

#: How much a hit counts by the weight of its passage, as PostgreSQL wants it: D, C, B, A.
WEIGHTS = [0.0, 0.1, 0.4, 1.0]
#: How many versions are indexed together: as many as are in memory at a time.
PORTION = 500


class AnalysedQuery(SearchQuery):
    """A tsquery whose words are final: analysed already, so PostgreSQL must not cut them again."""

    template = "(%(expressions)s)::tsquery"


# The index


@transaction.atomic
def index_versions(versions, progress=unwatched):
    """Store what search looks in for these versions, and the words that occur in it.

    A portion at a time: ten thousand versions take no more memory than a thousand do.
    """
    analyser, names = make_analyser(), _names()
    keys = [*versions.order_by("pk").values_list("pk", flat=True)]
    known = set()
    for portion in portions(progress(keys, "Versies indexeren", "versie"), PORTION):
        words, vectors = set(), {}
        for version in with_statements(
            ConceptVersion.objects.defer("search").filter(pk__in=portion)
        ):
            passages = list(_passages(version, names))
            vectors[version.pk] = to_tsvector(
                (weight, analyser.analyse(text)) for weight, text in passages
            )
            for _, text in passages:
                words |= analyser.vocabulary(text)
        _store_vectors(vectors)
        IndexedWord.objects.bulk_create(
            (IndexedWord(word=word[:80]) for word in sorted(words - known)), ignore_conflicts=True
        )
        known |= words
    stamp.fold()


def _store_vectors(vectors):
    """Give each version its vector, in one query."""
    table = connection.ops.quote_name(ConceptVersion._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET search = made.vector::tsvector "  # noqa: S608 -- quoted above
            "FROM unnest(%s::bigint[], %s::text[]) AS made (version, vector) WHERE id = version",
            [[*vectors.keys()], [*vectors.values()]],
        )


def reindex_all(progress=unwatched):
    """Build the whole index anew, after a load or an import. Returns the number of versions."""
    with transaction.atomic():
        IndexedWord.objects.all().delete()
        published = ConceptVersion.objects.published()
        index_versions(published, progress)
        return published.count()


def reindex_for(record):
    """Index again the published versions that rest on a reference record; it may be new."""
    if isinstance(record, Alias):
        record = record.target
    if isinstance(record, Concept):
        condition = Q(concept=record)
    else:
        condition = Q(pk=None)
        for model in STATEMENT_KINDS.values():
            for relation in model._meta.get_fields():
                if relation.is_relation and relation.related_model is type(record):
                    rows = model.objects.filter(**{relation.name: record})
                    condition |= Q(pk__in=rows.values("version"))
    index_versions(ConceptVersion.objects.published().filter(condition))


def _names():
    """The other names of every record: {(kind of record, primary key): [texts]}."""
    names = defaultdict(list)
    for alias in Alias.objects.select_related("concept", "agency", "partner", "area", "decree"):
        names[_identity(alias.target)].append(alias.text)
    return names


def _identity(record):
    return type(record).__name__, record.pk


def _passages(version, names):
    """Every text of a version with its weight."""
    yield "A", version.name
    yield "A", version.abbreviation
    for name in names[_identity(version.concept)]:
        yield "A", name
    yield "B", version.summary
    for _, statement in statements_of(version):
        for weight, said in statement.words():
            for text in [said] if isinstance(said, str) else _record_texts(said, names):
                yield weight, text


def _record_texts(record, names):
    """All that a record is called by; nothing for a relation that is empty."""
    if record is None:
        return
    for attribute in ("name", "long_name", "short_title", "abbreviation", "numac", "nis"):
        yield getattr(record, attribute, "")
    yield from names[_identity(record)]


# The query


def has_words(text):
    """The condition that a version has all the words of a text, in whatever form."""
    index = current_index()
    query = to_tsquery(index.analyser.clauses(text, index.tokens), "and")
    return Q(search=AnalysedQuery(query)) if query else Q(pk=None)


@dataclass
class Index:
    """What a process keeps of the index between requests: as of one stamp."""

    analyser: Analyser
    tokens: frozenset
    words: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)

    def nearest(self, word):
        """The nearest word that occurs, else one that begins as it does; None without either."""
        candidates = {w for trigram in trigrams(word) for w in self.words.get(trigram, ())}
        return nearest(word, candidates) or akin(word, candidates)


_kept = Kept()


def current_index():
    """The index as it stands, read anew only when it changed; otherwise one small query."""
    return _kept.get(stamp.current(), _read_index)


def _read_index():
    words = defaultdict(list)
    for word in IndexedWord.objects.values_list("word", flat=True):
        for trigram in trigrams(word):
            words[trigram].append(word)
    names = _known_names()
    notes = {(text, token): note for text, token, note in names if note}
    return Index(make_analyser(names), frozenset(_tokens()), dict(words), notes)


def make_analyser(names=None):
    """The text analysis with the names and word parts of today."""
    pairs = [(text, token) for text, token, _ in names or _known_names()]
    return Analyser(pairs, WordPart.objects.values_list("text", flat=True))


def _known_names():
    """Every name by which a record is found: (text, token of the record, note for the reader)."""
    published = ConceptVersion.objects.published().values_list(
        "concept", "concept__slug", "name", "abbreviation"
    )
    titles, names = {}, []
    for concept, slug, name, abbreviation in published:
        titles[concept] = name
        token = token_of(Concept(slug=slug))
        names.append((name, token, ""))
        if abbreviation:
            note = f"{abbreviation} is de afkorting van {name}."
            names.append((abbreviation, token, note))
    for alias in Alias.objects.select_related("concept", "agency", "partner", "area", "decree"):
        if alias.concept_id and alias.concept_id not in titles:
            continue
        name = titles.get(alias.concept_id) or str(alias.target)
        token = token_of(alias.target)
        names += [(alias.text, token, _note(alias, name)), (name, token, "")]
    return names


def _note(alias, name):
    if alias.kind == Alias.Kind.ABBREVIATION:
        return f"{alias.text} is de afkorting van {name}."
    if alias.kind == Alias.Kind.NAME:
        return f"{alias.text} is een andere naam voor {name}."
    if alias.kind == Alias.Kind.PART:
        return f"{alias.text} is een deel van {name}."
    return ""


def token_of(record):
    """The word that stands in the index for a record itself: "partner:ocmw"."""
    return f"{type(record).__name__.lower()}:{record.slug}"


def _tokens():
    """Every token in the index."""
    versions = ConceptVersion.objects.published().exclude(search=None).values("search").order_by()
    query = versions.union(SearchEntry.objects.values("search").order_by(), all=True)
    with connection.cursor() as cursor:
        sql = cursor.mogrify(*query.query.sql_with_params())
        cursor.execute("SELECT word FROM ts_stat(%s)", [sql])
        return [word for (word,) in cursor.fetchall()]


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
        self._full = self._query(text)
        #: Whether anything has all the words.
        self.finds = bool(self._full) and self._finds(self._full)
        if self._full and not self.finds:
            self._correct()
            if self.corrections:
                self._full = self._query(self.corrected)
                self.finds = self._finds(self._full)
        self._queries = [self._full] if self._full else []
        if loose and self._full:
            self._queries.append(self._query(self.corrected, loose=True))
        #: The names and dates in the query, as editors wrote them, and what they stand for.
        self.named = self.index.analyser.alias_hits(self.corrected)

    def _query(self, text, loose=False):
        """The query that a text makes; None when no word of it is one to search for."""
        clauses = self.clauses(text, loose=loose)
        query = to_tsquery(clauses, "or" if loose else "and")
        return AnalysedQuery(query) if query else None

    def clauses(self, text, **how):
        """What a text asks for, given the words that occur."""
        return self.index.analyser.clauses(text, self.index.tokens, **how)

    @staticmethod
    def _finds(query):
        searched = (ConceptVersion.objects.published(), SearchEntry.objects.all())
        return any(rows.filter(search=query).exists() for rows in searched)

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

    def _correct(self):
        """Replace every word that does not occur by the nearest one that does."""
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
        return not (self.is_empty or self.finds) and self._finds(
            self._query(self.corrected, loose=True)
        )

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
    def has_more_words(self):
        """Whether the question has several words, of which a text may have one."""
        return len(self.clauses(self.corrected)) > 1

    def narrow(self, rows):
        """The rows found, with their `rank`.

        Those whose own name was typed come first. Then counts how strict a query they answer, and
        whether they speak of a record or date that was named, or only have its words.
        """
        if not self._queries:
            return rows.none().annotate(rank=Value(0.0, output_field=FloatField()))
        mention = to_tsquery([tuple((target,) for _, target in self.named)]) if self.named else ""
        tiers = [When(self._is_named(rows.model), then=Value(200.0))]
        for place, query in enumerate(self._queries):
            score = 100.0 / 2**place
            if mention:
                speaks_of_it = Q(search=query) & Q(search=AnalysedQuery(mention))
                tiers.append(When(speaks_of_it, then=Value(score * 1.5)))
            tiers.append(When(search=query, then=Value(score)))
        tier = Case(*tiers, default=Value(0.0), output_field=FloatField())
        relevance = SearchRank(F("search"), self._queries[-1], weights=WEIGHTS)
        return rows.filter(self.condition).annotate(rank=tier + relevance)

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
            elif kind == "concept":
                named |= Q(concept__slug=slug)
        return named
