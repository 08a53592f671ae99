"""What the pages of reference records show: their facts, and everywhere they are used.

A page is a list of facts and of sections of items; each fact and item carries what cites its
source. Concepts are reached through reverse relations, and only through what is published.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import IntegerField, Prefetch, Value

from eerstelijn.dates import long_date
from governance.models import AreaMembership, Citation


@dataclass
class Item:
    """One line: what it is about, where it leads, and the statement whose sources it rests on."""

    text: str
    url: str = ""
    kind: str = ""
    note: str = ""
    statement: object = None


@dataclass
class Section:
    """A heading with its items; a section without items is left out."""

    id: str
    label: str
    items: list = field(default_factory=list)


@dataclass
class RecordPage:
    """The page of a reference record."""

    kind: str
    text: str = ""
    note: str = ""
    facts: list = field(default_factory=list)
    sections: list = field(default_factory=list)

    def __post_init__(self):
        self.facts = [fact for fact in self.facts if fact.text]
        self.sections = [section for section in self.sections if section.items]


CITATIONS = Prefetch("citations", Citation.objects.select_related("source"))


def cited(rows):
    return rows.prefetch_related(CITATIONS)


def concepts_of(statements, kind=lambda row: ""):
    """The published concepts that state something of a record, each under what it states."""
    rows = cited(statements.from_public()).order_by("version__name")
    return [
        Item(row.version.name, row.version.get_absolute_url(), kind(row), "", row) for row in rows
    ]


def changes_of(record):
    """The changes that a record went through, in order."""
    subjects = record.changes.select_related("event").order_by("event__date_earliest")
    subjects = subjects.prefetch_related(
        Prefetch("event__citations", Citation.objects.select_related("source"))
    )
    return [
        Item(
            row.event.name,
            "",
            f"{row.event.date} · {row.event.get_kind_display()}",
            row.event.description or _announced(row.event),
            row.event,
        )
        for row in subjects
    ]


def _announced(event):
    return "" if event.status == event.Status.DONE else "Aangekondigd in de bronnen."


def names_of(record):
    """Other names and abbreviations."""
    return [
        Item(alias.text, "", alias.get_kind_display(), alias.note) for alias in record.aliases.all()
    ]


def validity_facts(record):
    return [
        Item(str(record.start), kind="Bestaat sinds"),
        Item(str(record.end), kind="Bestond tot en met"),
    ]


def domain_page(domain):
    agencies = [
        Item(a.name, a.get_absolute_url(), a.get_kind_display()) for a in domain.agencies.all()
    ]
    return RecordPage(
        "Beleidsdomein",
        note=domain.note,
        facts=[Item(domain.abbreviation, kind="Afkorting"), *validity_facts(domain)],
        sections=[
            Section("concepten", "Concepten in dit beleidsdomein", concepts_of(domain.ownerships)),
            Section("diensten", "Diensten", agencies),
            Section("veranderingen", "Veranderingen", changes_of(domain)),
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
        agency.get_kind_display().capitalize(),
        text=agency.description,
        note=agency.note,
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
            Item(agency.website, agency.website, "Website"),
            Item(agency.ovo_code, kind="OVO-code"),
        ],
        sections=[
            Section(
                "concepten",
                "Concepten van deze dienst",
                concepts_of(owned.select_related("agency"), former_name),
            ),
            Section(
                "veranderingen", "Waar deze dienst vandaan komt en naartoe ging", changes_of(agency)
            ),
            Section("taken", "Taken volgens de bronnen", tasks),
            Section("afdelingen", "Afdelingen en delen", divisions),
            Section("namen", "Ook gekend als", names_of(agency)),
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
            Item(partner.website, partner.website, "Website"),
        ],
        sections=[
            Section(
                "concepten",
                "Concepten die deze partner vragen of noemen",
                concepts_of(partner.participations, lambda row: row.get_role_display()),
            ),
            Section("veranderingen", "Veranderingen", changes_of(partner)),
            Section("namen", "Ook gekend als", names_of(partner)),
        ],
    )


def decree_page(decree):
    dates = [
        Item(row.get_kind_display(), "", str(row.date), statement=row)
        for row in cited(decree.dates.all())
    ]
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
        Item(link.text, link.url, link.get_state_display(), link.note, link)
        for link in cited(decree.lost_links.all())
    ]
    eli = decree.eli
    return RecordPage(
        decree.get_kind_display().capitalize(),
        text=decree.description,
        note=decree.note,
        facts=[
            Item(decree.name, kind="Titel"),
            Item(decree.get_status_display(), kind="Status"),
            Item(eli, eli, "ELI (Belgisch Staatsblad)"),
            Item(decree.numac, kind="Numac"),
            Item(decree.codex_id, kind="Vlaamse Codex"),
            Item(decree.url, decree.url, "Webadres"),
        ],
        sections=[
            Section("data", "Data", dates),
            Section(
                "concepten",
                "Concepten die erop steunen",
                concepts_of(decree.legal_bases, lambda row: row.get_role_display()),
            ),
            Section("verbanden", "Verbanden met andere akten", relations),
            Section("veranderingen", "Veranderingen", changes_of(decree)),
            Section("namen", "Ook gekend als", names_of(decree)),
            Section("links", "Links die verloren gingen", links),
        ],
    )


def area_page(area):
    names = [Item(row.name, "", period(row), statement=row) for row in cited(area.names.all())]
    containers = _memberships(
        AreaMembership.objects.filter(member=area).select_related("area__kind"), "area"
    )
    members = _memberships(
        AreaMembership.objects.filter(area=area).select_related("member__kind"), "member"
    )
    return RecordPage(
        area.kind.name.capitalize(),
        note=area.note,
        facts=[
            Item(area.kind.name, area.kind.get_absolute_url(), "Soort gebied"),
            Item(area.nis, kind="NIS-code"),
            Item(period(area), kind="Bestaat"),
        ],
        sections=[
            Section(
                "concepten",
                "Concepten die dit gebied noemen",
                concepts_of(area.coverages, lambda row: row.wording),
            ),
            Section("ligging", "Waar het ligt", containers),
            Section("onderdelen", "Wat erin ligt", members),
            Section("naam", "Namen", names),
            Section("veranderingen", "Veranderingen", changes_of(area)),
            Section("namen", "Ook gekend als", names_of(area)),
        ],
    )


def _memberships(rows, side):
    return [
        Item(
            getattr(row, side).name,
            getattr(row, side).get_absolute_url(),
            getattr(row, side).kind.name,
            " · ".join(filter(None, [row.part, period(row)])),
            row,
        )
        for row in cited(rows)
    ]


def period(row):
    """The days that a row of reference data holds, in words; empty when it always does."""
    parts = []
    if row.valid_from:
        parts.append(f"van {long_date(row.valid_from)}")
    if row.valid_until:
        parts.append(f"tot en met {long_date(row.valid_until)}")
    return " ".join(parts)


def source_page(source):
    return RecordPage(
        source.get_kind_display().capitalize(),
        note=source.note,
        facts=[
            Item(source.name, kind="Titel"),
            Item(source.get_origin_display(), kind="Herkomst"),
            Item(source.author, kind="Auteur"),
            Item(source.publisher, kind="Uitgever"),
            Item(str(source.date), kind="Datum"),
            Item(
                long_date(source.consulted_on) if source.consulted_on else "", kind="Geraadpleegd"
            ),
            Item(source.url, source.url, "Webadres"),
        ],
    )


def places_of(source):
    """Each place of a source with everything that cites it, in the order of the document."""
    places = list(source.places.all())
    uses = {place.pk: [] for place in places}
    models = citing_models()
    links = defaultdict(list)
    for number, place_id, row_id in _links(models, source):
        links[number].append((place_id, row_id))
    for number, found in links.items():
        rows = _public_rows(models[number][0], {row_id for _, row_id in found})
        for place_id, row_id in found:
            if row_id in rows:
                uses[place_id].append(_use(rows[row_id]))
    return [(place, uses[place.pk]) for place in places]


def citing_models():
    """Every model that cites, with the name of its field."""
    return [
        (relation.related_model, relation.field.name)
        for relation in Citation._meta.related_objects
        if relation.many_to_many
    ]


def _links(models, source):
    """Who cites which place of a source, as (number of the model, place, row); one query."""
    parts = []
    for number, (model, field_name) in enumerate(models):
        through = model._meta.get_field(field_name).remote_field.through
        parts.append(
            through.objects.filter(citation__source=source)
            .order_by()
            .values_list(
                Value(number, output_field=IntegerField()),
                "citation_id",
                f"{model._meta.model_name}_id",
            )
        )
    return sorted(parts[0].union(*parts[1:], all=True))


def _public_rows(model, pks):
    """The rows that the public may see, with all they point to, by primary key."""
    related = [field.name for field in model._meta.fields if field.is_relation]
    rows = model.objects.filter(pk__in=pks)
    if "version" in related:
        rows = rows.from_public()
    return {row.pk: row for row in (rows.select_related(*related) if related else rows)}


def _use(row):
    """How one citing record is named in the list of a source."""
    about = next(
        (
            getattr(row, name)
            for name in ("version", "agency", "decree", "area", "discrepancy")
            if getattr(row, f"{name}_id", None)
        ),
        row,
    )
    address = getattr(about, "get_absolute_url", None)
    name = getattr(about, "name", None) or str(about)
    return Item(
        name,
        address() if address else "",
        row._meta.verbose_name,
        "" if about is row else str(row),
    )
