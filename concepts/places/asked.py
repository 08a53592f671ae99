"""Who is asked in a place: each partner, and the kinds of partner with those that are of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from concepts.coverage import Reach
from concepts.finder.over import over_on
from concepts.finder.rows import ROLE_ORDER
from concepts.models import Role
from concepts.places.answers import Answers
from governance.models import Partner, PartnerType

#: Answers that are more than "niet vermeld": what a partner is asked for certain, or will be.
LOCATED = (Reach.YES, Reach.PARTLY, Reach.PLANNED)


@dataclass
class Asked:
    """How often a partner is asked here: by concepts that reach the place, and that may do so."""

    partner: Partner
    url: str = ""
    #: The keys of those concepts.
    located: set[int] = field(default_factory=set)
    unstated: set[int] = field(default_factory=set)
    #: What the concepts that reach the place ask of it.
    roles: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        return len(self.located) + len(self.unstated)

    @property
    def counts(self) -> str:
        """Both numbers as they stand behind its name: "3 + 7", "1", "+ 2"."""
        perhaps = f"+ {len(self.unstated)}" if self.unstated else ""
        return f"{len(self.located) or ''} {perhaps}".strip()


@dataclass
class AskedKind:
    """A kind of partner that is asked here, and its partners."""

    type: PartnerType
    url: str
    partners: list[Asked] = field(default_factory=list)

    @cached_property
    def located(self) -> set[int]:
        """The concepts that reach the place and ask one partner of this kind or more."""
        return set(chain.from_iterable(row.located for row in self.partners))

    @cached_property
    def unstated(self) -> set[int]:
        return set(chain.from_iterable(row.unstated for row in self.partners))

    @cached_property
    def sure(self) -> list[Asked]:
        """Its partners that a concept asks which reaches the place."""
        return [row for row in self.partners if row.located]

    @cached_property
    def roles(self) -> list[Role]:
        """What is asked of this kind, the strongest role first."""
        return in_order(chain.from_iterable(row.roles for row in self.partners))


def in_order(roles: Iterable[str]) -> list[Role]:
    """Roles, each once, the strongest first."""
    return [Role(role) for role in sorted(set(roles), key=ROLE_ORDER.__getitem__)]


def partners_of(answers: Answers, listed: str) -> list[Asked]:
    """Every partner that is asked, the most asked first; each leads to the concepts that do so.

    `listed` is the address that lists them. What is over asks nobody (`concepts.finder.over`).
    """
    rows: dict[int, Asked] = {}
    day = answers.as_of.day
    over = over_on(day, is_other_day=answers.as_of.is_other_day)
    for group in answers.groups:
        is_located = group.reach in LOCATED
        for found in group.found:
            if found.concept.version in over:
                continue
            for key, roles in found.concept.asked_on(day).items():
                if (row := rows.get(key)) is None:
                    partner = answers.known.partners[key]
                    url = f"{listed}&partner={partner.slug}"
                    row = rows[key] = Asked(partner, url)
                (row.located if is_located else row.unstated).add(found.concept.version)
                if is_located:
                    row.roles.update(roles)
    return sorted(rows.values(), key=lambda row: (*_most(row), row.partner.name))


def kinds_of(partners: Iterable[Asked], listed: str) -> list[AskedKind]:
    """The kinds of these partners, the most asked first."""
    kinds: dict[int, AskedKind] = {}
    for row in partners:
        kind = row.partner.type
        url = f"{listed}&partnertype={kind.slug}"
        kinds.setdefault(kind.pk, AskedKind(kind, url)).partners.append(row)
    return sorted(kinds.values(), key=lambda kind: (*_most(kind), kind.type.name))


def _most(row: Asked | AskedKind) -> tuple[int, int]:
    """Sorts by how often it is asked; of these, by how often that may be."""
    return -len(row.located), -len(row.located) - len(row.unstated)
