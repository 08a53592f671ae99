"""The concepts that are most like one: what its page says of them."""

import heapq
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from concepts.finder.rows import ROLE_ORDER
from concepts.likeness.aspects import ALL, PARTNERS, Said
from concepts.likeness.index import Alike, Index, Named
from concepts.models import ASKING_ROLES, ConceptVersion, Participation, Status
from eerstelijn.database import stamp
from eerstelijn.kept import Kept

#: How many concepts the page of a concept names.
MOST_NAMED = 4
#: So many that share most partners are looked at for what else they share: the page of one concept
#: does not read all others.
MOST_COMPARED = 24


@dataclass
class SharedPartner:
    """A partner that both concepts ask, with its strongest role here and there."""

    name: str
    here: str
    there: str
    url: str


@dataclass
class Similar:
    """One concept that is like the one of the page."""

    concept: Named
    number: str
    partners: list[SharedPartner]
    #: What else they have in common, in words.
    rest: str
    compare_url: str


@dataclass
class SimilarBlock:
    """The chapter "Lijkt het meest op" of a concept's page."""

    rows: list[Similar] = field(default_factory=list)
    #: How many others also share a partner.
    more: int = 0
    url: str = ""

    @property
    def more_said(self) -> str:
        """How many are not named."""
        if not self.more:
            return ""
        if self.more == 1:
            return "Nog 1 ander concept vraagt een van deze partners."
        return f"Nog {self.more} andere concepten vragen een partner van dit concept."


def similar_to(version: ConceptVersion, present: Mapping[int, Any]) -> SimilarBlock:
    """What is most like a public concept: by the partners that both ask, then by all else together.

    Of a version that is not public nothing is. `present` is the body that each former agency went
    on in.
    """
    if version.status != Status.PUBLISHED:
        return SimilarBlock()
    near, number = asking().nearest(version)
    if not near:
        return SimilarBlock()
    index = Index.read([version.pk, *near], None, present)
    alike = [index.alike(version.pk, other) for other in near if other in index.concepts]
    return SimilarBlock(
        [_similar(row, index) for row in sorted(alike, key=lambda row: row.order)[:MOST_NAMED]],
        max(number - MOST_NAMED, 0),
        reverse("overlap"),
    )


@dataclass(frozen=True)
class Asking:
    """Which public versions ask each partner: numbers only, since it is of all concepts."""

    #: Their primary keys, in the order of their names.
    versions: "array[int]"
    #: The places of versions in that order, by the kind of record and the partner that they ask.
    places: "dict[tuple[str, int], array[int]]"

    @classmethod
    def read(cls) -> "Asking":
        """One query."""
        said = Participation.objects.filter(
            role__in=ASKING_ROLES, version__in=ConceptVersion.objects.published()
        )
        rows = said.order_by("version__name", "version").values_list(
            "version", "version__concept__record_kind", "partner"
        )
        versions = array("q")
        places: defaultdict[tuple[str, int], array[int]] = defaultdict(lambda: array("q"))
        for version, kind, partner in rows.distinct():
            if not versions or versions[-1] != version:
                versions.append(version)
            places[kind, partner].append(len(versions) - 1)
        return cls(versions, dict(places))

    def nearest(self, version: ConceptVersion) -> tuple[list[int], int]:
        """The others that ask a partner of a version, most shared first, so many as are compared;
        and how many there are in all.
        """
        kind = version.concept.record_kind
        asked = {row.partner_id for row in version.participations.all() if row.role in ASKING_ROLES}
        shared = Counter(chain.from_iterable(self.places.get((kind, each), ()) for each in asked))
        others = [
            (-number, place)
            for place, number in shared.items()
            if self.versions[place] != version.pk
        ]
        nearest = heapq.nsmallest(MOST_COMPARED, others)
        return [self.versions[place] for _, place in nearest], len(others)


_kept: Kept[Asking] = Kept()


def asking() -> Asking:
    """Who asks whom, as it is now."""
    return _kept.get(stamp.current(), Asking.read)


def _similar(alike: Alike, index: Index) -> Similar:
    here, there = index.of(PARTNERS, alike.one.pk), index.of(PARTNERS, alike.other.pk)
    return Similar(
        alike.other,
        PARTNERS.said(alike.number),
        [
            SharedPartner(has.name, strongest(here[has]), strongest(there[has]), has.url)
            for has in alike.shared[PARTNERS.key]
        ],
        rest_of(alike),
        compare_address([alike.one, alike.other]),
    )


def strongest(said: Sequence[Said]) -> str:
    """The strongest of the roles in which a concept asks a partner."""
    return min((each.role for each in said), key=ROLE_ORDER.__getitem__)


def rest_of(alike: Alike) -> str:
    """What two concepts have in common beside partners, in words."""
    parts = [
        f"{aspect.beside} {', '.join(has.name for has in alike.shared[aspect.key])}"
        for aspect in ALL
        if aspect.beside and alike.shared[aspect.key]
    ]
    return "; ".join(parts) or "verder niets gemeen in de bronnen"


def compare_address(concepts: Sequence[Named]) -> str:
    """Where concepts stand side by side."""
    return f"/vergelijk/?{urlencode([('c', each.slug) for each in concepts])}"
