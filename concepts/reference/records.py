"""The pages of domains, agencies, partners and acts: of today, or of the `day` that is given."""

from dataclasses import dataclass, field

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.text import capfirst

from concepts.finder.rows import unique
from concepts.models import ASKING_ROLES, Concept, Role
from concepts.reference.changes import changes_of, section_of
from concepts.reference.parts import (
    REST,
    Concepts,
    cited,
    concepts_of,
    concepts_section,
    held,
    in_finder,
    names_of,
    validity_facts,
)
from concepts.reference.presence import (
    is_absent,
    presence_of,
    presence_of_act,
    presence_of_partner,
)
from eerstelijn.pages.parts import Fact, Item, Part, RecordPage, Section, sources_data
from eerstelijn.webaddress import link_to
from governance.bodies import lines
from governance.models import BROAD, DecreeDate

#: What the page of a partner says that the sources describe and do not name.
BROAD_SAID = f"{BROAD}: dit is geen naam van één organisatie"


def domain_page(domain, day=None, most=None):
    changes = changes_of(domain)
    return RecordPage(
        "Beleidsdomein",
        note=domain.note,
        finder_url=in_finder("domein", domain),
        presence=presence_of(domain, domain.start, domain.end, changes, day),
        facts=[
            Fact(domain.abbreviation, kind="Afkorting", key="afkorting"),
            *validity_facts(domain),
        ],
        sections=[
            concepts_section(
                "Concepten in dit beleidsdomein",
                concepts_of(
                    domain.ownerships,
                    held,
                    lambda row: {"geldig_tot": row.end.as_data()},
                    day=day,
                    most=most,
                ),
                in_finder("domein", domain),
            ),
            Section("diensten", "Diensten", _lines_of(domain.agencies.all(), day)),
            section_of(changes, day=day),
        ],
    )


def _lines_of(agencies, day):
    """Services; on a day those that were there, or possibly were."""
    if day:
        agencies = agencies.valid_on(day)
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


def agency_page(agency, day=None, most=None):
    changes = changes_of(agency)
    owned = agency.ownerships.model.objects
    if day:  # of the services that it stood for: after a merger those are others
        owned = owned.filter(agency__in=lines().named_for(agency, day))
    else:
        owned = owned.filter(agency__lines__present=agency)

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
        presence=presence_of(agency, agency.start, agency.end, changes, day),
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
            section_of(changes, "Waar deze dienst vandaan komt en naartoe ging", day),
            concepts_section(
                "Concepten van deze dienst",
                concepts_of(
                    owned.select_related("agency"),
                    former_name,
                    lambda row: {"dienst": row.agency.slug},
                    day=day,
                    most=most,
                ),
                in_finder("dienst", agency),
            ),
            Section("taken", "Taken volgens de bronnen", tasks),
            Section("afdelingen", "Afdelingen en delen", _lines_of(agency.divisions.all(), day)),
        ],
    )


class Task(Item):
    """A task of an agency, in words."""

    def as_data(self, absolute):
        yield {"taak": self.text, "bronnen": sources_data(self.statements, absolute)}


def partner_page(partner, day=None, most=None):
    changes = changes_of(partner)
    presence = presence_of_partner(partner, changes, day)
    concept = getattr(partner, "as_concept", None)
    published = concept and concept.versions.published().first()
    by_role, as_type = roles_of(partner, day, presence, most)
    number, type_name = as_type.numbers.get(AS_TYPE, len(as_type)), partner.type.name.lower()
    of_type = in_finder("partnertype", partner.type)
    return RecordPage(
        "Partner",
        text=partner.description,
        note=partner.note,
        names=names_of(partner, partner.name, partner.long_name),
        finder_url=in_finder("partner", partner),
        presence=presence,
        facts=[
            Fact(partner.long_name, kind="Voluit", key="voluit"),
            Fact(BROAD_SAID if partner.is_broad else "", kind="Hoe de bronnen het noemen"),
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
            Fact("alle concepten", of_type, "Met dit partnertype"),
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
                parts=[Part(Section.template, as_type), Part(REST, as_type.rest(of_type, AS_TYPE))],
            ),
            section_of(changes, day=day),
        ],
    )


@dataclass
class RoleGroup:
    """The concepts in which a partner has one role."""

    key: str
    label: str
    items: list = field(default_factory=list)
    #: The way to those that the page does not name.
    rest: list = field(default_factory=list)

    def as_data(self, absolute):
        for item in self.items:
            yield from item.as_data(absolute)


