"""All concepts against all: what the page of the overlap shows, and what data give of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from concepts.finder.overviews import OverviewFilter
from concepts.likeness.aspects import ALL, ASPECTS, PARTNERS, Aspect
from concepts.likeness.index import Alike, Index, Named, index
from concepts.likeness.similar import compare_address, rest_of
from eerstelijn.finder.listing import Finder, Link
from eerstelijn.finder.question import OneOf
from eerstelijn.finder.sentence import Segment
from eerstelijn.finder.views import Look
from eerstelijn.pages.parts import Data
from governance.models import Tree

#: How many pairs stand on top of the page, and in the list that replaces the table.
MOST_PAIRS, MOST_LISTED = 8, 100
#: Beyond this many columns a table no longer reads; beyond this many concepts nor does a list.
MOST_COLUMNS, MOST_CONCEPTS = 40, 400
#: Numbers from here on have the same shade.
DARKEST = 5
COLUMNS = ("concept", "ander concept", "waarin", "aantal", "wat", "vergelijk")
TREES = {tree: place for place, tree in enumerate(Tree.values)}


class OverlapLook(Look):
    """In what concepts are compared; partners when nothing is said."""

    op = OneOf(choices=[aspect.key for aspect in ASPECTS if aspect is not PARTNERS])


@dataclass
class Cell:
    """How much two concepts share; without a pair it is a concept against itself."""

    number: int = 0
    url: str = ""
    label: str = ""
    is_self: bool = False
    starts_owner: bool = False

    @property
    def shade(self) -> int:
        return min(self.number, DARKEST)


@dataclass
class TableRow:
    """A concept with a number for each other."""

    concept: Named
    cells: list[Cell]
    starts_owner: bool

    @property
    def with_others(self) -> int:
        """With how many other concepts it shares something."""
        return sum(1 for cell in self.cells if cell.number)


@dataclass
class Pair:
    """Two concepts that share something, in words."""

    alike: Alike
    number: int
    what: str
    rest: str
    url: str

    @property
    def both(self) -> tuple[Named, Named]:
        return self.alike.one, self.alike.other


class OverlapPage:
    """What the concepts that a question finds have in common, two by two."""

    columns = COLUMNS

    def __init__(self, filterset: OverviewFilter, finder: Finder, look: OverlapLook):
        self.filterset = filterset
        self.finder = finder
        chosen = look.cleaned_data.get("op")
        self.aspect = next((each for each in ASPECTS if each.key == chosen), PARTNERS)

    @cached_property
    def index(self) -> Index:
        return index(day=self.filterset.stated_day)

    @cached_property
    def concepts(self) -> list[Named]:
        """What was found, owners together, in the order of their trees; none of too much."""
        if self.is_too_much:
            return []
        found = self.filterset.keys(0, self.filterset.number_found)
        concepts = [self.index.concepts[key] for key in found if key in self.index.concepts]
        return sorted(concepts, key=lambda each: (TREES[each.tree], self._owner(each)))

    def _owner(self, concept: Named) -> str:
        owner = self.index.owner(concept.pk)
        return owner.name if owner else ""

    @property
    def is_too_much(self) -> bool:
        """Whether so much was found that nobody would read it: then a reader chooses first."""
        return self.filterset.number_found > MOST_CONCEPTS

    @property
    def has_table(self) -> bool:
        return 1 < len(self.concepts) <= MOST_COLUMNS

    @cached_property
    def counts(self) -> dict[tuple[int, int], int]:
        return self.index.pairs(self.aspect, [each.pk for each in self.concepts])

    def number(self, one: Named, other: Named) -> int:
        """How much two of the concepts share, whichever stands first."""
        counts = self.counts
        return counts.get((one.pk, other.pk)) or counts.get((other.pk, one.pk)) or 0

    @cached_property
    def alike(self) -> list[Alike]:
        """Every pair that shares something of the aspect, most first."""
        pairs = [self.index.alike(one, other) for one, other in self.counts]
        return sorted(pairs, key=lambda pair: (-pair.number_of(self.aspect), *pair.order))

    @property
    def top(self) -> list[Pair]:
        """The pairs that share most: a few above a table, more in place of one."""
        return [
            self._pair(pair) for pair in self.alike[: MOST_PAIRS if self.has_table else MOST_LISTED]
        ]

    def _pair(self, pair: Alike) -> Pair:
        return Pair(
            pair,
            pair.number_of(self.aspect),
            ", ".join(has.name for has in pair.shared[self.aspect.key]),
            rest_of(pair) if self.aspect is PARTNERS else PARTNERS.said(pair.number),
            compare_address([pair.one, pair.other]),
        )

    @cached_property
    def rows(self) -> list[TableRow]:
        """The table; empty above so many concepts."""
        if not self.has_table:
            return []
        starts = self._starts()
        return [
            TableRow(
                one,
                [self._cell(one, other, other.pk in starts) for other in self.concepts],
                one.pk in starts,
            )
            for one in self.concepts
        ]

    def _cell(self, one: Named, other: Named, starts_owner: bool) -> Cell:
        if one == other:
            return Cell(is_self=True, starts_owner=starts_owner)
        number = self.number(one, other)
        label = f"{one.short} en {other.short}: {self.aspect.said(number)}"
        return Cell(number, compare_address([one, other]), label, starts_owner=starts_owner)

    def _starts(self) -> set[int]:
        """The concepts before which another owner's begin."""
        pairs = zip(self.concepts, self.concepts[1:], strict=False)
        return {other.pk for one, other in pairs if self._owner(one) != self._owner(other)}

    # What the page says

    @property
    def sentence(self) -> list[Segment]:
        """How many pairs share something, and which share most."""
        number = len(self.concepts)
        if number < 2:
            return [Segment("Er zijn minder dan twee concepten om naast elkaar te leggen.")]
        pairs, noun = number * (number - 1) // 2, self.aspect.noun[0]
        said = [
            Segment(f"Van de {pairs} paren delen er "),
            Segment(str(len(self.counts)), True),
            Segment(f" minstens één {noun}."),
        ]
        if self.alike:
            most = self.alike[0]
            said += [
                Segment(" Het meest delen "),
                Segment(most.one.name, True),
                Segment(" en "),
                Segment(most.other.name, True),
                Segment(f": {self.aspect.said(most.number_of(self.aspect))}."),
            ]
        return said

    @property
    def counted(self) -> str:
        return f"Elk cijfer telt {self.aspect.counts}. Kies een cijfer om te vergelijken."

    @property
    def tabs(self) -> list[Link]:
        return [
            Link(
                aspect.tab,
                self.finder.url(op=None if aspect is PARTNERS else [aspect.key]),
                selected=aspect is self.aspect,
            )
            for aspect in ASPECTS
        ]

    @property
    def finder_url(self) -> str:
        """Where a reader chooses fewer concepts."""
        return reverse("concept-list")

    # Data

    def data(self, absolute: Callable[[str], str]) -> Data:
        """Every pair that shares something of the chosen aspect, with all that it shares."""
        return {
            "waarin": self.aspect.key,
            "concepten": [each.slug for each in self.concepts],
            "paren": [self._pair_data(pair, absolute) for pair in self.alike],
        }

    def _pair_data(self, pair: Alike, absolute: Callable[[str], str]) -> Data:
        return {
            "concept": pair.one.slug,
            "ander": pair.other.slug,
            "aantal": pair.number_of(self.aspect),
            "gemeen": {
                aspect.key: [
                    self._thing_data(pair, aspect, has, absolute) for has in pair.shared[aspect.key]
                ]
                for aspect in ALL
            },
            "url": absolute(compare_address([pair.one, pair.other])),
        }

    def _thing_data(
        self, pair: Alike, aspect: Aspect, has: Any, absolute: Callable[[str], str]
    ) -> Data:
        """What two concepts share, with where each says so: there its sources stand."""
        return {
            "slug": has.slug,
            "naam": has.name,
            "uitspraken": [
                {
                    "concept": concept.slug,
                    **({"rol": said.role} if said.role else {}),
                    "url": absolute(f"{concept.url}#{said.anchor}"),
                }
                for concept in (pair.one, pair.other)
                for said in self.index.of(aspect, concept.pk)[has]
            ],
        }

    def csv_rows(self, absolute: Callable[[str], str]) -> Iterator[list[Any]]:
        """A row for each pair."""
        for pair in self.alike:
            shared = pair.shared[self.aspect.key]
            yield [
                pair.one.slug,
                pair.other.slug,
                self.aspect.key,
                len(shared),
                [has.slug for has in shared],
                absolute(compare_address([pair.one, pair.other])),
            ]
