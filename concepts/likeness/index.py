"""What every published concept has of each aspect, read once and kept as long as it holds."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap
from typing import Any

from concepts.finder.forest import SHRUB, with_tree
from concepts.likeness.aspects import ALL, OWNER, PARTNERS, Aspect, Row, Said, Thing
from concepts.models import Concept, ConceptVersion
from eerstelijn.database import stamp
from eerstelijn.database.asking import Prepared, answered, of_keys, prepared
from eerstelijn.kept import Kept
from eerstelijn.ordering import alphabetical
from governance.derived import present_agencies


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
    has: dict[str, dict[int, dict[Thing, list[Said]]]]

    @classmethod
    def read(
        cls, versions: Iterable[int], day: dt.date | None, present: Mapping[int, Any]
    ) -> "Index":
        """Read it of versions by their keys: a query for the concepts, one for all that they have.

        `present` is the body that each former agency went on in.
        """
        names = answered(_names(day or dt.date.today()), [*versions])
        index = cls({row[0]: named(*row) for row in names}, {aspect.key: {} for aspect in ALL})
        for row in _rows([*index.concepts], day):
            aspect, has = HOLDS[row.number]
            thing = has.thing(row)
            if aspect is OWNER and row.pk in present:
                agency = present[row.pk]
                thing = has.thing(row._replace(pk=agency.pk, slug=agency.slug, name=agency.name))
            things = index.has[aspect.key].setdefault(row.version, {})
            things.setdefault(thing, []).append(has.said(row))
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


#: What is asked of a version to name its concept.
NAMES = ("pk", "concept__slug", "concept__record_kind", "name", "abbreviation", "tree")


def named(pk: int, slug: str, kind: str, name: str, abbreviation: str, tree: str | None) -> Named:
    """A concept by what a version says of it (`NAMES`)."""
    url = Concept(slug=slug, record_kind=kind).get_absolute_url()
    return Named(pk, slug, name, abbreviation, tree or SHRUB, url)


@lru_cache(maxsize=2)
def _names(day: dt.date) -> Prepared:
    """What `NAMES` says of versions on a day, in the order of their names; as SQL, made once."""
    rows = of_keys(with_tree(ConceptVersion.objects.all(), day))
    return prepared(rows.order_by(alphabetical("name")).values_list(*NAMES))


#: All that versions have, with the aspect that it is of: a row of the database has its number.
HOLDS = [(aspect, has) for aspect in ALL for has in aspect.holds]


def _rows(keys: list[int], day: dt.date | None) -> list[Row]:
    """What the versions with these keys have, in the order of their statements."""
    rows = starmap(Row, answered(_query(day, dt.date.today()), keys))
    return sorted(rows, key=lambda row: (row.position, row.key, row.number, row.place))


@lru_cache(maxsize=2)
def _query(day: dt.date | None, today: dt.date) -> Prepared:
    """As SQL, put together once for a day."""
    first, *others = (
        of_keys(has.rows(number, day, today), "version") for number, (_, has) in enumerate(HOLDS)
    )
    return prepared(first.union(*others, all=True))


#: The concepts of today.
_kept: Kept[Index] = Kept()


def index(day: dt.date | None = None) -> Index:
    """What every published concept has; of a chosen day it is read when it is asked."""
    versions = ConceptVersion.objects.published().concepts().values_list("pk", flat=True)
    if day:
        return Index.read(versions, day, {})
    return _kept.get(stamp.of_today(), lambda: Index.read(versions, None, present_agencies()))