#: The list of those that ask others of its type; the others are called after a role.
AS_TYPE = ""


def roles_of(partner, day=None, presence=None, most=None):
    """The published concepts that ask a partner, by role in the order of the roles.

    And those that ask others of its type, but not the partner itself: what a partner that is
    not named may be asked all the same. One query finds both. A partner that was not there on a day
    was asked nothing.
    """
    if is_absent(presence):
        return [], Concepts()
    own = Q(partner=partner)
    concepts = Q(version__concept__record_kind=Concept.RecordKind.CONCEPT)
    named = partner.participations.filter(version=OuterRef("version"))
    named = Exists(named.valid_on(day) if day else named)
    kin = concepts & Q(partner__type=partner.type_id, role__in=ASKING_ROLES) & ~named
    rows = partner.participations.model.objects.filter(own | kin).select_related("partner")
    groups = {role: RoleGroup(role.value, role.label) for role in Role}
    others = Concepts()
    items = concepts_of(
        rows,
        lambda row: row.role if row.partner_id == partner.pk else AS_TYPE,
        lambda row: {"rol": row.role},
        day=day,
        most=most,
        list_of=Case(When(own, then=F("role")), default=Value(AS_TYPE)),
    )
    for item in items:
        if item.kind:
            said = next((row.wording for row in item.statement if row.wording), "")
            item.note = ". ".join(filter(None, [said, item.note]))
            groups[item.kind].items.append(item)
        else:
            item.note = ", ".join(unique(row.partner.name for row in item.statement))
            others.append(item)
    others.numbers = items.numbers
    for role, group in groups.items():
        of_role = f"{in_finder('partner', partner)}&rol={role.value}"
        group.rest = items.rest(of_role, role.value, group.items)
    return [group for group in groups.values() if group.items], others


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


def decree_page(decree, day=None, most=None):
    changes = changes_of(decree)
    presence = presence_of_act(decree, changes, day)
    bases = decree.legal_bases.none() if is_absent(presence) else decree.legal_bases
    eli = decree.eli
    return RecordPage(
        capfirst(decree.get_kind_display()),
        text=decree.description,
        note=decree.note,
        names=names_of(decree, decree.name, decree.short_title),
        finder_url=in_finder("regelgeving", decree),
        presence=presence,
        facts=[
            Fact(decree.name, kind="Titel", key="titel"),
            Fact(
                *(decree.get_status_display(), "", "Status vandaag" if day else "Status"),
                *("status", decree.status),
            ),
            Fact(eli, eli, "ELI (Belgisch Staatsblad)", "eli"),
            Fact(decree.numac, kind="Numac", key="numac"),
            Fact(decree.codex_id, decree.codex_url, "Vlaamse Codex", "codex"),
            Fact(decree.url, link_to(decree.url), "Webadres", "webadres"),
        ],
        sections=[
            Section("data", "Data", dates_of(decree), "reference/_act_dates.html"),
            concepts_section(
                "Concepten die erop steunen",
                concepts_of(
                    bases,
                    lambda row: row.get_role_display(),
                    lambda row: {"rol": row.role},
                    day=day,
                    most=most,
                ),
                in_finder("regelgeving", decree),
            ),
            Section("verbanden", "Verbanden met andere akten", [*_relations(decree)]),
            section_of(changes, day=day),
            Section("links", "Links die verloren gingen", _lost_links(decree)),
        ],
    )


def _relations(decree):
    """The acts that an act names, and those that name it."""
    for row in cited(decree.relations.select_related("other").prefetch_related("other__dates")):
        yield Item(
            row.other.dated_title,
            row.other.get_absolute_url(),
            row.get_kind_display(),
            statement=row,
            slug=row.other.slug,
            data={"verband": row.kind, "is_hierover": False},
        )
    naming = decree.related_from.select_related("decree").prefetch_related("decree__dates")
    for row in cited(naming):
        yield Item(
            row.decree.dated_title,
            row.decree.get_absolute_url(),
            f"hierover: {row.get_kind_display()}",
            statement=row,
            slug=row.decree.slug,
            data={"verband": row.kind, "is_hierover": True},
        )


def _lost_links(decree):
    return [
        Item(
            *(link.text, link_to(link.url), link.get_state_display(), link.note, link),
            data={"stand": link.state},
        )
        for link in cited(decree.lost_links.all())
    ]
