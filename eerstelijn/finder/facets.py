"""The filters of a finder: a filter is a key in the query string, a facet the control that sets it.

One `Facet` line per facet drives the filter, the counts, the sentence, the chips and the exports.
Inside a facet values widen (OR); facets narrow each other (AND).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

import django_filters
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    BooleanField,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import Cast, Coalesce, RowNumber

from eerstelijn.dates import valid_on
from eerstelijn.finder.counting import OptionSets, RowSet, Sets, Tally
from eerstelijn.finder.fields import FacetField
from eerstelijn.finder.fieldsets import Fieldset
from eerstelijn.finder.question import OneOf, SearchWord
from eerstelijn.finder.sentence import Segment, one_or_other
from eerstelijn.ordering import alphabetical

TEXT = CharField()
#: The order of a list: what it is called, and the terms of `order_by`.
Orders = dict[str, tuple[str, Sequence[Any]]]


@dataclass(frozen=True)
class Option:
    """One value that a facet can take.

    A pinned one is shown on arrival, however few rows have it. `successor` is the option, by its
    primary key, that this one went on in.
    """

    pk: str
    value: str
    label: str
    tree: str = ""
    is_pinned: bool = False
    successor: str = ""


def one_of(rows: QuerySet) -> Any:
    """The condition that a row is among these, as a value and not as a join.

    PostgreSQL joins the rows of `pk__in`, and weighs in what order: with a dozen facets at once
    that takes it half a second, whatever it finds. This it looks up, facet by facet.
    """
    return Coalesce(ExpressionWrapper(Q(pk__in=rows), BooleanField()), False)


class KeyFilter(django_filters.Filter):
    """A filter on a key of the query string; its set says which key."""

    key = ""
    #: The keys of which one must be chosen for this one to mean something.
    only_with: tuple[str, ...] = ()

    def __deepcopy__(self, memo: dict[int, Any]) -> "KeyFilter":
        """Each request has filters of its own; what they are made of is never changed."""
        return copy(self)


class Setting(KeyFilter):
    """A key that says how to look, not for what: the rows are left to who asks for its value."""

    def __init__(
        self, field_class: type, *, label: str, only_with: tuple[str, ...] = (), **field: Any
    ):
        super().__init__(label=label, **field)
        self.field_class = field_class
        self.only_with = only_with

    def filter(self, queryset: QuerySet, value: object) -> QuerySet:
        return queryset


class Word(KeyFilter):
    """A search word; each set says how it searches."""

    field_class = SearchWord

    def filter(self, queryset: QuerySet, text: str) -> QuerySet:
        return self.parent.search(queryset, text) if text else queryset


class Order(KeyFilter):
    """The order of the rows: what it is called and the terms of `order_by`, by its value.

    The first is the usual one of a list without a search word, `relevantie` that of one with.

    Not the OrderingFilter of django-filter, which takes names of fields, several at a time, and
    does nothing for a question that names none.
    """

    field_class = OneOf

    def __init__(self, orders: Orders):
        super().__init__(label="Sorteer op", choices=orders)
        self.orders = orders

    @property
    def usual(self) -> str:
        """The order of a list without a search word."""
        return next((value for value in self.orders if value != "relevantie"), "naam")

    def filter(self, queryset: QuerySet, value: object) -> QuerySet:
        return self.in_order(queryset, self.parent.order)

    def in_order(self, queryset: QuerySet, order: str) -> QuerySet:
        """Rows in one of the orders."""
        _, terms = self.orders[order]
        return queryset.order_by(*terms)


class Facet(KeyFilter):
    """A filter on a relation of the listed rows, with counts.

    `path` leads from a row to the option (`participations__partner`) or to the value of a choice
    field (`participations__role`). `options` is a queryset of records with a slug, or a class of
    choices. `phrase` starts its part of the sentence ("met partner"). Where the first step of the
    path is a statement, only statements that held on the peildatum count; with `of_today`, without
    a peildatum only those that hold today.

    A page gives the options in a fixed order: the number of rows in the whole list, then the name;
    with `own_order`, as they come, by their `ordering` or that of their model. It shows the first
    few (`first`), and what the expression `pinned` holds for. The expression `successor` leads from
    an option to the one it went on in. `hint` says on the page what the name does not.
    """

    #: What stands for an option in the query string, and what it is called where that is no field.
    value_field = "slug"
    label_expression: Any = None
    #: The template of its place on a page; without one another facet shows it.
    template = "finder/_facet.html"
    #: Facets that the number at an option takes along, beside what the others leave.
    counts_along: tuple[str, ...] = ()

    def __init__(
        self,
        path: str,
        options: Any,
        *,
        label: str,
        phrase: str = "",
        label_field: str = "name",
        tree_field: str | None = None,
        plural: str = "keuzes",
        is_open: bool = False,
        all_switch: str = "",
        dated: bool = True,
        of_today: bool = False,
        own_order: bool = False,
        ordering: Sequence[Any] = (),
        first: int = 7,
        pinned: Any = None,
        successor: Any = None,
        hint: str = "",
    ):
        super().__init__(field_name=path, label=label)
        self.path = path
        self.options = options
        self.phrase = phrase
        self.label_field = label_field
        self.tree_field = tree_field
        self.plural = plural
        self.is_open = is_open
        self.all_switch = all_switch
        self.dated = dated
        self.of_today = of_today
        self.own_order = own_order
        self.ordering = ordering
        self.first = first
        self.pinned = pinned
        self.successor = successor
        self.hint = hint

    @property
    def field(self) -> FacetField:
        return FacetField(self, label=self.label)

    @property
    def option_model(self) -> Any:
        """The model of the options; None when they are the choices of a field."""
        return getattr(self.options, "model", None)

    def option_rows(self) -> Any:
        """The options as a query of (facet, position, and the fields of `Option`)."""
        ordering = [
            alphabetical(name) if name == self.label_field else name
            for name in self.ordering or self.option_model._meta.ordering
        ]
        nothing = Value("", output_field=TEXT)
        return self.options.order_by().values_list(
            Value(self.key, output_field=TEXT),
            Window(RowNumber(), order_by=ordering),
            Cast("pk", TEXT),
            self.value_field,
            self.label_expression or Cast(self.label_field, TEXT),
            Cast(self.tree_field, TEXT) if self.tree_field else nothing,
            Value(False) if self.pinned is None else self.pinned,
            nothing if self.successor is None else Coalesce(Cast(self.successor, TEXT), nothing),
        )

    @property
    def is_meant(self) -> bool:
        """Whether it means something beside what else was asked."""
        return not self.only_with or any(key in self.parent.active for key in self.only_with)

    # What it finds

    def filter(self, queryset: QuerySet, options: Sequence[Option]) -> QuerySet:
        if not options:
            return queryset
        return queryset.filter(one_of(self.matching(queryset.model, options)))

    @property
    def is_joint(self) -> bool:
        """Whether a row must have all chosen options, and not one of them."""
        return bool(self.all_switch and self.parent.form.cleaned_data[self.all_switch])

    def matching(self, model: Any, options: Sequence[Option]) -> QuerySet:
        """The rows that have one of these options, or all, as a subquery of primary keys."""
        pks = [option.pk for option in options]
        rows = model._default_manager.filter(self.condition(), **{f"{self.path}__in": pks})
        rows = rows.order_by().values("pk")
        if self.is_joint:
            # A subquery for each option would do, but with forty the database plans for minutes.
            found = Count(self.path, distinct=True)
            rows = rows.annotate(found=found).filter(found=len(pks)).values("pk")
        return rows

    def condition(self) -> Q:
        """What must hold of the statement that leads to an option."""
        return self.held()

    def held(self) -> Q:
        """The condition that the statement held on the peildatum, if one was given."""
        statement, _, rest = self.path.partition("__")
        day = self.parent.stated_day or (dt.date.today() if self.of_today else None)
        return valid_on(day, f"{statement}__") if day and self.dated and rest else Q()

    # What it counts

    @property
    def counted_with(self) -> str:
        """The facet whose `members` it is counted from."""
        return self.key

    def members(self, rows: QuerySet) -> list[Any]:
        """Which of these rows have each option, as queries of (facet, pk of option, [pks]).

        None of them for a facet that is counted with another, or not from the rows.
        """
        held = rows.filter(self.held(), **{f"{self.path}__isnull": False})
        return [self.grouped(held.values(self.path), Cast(F(self.path), TEXT), "pk")]

    def grouped(self, rows: QuerySet, option: Any, pk: str) -> Any:
        """These rows, grouped by option, as `members` promises them."""
        rows = rows.annotate(members=ArrayAgg(pk))
        return rows.values_list(Value(self.key, output_field=TEXT), option, "members")

    def settle(self, found: OptionSets) -> tuple[Sets, RowSet]:
        """From what `members` found to the set of each option, and that of every other option."""
        return found, 0

    def left(self, tally: Tally, without: str = "") -> RowSet:
        """The rows that its choice leaves, as if the key `without` were not set."""
        return self.together(tally.rows_with(self.key, option.pk) for option in self.chosen)

    def together(self, sets: Iterable[RowSet]) -> RowSet:
        """The rows that several options leave together."""
        return reduce(and_ if self.is_joint else or_, sets)

    def rows_with(self, tally: Tally, option: str) -> RowSet:
        """The rows that choosing this option only would leave, as far as that depends on it."""
        return tally.rows_with(self.key, option)

    @property
    def chosen(self) -> list[Option]:
        """The options that the question names."""
        return self.parent.active.get(self.key, [])

    # What a page shows of it

    def offers(self, value: str) -> bool:
        """Whether the page offers this option; an address or JSON can always name it."""
        return True

    def said(self) -> list[Segment]:
        """Its part of the sentence; empty where another facet says it."""
        return [Segment(f"{self.phrase} "), *one_or_other(self.chosen, self.is_joint)]

    def fieldset(self, finder: Any) -> Fieldset:
        """The facet on a page."""
        return Fieldset(self, finder)
