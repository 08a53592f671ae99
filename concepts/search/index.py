"""What search looks in: the index of published versions, and what a process keeps of it.

Texts are analysed in Python (`eerstelijn.dutch`) and stored as a weighted tsvector: names and other
names (A), the sentence, wat and doelstelling (B), everything else a version says and the names of
what it points to (C). How a question is read stands in `concepts.search.query`.

Whatever changes an indexed text calls `index_versions` or `reindex_for` in the same transaction.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db import connection, transaction
from django.db.models import Q

from concepts.models import (
    STATEMENT_KINDS,
    Alias,
    Concept,
    ConceptVersion,
    IndexedWord,
    SearchEntry,
    Status,
    WordPart,
)
from concepts.reading import statements_of, with_statements
from concepts.search.names import Names
from eerstelijn.database import stamp
from eerstelijn.dutch import (
    Analyser,
    akin,
    nearest,
    to_tsquery,
    to_tsvector,
    trigrams,
)
from eerstelijn.kept import Kept
from eerstelijn.portions import portions, unwatched

#: How many versions are indexed together: as many as are in memory at a time.
PORTION = 500
#: Of so many names that came or went the analysis is amended; of more it learns all of them anew.
MOST_RENAMED = 40


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


class Occurring:
    """The tokens that stand in the index: each is asked for when a question needs it.

    There are tens of thousands of them, and a question needs a few.
    """

    #: How many answers are remembered; so no visitor can fill the memory with words.
    MOST = 2_000

    def __init__(self):
        self._occurs = lru_cache(maxsize=self.MOST)(lambda token: finds(to_tsquery([((token,),)])))

    def __contains__(self, token):
        return self._occurs(token)


def finds(query):
    """Whether anything public answers a tsquery, as text."""
    with connection.cursor() as cursor:
        cursor.execute(_FINDS, [query, Status.PUBLISHED, query])
        return cursor.fetchone()[0]


#: Put together by hand: that takes Django longer than PostgreSQL needs to find something.
_FINDS = f"""
    SELECT EXISTS (
        SELECT FROM "{ConceptVersion._meta.db_table}" WHERE search @@ %s::tsquery AND status = %s
    ) OR EXISTS (SELECT FROM "{SearchEntry._meta.db_table}" WHERE search @@ %s::tsquery)
"""  # noqa: S608 -- the names of tables are ours


@dataclass
class Index:
    """What a process keeps of the index between requests: as of one stamp."""

    names: Names
    parts: list
    analyser: Analyser
    notes: dict
    tokens: Occurring = field(default_factory=Occurring)

    @cached_property
    def words(self):
        """The words that occur, by each trigram: only who misspelled one needs them."""
        words = defaultdict(list)
        for word in IndexedWord.objects.values_list("word", flat=True):
            for trigram in trigrams(word):
                words[trigram].append(word)
        return dict(words)

    def nearest(self, word):
        """The nearest word that occurs, else one that begins as it does; None without either."""
        candidates = {w for trigram in trigrams(word) for w in self.words.get(trigram, ())}
        return nearest(word, candidates) or akin(word, candidates)


_kept: Kept[Index] = Kept()


def current_index():
    """The index as it stands, read anew only when it changed; otherwise one small query."""
    return _kept.get(stamp.current(), _read_index)


def _read_index():
    """A publication changes a name or two, or none: what was learned of the others stays."""
    last = _kept.last()
    names, parts = Names.read(last and last.names), _word_parts()
    if last is None or last.parts != parts:
        return Index(names, parts, _analyser(names, parts), _notes(names))
    if last.names.all == names.all:
        return Index(names, parts, last.analyser, last.notes)
    before, now = ([name[:2] for name in each.all] for each in (last.names, names))
    changed = {*before} ^ {*now}
    is_another = len(changed) > MOST_RENAMED
    analyser = _analyser(names, parts) if is_another else last.analyser.amended(changed, now)
    return Index(names, parts, analyser, _notes(names))


def make_analyser():
    """The text analysis with the names and word parts of today."""
    return _analyser(Names.read(), _word_parts())


def _analyser(names, parts):
    return Analyser([name[:2] for name in names.all], parts)


def _notes(names):
    return {(text, token): note for text, token, note in names.all if note}


def _word_parts():
    return list(WordPart.objects.values_list("text", flat=True))
