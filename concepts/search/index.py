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
    Term,
    WordPart,
)
from concepts.reading import statements_of, with_statements
from eerstelijn.database import stamp
from eerstelijn.dutch import (
    Analyser,
    akin,
    nearest,
    stem,
    to_tsquery,
    to_tsvector,
    trigrams,
    words_of_name,
)
from eerstelijn.kept import Kept
from eerstelijn.portions import portions, unwatched
from governance.models import Agency, Partner

#: How many versions are indexed together: as many as are in memory at a time.
PORTION = 500


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

    names: list
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
    """Most publications change no name: what was learned of the names then stays."""
    names, parts = _known_names(), _word_parts()
    last = _kept.last()
    if last and (last.names, last.parts) == (names, parts):
        return Index(names, parts, last.analyser, last.notes)
    notes = {(text, token): note for text, token, note in names if note}
    return Index(names, parts, _analyser(names, parts), notes)


def make_analyser():
    """The text analysis with the names and word parts of today."""
    return _analyser(_known_names(), _word_parts())


def _analyser(names, parts):
    return Analyser([(text, token) for text, token, _ in names], parts)


def _word_parts():
    return list(WordPart.objects.values_list("text", flat=True))


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
    own = _own_names(titles.values())
    for alias in Alias.objects.select_related("concept", "agency", "partner", "area", "decree"):
        if alias.concept_id and alias.concept_id not in titles:
            continue
        name = titles.get(alias.concept_id) or str(alias.target)
        token = token_of(alias.target)
        names += [(alias.text, token, _note(alias, name, own)), (name, token, "")]
    return names


def _own_names(titles):
    """The names, in one spelling, by which a reader may mean a record of its own."""
    records = (Partner.objects, Agency.objects, Term.objects)
    names = [*titles, *(name for rows in records for name in rows.values_list("name", flat=True))]
    return {_spelled(name) for name in names}


def _note(alias, name, own):
    """What a reader should know of another name; nothing where it explains nothing.

    So it is with what is nearly the name ("zorgraad" of Zorgraden), and with the own name of
    another record, which the reader may mean.
    """
    if alias.kind == Alias.Kind.ABBREVIATION:
        return f"{alias.text} is de afkorting van {name}."
    if _spelled(alias.text) in own or _is_nearly(alias.text, name):
        return ""
    if alias.kind == Alias.Kind.NAME:
        return f"{alias.text} hoort bij {name}."
    if alias.kind == Alias.Kind.PART:
        return f"{alias.text} is een deel van {name}."
    return ""


def _spelled(name):
    """A name in one spelling, whatever the form of its words."""
    return " ".join(stem(word.text) for word in words_of_name(name))


def _is_nearly(text, name):
    """Whether a name says no more than another: each of its words stands in it."""
    return set(_spelled(text).split()) <= set(_spelled(name).split())


def token_of(record):
    """The word that stands in the index for a record itself: "partner:ocmw"."""
    return f"{type(record).__name__.lower()}:{record.slug}"
