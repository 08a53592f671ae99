"""The pages of domains, agencies, partners and acts."""

from dataclasses import dataclass, field

from django.utils.text import capfirst

from concepts.reference.changes import changes_section
from concepts.reference.parts import cited, concepts_of, held, in_finder, names_of, validity_facts
from eerstelijn.pages.parts import Item, RecordPage, Section
from eerstelijn.webaddress import link_to
from governance.models import DecreeDate


def domain_page(domain):
    agencies = [
        Item(a.name, a.get_absolute_url(), a.get_kind_display()) for a in domain.agencies.all()
    ]
    return RecordPage(
        "Beleidsdomein",
        note=domain.note,
        finder_url=in_finder("domein", domain),
        facts=[Item(domain.abbreviation, kind="Afkorting"), *validity_facts(domain)],
        sections=[
            Section(
                "concepten",
                "Concepten in dit beleidsdomein",
                concepts_of(domain.ownerships, held),
            ),
            Section("diensten", "Diensten", agencies),
            changes_section(domain),
        ],
    )


def agency_page(agency):
    owned = agency.ownerships.model.objects.filter(agency__lines__present=agency)

    def former_name(row):
        return "" if row.agency_id == agency.pk else f"onder {row.agency.name}"

    parent = agency.parent
    domain = agency.policy_domain
    tasks = [Item(task.text, statement=task) for task in cited(agency.tasks.all())]
    divisions = [
        Item(a.name, a.get_absolute_url(), a.get_kind_display()) for a in agency.divisions.all()
    ]
    partner = getattr(agency, "as_partner", None)
    return RecordPage(
        capfirst(agency.get_kind_display()),
        text=agency.description,
        note=agency.note,
        tree=agency.tree,
        names=names_of(agency, agency.name),
        finder_url=in_finder("dienst", agency),
        facts=[
            Item(agency.abbreviation, kind="Afkorting"),
            Item(parent.name if parent else "", parent and parent.get_absolute_url(), "Deel van"),
            Item(
                domain.name if domain else "", domain and domain.get_absolute_url(), "Beleidsdomein"
            ),
            *validity_facts(agency),
            Item(
                partner.name if partner else "",
                partner and partner.get_absolute_url(),
                "Ook partner",
            ),
            Item(agency.website, link_to(agency.website), "Website"),
            Item(agency.ovo_code, kind="OVO-code"),
        ],
        sections=[
            changes_section(agency, "Waar deze dienst vandaan komt en naartoe ging"),
            Section(
                "concepten",
                "Concepten van deze dienst",
                concepts_of(owned.select_related("agency"), former_name),
            ),
            Section("taken", "Taken volgens de bronnen", tasks),
            Section("afdelingen", "Afdelingen en delen", divisions),
        ],
    )


def partner_page(partner):
    agency = partner.agency
    concept = getattr(partner, "as_concept", None)
    published = concept and concept.versions.published().first()
    return RecordPage(
        "Partner",
        text=partner.description,
        note=partner.note,
        names=names_of(partner, partner.name, partner.long_name),
        finder_url=in_finder("partner", partner),
        facts=[
            Item(partner.long_name, kind="Voluit"),
            Item(partner.type.name, partner.type.get_absolute_url(), "Partnertype"),
            Item(
                agency.name if agency else "", agency and agency.get_absolute_url(), "Is de dienst"
            ),
            Item(
                published.name if published else "",
                published and published.get_absolute_url(),
                "Is zelf het concept",
            ),
            Item(partner.website, link_to(partner.website), "Website"),
        ],
        sections=[
            Section(
                "concepten",
                "Concepten die deze partner vragen of noemen",
                roles_of(partner),
                "reference/_by_role.html",
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


def roles_of(partner):
    """The published concepts that ask a partner, by role in the order of the roles."""
    roles = partner.participations.model._meta.get_field("role").choices
    groups = {key: RoleGroup(key, label) for key, label in roles}
    for item in concepts_of(partner.participations, lambda row: row.role):
        rows = item.statement
        item.note = next((row.wording for row in rows if row.wording), "")
        groups[item.kind].items.append(item)
    return [group for group in groups.values() if group.items]


@dataclass
class ActDate:
    """One of the dates of an act; without rows, the sources do not give it."""

    label: str
    rows: list

    @property
    def date(self):
        return self.rows[0].date if self.rows else None


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
            dates.append(ActDate(capfirst(kind.label), found))
    return dates


def decree_page(decree):
    relations = [
        Item(
            row.other.short_title,
            row.other.get_absolute_url(),
            row.get_kind_display(),
            statement=row,
        )
        for row in cited(decree.relations.select_related("other"))
    ]
    relations += [
        Item(
            row.decree.short_title,
            row.decree.get_absolute_url(),
            f"hierover: {row.get_kind_display()}",
            statement=row,
        )
        for row in cited(decree.related_from.select_related("decree"))
    ]
    links = [
        Item(link.text, link_to(link.url), link.get_state_display(), link.note, link)
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
            Item(decree.name, kind="Titel"),
            Item(decree.get_status_display(), kind="Status"),
            Item(eli, eli, "ELI (Belgisch Staatsblad)"),
            Item(decree.numac, kind="Numac"),
            Item(decree.codex_id, decree.codex_url, "Vlaamse Codex"),
            Item(decree.url, link_to(decree.url), "Webadres"),
        ],
        sections=[
            Section("data", "Data", dates_of(decree), "reference/_act_dates.html"),
            Section(
                "concepten",
                "Concepten die erop steunen",
                concepts_of(decree.legal_bases, lambda row: row.get_role_display()),
            ),
            Section("verbanden", "Verbanden met andere akten", relations),
            changes_section(decree),
            Section("links", "Links die verloren gingen", links),
        ],
    )
