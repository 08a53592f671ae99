"""Which concepts reach a place on a day, grouped by the answer, each with what it rests on.

    place = Place.of([area], as_of.day)
    answers = answers_for(place, as_of)
    for group in answers.groups:      # ja, gedeeltelijk, gepland, niet vermeld; never empty
        for item in group.items:      # by name
            item.version, item.answer.row, item.answer.area, item.owner, item.asked

Every answer but one without any row has the statement that says so (`answer.row`, with its
citations fetched) and, unless the sources name no places, the area that links it to this place.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch
from django.utils.text import capfirst

from concepts.coverage import Answer, Reach, answer
from concepts.finder.rows import ROLE_ORDER, CoverageBadge, first, owner_names
from concepts.models import ASKING_ROLES, ConceptVersion, Coverage, Ownership, Participation
from eerstelijn.database import stamp
from eerstelijn.dates import Holds
from eerstelijn.kept import Kept
from eerstelijn.ordering import alphabetical
from eerstelijn.pages.parts import sources_data
from governance.derived import present_agencies
from governance.models import CITATIONS, CoverageArea, Partner

#: The answers of a concept that reaches a place or may do so, strongest first.
SHOWN = (Reach.YES, Reach.PARTLY, Reach.PLANNED, Reach.UNSTATED)


@dataclass
class AskedPartner:
    """A partner that a concept asks, with its roles there, strongest first."""

    partner: Partner
    roles: list = field(default_factory=list)


@dataclass
class ConceptAnswer:
    """A published concept and whether it reaches the place."""

    version: ConceptVersion
    answer: Answer
    #: Who it is of on that day, and the name in the source where that was another.
    owner: str
    owner_was: str
    asked: list
    #: The area to name as what links the concept to the place; None when that is the place.
    via: CoverageArea | None = None

    @property
    def row(self):
        """The statement that says so; None when the concept has none on where it works."""
        return self.answer.row

    @property
    def area(self):
        """The area that links the concept to the place; None when the sources name none."""
        return self.answer.area

    @property
    def expected(self):
        """When a planned one is expected, where the source says so."""
        is_planned = self.row is not None and self.row.is_planned
        return self.row.expected if is_planned else None

    def as_data(self, absolute, via=""):
        """What data give of it; `via` are the words for what links it to the place."""
        row = self.row
        yield {
            "slug": self.version.concept.slug,
            "naam": self.version.name,
            "url": absolute(self.version.get_absolute_url()),
            "dekking": self.answer.reach.value,
            "uitspraak": row and f"dekking-{row.key}",
            "verwoording": row and row.wording,
            "gebied": self.area and self.area.slug,
            "via": via or None,
            "dienst": self.owner or None,
            "dienst_in_de_bron": self.owner_was or None,
            "partners": [
                {"partner": asked.partner.slug, "rollen": asked.roles} for asked in self.asked
            ],
            "bronnen": sources_data([row] if row else [], absolute),
        }


@dataclass
class AnswerGroup:
    """The concepts that answer alike."""

    reach: Reach
    items: list = field(default_factory=list)

    @property
    def badge(self):
        """For templates/includes/_coverage_badge.html."""
        return CoverageBadge.of(self.reach)

    @property
    def heading(self):
        """The badge as a heading: with a capital."""
        return CoverageBadge(self.badge.key, capfirst(self.badge.label))

    def as_data(self, absolute):
        for item in self.items:
            yield from item.as_data(absolute)


@dataclass
class Answers:
    """What reaches a place on a day: the groups by answer, and what did so on other days."""

    groups: list
    #: What names this place, but was over by that day or had yet to begin; it answers nee.
    other_days: list

    @cached_property
    def items(self):
        return [item for group in self.groups for item in group.items]

    @property
    def by_reach(self):
        """The number of concepts per answer, none included: {"ja": 3, "gepland": 0, ...}."""
        counts = {group.reach: len(group.items) for group in self.groups}
        return {reach.value: counts.get(reach, 0) for reach in SHOWN}


def answers_for(place, as_of):
    """The published concepts by their answer for a `Place` on the day of an `AsOf`.

    One query once a process has read the published concepts, and eight when they may have changed.
    """
    day = as_of.day
    versions, successors = _published()
    present = {
        former: agency
        for former, agency in successors.items()
        if agency.holds_on(day) is not Holds.NO
    }
    groups = {reach: AnswerGroup(reach) for reach in SHOWN}
    other_days = []
    for version in versions:
        rows = version.coverages.all()
        found = answer(rows, place, day)
        if found.reach is not Reach.NO:
            groups[found.reach].items.append(_answered(version, found, day, present))
        elif row := _row_of_another_day(rows, place, day):
            found = Answer(Reach.NO, row, _area_of(row, place))
            other_days.append(_answered(version, found, day, present))
    return Answers([group for group in groups.values() if group.items], other_days)


_kept = Kept()


def _published():
    """The published concepts with what is shown of them, and what former services went on in.

    They are the same for every place, so a process keeps them until they may have changed. Nobody
    changes them: requests at the same time read the same records.
    """

    def read():
        versions = _with_what_is_shown(ConceptVersion.objects.published().concepts())
        return list(versions), present_agencies()

    return _kept.get(stamp.current(), read)


def _with_what_is_shown(versions):
    """Fetch versions with the statements that the pages of places show."""
    territory = Prefetch("territory", CoverageArea.objects.select_related("kind"))
    coverages = Coverage.objects.select_related("scale").prefetch_related(territory, CITATIONS)
    return (
        versions.select_related("concept")
        .order_by(alphabetical("name"), "pk")
        .prefetch_related(
            Prefetch("coverages", coverages),
            Prefetch("ownerships", Ownership.objects.select_related("policy_domain", "agency")),
            Prefetch("participations", Participation.objects.select_related("partner__type")),
        )
    )


def _answered(version, found, day, present):
    rows = [row for row in version.ownerships.all() if row.holds_on(day) is not Holds.NO]
    owner, was = owner_names(first(rows or version.ownerships.all()), present)
    return ConceptAnswer(version, found, owner, was, _asked(version, day))


def _asked(version, day):
    """The partners that a concept asks on a day, strongest role first."""
    rows = [
        row
        for row in version.participations.all()
        if row.role in ASKING_ROLES and row.holds_on(day) is not Holds.NO
    ]
    asked = {}
    for row in sorted(rows, key=lambda row: ROLE_ORDER[row.role]):
        asked.setdefault(row.partner_id, AskedPartner(row.partner)).roles.append(row.role)
    return list(asked.values())


def _area_of(row, place):
    """The smallest area that a row names around or in a place, if any."""
    territory = row.territory.all()
    inside = next((area for area in territory if area.pk in place.within), None)
    return inside or next((area for area in territory if area.pk in place.partly), None)


def _row_of_another_day(rows, place, day):
    """The first row that names the place, but did not hold that day."""
    return next(
        (row for row in rows if row.holds_on(day) is Holds.NO and _area_of(row, place)), None
    )
