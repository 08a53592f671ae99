"""The faceted finder: which rows a query string asks for, and how many each further choice leaves.

A finder is a page, a filter is a key in the query string, a facet is the control that sets it. One
`Facet` line per facet drives the filter, the counts, the sentence, the chips and the exports.

Inside a facet values widen (OR); facets narrow each other (AND). The count of an option ignores the
facet's own selection, so that the other options stay choosable. What the query string asks that
does not exist is left out and kept as a `Problem`: a page names it, JSON and CSV refuse it.
"""

from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import and_, or_

import django_filters
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import BooleanField, CharField, Count, ExpressionWrapper, F, Q, Value, Window
from django.db.models.functions import Cast, Coalesce, RowNumber
from django.http import QueryDict

from eerstelijn.dates import PEILDATUM_FORM, read_peildatum, valid_on
from eerstelijn.finder.counting import Tally, one_query, tallies
from eerstelijn.finder.problems import Problem, read_search_word, read_values
from eerstelijn.ordering import alphabetical

PAGE_SIZES = ("20", "50", "100")


@dataclass(frozen=True)
class Option:
    """One value that a facet can take."""

    pk: str
    value: str
    label: str
    tree: str = ""


def one_of(rows):
    """The condition that a row is among these, as a value and not as a join.

    PostgreSQL joins the rows of `pk__in`, and weighs in what order: with a dozen facets at once
    that takes it half a second, whatever it finds. This it looks up, facet by facet.
    """
    return Coalesce(ExpressionWrapper(Q(pk__in=rows), BooleanField()), False)


class Facet(django_filters.MultipleChoiceFilter):
    """A filter on a relation of the listed rows, with counts.

    `path` leads from a row to the option (`participations__partner`) or to the value of a choice
    field (`participations__role`). `options` is a queryset of records with a slug, or a class of
    choices. `phrase` starts its part of the sentence ("met partner"). Where the first step of the
    path is a statement, only statements that held on the peildatum count.
    """

    #: What stands for an option in the query string, and what it is called where that is no field.
    value_field = "slug"
    label_expression = None

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
        all_label="",
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
        self.all_label = all_label
        self.dated = dated

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

    def filter(self, queryset, values):
        options = [self.parent.options[self.key][value].pk for value in values]
        if not options:
            return queryset
        return queryset.filter(one_of(self.matching(queryset.model, options)))

    def offers(self, value):
        """Whether the page offers this option; an address or JSON can always name it."""
        return True

    def matching(self, model, options):
        """The rows that have one of these options, or all, as a subquery of primary keys."""
        rows = model._default_manager.filter(self._held(), **{f"{self.path}__in": options})
        rows = rows.order_by().values("pk")
        if self.all_switch and self.parent.is_on(self.all_switch):
            # A subquery for each option would do, but with forty the database plans for minutes.
            found = Count(self.path, distinct=True)
            rows = rows.annotate(found=found).filter(found=len(options)).values("pk")
        return rows

    def chosen(self, tally, values):
        """The rows that the chosen values leave, as a set of the tally."""
        options = self.parent.options[self.key]
        sets = [tally.rows_with(self.key, options[value].pk) for value in values]
        together = self.all_switch and self.parent.is_on(self.all_switch)
        return reduce(and_ if together else or_, sets)

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
        day, (statement, _, rest) = self.parent.peildatum, self.path.partition("__")
        return valid_on(day, f"{statement}__") if day and self.dated and rest else Q()


