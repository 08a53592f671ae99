"""The concepts by owner, as on the poster: each owner under its name of a day, and what is its.

Of however many concepts only those that are named are read: of the rest their owner.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from concepts.finder.forest import KINDS_ASKED, SHRUB, held_on
from concepts.models import ConceptVersion
from eerstelijn.finder.listing import Link
from eerstelijn.onday import began_after
from eerstelijn.ordering import alphabetical
from governance.bodies import lines
from governance.derived import present_agencies
from governance.models import Agency, PolicyDomain, Tree

#: So many concepts of one owner are named, each under its tree; then how many more.
MOST_NAMED = 40

#: Who a source says a concept is of: a service, a domain, and its own words; primary keys.
Said = tuple[int | None, int | None, str]
NOBODY: Said = (None, None, "")


@dataclass(frozen=True)
class Planted:
    """A concept of an owner; its tree is as high as the kinds of partner that it asks."""

    pk: int
    name: str
    abbreviation: str
    url: str
    height: int


@dataclass
class Owner:
    """An owner as the sources call it, with what it is called on the day, and its concepts."""

    tree: str = SHRUB
    name: str = ""
    #: What is said below the name: "was Departement WVG".
    note: str = ""
    #: The question of the list that holds its concepts.
    asks: dict[str, str] = field(default_factory=dict)
    #: The published version of each of its concepts, by name.
    pks: list[int] = field(default_factory=list)
    #: Those that are named.
    concepts: list[Planted] = field(default_factory=list)

    @property
    def trees(self) -> list[dict[str, Any]]:
        """A tree for each concept that is named, in the order of the list."""
        return [
            {"tree": self.tree, "height": concept.height, "title": concept.name}
            for concept in self.concepts
        ]

    @property
    def rest(self) -> Link | None:
        """The way to those that are not named; None when all are."""
        if not (number := len(self.pks) - len(self.concepts)):
            return None
        query = f"?{urlencode(self.asks)}" if self.asks else ""
        return Link(f"en nog {number}", reverse("concept-list") + query, number)


def owners(day: dt.date | None = None, most: int = MOST_NAMED) -> list[Owner]:
    """The owners of published concepts, today or on a day, in the order of their trees.

    Of each owner the first so many concepts are named. As many queries, however many there are.
    """
    published = ConceptVersion.objects.published().concepts()
    held = held_on(day).filter(version__in=published).distinct("version")
    said_of: dict[int, Said] = {
        version: (agency, domain, wording)
        for version, agency, domain, wording in held.values_list(
            "version", "agency", "policy_domain", "wording"
        )
    }
    named = _Named(set(said_of.values()), day)
    groups: dict[tuple[str, str, str], Owner] = {}
    for pk in published.order_by(alphabetical("name")).values_list("pk", flat=True):
        owner = named.by_words[said_of.get(pk, NOBODY)]
        groups.setdefault((owner.tree, owner.name, owner.note), owner).pks.append(pk)
    _name_first(groups.values(), most)
    order = {tree: position for position, tree in enumerate(Tree.values)}
    return sorted(groups.values(), key=lambda owner: (order[owner.tree], owner.name))


def _name_first(groups: Iterable[Owner], most: int) -> None:
    """Fetch of each owner the concepts that are named."""
    groups = list(groups)
    shown = list(chain.from_iterable(owner.pks[:most] for owner in groups))
    versions = ConceptVersion.objects.select_related("concept").annotate(kinds=KINDS_ASKED)
    versions = versions.only(
        *("name", "abbreviation", "concept__slug", "concept__record_kind")
    ).in_bulk(shown)
    for owner in groups:
        found = (versions[pk] for pk in owner.pks[:most] if pk in versions)
        owner.concepts = [
            Planted(
                version.pk,
                version.name,
                version.abbreviation,
                version.get_absolute_url(),
                version.kinds,
            )
            for version in found
        ]


class _Named:
    """Owners as they are called on a day, by what sources say of them; each said once."""

    def __init__(self, said: Iterable[Said], day: dt.date | None):
        self.day = day
        self.present = {} if day else present_agencies()
        self.agencies = Agency.objects.in_bulk({agency for agency, *_ in said if agency})
        alone = {domain for agency, domain, _ in said if domain and not agency}
        self.domains = PolicyDomain.objects.in_bulk(alone)
        self.by_words = {words: self._owner(*words) for words in {*said, NOBODY}}

    def _owner(self, agency_pk: int | None, domain_pk: int | None, wording: str) -> Owner:
        if agency := self.agencies.get(agency_pk):
            body, name, note = self._on_day(agency) if self.day else self._today(agency)
            return Owner(agency.tree, name, note, {"dienst": body.slug})
        if domain := self.domains.get(domain_pk):
            return Owner(domain.tree, wording or domain.name, asks={"domein": domain.slug})
        return Owner()

    def _today(self, agency: Agency) -> tuple[Agency, str, str]:
        """The body that a service went on in, its name, and what it was."""
        body = self.present.get(agency.pk, agency)
        return body, body.name, f"was {agency.name}" if body != agency else ""

    def _on_day(self, agency: Agency) -> tuple[Agency, str, str]:
        """The body that stood for a service, the service's name, and how the body was called."""
        body = lines().body(agency, self.day)
        if body.there is None:
            is_to_come = began_after(agency.start, self.day)
            return agency, agency.name, f"bestond toen {'nog niet' if is_to_come else 'niet meer'}"
        return body.there, agency.name, f"toen {body.there.name}" if body.is_another else ""
