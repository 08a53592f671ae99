"""Search over everything: concepts, and every reference record with a page of its own.

Concepts are searched in their published versions (`concepts.search.index`). Every other record has
a SearchEntry: its names (A), and what it says of itself (B). `index_record` keeps an entry in step
with its record; `reindex_all` builds them all. What is told across records (`concepts.search.told`)
is found in the same way; `index_told` builds it anew.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import slugify

from concepts.models import Alias, Concept, ConceptVersion, SearchEntry, Term
from concepts.reading import statements_of, with_statements
from concepts.search import index, told
from concepts.search.names import token_of
from concepts.search.query import IN_NAME
from eerstelijn.dutch import to_tsvector
from governance.models import Agency, AreaName, CoverageArea, Decree, Partner, PolicyDomain, Source

#: The kinds of record in the order of the page, with their heading.
KINDS = {
    Partner: "Partners",
    Agency: "Diensten",
    Decree: "Regelgeving",
    Term: "Begrippen",
    CoverageArea: "Gebieden",
    PolicyDomain: "Beleidsdomeinen",
    Source: "Bronnen",
}
#: What is fetched along with a record.
RELATED = {CoverageArea: ("kind",)}
MODELS = {label: model for model, label in KINDS.items()}
ENTRY_LABELS = {model._meta.model_name: label for model, label in KINDS.items()} | told.LABELS
RECORD_LABELS = {
    Concept.RecordKind.CONCEPT: "Concepten",
    Concept.RecordKind.DEVELOPMENT: "Ontwikkelingen",
}
#: The list of each kind, which finds the same, by the heading of the kind.
LISTS = {
    RECORD_LABELS[Concept.RecordKind.CONCEPT]: "concept-list",
    RECORD_LABELS[Concept.RecordKind.DEVELOPMENT]: "development-list",
    **{label: f"{model._meta.model_name}-list" for model, label in KINDS.items()},
}
#: The headings in the order of the page: what is told across records goes before the sources.
ORDER = sorted([*LISTS, *told.LABELS.values()], key=lambda label: label == KINDS[Source])
MOST_HITS = 8
#: How much of a passage is shown around the words that were found.
EXCERPT = 220


def reindex_all():
    """Build the entry of every reference record."""
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        analyser, names = index.make_analyser(), _other_names()
        entries = [
            _entry(record, analyser, names)
            for model in KINDS
            for record in model.objects.select_related(*RELATED.get(model, ()))
        ]
        SearchEntry.objects.bulk_create(entries)
        index_told()


@transaction.atomic
def index_told():
    """Build the entries of what is told across records: it follows from what is public."""
    analyser = index.make_analyser()
    SearchEntry.objects.filter(model__in=told.LABELS).delete()
    SearchEntry.objects.bulk_create(_told_entry(row, analyser) for row in told.everything_told())


def tells(kind):
    """Whether records of a kind are part of what is told across records."""
    return kind in {model._meta.model_name for model in told.TELLS}


def _told_entry(row, analyser):
    passages = [("A", analyser.analyse(row.name))]
    passages += [("B", analyser.analyse(words)) for words in [row.text, *row.words]]
    return SearchEntry(
        model=row.model,
        slug=row.slug,
        name=row.name,
        url=row.url,
        text=row.text,
        search=Cast(Value(to_tsvector(passages)), SearchVectorField()),
    )


def index_record(record):
    """Bring the entry of one record in step; without a page of its own it has none."""
    if isinstance(record, Alias):
        record = record.target
    if isinstance(record, told.TELLS):
        index_told()
    if type(record) not in KINDS:
        return
    entry = _entry(record, index.make_analyser(), _other_names())
    SearchEntry.objects.filter(model=entry.model, slug=entry.slug).delete()
    entry.save()


def _other_names():
    """By the token of a record, what else it is called, or was."""
    names = defaultdict(list)
    for alias in Alias.objects.select_related("agency", "partner", "area", "decree"):
        if alias.concept_id is None:
            names[token_of(alias.target)].append(alias.text)
    for name in AreaName.objects.select_related("area"):
        names[token_of(name.area)].append(name.name)
    return names


def _entry(record, analyser, names):
    token = token_of(record)
    titles = [
        getattr(record, attribute, "")
        for attribute in ("name", "short_title", "long_name", "abbreviation", "numac", "nis")
    ]
    text = getattr(record, "description", "") or getattr(record, "definition", "")
    dates = [row.date_label for row in record.dates.all()] if isinstance(record, Decree) else []
    makers = [record.publisher, record.author] if isinstance(record, Source) else []
    passages = [("A", [(token, 1)])]
    passages += [("A", analyser.analyse(title)) for title in [*titles, *names[token]]]
    passages += [("B", analyser.analyse(part)) for part in [text, *dates, *makers]]
    return SearchEntry(
        model=record._meta.model_name,
        slug=record.slug,
        name=_called(record),
        url=record.get_absolute_url(),
        text=text,
        search=Cast(Value(to_tsvector(passages)), SearchVectorField()),
    )


def _called(record):
    """What a hit is called: of an area its kind too, since names repeat between kinds."""
    if not isinstance(record, CoverageArea):
        return str(record)
    ended = f", tot en met {record.valid_until.year}" if record.valid_until else ""
    return f"{record} ({record.kind.name}{ended})"


@dataclass
class Hit:
    """One record that was found, with the passage that answers the query."""

    name: str
    url: str
    excerpt: list = field(default_factory=list)
    abbreviation: str = ""
    #: All that the record says of itself, where that is short.
    text: str = ""
    #: Which record it is, where it is no concept.
    slug: str = ""
    #: Whether it bears all the words in its name.
    is_named: bool = False
    #: On a day: that it was not there, or may not have been.
    of_day: str = ""


@dataclass
class HitGroup:
    """The hits of one kind."""

    id: str
    label: str
    total: int
    hits: list
    #: What its hits are, where they are no concepts.
    model: type | None = None
    #: Where all of them are listed.
    list_url: str = ""

    @property
    def all_url(self):
        """The list of all hits, when the page leaves some to it."""
        return self.list_url if self.total > len(self.hits) else ""

    @property
    def all_said(self):
        """What leads there; the page of what is told across records holds more than the hits."""
        is_listed = self.label in LISTS
        return f"Alle {self.total} bekijken" if is_listed else f"Alle {self.label.lower()}"


def find(read):
    """What a question finds that was read (`concepts.search.query.Search`): HitGroups by kind."""
    return _groups(_by_kind(read.narrow), read)


def find_nearest(read, nearest):
    """What has most of the words (`concepts.search.nearest.Nearest`), as HitGroups by kind."""
    return _groups(_by_kind(nearest.narrow), read, is_nearest=True)


def _by_kind(narrow):
    """The rows left of all that can be searched, best first, by the label of their kind."""
    found = defaultdict(list)
    published = ConceptVersion.objects.published().select_related("concept")
    for version in narrow(published).order_by("-rank", "name"):
        found[RECORD_LABELS[version.concept.record_kind]].append(version)
    for entry in narrow(SearchEntry.objects.defer("search")).order_by("-rank", "name"):
        found[ENTRY_LABELS[entry.model]].append(entry)
    return found


def _groups(found, read, is_nearest=False):
    shown = [row.pk for label in RECORD_LABELS.values() for row in found[label][:MOST_HITS]]
    found_versions = ConceptVersion.objects.filter(pk__in=shown)
    whole = {row.pk: row for row in with_statements(found_versions)} if shown else {}
    query = urlencode({"q": read.text} | ({"ruim": 1} if read.is_loose else {}))
    hits = {
        label: [_hit(row, whole, read) for row in rows[:MOST_HITS]] for label, rows in found.items()
    }
    return [
        HitGroup(
            id=f"bijna-{slugify(label)}" if is_nearest else slugify(label),
            label=label,
            total=len(found[label]),
            hits=hits[label],
            model=MODELS.get(label),
            list_url="" if is_nearest else _list_of(label, query),
        )
        for label in ORDER
        if found[label]
    ]


def _list_of(label, query):
    """Where all hits of a kind are listed; what is told across records has one page."""
    if label in LISTS:
        return f"{reverse(LISTS[label])}?{query}"
    return reverse(next(told.PAGES[kind] for kind, name in told.LABELS.items() if name == label))


def _hit(row, whole, read):
    if isinstance(row, ConceptVersion):
        hit = _version_hit(whole[row.pk], read)
        hit.is_named = row.rank >= IN_NAME
        return hit
    excerpt, is_named = _excerpt([row.text], read), row.rank >= IN_NAME
    return Hit(row.name, row.url, excerpt, text=row.text, slug=row.slug, is_named=is_named)


def _version_hit(version, read):
    texts = [version.summary]
    for _, statement in statements_of(version):
        texts += [getattr(statement, name) for name in statement.quoted]
    return Hit(
        version.name, version.get_absolute_url(), _excerpt(texts, read), version.abbreviation
    )


def _excerpt(texts, read):
    """The first text that answers the query, as (text, is marked) pieces around the first hit.

    Falls back on the beginning of the first text, unmarked.
    """
    for text in texts:
        spans = read.index.analyser.highlight(text, read.corrected) if text else []
        if spans:
            return _pieces(text, spans)
    return _pieces(texts[0], [(0, 0)]) if texts and texts[0] else []


def _pieces(text, spans):
    start = max(0, spans[0][0] - EXCERPT // 3)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = start + EXCERPT
    # Never in the middle of a word, except of one that fills it all.
    end = len(text) if end >= len(text) else max(text.rfind(" ", start, end + 1), spans[0][1])
    pieces, at = [("… " if start else "", False)], start
    for low, high in spans:
        if low < at or high > end:
            continue
        pieces += [(text[at:low], False), (text[low:high], True)]
        at = high
    pieces += [(text[at:end], False), (" …" if end < len(text) else "", False)]
    return [(piece, marked) for piece, marked in pieces if piece]
