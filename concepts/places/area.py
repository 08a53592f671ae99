"""What the page of an area shows on a day: what works there, what lies in it, and what changed."""

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.text import capfirst

from concepts.coverage import Place
from concepts.finder.rows import tree_of
from concepts.models import Concept
from concepts.places.answers import Answers, answers_for
from concepts.reference.areas import areas_by_kind, existence, period
from concepts.reference.changes import changes_of
from concepts.reference.parts import (
    cited,
    concepts_of,
    concepts_section,
    in_finder,
    names_of,
    rest_of,
)
from eerstelijn.dates import long_date
from eerstelijn.pages.parts import Fact, Item, RecordPage, Section, sources_data
from governance.areas.comparing import Surroundings, is_comparable, is_known
from governance.areas.overlaps import Verdict
from governance.models import MUNICIPALITY, AreaKind, AreaMembership, CoverageArea

ONE_DAY = dt.timedelta(days=1)
#: More areas of one kind than this are counted, not named: the comparison names them.
MOST_NAMED = 12
#: How many municipalities are named as the cause of a crossing.
MOST_CAUSES = 8


@dataclass
class AreaPage(RecordPage):
    """The page of an area on a day."""

    #: Why the page says little of this day, and the areas that were there instead.
    absence: str = ""
    instead: list = field(default_factory=list)
    before_instead: str = ""
    #: A day on which there is more to see, as (its address, the day in words).
    other_day: tuple = ()


def area_page(area, as_of, most=None):
    """Everything the page says, in a fixed number of queries; `most` concepts under one heading."""
    kind, day = area.kind, as_of.day
    begins_later = kind.data_from and day < kind.data_from
    since = area.valid_from or kind.data_from
    is_there = area.holds_on(day) and not begins_later
    members = list(_memberships("member").filter(area=area))
    for row in members:
        row.area = area
    around = _memberships("area").filter(member=area)
    changes = [_on_day(change, as_of) for change in changes_of(area)]
    here = [row for row in members if _held(row, day)] if is_there else []
    page = AreaPage(
        capfirst(kind.name),
        note=area.note,
        names=names_of(area, area.name, area.name_on(day)),
        finder_url=as_of.url(in_finder("gebied", area)),
        finder_label="Bekijk in de lijst met filters",
        facts=[
            Fact(kind.name, kind.get_absolute_url(), "Soort gebied", "soort_gebied", kind.slug),
            Fact(area.nis, kind="NIS-code", key="nis"),
            Fact(_number(here), kind=f"Gemeenten op {as_of}"),
            Fact(existence(area), kind="Bestaat"),
        ],
        sections=[
            *_reach_sections(area, as_of, is_there, most),
            concepts_section(
                f"Georganiseerd per {kind.name}",
                _worded(kind.coverages.valid_on(day), most),
                as_of.url(in_finder("schaal", kind)),
                "schaal",
            ),
            concepts_section(
                "Ontwikkelingen die dit gebied noemen",
                _worded(_of_developments(area.coverages), most),
                as_of.url(in_finder("gebied", area, "development-list")),
                "ontwikkelingen",
            ),
            _lying("onderdelen", "Wat erin ligt", areas_by_kind(here, "member", day, since)),
            _lying("ligging", "Waar het in ligt", areas_by_kind(around, "area", day, since)),
            _against_other_kinds(area, as_of, is_there),
            Section(
                "erbij-en-weg",
                "Wat erbij kwam en wegging",
                moves(members, area),
                "places/_moves.html",
            ),
            Section("naam", "Namen door de tijd", _names_over_time(area), data_key="namen"),
            Section("veranderingen", "Veranderingen", changes, "reference/_changes.html"),
        ],
    )
    if begins_later:
        begins = long_date(kind.data_from)
        page.absence = f"Onze gegevens over {kind.plural} beginnen op {begins}."
        page.other_day = _link(area, kind.data_from)
    elif not is_there:
        _explain_absence(page, area, as_of, changes)
    return page


def _names_over_time(area):
    return [
        Item(
            *(row.name, "", period(row)),
            statement=row,
            data={"geldig_van": row.valid_from, "geldig_tot": row.valid_until},
        )
        for row in cited(area.names.all())
    ]


