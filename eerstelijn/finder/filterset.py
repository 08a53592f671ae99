"""The filters of one finder: which rows an address asks for, and how many each option leaves.

The set is one of django-filter: its form reads the address (see `question`). What it finds comes
from sets that the process keeps (`counting`), and so do the counts: that of an option ignores the
facet's own selection, so that the other options stay choosable. `filter_queryset` asks the database
the same; the tests hold both to one answer (docs/adr/0033-lists-from-kept-sets.md).
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, reduce
from itertools import islice
from operator import and_
from typing import Any

import django_filters
from django.db import connection
from django.db.models import QuerySet

from eerstelijn.database import stamp
from eerstelijn.finder.counting import RowSet, Tally, of_a_day, of_today, one_query
from eerstelijn.finder.facets import Facet, Option, Order, Setting, Word
from eerstelijn.finder.fieldsets import Layout
from eerstelijn.finder.problems import Problem
from eerstelijn.finder.question import Day, OneOf, OneValue, Question
from eerstelijn.finder.sentence import Segment

PAGE_SIZES = ("20", "50", "100")


class FinderSet(django_filters.FilterSet):
    """The filters of one finder. Subclasses add a line per facet, and their `sorteer`."""

    #: Whether its rows hold on some days and not on others, so that a page offers a peildatum.
    is_dated = False
    #: What the whole list is called by whoever asks; else its sets go by its query, which takes
    #: longer to write than a page to count.
    list_name: Hashable = None

    q = Word(label="Zoek")
    peildatum = Setting(Day, label="Op datum")
    sorteer = Order({})
    pagina = Setting(OneValue, label="Pagina")
    per_pagina = Setting(OneOf, label="Per pagina", choices=PAGE_SIZES)

    class Meta:
        form = Question

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        filters: dict[str, Any] = super().get_filters()
        for key, filter_ in filters.items():
            filter_.key = key
        return filters

    # What was asked

    @property
    def is_shorthand(self) -> bool:
        """Whether another address asks the same, and a page leads on to it."""
        return False

    @property
    def readings(self) -> Sequence[Any]:
        """How words were understood that can be understood otherwise.

        Each has a text (`said`), what was chosen (`place`) and what could have been (`others`), as
        in a `Doubt`.
        """
        return ()

    @property
    def values(self) -> dict[str, list[str]]:
        """The question as an address writes it: {key: [value]}."""
        values: dict[str, list[str]] = self.form.values
        return values

    @property
    def problems(self) -> list[Problem]:
        """What of the question cannot be followed."""
        problems: list[Problem] = self.form.problems
        return problems

    @property
    def q_text(self) -> str:
        """The search word, empty when there is none."""
        return self.form.cleaned_data["q"] or ""

    @property
    def is_loose(self) -> bool:
        """Whether any of the words will do; for a finder that can look so (`ruim`)."""
        return False

    @property
    def looseness(self) -> str:
        """What a chip calls that."""
        return ""

    @property
    def word_said(self) -> list[Segment]:
        """The search word as it stands in the sentence."""
        return [Segment("voor "), Segment(f"“{self.q_text}”", True)]

    @property
    def stated_day(self) -> dt.date | None:
        """The day that was asked about, or None."""
        day: dt.date | None = self.form.cleaned_data["peildatum"]
        return day

    @property
    def day_shown(self) -> dt.date | None:
        """The day that this list is about; None when it shows today, whatever was asked."""
        return self.stated_day if self.is_dated else None

    @property
    def usual_order(self) -> str:
        """The order that needs no mention: relevance for a search word, else that of the list."""
        return "relevantie" if self.q_text else self.filters["sorteer"].usual

    @property
    def order(self) -> str:
        """The chosen order, or the usual one."""
        chosen = self.form.cleaned_data["sorteer"] or self.usual_order
        return chosen if chosen != "relevantie" else self.usual_order

    @cached_property
    def facets(self) -> dict[str, Facet]:
        return {key: facet for key, facet in self.filters.items() if isinstance(facet, Facet)}

    @cached_property
    def active(self) -> dict[str, list[Option]]:
        """The facets with a selection, and the chosen options."""
        chosen = {key: self.form.cleaned_data[key] for key in self.facets}
        return {key: options for key, options in chosen.items() if options}

    @cached_property
    def options(self) -> dict[str, dict[str, Option]]:
        """The options of each facet by their value, in their order."""
        found: dict[str, dict[str, Option]] = of_today.get(
            stamp.current(), self._read_options, ("options", type(self).__qualname__)
        )
        return found

    def _read_options(self) -> dict[str, dict[str, Option]]:
        """One query, and one for each facet of which the choices are asked of the database."""
        found: dict[str, dict[str, Option]] = {key: {} for key in self.facets}
        if query := self._options_query():
            with connection.cursor() as cursor:
                cursor.execute(*query)
                for key, _, pk, value, *fields in sorted(cursor.fetchall()):
                    found[key][value] = Option(pk, value, *fields)
        for key, facet in self.facets.items():
            if not facet.option_model:
                for value, label in facet.options.choices:
                    found[key][value] = Option(value, value, label)
        return found

    @classmethod
    @cache
    def _options_query(cls) -> tuple[str, tuple[Any, ...]] | None:
        """The options of all facets as SQL; putting that together takes longer than running it."""
        facets = [facet for facet in cls.base_filters.values() if isinstance(facet, Facet)]
        queries = [facet.option_rows() for facet in facets if facet.option_model]
        if not queries:
            return None
        sql, parameters = one_query(queries).query.sql_with_params()
        return sql, parameters

    # Filtering and counting

    def search(self, queryset: QuerySet, text: str) -> QuerySet:
        """Narrow to what a search word finds; each finder says how."""
        raise NotImplementedError(f"{type(self).__name__} does not search")

    @cached_property
    def found(self) -> RowSet:
        """All that the question finds."""
        return self.left_without("")

    @property
    def settings_said(self) -> dict[str, str]:
        """What of the question is no facet and no search word, in words by its key."""
        return {}

    @property
    def number_found(self) -> int:
        """How many rows that are."""
        return self.found.bit_count()

    def keys(self, start: int, stop: int) -> list[Any]:
        """The primary keys of the rows that were found, from one place to another."""
        return list(islice(self._keys(), start, stop))

    def _keys(self) -> Iterator[Any]:
        for rows in self.parts:
            if self.order == "relevantie":
                yield from sorted(self.tally.in_order(rows), key=lambda pk: -self.ranks[pk])
            else:
                yield from self.tally.in_order(rows, self._positions)

    @property
    def parts(self) -> Sequence[RowSet]:
        """What was found, in the parts that come one after the other whatever the order."""
        return [self.found]

    @property
    def _positions(self) -> list[int] | None:
        """All rows of the list in the chosen order; None for that of the tally, by name."""
        if self.order == "naam":
            return None

        def read() -> list[int]:
            rows = self.filters["sorteer"].in_order(self.queryset, self.order)
            return self.tally.positions(rows.values_list("pk", flat=True))

        positions: list[int] = self.tally.beside(f"order {self.order}", read)
        return positions

    @cached_property
    def ranks(self) -> dict[Any, float]:
        """What the search word finds in the whole list, by primary key: how well it answers."""
        found = self.filters["q"].filter(self.queryset, self.q_text)
        return dict(found.order_by().values_list("pk", "rank"))

    @cached_property
    def hits(self) -> RowSet:
        """The same as a set of the tally."""
        return self.tally.set_of(self.ranks)

    def left_without(self, key: str, leave_out: Iterable[str] = ()) -> RowSet:
        """The rows as if this filter were not set, as a set of the tally.

        `leave_out` are facets that do not count either.
        """
        keys = [other for other in self.active if other != key and other not in leave_out]
        left = [self.facets[other].left(self.tally, without=key) for other in keys]
        if self.q_text and key != "q":
            left.append(self.hits)
        return reduce(and_, left, self.tally.everything)

    def count_without(self, key: str) -> int:
        """How many rows there are as if this filter were not set."""
        if key != "peildatum":
            return self.left_without(key).bit_count()
        data = self.data.copy()  # every facet looks at the peildatum, so ask the question anew
        del data[key]
        number: int = type(self)(data, queryset=self.queryset).qs.count()
        return number

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """Rows per option as if its facet were untouched: {facet: {pk of option: number}}."""
        counts = {}
        for key, facet in self.facets.items():
            left = self.left_without(key, facet.counts_along)
            counts[key] = {
                option.pk: (facet.rows_with(self.tally, option.pk) & left).bit_count()
                for option in self.options[key].values()
            }
        return counts

    def layout(self, facet: Facet) -> Layout:
        """In what order a page gives the options of a facet, and which of them are in use."""

        def lay_out() -> Layout:
            return Layout(self.base_filters[facet.key], self.options[facet.key], self.tally)

        layout: Layout = self.tally.beside(f"layout {facet.key}", lay_out)
        return layout

    def numbers(self, facet: Facet) -> Mapping[str, int]:
        """Rows per option as in `counts`, of one facet, counted when one is asked for."""
        if not self.active and not self.q_text:
            return self.layout(facet).totals
        return Numbers(facet, self.tally, self.left_without(facet.key, facet.counts_along))

    @cached_property
    def tally(self) -> Tally:
        """Which rows have which options, kept by the process as long as it is right."""
        day = self.stated_day
        kept = of_a_day if day else of_today
        name = self.list_name or str(self.queryset.order_by().values("pk").query), day
        tally: Tally = kept.get(self.as_of(), lambda: self._read_tally(kept.last(name)), name)
        return tally

    def _read_tally(self, last: Tally | None) -> Tally:
        """The ground is read first: what is read on it is as new, or newer.

        Of a list that changed while it was read nobody can tell later what came: it has no ground.
        """
        known, ground = stamp.current(), self.ground
        rows = self.filters["sorteer"].in_order(self.queryset, "naam")
        tally = Tally(rows, self.facets, ground, last)
        if ground is not None and stamp.read() != known:
            tally.ground = None
        return tally

    @property
    def ground(self) -> Hashable:
        """What the rows rest on, where they never change themselves; None where they do."""
        return None

    def as_of(self) -> Hashable:
        """What changes whenever the rows or their options do; None when nobody can say."""
        return stamp.current()


class Numbers(Mapping[str, int]):
    """How many of the rows that are left have each option of a facet, by its primary key."""

    def __init__(self, facet: Facet, tally: Tally, left: RowSet):
        self.facet = facet
        self.tally = tally
        self.left = left

    def __getitem__(self, option: str) -> int:
        return (self.facet.rows_with(self.tally, option) & self.left).bit_count()

    def __iter__(self) -> Iterator[str]:
        return (option.pk for option in self.facet.parent.options[self.facet.key].values())

    def __len__(self) -> int:
        return len(self.facet.parent.options[self.facet.key])
