"""What every published concept has of each aspect, read once and kept as long as it holds."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from concepts.finder.forest import SHRUB, with_tree
from concepts.likeness.aspects import ALL, OWNER, PARTNERS, Aspect, Said, Thing
from concepts.models import ConceptVersion
from eerstelijn.database import stamp
from eerstelijn.kept import Kept
from eerstelijn.ordering import alphabetical


@dataclass(frozen=True)
class Named:
    """A concept as a table or a list calls it."""

    pk: int
    slug: str
    name: str
    abbreviation: str
    tree: str
    url: str

    @property
    def short(self) -> str:
        """The shortest name that readers know: a heading of a column."""
        return self.abbreviation or self.name


@dataclass
class Alike:
    """Two concepts, with what they have in common by aspect: {key of the aspect: [Thing]}."""

    one: Named
    other: Named
    shared: dict[str, list[Thing]]

    @property
    def number(self) -> int:
        """How many partners both ask."""
        return len(self.shared[PARTNERS.key])

    @property
    def order(self) -> tuple[Any, ...]:
        """The partners first, then all the rest together, then the names."""
        rest = sum(map(len, self.shared.values())) - self.number
        return -self.number, -rest, self.one.name, self.other.name

    def number_of(self, aspect: Aspect) -> int:
        """How much of one aspect they have in common."""
        return len(self.shared[aspect.key])


@dataclass
class Index:
    """What each concept has: {key of the aspect: {version: {Thing: [Said]}}}, in their order."""

    concepts: dict[int, Named]
    has: dict[str, dict[int, dict[Thing, list[Said]]]] = field(default_factory=dict)

    @classmethod
    def read(cls, versions: QuerySet, day: dt.date | None) -> "Index":
        """Read it of these versions: a query for the concepts and two or three for each aspect."""
        rows = with_tree(versions).select_related("concept").order_by(alphabetical("name"))
        index = cls({row.pk: named(row) for row in rows})
        for aspect in ALL:
            found: dict[int, dict[Thing, list[Said]]] = defaultdict(lambda: defaultdict(list))
            for version, has, said in aspect.read(versions, day):
                found[version][has].append(said)
            index.has[aspect.key] = {version: dict(things) for version, things in found.items()}
        return index

    def of(self, aspect: Aspect, version: int) -> dict[Thing, list[Said]]:
        """What one concept has of an aspect, and where its page says so."""
        return self.has[aspect.key].get(version, {})

    def alike(self, one: int, other: int) -> Alike:
        """What two concepts have in common."""
        shared = {
            aspect.key: [has for has in self.of(aspect, one) if has in self.of(aspect, other)]
            for aspect in ALL
        }
        return Alike(self.concepts[one], self.concepts[other], shared)

    def pairs(self, aspect: Aspect, versions: Iterable[int]) -> dict[tuple[int, int], int]:
        """How much of an aspect each two of these concepts share; pairs that share nothing fail.

        Both orders of a pair are one: its first stands first in `versions`.
        """
        having = defaultdict(list)
        for version in versions:
            for has in self.of(aspect, version):
                having[has].append(version)
        counts: Counter[tuple[int, int]] = Counter()
        for sharing in having.values():
            counts.update(
                (one, other) for place, one in enumerate(sharing) for other in sharing[place + 1 :]
            )
        return counts

    def owner(self, version: int) -> Thing | None:
        """Whose a concept is, where the sources name a body."""
        return next(iter(self.of(OWNER, version)), None)


def named(version: Any) -> Named:
    """A version that was read `with_tree`, by its names."""
    return Named(
        version.pk,
        version.concept.slug,
        version.name,
        version.abbreviation,
        version.tree or SHRUB,
        version.get_absolute_url(),
    )


#: The concepts of today.
_kept: Kept[Index] = Kept()


def index(day: dt.date | None = None) -> Index:
    """What every published concept has; of a chosen day it is read when it is asked."""
    versions = ConceptVersion.objects.published().concepts()
    if day:
        return Index.read(versions, day)
    return _kept.get(stamp.of_today(), lambda: Index.read(versions, None))
