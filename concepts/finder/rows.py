"""How a published version shows in a list: the row of the page, and the row of the data formats."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise

from django.utils.text import capfirst, slugify

from concepts.coverage import Reach
from concepts.finder.forest import forest
from concepts.models import ASKING_ROLES, ConceptVersion, Role
from concepts.places.absence import place_absences
from eerstelijn.finder.rows import RowGroup, Rows
from governance.derived import present_agencies

ROLE_ORDER = {role: position for position, role in enumerate(Role.values)}

#: How many partners a row names.
MOST_PARTNERS = 4


@dataclass
class PartnerName:
    """A partner in a row; the role is said once, after the last partner that has it."""

    label: str
    role_label: str = ""
    matched: bool = False


@dataclass
class ConceptRow:
    """One concept in a list (see templates/finder/_row_concept.html)."""

    url: str
    name: str
    abbreviation: str
    summary: str
    tree: str
    where: str
    owner: str
    owner_was: str
    partners: list = field(default_factory=list)
    coverage: object = None
    reviewed: object = None


def row_of(version, *, matched=frozenset(), present=None, coverage=None):
    """The row of a version fetched `with_card`.

    `matched` holds the primary keys of partners that the reader filtered on; `present` the body
    that each former agency went on in (`governance.derived.present_agencies`).
    """
    owner, owner_was = owner_names(first(version.ownerships.all()), present or {})
    return ConceptRow(
        url=version.get_absolute_url(),
        name=version.name,
        abbreviation=version.abbreviation,
        summary=version.summary,
        tree=tree_of(version),
        where=next((row.wording for row in version.coverages.all()), ""),
        owner=capfirst(owner),
        owner_was=owner_was,
        partners=partner_names(version, matched=matched),
        coverage=coverage,
        reviewed=version.reviewed_on,
    )


def first(rows):
    """The ownership that holds: the first without an end, else the first."""
    rows = list(rows)
    return next((row for row in rows if not row.end_label), rows[0] if rows else None)


def owner_names(ownership, present):
    """The name of an owner today, and the name in the source where that was another."""
    if ownership is None:
        return "", ""
    agency = ownership.agency
    if agency is None:
        return ownership.wording or ownership.policy_domain.name, ""
    today = present.get(agency.pk)
    return (today.name, agency.name) if today else (agency.name, "")


def tree_of(version):
    """The species of the owner; a shrub when the sources name no owner."""
    owner = first(version.ownerships.all())
    if owner is None:
        return "struik"
    return owner.agency.tree if owner.agency else owner.policy_domain.tree


def role_word(role):
    """A role in a line of text: "minstens" says enough of verplicht of minstens."""
    return "minstens" if role == Role.REQUIRED else Role(role).label


def partner_kinds(version):
    """How many types of partner a version asks: the height of its tree."""
    rows = version.participations.all()
    return len({row.partner.type_id for row in rows if row.role in ASKING_ROLES})


def partner_names(version, most=MOST_PARTNERS, matched=frozenset()):
    """The partners that a concept asks, strongest role first, and any that was filtered on.

    A partner with two roles is named once; a role is said once, after the last partner that has it.
    """
    rows = [
        row
        for row in version.participations.all()
        if row.role in ASKING_ROLES or row.partner_id in matched
    ]
    asked = {}
    for row in sorted(rows, key=lambda row: ROLE_ORDER[row.role]):
        asked.setdefault(row.partner, []).append(row.role)
    shown = [
        (partner, roles)
        for number, (partner, roles) in enumerate(asked.items())
        if number < most or partner.pk in matched
    ]
    names = []
    for (partner, roles), (_, following) in pairwise([*shown, (None, None)]):
        words = [role_word(role) for role in roles if role != Role.PARTICIPANT]
        said = "" if roles == following else " en ".join(words)
        names.append(PartnerName(partner.name, said, partner.pk in matched))
    if rest := len(asked) - len(shown):
        names.append(PartnerName(f"nog {rest} andere" if rest > 1 else "nog één andere"))
    return names


@dataclass(frozen=True)
class CoverageBadge:
    """Whether a concept reaches the place that the reader asked about."""

    key: str
    label: str

    @classmethod
    def of(cls, reach):
        return cls(slugify(reach.value), BADGE_LABELS.get(reach, reach.value))


#: What stands over all concepts that give one answer.
REACH_LABELS = {
    Reach.YES: "Zeker",
    Reach.PARTLY: "Gedeeltelijk",
    Reach.PLANNED: "Gepland",
    Reach.UNSTATED: "Niet vermeld in de bronnen",
}
REACH_NOTES = {
    Reach.PARTLY: "Deze concepten bereiken een deel van de plaats.",
    Reach.UNSTATED: "Deze concepten bestaan, maar de bronnen noemen de plaatsen niet. Ze kunnen "
    "hier dus ook werken.",
}
BADGE_LABELS = {
    Reach.YES: "werkt hier",
    Reach.PARTLY: "werkt hier gedeeltelijk",
    Reach.PLANNED: "gepland",
    Reach.UNSTATED: "de bronnen noemen de plaatsen niet",
}


def data_of(version, url):
    """The row of the data formats (contract, "Formats")."""
    ownerships = list(version.ownerships.all())
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


def unique(values):
    return list(dict.fromkeys(values))


class ConceptRows(Rows):
    """The concepts on one page. Where a place was asked about, each says whether it reaches it."""

    template_name = "finder/_row_concept.html"
    csv_columns = (
        "slug",
        "naam",
        "afkorting",
        "url",
        "samenvatting",
        "soort",
        "domeinen",
        "diensten",
        "partners",
        "schaal",
        "nagekeken_op",
    )

    @cached_property
    def present(self):
        """The body that each former agency went on in; on a peildatum each keeps its own name."""
        return {} if self.filterset.stated_day else present_agencies()

    @cached_property
    def matched(self):
        """The primary keys of the partners that were asked for."""
        return {int(option.pk) for option in self.filterset.active.get("partner", ())}

    @property
    def groups(self):
        """Where a place was asked about: what reaches it for certain apart from what may do so."""
        if not self.filterset.places:
            return [RowGroup(self._rows(self.records))]
        return [
            RowGroup(
                self._rows(versions),
                slugify(reach.value),
                REACH_LABELS[reach],
                self.filterset.reaches[reach],
                REACH_NOTES.get(reach, ""),
            )
            for reach, versions in groupby(self.records, reach_of)
        ]

    def _rows(self, versions):
        return [self.row(version) for version in versions]

    def row(self, version):
        badge = CoverageBadge.of(reach_of(version)) if self.filterset.places else None
        return row_of(version, matched=self.matched, present=self.present, coverage=badge)

    def data(self, version):
        data = data_of(version, self.absolute(version.get_absolute_url()))
        if self.filterset.places:
            data["dekking"] = reach_of(version).value
        return data

    def cells(self, version):
        data = self.data(version)
        partners = [f"{row['partner']}:{row['rol']}" for row in data["partners"]]
        return {**data, "partners": partners}

    @property
    def totals(self):
        if not self.filterset.places:
            return {}
        return {"dekking": {reach.value: n for reach, n in self.filterset.reaches.items()}}

    @property
    def forest(self):
        every = ConceptVersion.objects.filter(pk__in=self.filterset.queryset.values("pk"))
        return forest(every, self.filterset.found)

    @property
    def remarks(self):
        return place_absences(self.filterset)

    @property
    def search(self):
        """How the search word was read, or None."""
        return self.filterset.search_result if self.filterset.q_text else None

    @property
    def spelling(self):
        return [self.search.corrected] if self.search and self.search.corrections else []


def reach_of(version):
    """The answer of a version that was fetched `with_reach`."""
    return Reach.of_strength(version.reach)
