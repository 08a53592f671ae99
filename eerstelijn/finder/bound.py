"""Facets that look at one and the same statement: a partner, its type, and its role there.

A `Qualifier` says something of what the others choose: chosen beside a partner, a role is the role
of that partner, told by the same row, on the day on which that row held. All of them are counted
from one set of pairs, which the first of them reads.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from eerstelijn.finder.counting import OptionSets, RowSet, Sets, Tally
from eerstelijn.finder.facets import TEXT, Facet, Option
from eerstelijn.finder.sentence import Segment


class OfOneRow(Facet):
    """A facet on a statement that other facets look at as well."""

    #: The keys of all of them; the first is the one whose query finds the pairs.
    bound: tuple[str, ...] = ()

    @property
    def counted_with(self) -> str:
        return self.bound[0]

    def members(self, rows: QuerySet) -> list[Any]:
        """Which rows have a statement with each combination of the options of all of them."""
        if self.key != self.counted_with:
            return []
        paths = [self.parent.facets[key].path for key in self.bound]
        held = rows.filter(self.held(), **{f"{self.path}__isnull": False})
        parts = [Cast(F(path), TEXT) for path in paths]
        spaced = [piece for part in parts for piece in (Value(" "), part)]
        return [self.grouped(held.values(*paths), Concat(*spaced[1:], output_field=TEXT), "pk")]

    def settle(self, found: OptionSets) -> tuple[Sets, RowSet]:
        """The set of each option, and of each option together with one of the last facet."""
        sets = OptionSets()
        for combination, members in found.items():
            options = dict(zip(self.bound, combination.split(" "), strict=True))
            own, last = options[self.key], options[self.bound[-1]]
            for name in {own, f"{own} {last}"}:
                sets[name] = sets.get(name, 0) | members
        return sets, 0


class Qualified(OfOneRow):
    """A facet of which a `Qualifier` says more: it finds rows in which one statement has both."""

    def __init__(self, *args: Any, bound: tuple[str, ...], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.bound = bound

    @property
    def qualifier(self) -> "Qualifier":
        qualifier: Qualifier = self.parent.facets[self.bound[-1]]
        return qualifier

    def condition(self) -> Q:
        """And that the same statement has what the qualifier asks."""
        asked = [option.pk for option in self.qualifier.chosen]
        return super().condition() & (Q(**{f"{self.qualifier.path}__in": asked}) if asked else Q())

    def left(self, tally: Tally, without: str = "") -> RowSet:
        asked = [] if without == self.qualifier.key else self.qualifier.chosen
        return self.together(self.beside(tally, option.pk, asked) for option in self.chosen)

    def rows_with(self, tally: Tally, option: str) -> RowSet:
        return self.beside(tally, option, self.qualifier.chosen)

    def beside(self, tally: Tally, option: str, asked: Sequence[Option]) -> RowSet:
        """The rows in which a statement has this option and one of those of the qualifier."""
        if not asked:
            return tally.rows_with(self.key, option)
        return reduce(or_, (tally.rows_with(self.key, f"{option} {each.pk}") for each in asked))

    def said(self) -> list[Segment]:
        """Its part of the sentence; of several together the first says that of all."""
        together = self.qualifier.qualified
        if self.qualifier.chosen or self is not together[0]:
            return []
        return self.qualifier.beside(together) if len(together) > 1 else super().said()


#: From the facets that chose something, and the options of their qualifier, to its words.
Clause = Callable[[Sequence[Facet], Sequence[Option]], list[Segment]]
#: The same for facets that stand beside each other, each a question of its own.
Beside = Callable[[Sequence[Facet]], list[Segment]]


class Qualifier(OfOneRow):
    """A facet that says something of what others choose; alone it asks for any statement.

    `clause` puts it in words together with those others; `beside` says several of those when
    nothing is asked of what binds them.
    """

    def __init__(
        self, *args: Any, bound: tuple[str, ...], clause: Clause, beside: Beside, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.bound = bound
        self.clause = clause
        self.beside = beside

    @property
    def qualified(self) -> list[Qualified]:
        """The facets beside it that chose something."""
        facets = (self.parent.facets[key] for key in self.bound[:-1])
        return [facet for facet in facets if facet.chosen]

    def filter(self, queryset: QuerySet, options: Sequence[Option]) -> QuerySet:
        return queryset if self.qualified else super().filter(queryset, options)

    def rows_with(self, tally: Tally, option: str) -> RowSet:
        beside = (
            facet.together(
                tally.rows_with(facet.key, f"{chosen.pk} {option}") for chosen in facet.chosen
            )
            for facet in self.qualified
        )
        return reduce(and_, beside, super().rows_with(tally, option))

    def said(self) -> list[Segment]:
        return self.clause(self.qualified, self.chosen)