def _lying(id, title, kinds):
    """How areas lie in others, by their kind."""
    return Section(id, title, kinds, "places/_areas.html")


def _memberships(side):
    """Memberships with the area on one side, its kind and names, and their sources."""
    rows = AreaMembership.objects.select_related(f"{side}__kind")
    return cited(rows.prefetch_related(f"{side}__names"))


def _explain_absence(page, area, as_of, changes):
    """Say that the area was not there that day, and what was."""
    has_ended = area.valid_until is not None and as_of.day > area.valid_until
    if has_ended:
        edge = area.valid_until
        page.absence = f"{area} bestond tot en met {long_date(edge)}."
    else:
        edge = area.valid_from
        page.absence = f"{area} bestaat pas van {long_date(edge)}."
    page.other_day = _link(area, edge)
    page.before_instead = "Daarna kwam" if has_ended else "Daarvoor was er"
    own_side, other_side = ("before", "after") if has_ended else ("after", "before")
    page.instead = [
        item
        for change in changes
        if any(item.is_self for item in getattr(change, own_side))
        for item in getattr(change, other_side)
        if not item.is_self
    ]


def _link(area, day):
    return f"{area.get_absolute_url()}?peildatum={day}", long_date(day)


def _held(row, day):
    return (row.valid_from or day) <= day <= (row.valid_until or day)


def _number(members):
    """How many municipalities lie directly in an area, and how many of them for a part."""
    towns = {row.member_id for row in members if row.member.kind.slug == MUNICIPALITY}
    parts = {row.member_id for row in members if row.part} & towns
    if not towns:
        return ""
    return f"{len(towns)}, waarvan {len(parts)} voor een deel" if parts else str(len(towns))


def _on_day(change, as_of):
    """A change whose areas are linked on the day that the reader chose."""
    for item in (*change.before, *change.after):
        item.url = as_of.url(item.url)
    return change


def _worded(coverages, most):
    """The concepts that these statements are of, each under the words of its own."""
    return concepts_of(
        coverages,
        lambda row: row.wording,
        lambda row: {"verwoording": row.wording or None},
        most=most,
    )


def _of_developments(coverages):
    kind = Concept.RecordKind.DEVELOPMENT
    return coverages.filter(version__concept__record_kind=kind)


def _reach_sections(area, as_of, is_there, most):
    """The concepts by their answer for this area, and those of other days."""
    reached = Answers([], [])
    if is_there:
        reached = answers_for(Place.of([area], as_of.day), as_of, most)
    for group in reached.groups:
        here = f"{in_finder('gebied', area)}&dekking={group.badge.key}"
        group.rest = rest_of(group.number, len(group.items), as_of.url(here))
    for item in [*reached.items, *reached.other_days]:
        item.tree = tree_of(item.version, as_of.day)
        item.via = item.area if item.area != area else None
    yield Section("concepten", "Wat werkt hier?", reached.groups, "places/_reach.html")
    yield Section(
        "andere-dagen",
        "Wat hier niet meer of nog niet werkt",
        reached.other_days,
        "places/_past.html",
        note=f"Deze concepten noemen dit gebied, maar niet voor {as_of}.",
    )


# How it lies against other kinds


@dataclass
class AgainstKind:
    """How an area lies against one kind: the areas per relation, and what lies in none."""

    kind: AreaKind
    row: object
    url: str
    #: Lists of (relation in words, areas, number when there are too many to name).
    relations: list

    @property
    def is_partly_known(self):
        return not is_known(self.kind)

    @property
    def uncovered(self):
        """How much of the area lies in none of this kind, in words."""
        number = len(self.row.uncovered)
        if not number:
            return ""
        if number == self.row.number:
            return "Ligt in geen enkel gebied van deze soort"
        towns = "Eén gemeente ligt" if number == 1 else f"{number} gemeenten liggen"
        return f"{towns} in geen enkel gebied van deze soort"

    @property
    def cause(self):
        """The first municipalities that make it cross a border."""
        return self.row.cause[:MOST_CAUSES] if self.row.verdict is Verdict.CROSSING else []

    @property
    def further_cause(self):
        rest = len(self.row.cause) - MOST_CAUSES
        return f"en nog {rest} andere" if rest > 0 else ""

    def as_data(self, absolute):
        yield {"soort": self.kind.slug, "oordeel": self.row.verdict.value, **self.row.as_data()}


