"""What the pages of reference records show: their facts, and everywhere they are used.

A page is a list of facts and of sections of items; each fact and item carries what cites its
source. Concepts are reached through reverse relations, and only through what is published.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import IntegerField, Prefetch, Q, Value
from django.urls import reverse
from django.utils.text import capfirst

from eerstelijn.dates import long_date
from governance.models import (
    ChangeEvent,
    ChangeSubject,
    Citation,
    CoverageArea,
    Decree,
    DecreeDate,
)


@dataclass
class Item:
    """One line: what it is about, where it leads, and the statements whose sources it rests on."""

    text: str
    url: str = ""
    kind: str = ""
    note: str = ""
    statement: object = None
    #: The published version that the line is about; its owner gives the tree.
    version: object = None
    is_self: bool = False


@dataclass
class Section:
    """A heading with its items; a section without items is left out."""

    id: str
    label: str
    items: list = field(default_factory=list)
    template: str = "governance/_items.html"


@dataclass
class RecordPage:
    """The page of a reference record."""

    kind: str
    text: str = ""
    note: str = ""
    tree: str = ""
    names: list = field(default_factory=list)
    facts: list = field(default_factory=list)
    sections: list = field(default_factory=list)
    #: The concepts that have to do with this record, in the finder.
    finder_url: str = ""
    finder_label: str = ""

    def __post_init__(self):
        self.facts = [fact for fact in self.facts if fact.text]
        self.sections = [section for section in self.sections if section.items]
        if not self.finder_label and any(row.id == "concepten" for row in self.sections):
            self.finder_label = "Bekijk in de zoeker"


CITATIONS = Prefetch("citations", Citation.objects.select_related("source"))
SUBJECTS = Prefetch(
    "subjects",
    ChangeSubject.objects.select_related(
        "agency", "partner", "policy_domain", "decree", "area"
    ).prefetch_related("area__names"),
)


def cited(rows):
    return rows.prefetch_related(CITATIONS)


def concepts_of(statements, kind=lambda row: ""):
    """The published concepts that state something of a record, each under what it states.

    What a concept states more than once in the same words is one line with all the sources.
    """
    rows = (
        cited(statements.from_public())
        .order_by("version__name")
        .prefetch_related("version__ownerships__agency", "version__ownerships__policy_domain")
    )
    items = {}
    for row in rows:
        said = kind(row)
        item = items.setdefault(
            (row.version_id, said),
            Item(
                row.version.name,
                row.version.get_absolute_url(),
                said,
                statement=[],
                version=row.version,
            ),
        )
        item.statement.append(row)
    return list(items.values())


def in_finder(key, record):
    """The finder of concepts, filtered on this record."""
    return f"{reverse('concepts:concept-list')}?{key}={record.slug}"


@dataclass
class Change:
    """A change that a record went through: what there was before, and what came after."""

    event: ChangeEvent
    before: list
    after: list

    @property
    def statement(self):
        return self.event

    @property
    def note(self):
        return self.event.description

    @property
    def is_announced(self):
        return self.event.status == ChangeEvent.Status.ANNOUNCED


def changes_of(record):
    """The changes that a record went through, or that an act decided, in order."""
    concerned = Q(pk__in=record.changes.values("event"))
    if isinstance(record, Decree):
        concerned |= Q(decree=record)
    events = (
        ChangeEvent.objects.filter(concerned)
        .select_related("decree")
        .prefetch_related(CITATIONS, SUBJECTS)
    )
    return [
        Change(
            event,
            _side(event, ChangeSubject.Side.BEFORE, record),
            _side(event, ChangeSubject.Side.AFTER, record),
        )
        for event in events
    ]


def _side(event, side, record):
    subjects = [row.subject for row in event.subjects.all() if row.side == side]
    return [
        Item(_called(subject, event, side), subject.get_absolute_url(), is_self=subject == record)
        for subject in subjects
    ]


def _called(subject, event, side):
    """What a record was called before a change, or after it: areas keep their former names."""
    if not isinstance(subject, CoverageArea) or event.date_earliest is None:
        return str(subject)
    if side == ChangeSubject.Side.AFTER:
        return subject.name_on(event.date_latest or event.date_earliest)
    return subject.name_on(event.date_earliest - dt.timedelta(days=1))


def changes_section(record, label="Veranderingen"):
    return Section("veranderingen", label, changes_of(record), "governance/_changes.html")


def names_of(record, *known):
    """Other names and abbreviations, leaving out mere ways of spelling what is known."""
    seen = {_letters(text) for text in (*known, getattr(record, "abbreviation", ""))}
    names = []
    for alias in record.aliases.all():
        if _letters(alias.text) not in seen:
            seen.add(_letters(alias.text))
            names.append(Item(alias.text, note=alias.note))
    return names


def _letters(text):
    """A name without what only spelling decides: capitals, spaces and signs."""
    return re.sub(r"\b(?:en|van|het|de)\b|[\W_]+", "", text.casefold().replace("&", " en "))


def validity_facts(record):
    return [
        Item(str(record.start), kind="Bestaat sinds"),
        Item(str(record.end), kind="Bestond tot en met"),
    ]


def held(row):
    """From when to when a statement held, as its source says it; empty when it still does."""
    if not row.end:
        return ""
    return f"van {row.start} tot en met {row.end}" if row.start else f"tot en met {row.end}"


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
            Item(agency.website, agency.website, "Website"),
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
            Item(partner.website, partner.website, "Website"),
        ],
        sections=[
            Section(
                "concepten",
                "Concepten die deze partner vragen of noemen",
                roles_of(partner),
                "governance/_by_role.html",
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
        Item(link.text, link.url, link.get_state_display(), link.note, link)
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
            Item(decree.url, decree.url, "Webadres"),
        ],
        sections=[
            Section("data", "Data", dates_of(decree), "governance/_act_dates.html"),
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


@dataclass
class AreaGroup:
    """Areas of one kind. What they all have in common is said once, above them."""

    kind: object
    items: list = field(default_factory=list)

    @property
    def note(self):
        notes = {item.note for item in self.items}
        return notes.pop() if len(notes) == 1 else ""

    @property
    def statement(self):
        """One of the statements, when all rest on the same sources; else None."""
        rows = [item.statement for item in self.items]
        sources = {frozenset(citation.pk for citation in row.citations.all()) for row in rows}
        return rows[0] if len(sources) == 1 else None


def areas_by_kind(rows, side, day, since=None):
    """The areas around or inside an area, by kind from small to large, each kind by name.

    `side` of the memberships is the other area, fetched with its kind and its names. A membership
    from the day `since` that goes on says nothing of its days.
    """
    groups = {}
    for row in rows:
        area = getattr(row, side)
        days = "" if (row.valid_from, row.valid_until) == (since, None) else period(row)
        note = " · ".join(filter(None, [row.part, days]))
        item = Item(area.name_on(day), area.get_absolute_url(), note=note, statement=row)
        groups.setdefault(area.kind_id, AreaGroup(area.kind)).items.append(item)
    for group in groups.values():
        group.items.sort(key=lambda item: item.text)
    return sorted(groups.values(), key=lambda group: group.kind.position)


def period(row):
    """The days that a row of reference data holds, in words; empty when it always does."""
    parts = []
    if row.valid_from:
        parts.append(f"van {long_date(row.valid_from)}")
    if row.valid_until:
        parts.append(f"tot en met {long_date(row.valid_until)}")
    return " ".join(parts)


def existence(area):
    """Since when and until when an area is there; before our data begin, we do not know."""
    days = period(area)
    if area.valid_from and area.valid_from == area.kind.data_from:
        return f"minstens {days}"
    return days


def source_page(source):
    return RecordPage(
        capfirst(source.get_kind_display()),
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
    """Each place of a source with the records that cite it, in the order of the document."""
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
    return [(place, _by_record(uses[place.pk])) for place in places]


def _by_record(uses):
    """One line per record: "3 passages, 1 deelname"."""
    grouped = defaultdict(Counter)
    for name, url, model in uses:
        grouped[name, url][model] += 1
    return [
        Item(name, url, ", ".join(_counted(model._meta, n) for model, n in counts.items()))
        for (name, url), counts in grouped.items()
    ]


def _counted(meta, number):
    """A number of records in words, without what they are of: the line says that."""
    name = meta.verbose_name if number == 1 else meta.verbose_name_plural
    name = re.split(" (?:van|met|bij|of) ", name)[0]
    return name if number == 1 else f"{number} {name}"


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
    if hasattr(rows, "to_public"):
        rows = rows.to_public()
    return {row.pk: row for row in (rows.select_related(*related) if related else rows)}


def _use(row):
    """How one citing record is named in the list of a source: (name, address, its model)."""
    about = next(
        (
            getattr(row, name)
            for name in ("version", "agency", "decree", "area", "discrepancy")
            if getattr(row, f"{name}_id", None)
        ),
        row,
    )
    address = getattr(about, "get_absolute_url", None)
    name = getattr(about, "short_title", "") or getattr(about, "name", "") or str(about)
    return name, address() if address else getattr(row, "page_url", ""), type(row)
