"""The concepts that are most like one: what its page says of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from concepts.finder.rows import ROLE_ORDER
from concepts.likeness.aspects import ALL, PARTNERS, Said
from concepts.likeness.index import Alike, Index, Named
from concepts.models import ASKING_ROLES, ConceptVersion, Participation, Status

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


def similar_to(version: ConceptVersion) -> SimilarBlock:
    """What is most like a public concept: by the partners that both ask, then by all else together.

    Of a version that is not public nothing is.
    """
    near = _sharing_partners(version)
    if not near:
        return SimilarBlock()
    compared = ConceptVersion.objects.filter(pk__in=[version.pk, *near[:MOST_COMPARED]])
    index = Index.read(compared, None)
    alike = [index.alike(version.pk, other) for other in near[:MOST_COMPARED]]
    return SimilarBlock(
        [_similar(row, index) for row in sorted(alike, key=lambda row: row.order)[:MOST_NAMED]],
        max(len(near) - MOST_NAMED, 0),
        reverse("overlap"),
    )


def _sharing_partners(version: ConceptVersion) -> list[int]:
    """The other public versions that ask a partner which this one asks, most shared first."""
    if version.status != Status.PUBLISHED:
        return []
    asking = Participation.objects.filter(role__in=ASKING_ROLES)
    others = (
        asking.filter(
            partner__in=asking.filter(version=version).values("partner"),
            version__in=ConceptVersion.objects.published().filter(
                concept__record_kind=version.concept.record_kind
            ),
        )
        .exclude(version=version)
        .order_by()
        .values("version", "version__name")
        .annotate(shared=Count("partner", distinct=True))
    )
    return list(others.order_by("-shared", "version__name").values_list("version", flat=True))


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
