"""Which concepts reach a place on a day, grouped by the answer, each with what it rests on.

    place = Place.of([area], as_of.day)
    answers = answers_for(place, as_of)
    for group in answers.groups:      # ja, gedeeltelijk, gepland, niet vermeld; never empty
        for item in group.items:      # by name
            item.version, item.answer.row, item.answer.area, item.owner, item.asked

Every answer but one without any row has the statement that says so (`answer.row`, with its
citations fetched) and, unless the sources name no places, the area that links it to this place.

The answers follow from what a process keeps (`concepts.places.reaching`); of the concepts only
those are read that a page shows.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import capfirst

from concepts.coverage import Answer, Reach, answer
from concepts.finder.rows import CoverageBadge, owner_names, owner_on
from concepts.models import ConceptVersion
from concepts.places.reaching import Everywhere, Reaching, everywhere
from eerstelijn.dates import Holds
from eerstelijn.finder.question import AsOf
from eerstelijn.pages.parts import Fact, sources_data
from eerstelijn.portions import portions
from governance.models import CoverageArea, Partner

#: How many concepts are read together where all are wanted.
PORTION = 500
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
class Found:
    """What a concept answers: the statement and the area that say so are known by key only."""

    concept: Reaching
    answer: Answer


@dataclass
class AnswerGroup:
    """The concepts that answer alike: all that were found, and those that were read to be shown."""

    reach: Reach
    found: list[Found] = field(default_factory=list)
    items: list[ConceptAnswer] = field(default_factory=list)
    #: The way to those that a page does not show.
    rest: list[Fact] = field(default_factory=list)

    @property
    def number(self):
        return len(self.found)

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
    as_of: AsOf | None = None
    known: Everywhere | None = None

    @cached_property
    def items(self):
        """What was read to be shown."""
        return [item for group in self.groups for item in group.items]

    def every_item(self):
        """All that was found, read some hundreds at a time."""
        for group in self.groups:
            for portion in portions(group.found, PORTION):
                yield from _read(portion, self.known, self.as_of.day)

    @property
    def by_reach(self):
        """The number of concepts per answer, none included: {"ja": 3, "gepland": 0, ...}."""
        counts = {group.reach: group.number for group in self.groups}
        return {reach.value: counts.get(reach, 0) for reach in SHOWN}


def answers_for(place, as_of, most=None):
    """The published concepts by their answer for a `Place` on the day of an `AsOf`.

    Of each answer so many are read as `most` says, and all without. No query once a process has
    read where the concepts work, and six when that may have changed; five for what is read, each
    time where there are too many concepts to keep them.
    """
    day, known = as_of.day, everywhere()
    groups = {reach: AnswerGroup(reach) for reach in SHOWN}
    past = []
    for concept in known.concepts:
        found = answer(concept.rows, place, day)
        if found.reach is not Reach.NO:
            groups[found.reach].found.append(Found(concept, found))
        elif row := _row_of_another_day(concept.rows, place, day):
            past.append(Found(concept, Answer(Reach.NO, row, area_of(row, place))))
    filled = [group for group in groups.values() if group.found]
    shown = [group.found[:most] for group in filled]
    items = iter(_read([each for found in [*shown, past] for each in found], known, day))
    for group, found in zip(filled, shown, strict=True):
        group.items = [next(items) for _ in found]
    return Answers(filled, list(items), as_of, known)


def _read(found, known, day):
    """These answers with what is shown of each; `known` is `everywhere`."""
    cards = known.cards([each.concept.version for each in found])
    present = present_on(known.present, day)
    for each in found:
        version, answer = cards[each.concept.version], each.answer
        row = answer.row and next(r for r in version.coverages.all() if r.pk == answer.row.pk)
        area = answer.area and next(a for a in row.territory.all() if a.pk == answer.area.pk)
        owner, was = owner_names(owner_on(version, day), present)
        asked = [
            AskedPartner(known.partners[pk], roles)
            for pk, roles in each.concept.asked_on(day).items()
        ]
        yield ConceptAnswer(version, Answer(answer.reach, row, area), owner, was, asked)


def present_on(present, day):
    """What former services went on in, as far as that was there on a day."""
    return {
        former: agency for former, agency in present.items() if agency.holds_on(day) is not Holds.NO
    }


def area_of(row, place):
    """The smallest area that a row names around or in a place, if any."""
    territory = row.territory.all()
    inside = next((area for area in territory if area.pk in place.within), None)
    return inside or next((area for area in territory if area.pk in place.partly), None)


def _row_of_another_day(rows, place, day):
    """The first row that names the place, but did not hold that day."""
    return next(
        (row for row in rows if row.holds_on(day) is Holds.NO and area_of(row, place)), None
    )