@dataclass
class AgainstKindsSection(Section):
    """How an area lies against all other kinds, and of which kinds we cannot say."""

    unknown: list = field(default_factory=list)
    #: Kinds whose data begin on a later day.
    later: list = field(default_factory=list)


def _against_other_kinds(area, as_of, is_there):
    section = AgainstKindsSection(
        "verhouding", "Hoe het tegenover andere gebieden ligt", [], "places/_lying.html"
    )
    if not is_there:
        return section
    kinds = list(
        AreaKind.objects.exclude(composition=AreaKind.Composition.NONE)
        .exclude(pk=area.kind_id)
        .exclude(slug=MUNICIPALITY)
    )
    known = [kind for kind in kinds if is_comparable(kind)] if is_comparable(area.kind) else []
    later = [kind for kind in known if kind.data_from and as_of.day < kind.data_from]
    shown = [kind for kind in known if kind not in later]
    there = set(
        CoverageArea.objects.existing_on(as_of.day).order_by().values_list("kind").distinct()
    )
    shown = [kind for kind in shown if (kind.pk,) in there]
    section.items = [
        AgainstKind(kind, row, _comparison_url(area, kind, as_of), _by_relation(row.parts))
        for kind, row in Surroundings.of(area, shown, as_of.day).rows
        if row.parts or row.cause
    ]
    section.unknown = [kind for kind in kinds if kind not in known]
    section.later = later
    return section


def _comparison_url(area, kind, as_of):
    path = f"{reverse('comparison')}?a={area.kind.slug}&b={kind.slug}"
    return f"{as_of.url(path)}#{area.slug}"


def _by_relation(parts):
    groups = {}
    for part in parts:
        groups.setdefault(part.relation.value, []).append(part)
    return [
        (relation, [] if len(areas) > MOST_NAMED else areas, len(areas))
        for relation, areas in groups.items()
    ]


# What came and went


@dataclass
class Move:
    """What came into an area and what left it on one day."""

    day: dt.date
    came: list = field(default_factory=list)
    went: list = field(default_factory=list)

    def remark(self, row):
        """What tells a municipality from another of that name: its part, or its code."""
        if row.part:
            return f"({row.part})"
        is_doubled = row.member.nis and row.member.name in self.doubled
        return f"(NIS {row.member.nis})" if is_doubled else ""

    @property
    def lines(self):
        """What came and what went, as (heading, [(area, remark)], memberships)."""
        return [
            (heading, [(row.member, self.remark(row)) for row in rows], rows)
            for heading, rows in self.sides
        ]

    @property
    def sides(self):
        """What came and what went, as (heading, memberships)."""
        return [
            (heading, rows) for heading, rows in (("Erbij", self.came), ("Weg", self.went)) if rows
        ]

    @property
    def doubled(self):
        """Names on both sides: a merged municipality that bears the name of one of the former."""
        came, went = ({row.member.name for row in rows} for rows in (self.came, self.went))
        return came & went

    def as_data(self, absolute):
        for heading, rows in self.sides:
            for row in rows:
                yield {
                    "datum": self.day,
                    "wat": heading.lower(),
                    "gebied": row.member.slug,
                    "naam": row.member.name,
                    "url": absolute(row.member.get_absolute_url()),
                    "deel": row.part or None,
                    "bronnen": sources_data([row], absolute),
                }


def moves(memberships, area):
    """Per day what an area gained and lost, as memberships; newest first.

    Nothing came on the first day of the data, nothing went where the area itself ended, and what
    goes on under another part stays.
    """
    starts = {row.valid_from for row in memberships}
    first = None if None in starts else min(starts, default=None)
    began = {(row.member_id, row.valid_from) for row in memberships}
    ended = {(row.member_id, row.valid_until) for row in memberships}
    found = {}
    for row in memberships:
        start, end = row.valid_from, row.valid_until
        if start and start != first and (row.member_id, start - ONE_DAY) not in ended:
            found.setdefault(start, Move(start)).came.append(row)
        if end and end != area.valid_until and (row.member_id, end + ONE_DAY) not in began:
            found.setdefault(end + ONE_DAY, Move(end + ONE_DAY)).went.append(row)
    return [found[day] for day in sorted(found, reverse=True)]
