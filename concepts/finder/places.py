"""The facets of a place: where a concept works, and how certain that is.

Judged on the peildatum, else on today, by the table of `concepts.coverage`. A concept whose places
the sources do not name is found in every area, and counted there.

For counting, each place has the rows that reach it at least so certainly, by the strength of the
answer: two places of one facet are alternatives (OR of those sets), two facets of places narrow
each other (AND), and an answer is what reaches so far and no further.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, ExtractYear
from django.utils.text import slugify

from concepts.coverage import Reach, located, possible, territories_around, unstated
from concepts.finder.asked import PlaceField, PlaceWordField
from concepts.finder.placefields import PlaceFieldset
from concepts.models import Coverage
from eerstelijn.database.ground import ground
from eerstelijn.finder.counting import Moved, OptionSets, RowSet, Tally
from eerstelijn.finder.facets import TEXT, Facet, KeyFilter, Option
from eerstelijn.finder.fieldsets import Fieldset
from eerstelijn.finder.sentence import Segment
from eerstelijn.kept import Kept

#: The answers that a list holds, weakest first.
FOUND = (Reach.UNSTATED, Reach.PLANNED, Reach.PARTLY, Reach.YES)
STRENGTHS = {reach: reach.strength for reach in FOUND}

#: The areas around each place, each with whether it holds all of the place.
Around = dict[int, tuple[tuple[int, bool], ...]]
#: What stands beside the territories: the rows that may reach any place, and those that may reach
#: a place of which nobody says where it lies.
EVERYWHERE, PERHAPS = "everywhere", "perhaps"
#: Of today, and of a few other days.
_around: Kept[Around] = Kept(most=4)


def around(day: dt.date) -> Around:
    """The areas around every place on a day; a process keeps them while nothing moves."""

    def read() -> Around:
        found: dict[int, list[tuple[int, bool]]] = defaultdict(list)
        same: dict[tuple[int, bool], tuple[int, bool]] = {}  # there are fewer than lines
        for place, territory, is_whole in territories_around(day):
            each = territory, is_whole
            found[place].append(same.setdefault(each, each))
        return {place: tuple(territories) for place, territories in found.items()}

    return _around.get(ground(), read, day)


class PlaceWord(KeyFilter):
    """The field for a place in words: what it means is kept under the keys of the places."""

    @property
    def field(self) -> PlaceWordField:
        return PlaceWordField(self.parent, label=self.label)

    def filter(self, queryset: QuerySet, value: object) -> QuerySet:
        return queryset


class Reached:
    """The rows that reach each place, and under "place strength" those that do at least so surely.

    A place is worked out when somebody asks for it first: a page asks for few of the thousand.
    """

    def __init__(self, found: OptionSets, around: Around):
        """`found` has the rows by territory and status, and those that name no place."""
        self._found, self._around = found, around
        named: dict[str, dict[int, RowSet]] = {status: {} for status in Coverage.Status.values}
        for option, members in found.items():
            if option not in (EVERYWHERE, PERHAPS):
                territory, _, status = option.partition(" ")
                named[status][int(territory)] = members
        self._active = named[str(Coverage.Status.ACTIVE)]
        self._planned = named[str(Coverage.Status.PLANNED)]
        self.everywhere = found.get(EVERYWHERE, 0)
        self._perhaps = found.get(PERHAPS, 0)
        self._sets = OptionSets()

    def get(self, option: str, other: RowSet) -> RowSet:
        if option not in self._sets:
            place = int(option.partition(" ")[0])
            if place not in self._around:
                return other
            self._sets.update(self._of(place))
        return self._sets.get(option, other)

    def amended(self, moved: Moved, came: "Reached") -> "Reached":
        return Reached(self._found.amended(moved, came._found), self._around)

    def _of(self, place: int) -> dict[str, RowSet]:
        active, planned = self._active, self._planned
        is_nowhere = True  # as far as known
        steps = dict.fromkeys(STRENGTHS, 0)
        # A list counts a thousand places at once, with fifty territories each, and few are named.
        for territory, is_whole in self._around[place]:
            if territory != place:
                is_nowhere = False
            if territory in active:
                steps[Reach.YES if is_whole else Reach.PARTLY] |= active[territory]
            if territory in planned:
                steps[Reach.PLANNED] |= planned[territory]
        steps[Reach.UNSTATED] = self._perhaps if is_nowhere else self.everywhere
        sets, reached = {}, 0
        for reach in reversed(FOUND):
            reached |= steps[reach]
            sets[f"{place} {STRENGTHS[reach]}"] = reached
        return sets | {str(place): reached}


class PlaceFacet(Facet):
    """Places that a concept reaches, or may reach."""

    counts_along = ("dekking",)

    def __init__(self, options: Any, **kwargs: Any):
        super().__init__("coverages__territory", options, own_order=True, **kwargs)

    @property
    def field(self) -> PlaceField:
        return PlaceField(self, label=self.label)

    def filter(self, queryset: QuerySet, options: Sequence[Option]) -> QuerySet:
        return queryset.filter(pk__in=self.parent.reach) if options else queryset

    @property
    def counted_with(self) -> str:
        """Municipalities and areas are places alike, and counted from the same sets."""
        return "gebied"

    def members(self, rows: QuerySet) -> list[Any]:
        """By territory and status, and those that name no place; `settle` goes on from there."""
        if self.key != self.counted_with:
            return []
        held = located(self.parent.day).filter(version__in=rows.values("pk"))
        held = held.filter(territory__isnull=False).order_by()
        option = Concat(Cast(F("territory"), TEXT), Value(" "), "status", output_field=TEXT)
        return [
            self.grouped(held.values("territory", "status"), option, "version"),
            *(
                self.grouped(
                    of_all(rows, self.parent.day).values(name=Value(name)), Value(name, TEXT), "pk"
                )
                for name, of_all in ((EVERYWHERE, unstated), (PERHAPS, possible))
            ),
        ]

    def settle(self, found: OptionSets) -> tuple[Reached, RowSet]:
        if self.parent.settled is None:
            self.parent.settled = Reached(found, around(self.parent.day))
        reached: Reached = self.parent.settled
        return reached, reached.everywhere

    def reaching(self, tally: Tally, option: str) -> list[RowSet]:
        """The rows that reach a place at least so certainly, for each answer of `FOUND`."""
        return [
            tally.rows_with(self.key, f"{option} {STRENGTHS[reach]}", 0)
            if reach is not Reach.UNSTATED
            else tally.rows_with(self.key, option)
            for reach in FOUND
        ]

    def rows_with(self, tally: Tally, option: str) -> RowSet:
        """Beside a chosen answer: the rows of which the answer would be that one."""
        reach: ReachFacet = self.parent.facets["dekking"]
        if not reach.chosen:
            return super().rows_with(tally, option)
        return reach.beside(self.reaching(tally, option), tally, self.key)

    def boxes(self, finder: Any) -> Fieldset:
        """The facet as any other, with its options as boxes."""
        return Fieldset(self, finder)

    def said(self) -> list[Segment]:
        """Nothing: the sentence tells it with how many reach the place (see `wording`)."""
        return []


class AreaFacet(PlaceFacet):
    """Areas by their slug; names repeat between kinds, so the kind stands behind.

    A page offers zones, regions, provinces and gewesten; an address or the data formats can name
    any other. On the page it stands for all that is asked about a place.
    """

    template = "finder/_facet_place.html"
    #: The lists in which a page gives the areas, by the prefix of their slug.
    headings = {
        "provincie": "Provincie, gewest of land",
        "gewest": "Provincie, gewest of land",
        "regio": "Referentieregio",
        "elz": "Eerstelijnszone",
    }
    label_expression = Concat("name", Value(" ("), "kind__name", Value(")"))

    def offers(self, value: str) -> bool:
        return value.partition("-")[0] in self.headings

    def fieldset(self, finder: Any) -> PlaceFieldset:
        return PlaceFieldset(self, finder)


class MunicipalityFacet(PlaceFacet):
    """Municipalities by their NIS code; of one that merged, with the year in which it ended.

    A page has no boxes for the three hundred: the field of the areas takes their names.
    """

    template = ""
    value_field = "nis"
    label_expression = Concat(
        "name",
        Case(
            When(valid_until=None, then=Value("")),
            default=Concat(
                Value(" (tot en met "),
                Cast(ExtractYear("valid_until"), CharField()),
                Value(")"),
            ),
            output_field=CharField(),
        ),
        output_field=CharField(),
    )

    def offers(self, value: str) -> bool:
        return False


class Answers:
    """The answers as the choices of a facet."""

    LABELS = {
        Reach.YES: "zeker",
        Reach.PARTLY: "gedeeltelijk",
        Reach.PLANNED: "gepland",
        Reach.UNSTATED: "niet vermeld",
    }
    choices = [(slugify(reach.value), label) for reach, label in LABELS.items()]


#: The answer by its value in an address.
REACH_OF = {slugify(reach.value): reach for reach in Answers.LABELS}


class ReachFacet(Facet):
    """The answer for the places that were asked about; without a place it asks nothing."""

    template = ""
    only_with = ("gemeente", "gebied")

    def __init__(self, **kwargs: Any):
        super().__init__("coverages", Answers, own_order=True, **kwargs)

    def filter(self, queryset: QuerySet, options: Sequence[Option]) -> QuerySet:
        if not options:
            return queryset
        strengths = {REACH_OF[option.value].strength for option in options}
        found = self.parent.reach.items()
        return queryset.filter(pk__in=[pk for pk, strength in found if strength in strengths])

    def members(self, rows: QuerySet) -> list[Any]:
        return []

    def left(self, tally: Tally, without: str = "") -> RowSet:
        found = self._found(tally, without)
        return self.of_chosen(found) if found else tally.everything

    def rows_with(self, tally: Tally, option: str) -> RowSet:
        found = self._found(tally)
        return exactly(found, REACH_OF[option]) if found else 0

    def of_chosen(self, at_least: list[RowSet]) -> RowSet:
        """The rows of which the answer is a chosen one."""
        return reduce(or_, (exactly(at_least, REACH_OF[option.value]) for option in self.chosen))

    def answers(self, tally: Tally) -> dict[Reach, RowSet]:
        """The rows by their answer for the places that were asked about, strongest first."""
        found = self._found(tally)
        return {reach: exactly(found, reach) for reach in reversed(FOUND)}

    def beside(self, own: list[RowSet], tally: Tally, key: str) -> RowSet:
        """The same for a place of the facet `key`, with the places of the other facets."""
        found = self._found(tally, without=key)
        return self.of_chosen([a & b for a, b in zip(own, found or own, strict=True)])

    def _found(self, tally: Tally, without: str = "") -> list[RowSet]:
        """The rows that reach all places at least so certainly; empty when none is asked about."""
        found: list[RowSet] = []
        for key in self.only_with:
            facet: PlaceFacet = self.parent.facets[key]
            if key == without or not facet.chosen:
                continue
            places = [facet.reaching(tally, option.pk) for option in facet.chosen]
            one = [reduce(or_, sets) for sets in zip(*places, strict=True)]
            found = [a & b for a, b in zip(found or one, one, strict=True)]
        return found

    def said(self) -> list[Segment]:
        """Nothing: see `wording`."""
        return []


def exactly(at_least: list[RowSet], reach: Reach) -> RowSet:
    """The rows that give this answer and no stronger one."""
    place = FOUND.index(reach)
    stronger = at_least[place + 1] if place + 1 < len(FOUND) else 0
    return at_least[place] & ~stronger