class FinderSet(django_filters.FilterSet):
    """The filters of one list. Subclasses add a line per facet, and `sorts`."""

    #: Orders that a reader may choose: value in the query string -> (label, order_by).
    sorts = {}
    #: Whether its rows hold on some days and not on others, so that a page offers a peildatum.
    is_dated = False
    #: Keys that every finder understands, besides its facets.
    shared_keys = ("q", "peildatum", "sorteer", "pagina", "per_pagina")

    q = django_filters.CharFilter(method="search", label="Zoek")

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None):
        self.facets = {}
        for key, facet in self.base_filters.items():
            if isinstance(facet, Facet):
                facet.key = key
                self.facets[key] = facet
        self.problems = []
        self.peildatum = None
        self.values = self._read(data if data is not None else QueryDict())
        cleaned = QueryDict(mutable=True)
        for key, values in self.values.items():
            cleaned.setlist(key, values)
        super().__init__(cleaned, queryset, request=request, prefix=prefix)
        self.facets = {key: self.filters[key] for key in self.facets}

    # Reading the query string

    @cached_property
    def options(self):
        """The options of each facet by their value, in their order; one query."""
        found = {key: {} for key in self.facets}
        if query := self._options_query():
            with connection.cursor() as cursor:
                cursor.execute(*query)
                for key, _, pk, value, label, tree in sorted(cursor.fetchall()):
                    found[key][value] = Option(pk, value, label, tree)
        for key, facet in self.facets.items():
            if not facet.option_model:
                for value, label in facet.options.choices:
                    found[key][value] = Option(value, value, label)
        return found

    @classmethod
    @cache
    def _options_query(cls):
        """The options of all facets as SQL; putting that together takes longer than running it."""
        facets = [facet for facet in cls.base_filters.values() if isinstance(facet, Facet)]
        queries = [facet.option_rows() for facet in facets if facet.option_model]
        return one_query(queries).query.sql_with_params() if queries else None

    @property
    def switches(self):
        """The keys that turn the values of a facet from alternatives into requirements."""
        return {facet.all_switch for facet in self.facets.values() if facet.all_switch}

    def is_on(self, switch):
        return switch in self.values

    def _read(self, data):
        values = {}
        for key, given in data.lists():
            given = list(dict.fromkeys(value.strip() for value in given if value.strip()))
            if key in self.facets:
                known = self._known(key, given)
            elif key in self.shared_keys or key in self.switches:
                known = self._read_single(key, given)
            else:
                allowed = [*self.shared_keys, *self.facets, *sorted(self.switches)]
                self.problems.append(Problem(key, "", ", ".join(allowed)))
                continue
            if known:
                values[key] = known
        return values

    def _known(self, key, given):
        """The values that are options; a former slug becomes its successor, the rest a problem."""
        options = self.options[key]
        given, excess = read_values(key, given)
        self.problems = excess + self.problems
        unknown = [value for value in given if value not in options]
        moved = {}
        if unknown and self.facets[key].option_model:
            moved = self.facets[key].options.moved(
                [value[:100].replace("\x00", "") for value in unknown]
            )
        known = []
        for value in given:
            value = moved.get(value, value)
            if value in options:
                known.append(value)
            else:
                allowed = f"de waarden in facetten.{key}" if len(options) > 30 else list(options)
                text = allowed if isinstance(allowed, str) else ", ".join(allowed)
                self.problems.append(Problem(key, value, text or "nog geen enkele waarde"))
        chosen = set(known)
        return [value for value in options if value in chosen]

    def _read_single(self, key, given):
        """The one value of a key that takes one; a second value is a problem, not the winner."""
        for extra in given[1:]:
            self.problems.append(Problem(key, extra, "één waarde"))
        if not given:
            return []
        value, allowed = given[0], None
        if key == "q":
            value, excess = read_search_word(key, value)
            self.problems = excess + self.problems
        elif key == "peildatum":
            try:
                self.peildatum = read_peildatum(value)
            except ValueError:
                allowed = PEILDATUM_FORM
        elif key == "sorteer":
            allowed = None if value in self.sorts else ", ".join(self.sorts)
        elif key == "per_pagina":
            allowed = None if value in PAGE_SIZES else ", ".join(PAGE_SIZES)
        elif key in self.switches:
            allowed = None if value == "1" else "1"
        if allowed:
            self.problems.append(Problem(key, value, allowed))
            return []
        return [value] if value else []

    # Filtering and counting

    @property
    def q_text(self):
        return self.values.get("q", [""])[0]

    @property
    def active(self):
        """The facets with a selection, and their values."""
        return {key: self.values[key] for key in self.facets if key in self.values}

    def search(self, queryset, name, value):
        """Narrow to what a search word finds; each finder says how."""
        raise NotImplementedError(f"{type(self).__name__} does not search")

    @cached_property
    def qs(self):
        """The rows that the question finds. No form validates it: it was read value by value."""
        queryset = self.queryset
        for key, filter_ in self.filters.items():
            if key in self.values:
                value = self.values[key] if key in self.facets else self.q_text
                queryset = filter_.filter(queryset, value)
        return queryset

    @cached_property
    def found(self):
        """The primary keys of all that the question finds."""
        return set(self.qs.order_by().values_list("pk", flat=True))

    @cached_property
    def left(self):
        """The rows that each filter leaves by itself, as sets of the tally."""
        left = {key: self.facets[key].chosen(self.tally, self.values[key]) for key in self.active}
        if self.q_text:
            hits = self.filters["q"].filter(self.queryset, self.q_text)
            left["q"] = self.tally.set_of(hits.order_by().values_list("pk", flat=True))
        return left

    def left_without(self, key):
        """The rows as if this filter were not set, as a set of the tally."""
        rest = (rows for other, rows in self.left.items() if other != key)
        return reduce(and_, rest, self.tally.everything)

    def count_without(self, key):
        """How many rows there are as if this filter were not set."""
        if key != "peildatum":
            return self.left_without(key).bit_count()
        data = self.data.copy()  # every facet looks at the peildatum, so ask the question anew
        del data[key]
        return type(self)(data, queryset=self.queryset).qs.count()

    @cached_property
    def counts(self):
        """Rows per option as if its facet were untouched: {facet: {pk of option: number}}."""
        return self._count({key: self.left_without(key) for key in self.facets})

    @cached_property
    def totals(self):
        """Rows per option in the whole list, to tell options in use from the others."""
        return self._count(dict.fromkeys(self.facets, self.tally.everything))

    def _count(self, left):
        """How many of the rows that are left for each facet have its options."""
        return {
            key: {
                option.pk: (self.tally.rows_with(key, option.pk) & rows).bit_count()
                for option in self.options[key].values()
            }
            for key, rows in left.items()
        }

    @cached_property
    def tally(self):
        """Which rows have which options, kept by the process as long as it is right."""
        rows, as_of = self.queryset.order_by(), self.as_of()
        name = as_of and (str(rows.values("pk").query), self.peildatum)
        return tallies.get(as_of, lambda: Tally(rows, self.facets), name)

    def as_of(self):
        """Something that changes whenever the options of a row do; None when nothing says so."""
        return None

    @property
    def order(self):
        """The chosen order, or the usual one: relevance for a search word, else the name."""
        usual = "relevantie" if self.q_text else "naam"
        chosen = self.values.get("sorteer", [usual])[0]
        return chosen if chosen != "relevantie" else usual
