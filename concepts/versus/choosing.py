"""What can be put beside what: the concepts to choose from, and pairs that are worth it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from concepts.models import Concept, ConceptRelation, ConceptVersion
from concepts.page.former import PublicVersion
from eerstelijn.database import stamp
from eerstelijn.kept import Kept
from eerstelijn.ordering import alphabetical

#: Above so many concepts a list to choose from no longer helps: then the finder does.
MOST_OPTIONS = 200
#: How many pairs a page offers, and how many a process keeps.
MOST_PAIRS, MOST_KEPT = 24, 500


@dataclass(frozen=True)
class Pair:
    """Two concepts of which the sources say what they have to do with each other."""

    one: str
    words: str
    other: str
    url: str

    @property
    def said(self) -> str:
        return f"{self.one} {self.words} {self.other}"

    #: The slugs of both.
    slugs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known:
    """What there is to choose from, the same for every question."""

    #: The kind of record, the slug and the name of each; empty when there are too many.
    options: list[tuple[str, str, str]]
    pairs: list[Pair]

    @classmethod
    def read(cls) -> "Known":
        rows = ConceptVersion.objects.published()
        rows = rows.order_by("concept__record_kind", alphabetical("name"))
        fields = ("concept__record_kind", "concept__slug", "name")
        options = list(rows.values_list(*fields)[: MOST_OPTIONS + 1])
        return cls(options if len(options) <= MOST_OPTIONS else [], _pairs())


_kept: Kept[Known] = Kept()


@dataclass
class Choices:
    """What a reader can choose beside the versions that were asked for."""

    versions: Sequence[ConceptVersion]
    #: The versions of the only concept that were public, the first one first.
    public_versions: Sequence[PublicVersion]

    @cached_property
    def known(self) -> Known:
        return _kept.get(stamp.current(), Known.read)

    @cached_property
    def own(self) -> set[str]:
        return {version.concept.slug for version in self.versions}

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Concepts and ontwikkelingen by name, without those that stand there already."""
        options = [option for option in self.known.options if option[1] not in self.own]
        return [
            (KINDS[kind], [(slug, name) for _, slug, name in found])
            for kind, found in groupby(options, key=lambda option: option[0])
        ]

    @property
    def free(self) -> list[str]:
        """What the places are called that are still empty when a reader begins to choose."""
        return ["Nog een concept"] if self.versions else ["Dit concept", "naast dit"]

    @property
    def has_versions(self) -> bool:
        return len(self.public_versions) > 1

    @property
    def pairs(self) -> list[Pair]:
        """Concepts that the sources relate to each other: those asked for, or else the first."""
        others = [pair for pair in self.known.pairs if not pair.slugs <= self.own]
        return [pair for pair in others if pair.slugs & self.own] or others[:MOST_PAIRS]


def _pairs() -> list[Pair]:
    """Every two concepts of which one is related to the other."""
    concept = Concept.RecordKind.CONCEPT
    rows = ConceptRelation.objects.from_public().filter(
        version__concept__record_kind=concept, other__record_kind=concept
    )
    rows = rows.to_public().select_related("other").defer("version__search")
    pairs: dict[frozenset[str], Pair] = {}
    for row in rows.order_by("version__name", "position", "key")[:MOST_KEPT]:
        slugs = [row.version.concept.slug, row.other.slug]
        url = f"{reverse('versus')}?{urlencode({'c': slugs}, doseq=True)}"
        pair = Pair(row.version.name, row.get_kind_display(), row.other_name, url, frozenset(slugs))
        pairs.setdefault(pair.slugs, pair)
    return list(pairs.values())


KINDS = {
    Concept.RecordKind.CONCEPT: "Concepten",
    Concept.RecordKind.DEVELOPMENT: "Ontwikkelingen",
}
