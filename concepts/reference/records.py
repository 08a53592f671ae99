"""The pages of domains, agencies, partners and acts."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.text import capfirst

from concepts.finder.rows import unique
from concepts.models import ASKING_ROLES, Concept, Role
from concepts.reference.changes import changes_section
from concepts.reference.parts import cited, concepts_of, held, in_finder, names_of, validity_facts
from eerstelijn.pages.parts import Fact, Item, RecordPage, Section, sources_data
from eerstelijn.webaddress import link_to
from governance.models import DecreeDate


def domain_page(domain):
    return RecordPage(
        "Beleidsdomein",
        note=domain.note,
        finder_url=in_finder("domein", domain),
        facts=[
            Fact(domain.abbreviation, kind="Afkorting", key="afkorting"),
            *validity_facts(domain),
        ],
        sections=[
            Section(
                "concepten",
                "Concepten in dit beleidsdomein",
                concepts_of(domain.ownerships, held, lambda row: {"geldig_tot": row.end.as_data()}),
            ),
            Section("diensten", "Diensten", _lines_of(domain.agencies.all())),
            changes_section(domain),
        ],
    )


def _lines_of(agencies):
    return [
        Item(
            agency.name,
            agency.get_absolute_url(),
            agency.get_kind_display(),
            slug=agency.slug,
            data={"soort": agency.get_kind_display()},
        )
        for agency in agencies
    ]


def _fact_of(record, label, key):
    """A fact that is another record, if any."""
    if record is None:
        return Fact("", kind=label, key=key)
    return Fact(record.name, record.get_absolute_url(), label, key, record.slug)


def agency_page(agency):
    owned = agency.ownerships.model.objects.filter(agency__lines__present=agency)

    def former_name(row):
        return "" if row.agency_id == agency.pk else f"onder {row.agency.name}"

    tasks = [Task(task.text, statement=task) for task in cited(agency.tasks.all())]
    return RecordPage(
        capfirst(agency.get_kind_display()),
        text=agency.description,
        note=agency.note,
        tree=agency.tree,
        names=names_of(agency, agency.name),
        finder_url=in_finder("dienst", agency),
        facts=[
            Fact(agency.abbreviation, kind="Afkorting", key="afkorting"),
            _fact_of(agency.parent, "Deel van", "deel_van"),
            _fact_of(agency.policy_domain, "Beleidsdomein", "beleidsdomein"),
            *validity_facts(agency),
            _fact_of(getattr(agency, "as_partner", None), "Ook partner", "partner"),
            Fact(agency.website, link_to(agency.website), "Website", "website"),
            Fact(agency.ovo_code, kind="OVO-code", key="ovo_code"),
        ],
        sections=[
            changes_section(agency, "Waar deze dienst vandaan komt en naartoe ging"),
            Section(
                "concepten",
                "Concepten van deze dienst",
                concepts_of(
                    owned.select_related("agency"),
                    former_name,
                    lambda row: {"dienst": row.agency.slug},
                ),
            ),
            Section("taken", "Taken volgens de bronnen", tasks),
            Section("afdelingen", "Afdelingen en delen", _lines_of(agency.divisions.all())),
        ],
    )


class Task(Item):
    """A task of an agency, in words."""

    def as_data(self, absolute):
        yield {"taak": self.text, "bronnen": sources_data(self.statements, absolute)}


def partner_page(partner):
    concept = getattr(partner, "as_concept", None)
    published = concept and concept.versions.published().first()
    by_role, as_type = roles_of(partner)
    number, type_name = len(as_type), partner.type.name.lower()
    return RecordPage(
        "Partner",
        text=partner.description,
        note=partner.note,
        names=names_of(partner, partner.name, partner.long_name),
        finder_url=in_finder("partner", partner),
        facts=[
            Fact(partner.long_name, kind="Voluit", key="voluit"),
            _fact_of(partner.type, "Partnertype", "partnertype"),
            _fact_of(partner.agency, "Is de dienst", "dienst"),
            Fact(
                published.name if published else "",
                published and published.get_absolute_url(),
                "Is zelf het concept",
                "concept",
                concept.slug if published else None,
            ),
            Fact(partner.website, link_to(partner.website), "Website", "website"),
            Fact("alle concepten", in_finder("partnertype", partner.type), "Met dit partnertype"),
        ],
        sections=[
            Section(
                "concepten",
                "Concepten die deze partner vragen of noemen",
                by_role,
                "reference/_by_role.html",
            ),
            Section(
                "ook-als-type",
                f"Ook gevraagd als {type_name}: {number} concept{'en' if number != 1 else ''}",
                as_type,
                in_data=False,
            ),
            changes_section(partner),
        ],
    )


@dataclass
class RoleGroup:
    """The concepts in which a partner has one role."""

    key: str
    label: str
    items: list = field(default_factory=list)

    def as_data(self, absolute):
        for item in self.items:
            yield from item.as_data(absolute)


def roles_of(partner):
    """The published concepts that ask a partner, by role in the order of the roles.

    And those that ask others of its type, but not the partner itself: what a partner that is
    not named may be asked all the same. One query finds both.
    """
    own = Q(partner=partner)
    concepts = Q(version__concept__record_kind=Concept.RecordKind.CONCEPT)
    kin = concepts & Q(partner__type=partner.type_id, role__in=ASKING_ROLES)
    rows = partner.participations.model.objects.filter(own | kin).select_related("partner")
    groups = {role: RoleGroup(role.value, role.label) for role in Role}
    others = []
    for item in concepts_of(
        rows,
        lambda row: row.role if row.partner_id == partner.pk else "",
        lambda row: {"rol": row.role},
    ):
        if item.kind:
            item.note = next((row.wording for row in item.statement if row.wording), "")
            groups[item.kind].items.append(item)
        else:
            item.note = ", ".join(unique(row.partner.name for row in item.statement))
            others.append(item)
    named = {item.version.pk for group in groups.values() for item in group.items}
    return (
        [group for group in groups.values() if group.items],
        [item for item in others if item.version.pk not in named],
    )


@dataclass
class ActDate:
    """One of the dates of an act; without rows, the sources do not give it."""

    kind: DecreeDate.Kind
    rows: list

    @property
    def label(self):
        return capfirst(self.kind.label)

    @property
    def date(self):
        return self.rows[0].date if self.rows else None

    def as_data(self, absolute):
        for row in self.rows or [None]:
            yield {
                "soort": self.kind.value,
                "datum": row.date.as_data() if row else None,
                "bronnen": sources_data([row] if row else [], absolute),
            }


#: The dates that every act has, whether a source gives them or not.
ACT_DATES = (
    DecreeDate.Kind.ADOPTED,
    DecreeDate.Kind.SIGNED,
    DecreeDate.Kind.PUBLISHED,
    DecreeDate.Kind.IN_FORCE,
)


def dates_of(decree):
    """The four dates of an act in their order; of another document those that are known."""
    rows = list(cited(decree.dates.all()))
    is_act = decree.kind in decree.ELI_KINDS
    dates = []
    for kind in DecreeDate.Kind:
        found = [row for row in rows if row.kind == kind]
        if found or (is_act and kind in ACT_DATES):
            dates.append(ActDate(kind, found))
    return dates


def decree_page(decree):
    relations = [
        Item(
            row.other.short_title,
            row.other.get_absolute_url(),
            row.get_kind_display(),
            statement=row,
            slug=row.other.slug,
            data={"verband": row.kind, "is_hierover": False},
        )
        for row in cited(decree.relations.select_related("other"))
    ]
    relations += [
        Item(
            row.decree.short_title,
            row.decree.get_absolute_url(),
            f"hierover: {row.get_kind_display()}",
            statement=row,
            slug=row.decree.slug,
            data={"verband": row.kind, "is_hierover": True},
        )
        for row in cited(decree.related_from.select_related("decree"))
    ]
    links = [
        Item(
            *(link.text, link_to(link.url), link.get_state_display(), link.note, link),
            data={"stand": link.state},
        )
        for link in cited(decree.lost_links.all())
    ]
    eli = decree.eli
    return RecordPage(
        capfirst(decree.get_kind_display()),
        text=decree.description,
        note=decree.note,
        names=names_of(decree, decree.name, decree.short_title),
        finder_url=in_finder("regelgeving", decree),
        facts=[
            Fact(decree.name, kind="Titel", key="titel"),
            Fact(decree.get_status_display(), "", "Status", "status", decree.status),
            Fact(eli, eli, "ELI (Belgisch Staatsblad)", "eli"),
            Fact(decree.numac, kind="Numac", key="numac"),
            Fact(decree.codex_id, decree.codex_url, "Vlaamse Codex", "codex"),
            Fact(decree.url, link_to(decree.url), "Webadres", "webadres"),
        ],
        sections=[
            Section("data", "Data", dates_of(decree), "reference/_act_dates.html"),
            Section(
                "concepten",
                "Concepten die erop steunen",
                concepts_of(
                    decree.legal_bases,
                    lambda row: row.get_role_display(),
                    lambda row: {"rol": row.role},
                ),
            ),
            Section("verbanden", "Verbanden met andere akten", relations),
            changes_section(decree),
            Section("links", "Links die verloren gingen", links),
        ],
    )
