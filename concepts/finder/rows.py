"""How a published version shows in a list: the row of the page, and the row of the data formats."""

import datetime as dt
from collections.abc import (
    Callable,
    Container,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.text import capfirst, slugify

from concepts.coverage import Reach
from concepts.finder.reasons import Reason
from concepts.models import ASKING_ROLES, ConceptVersion, Participation, Role
from eerstelijn.dates import Holds
from governance.models import BROAD, Partner

ROLE_ORDER = {role: position for position, role in enumerate(Role.values)}

#: How many partners a row names.
MOST_PARTNERS = 4


@dataclass
class PartnerName:
    """A partner in a row, with what stands before and behind its name.

    Of those that must take part "minstens" is said once, before the first; any other role once,
    after the last partner that has it.
    """

    name: str
    role_label: str = ""
    matched: bool = False
    minimum: str = ""
    #: What joins it to the one before.
    joint: str = ""
    is_broad: bool = False

    @property
    def label(self) -> str:
        """The name as a sentence has it: "minstens OCMW"."""
        return f"{self.minimum}{self.name}"

    @property
    def said_of_it(self) -> str:
        said = ", ".join(filter(None, [BROAD if self.is_broad else "", self.role_label]))
        return f" ({said})" if said else ""


@dataclass
class Asked:
    """What a concept asks of a partner that the reader chose: its role, and the source's words."""

    name: str
    roles: str
    wording: str = ""


@dataclass
class ConceptRow:
    """One concept in a list (see templates/finder/_row_concept.html)."""

    url: str
    slug: str
    name: str
    abbreviation: str
    summary: str
    tree: str
    where: str
    owner: str
    owner_was: str
    partners: list[PartnerName] = field(default_factory=list)
    #: What it asks of the partners that the reader chose.
    asked: list[Asked] = field(default_factory=list)
    coverage: "CoverageBadge | None" = None
    #: Why it is found for the place that the reader chose.
    reason: Reason | None = None
    reviewed: object = None
    standing: "StandingBadge | None" = None

    @property
    def missing(self) -> list[str]:
        """What the sources do not say, where that is more than one thing: a row says it once."""
        said = [
            ("Wie doet mee", self.partners),
            ("Waar", self.where or self.reason),
            ("Van wie", self.owner),
        ]
        labels = [label for label, value in said if not value]
        return labels if len(labels) > 1 else []

    @property
    def missing_said(self) -> str:
        """The same as one label: "Wie doet mee, waar, van wie"."""
        return capfirst(", ".join(label.lower() for label in self.missing))


def row_of(
    version: ConceptVersion,
    *,
    chosen: Callable[[Participation], bool] | None = None,
    present: Mapping[int, Any] | None = None,
    coverage: "CoverageBadge | None" = None,
    reason: Reason | None = None,
    standing: Any = None,
    day: dt.date | None = None,
) -> ConceptRow:
    """The row of a version fetched `with_card`, on a day; today without one.

    `chosen` says of a participation whether the reader asked for it; `present` is the body that
    each former agency went on in (`governance.derived.present_agencies`).
    """
    owner, owner_was = owner_names(owner_on(version, day), present or {})
    asked = [row for row in version.participations.all() if chosen and chosen(row)]
    return ConceptRow(
        url=version.get_absolute_url(),
        slug=version.concept.slug,
        name=version.name,
        abbreviation=version.abbreviation,
        summary=version.summary,
        tree=tree_of(version, day),
        where=next((row.wording for row in version.coverages.all()), ""),
        owner=capfirst(owner),
        owner_was=owner_was,
        partners=partner_names(version, matched={row.partner_id for row in asked}),
        asked=asked_of(asked),
        coverage=coverage,
        reason=reason,
        reviewed=version.reviewed_on,
        standing=standing and StandingBadge(standing.state, *standing.in_short),
    )


def asked_of(participations: Iterable[Participation]) -> list[Asked]:
    """What is asked of each partner, strongest role first; its roles together."""
    rows: dict[Partner, list[Participation]] = {}
    for row in sorted(participations, key=lambda row: ROLE_ORDER[row.role]):
        rows.setdefault(row.partner, []).append(row)
    return [
        Asked(
            partner.name,
            " en ".join(Role(row.role).label for row in said),
            "; ".join(unique(text for row in said for text in (row.wording, row.note) if text)),
        )
        for partner, said in rows.items()
    ]


def owner_on(version: ConceptVersion, day: dt.date | None = None) -> Any:
    """The statement that says whose a version is on a day, today without one.

    None where none held that day: who owned it once is not whose it is.
    """
    return first(ownerships_on(version, day))


def ownerships_on(version: ConceptVersion, day: dt.date | None = None) -> list[Any]:
    """The ownerships of a version that held on a day, or possibly did; today without one."""
    day = day or dt.date.today()
    return [row for row in version.ownerships.all() if row.holds_on(day) is not Holds.NO]


def first(rows: Iterable[Any]) -> Any:
    """The statement that goes on: the first without an end, else the first."""
    rows = list(rows)
    return next((row for row in rows if not row.end_label), rows[0] if rows else None)


def owner_names(ownership: Any, present: Mapping[int, Any]) -> tuple[str, str]:
    """The name of an owner today, and the name in the source where that was another."""
    if ownership is None:
        return "", ""
    agency = ownership.agency
    if agency is None:
        return ownership.wording or ownership.policy_domain.name, ""
    today = present.get(agency.pk)
    return (today.name, agency.name) if today else (agency.name, "")


def tree_of(version: ConceptVersion, day: dt.date | None = None) -> str:
    """The species of the owner on a day, today without one; a shrub when nobody is named."""
    owner = owner_on(version, day)
    if owner is None:
        return "struik"
    return owner.agency.tree if owner.agency else owner.policy_domain.tree


def role_word(role: Any) -> str:
    """A role in a line of text: "minstens" says enough of verplicht of minstens."""
    return "minstens" if role == Role.REQUIRED else Role(role).label


def partner_names(
    version: ConceptVersion, most: int = MOST_PARTNERS, matched: Container[int] = frozenset()
) -> list[PartnerName]:
    """The partners that a concept asks, strongest role first, and any that was filtered on.

    A partner with two roles is named once.
    """
    rows = [
        row
        for row in version.participations.all()
        if row.role in ASKING_ROLES or row.partner_id in matched
    ]
    asked: dict[Partner, list[Any]] = {}
    for row in sorted(rows, key=lambda row: ROLE_ORDER[row.role]):
        asked.setdefault(row.partner, []).append(row.role)
    shown = [
        (partner, roles)
        for number, (partner, roles) in enumerate(asked.items())
        if number < most or partner.pk in matched
    ]
    groups = [
        [*of_one_role([partner for partner, _ in said], roles, matched)]
        for roles, said in groupby(shown, key=lambda pair: pair[1])
    ]
    if rest := len(asked) - len(shown):
        groups.append([PartnerName(f"nog {rest} andere" if rest > 1 else "nog één andere")])
    return joined(groups)


def of_one_role(
    partners: Sequence[Partner], roles: list[Any], matched: Container[int]
) -> Iterator[PartnerName]:
    """Partners that have the same roles: these are said once."""
    words = [role_word(role) for role in roles if role != Role.PARTICIPANT]
    is_minimum = roles == [Role.REQUIRED]
    for number, partner in enumerate(partners):
        is_first, is_last = number == 0, number == len(partners) - 1
        yield PartnerName(
            partner.name,
            " en ".join(words) if is_last and not is_minimum else "",
            partner.pk in matched,
            "minstens " if is_minimum and is_first else "",
            is_broad=partner.is_broad,
        )


def joined(groups: list[list[PartnerName]]) -> list[PartnerName]:
    """The names of all groups in one line: "lokaal bestuur (regie); minstens OCMW en CAW; CLB".

    What "minstens" holds for is told from the rest by a semicolon; else commas do.
    """
    is_apart = len(groups) > 1 and any(group[0].minimum for group in groups)
    if not is_apart:
        groups = [[name for group in groups for name in group]]
    for number, group in enumerate(groups):
        for place, name in enumerate(group):
            if place:
                name.joint = " en " if place == len(group) - 1 else ", "
            elif number:
                name.joint = "; "
    return [name for group in groups for name in group]


@dataclass(frozen=True)
class CoverageBadge:
    """Whether a concept reaches the place that the reader asked about."""

    key: str
    label: str

    @classmethod
    def of(cls, reach: Reach) -> "CoverageBadge":
        return cls(slugify(reach.value), BADGE_LABELS.get(reach, reach.value))


@dataclass(frozen=True)
class StandingBadge:
    """Whether a concept still runs: a word, and as of when."""

    key: str
    label: str
    note: str


#: What stands over all concepts that give one answer.
REACH_LABELS = {
    Reach.YES: "Zeker",
    Reach.PARTLY: "Gedeeltelijk",
    Reach.PLANNED: "Gepland",
    Reach.UNSTATED: "Niet vermeld in de bronnen",
}
REACH_NOTES = {
    Reach.PARTLY: "Deze concepten bereiken een deel van de plaats.",
    Reach.UNSTATED: "Deze concepten staan in de bronnen, maar zonder de plaatsen. Ze kunnen hier "
    "dus ook werken.",
}
BADGE_LABELS = {
    Reach.YES: "werkt hier",
    Reach.PARTLY: "werkt hier gedeeltelijk",
    Reach.PLANNED: "gepland",
    Reach.UNSTATED: "de bronnen noemen de plaatsen niet",
}


def data_of(version: ConceptVersion, url: str, day: dt.date | None = None) -> dict[str, Any]:
    """The row of the data formats (contract, "Formats"), with the owners of a day or of today."""
    ownerships = ownerships_on(version, day)
    return {
        "slug": version.concept.slug,
        "naam": version.name,
        "afkorting": version.abbreviation or None,
        "url": url,
        "samenvatting": version.summary,
        "soort": version.kind,
        "domeinen": unique(row.policy_domain.slug for row in ownerships),
        "diensten": unique(row.agency.slug for row in ownerships if row.agency),
        "partners": [
            {"partner": row.partner.slug, "rol": row.role} for row in version.participations.all()
        ],
        "schaal": unique(row.scale.slug for row in version.coverages.all()),
        "nagekeken_op": version.reviewed_on,
    }


def unique(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))
