"""What a process keeps of the published concepts, to answer for any place: no more than that takes.

As records ten thousand concepts were 360 MB in each process; as tuples of numbers they are a few.
A page then reads the concepts that it shows.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import starmap
from sys import intern
from typing import NamedTuple

from django.db.models import Prefetch

from concepts.finder.cards import named_in
from concepts.finder.rows import ROLE_ORDER
from concepts.models import (
    ASKING_ROLES,
    ConceptVersion,
    Coverage,
    Ownership,
    Participation,
    Standing,
)
from eerstelijn.database import stamp
from eerstelijn.database.ground import ground
from eerstelijn.dates import Holds, SourceDate, held_between
from eerstelijn.kept import Kept
from eerstelijn.ordering import alphabetical
from governance.derived import present_agencies
from governance.models import CITATIONS, CoverageArea, Partner

#: So many published concepts in all are kept whole: then a page reads none.
MOST_KEPT = 200
#: The six columns of a period.
EDGES = [f"{edge}_{part}" for edge in ("start", "end") for part in ("label", "earliest", "latest")]


class Days(NamedTuple):
    """From when to when a statement held."""

    start: SourceDate
    end: SourceDate


ALWAYS = Days(SourceDate(), SourceDate())


class AreaPoint(NamedTuple):
    """An area of which only is said which it is."""

    pk: int


class Territory(tuple):
    """The areas that a statement names, from small to large."""

    def all(self):
        return self


@dataclass(frozen=True, slots=True)
class ReachRow:
    """A Coverage statement as far as an answer depends on it (`concepts.coverage.row_answer`)."""

    pk: int
    extent: str
    status: str
    days: Days
    territory: Territory

    def holds_on(self, day: dt.date) -> Holds:
        return held_between(*self.days, day)


class Ask(NamedTuple):
    """That a concept asks something of a partner."""

    partner: int
    role: str
    days: Days


@dataclass(frozen=True, slots=True)
class Reaching:
    """A published concept: where it works, and whom it asks, strongest role first."""

    version: int
    rows: tuple[ReachRow, ...]
    asks: tuple[Ask, ...]

    def asked_on(self, day: dt.date) -> dict[int, list[str]]:
        """The roles of each partner that it asks on a day, strongest first."""
        asked: dict[int, list[str]] = {}
        for ask in self.asks:
            if held_between(*ask.days, day) is not Holds.NO:
                asked.setdefault(ask.partner, []).append(ask.role)
        return asked


class Everywhere:
    """All published concepts by name, the partners, and what former services went on in.

    After a publication only what came is read: the rest stays while the ground does.
    """

    def __init__(self):
        on = ground()
        versions = ConceptVersion.objects.published().concepts()
        keys = versions.order_by(alphabetical("name"), "pk").values_list("pk", flat=True)
        self.concepts = _reaching.several(on, list(keys), _read)
        self.partners = _partners.get(on, Partner.objects.select_related("type").in_bulk)
        self.present = present_agencies()

    @cached_property
    def by_version(self):
        """The concepts by the key of their version."""
        return {concept.version: concept for concept in self.concepts}

    def cards(self, keys):
        """Versions by their key, with what pages of places show; all of them where they are few.

        Nobody changes them: requests at the same time read the same records.
        """
        return _cards(keys) if len(self.concepts) > MOST_KEPT else self._every_card

    @cached_property
    def _every_card(self):
        named = named_in()
        names = [(each.version, named.get(each.version)) for each in self.concepts]

        def read(lacking):
            found = _cards([key for key, _ in lacking])
            return {name: found[name[0]] for name in lacking if name[0] in found}

        return {card.pk: card for card in _cards_kept.several(ground(), names, read)}


def _read(keys):
    """Versions by their key, as answers depend on them."""
    versions = ConceptVersion.objects.filter(pk__in=keys)
    rows, asks = _rows(versions), _asks(versions)
    return {pk: Reaching(pk, tuple(rows[pk]), tuple(asks[pk])) for pk in keys}


def _cards(keys):
    territory = Prefetch("territory", CoverageArea.objects.select_related("kind"))
    coverages = Coverage.objects.select_related("scale").prefetch_related(territory, CITATIONS)
    versions = ConceptVersion.objects.select_related("concept").defer("search")
    return versions.prefetch_related(
        Prefetch("coverages", coverages),
        Prefetch("ownerships", Ownership.objects.select_related("policy_domain", "agency")),
        Prefetch("standings", Standing.objects.named()),
    ).in_bulk(keys)


def _rows(versions):
    """Where each version works, in the order of its statements."""
    links = Coverage.territory.through.objects.filter(coverage__version__in=versions)
    named, points = defaultdict(list), {}
    from_small = [f"coveragearea__{name}" for name in CoverageArea._meta.ordering]
    for row, area in links.order_by(*from_small).values_list("coverage_id", "coveragearea_id"):
        named[row].append(points.setdefault(area, AreaPoint(area)))
    found = defaultdict(list)
    for version, pk, extent, status, *edges in _of(Coverage, versions, "pk", "extent", "status"):
        territory = Territory(named.get(pk, ()))
        row = ReachRow(pk, intern(extent), intern(status), _days(edges), territory)
        found[version].append(row)
    return found


def _asks(versions):
    """Whom each version asks, strongest role first."""
    found = defaultdict(list)
    for version, partner, role, *edges in _of(Participation, versions, "partner", "role"):
        if role in ASKING_ROLES:
            found[version].append(Ask(partner, intern(role), _days(edges)))
    for asks in found.values():
        asks.sort(key=lambda ask: ROLE_ORDER[ask.role])
    return found


def _of(kind, versions, *columns):
    """The statements of a kind in their order, as (version, what is asked of each, its period)."""
    rows = kind.objects.filter(version__in=versions)
    in_order = rows.order_by("version_id", *kind._meta.ordering[1:])
    return in_order.values_list("version_id", *columns, *EDGES)


def _days(edges):
    return Days(*starmap(SourceDate, (edges[:3], edges[3:]))) if any(edges) else ALWAYS


_kept: Kept[Everywhere] = Kept()
#: Concepts by the key of their version; so many that all of any guide are among them.
_reaching: Kept[Reaching] = Kept(most=100_000)
_cards_kept: Kept[ConceptVersion] = Kept(MOST_KEPT)
_partners: Kept[dict[int, Partner]] = Kept()


def everywhere():
    """All of that as it is now. Nobody changes it: requests at the same time read the same."""
    return _kept.get(stamp.current(), Everywhere)
