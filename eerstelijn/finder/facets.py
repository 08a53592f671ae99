"""The filters of a finder: a filter is a key in the query string, a facet the control that sets it.

One `Facet` line per facet drives the filter, the counts, the sentence, the chips and the exports.
Inside a facet values widen (OR); facets narrow each other (AND).
"""

from copy import copy
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import django_filters
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, CharField, Count, ExpressionWrapper, F, Q, Value, Window
from django.db.models.functions import Cast, Coalesce, RowNumber

from eerstelijn.dates import valid_on
from eerstelijn.finder.problems import MOST_VALUES, Problem, many_values
from eerstelijn.finder.question import Key, OneOf, SearchWord
from eerstelijn.ordering import alphabetical


@dataclass(frozen=True)
class Option:
    """One value that a facet can take."""

    pk: str
    value: str
    label: str
    tree: str = ""


def prefix_of(value):
    """What the values of one kind of record begin with: "elz" for every eerstelijnszone."""
    return value.partition("-")[0]


def one_of(rows):
    """The condition that a row is among these, as a value and not as a join.

    PostgreSQL joins the rows of `pk__in`, and weighs in what order: with a dozen facets at once
    that takes it half a second, whatever it finds. This it looks up, facet by facet.
    """
    return Coalesce(ExpressionWrapper(Q(pk__in=rows), BooleanField()), False)


class KeyFilter(django_filters.Filter):
    """A filter on a key of the query string; its set says which key."""

    key = ""

    def __deepcopy__(self, memo):
        """Each request has filters of its own; what they are made of is never changed."""
        return copy(self)


class Setting(KeyFilter):
    """A key that says how to look, not for what: the rows are left to who asks for its value."""

    def __init__(self, field_class, *, label, **field):
        super().__init__(label=label, **field)
        self.field_class = field_class

    def filter(self, queryset, value):
        return queryset


class Word(KeyFilter):
    """A search word; each set says how it searches."""

    field_class = SearchWord

    def filter(self, queryset, text):
        return self.parent.search(queryset, text) if text else queryset


class Order(KeyFilter):
    """The order of the rows: what it is called and the terms of `order_by`, by its value.

    Not the OrderingFilter of django-filter, which takes names of fields, several at a time, and
    does nothing for a question that names none.
    """

    field_class = OneOf

    def __init__(self, orders):
        super().__init__(label="Sorteer op", choices=orders)
        self.orders = orders

    def filter(self, queryset, value):
        _, terms = self.orders[self.parent.order]
        return queryset.order_by(*terms)


class FacetField(Key):
    """The values of a facet that are options, in their order; a former slug is its successor."""

    def __init__(self, facet, **kwargs):
        super().__init__(**kwargs)
        self.facet = facet

    def clean(self, given):
        self.problems = []
        if not given:
            return []
        if len(given) > MOST_VALUES:
            self.problems.append(many_values(self.key, len(given)))
        options = self.facet.parent.options[self.key]
        present = self._present(given[:MOST_VALUES], options)
        for value in present:
            if value not in options:
                self.problems.append(Problem(self.key, value, self._allowed(options)))
        return [option for value, option in options.items() if value in present]

    def _present(self, values, options):
        """The values, with the successor of what is no option but was one."""
        unknown = [value for value in values if value not in options]
        if not (unknown and self.facet.option_model):
            return values
        moved = self.facet.options.moved([value[:100].replace("\x00", "") for value in unknown])
        return [moved.get(value, value) for value in values]

    def _allowed(self, options):
        if len(options) > 30:
            return f"de waarden in facetten.{self.key}"
        return ", ".join(options) or "nog geen enkele waarde"

    def written(self, options):
        return [option.value for option in options]


class Facet(KeyFilter):
    """A filter on a relation of the listed rows, with counts.

    `path` leads from a row to the option (`participations__partner`) or to the value of a choice
    field (`participations__role`). `options` is a queryset of records with a slug, or a class of
    choices. `phrase` starts its part of the sentence ("met partner"). Where the first step of the
    path is a statement, only statements that held on the peildatum count.
    """

    #: What stands for an option in the query string, and what it is called where that is no field.
    value_field = "slug"
    label_expression = None
    #: The lists in which a page gives the options, by the prefix of their values; else it gives
    #: them as boxes.
    headings = {}

    def __init__(
        self,
        path,
        options,
        *,
        label,
        phrase,
        label_field="name",
        tree_field=None,
        plural="keuzes",
        is_open=False,
        all_switch="",
        dated=True,
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

    @property
    def field(self):
        return FacetField(self, label=self.label)

    @property
    def option_model(self):
        """The model of the options; None when they are the choices of a field."""
        return getattr(self.options, "model", None)

    def option_rows(self):
        """The options as a query of (facet, position, pk, value, label, tree)."""
        ordering = [
            alphabetical(name) if name == self.label_field else name
            for name in self.option_model._meta.ordering
        ]
        return self.options.order_by().values_list(
            Value(self.key, output_field=CharField()),
            Window(RowNumber(), order_by=ordering),
            Cast("pk", CharField()),
            self.value_field,
            self.label_expression or Cast(self.label_field, CharField()),
            Cast(self.tree_field, CharField())
            if self.tree_field
            else Value("", output_field=CharField()),
        )

    def filter(self, queryset, options):
        if not options:
            return queryset
        return queryset.filter(one_of(self.matching(queryset.model, options)))

    @property
    def is_joint(self):
        """Whether a row must have all chosen options, and not one of them."""
        return bool(self.all_switch and self.parent.form.cleaned_data[self.all_switch])

    def offers(self, value):
        """Whether the page offers this option; an address or JSON can always name it."""
        return True

    def matching(self, model, options):
        """The rows that have one of these options, or all, as a subquery of primary keys."""
        pks = [option.pk for option in options]
        rows = model._default_manager.filter(self._held(), **{f"{self.path}__in": pks})
        rows = rows.order_by().values("pk")
        if self.is_joint:
            # A subquery for each option would do, but with forty the database plans for minutes.
            found = Count(self.path, distinct=True)
            rows = rows.annotate(found=found).filter(found=len(pks)).values("pk")
        return rows

    def chosen(self, tally, options):
        """The rows that the chosen options leave, as a set of the tally."""
        sets = [tally.rows_with(self.key, option.pk) for option in options]
        return reduce(and_ if self.is_joint else or_, sets)

    def members(self, rows):
        """Which of these rows have each option, as a query of (facet, pk of option, [pks])."""
        held = rows.filter(self._held(), **{f"{self.path}__isnull": False})
        return self.grouped(held.values(self.path), self.path, "pk")

    def grouped(self, rows, option, pk):
        """These rows, grouped by option, as `members` promises them."""
        return rows.annotate(members=ArrayAgg(pk)).values_list(
            Value(self.key, output_field=CharField()), Cast(F(option), CharField()), "members"
        )

    def settle(self, found, rows, set_of):
        """From what `members` found to the set of each option, and that of every other option."""
        return found, 0

    def _held(self):
        day, (statement, _, rest) = self.parent.stated_day, self.path.partition("__")
        return valid_on(day, f"{statement}__") if day and self.dated and rest else Q()
