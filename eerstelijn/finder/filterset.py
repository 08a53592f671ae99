"""The filters of one finder: which rows an address asks for, and how many each option leaves.

The set is one of django-filter: its form reads the address (see `question`), and its
`filter_queryset` is the one place where rows are asked. The counts are ours: the count of an option
ignores the facet's own selection, so that the other options stay choosable.
"""

from functools import cache, cached_property, reduce
from operator import and_

import django_filters
from django.db import connection

from eerstelijn.finder.counting import Tally, one_query, tallies
from eerstelijn.finder.facets import Facet, Option, Order, Setting, Word
from eerstelijn.finder.question import Day, OneOf, OneValue, Question

PAGE_SIZES = ("20", "50", "100")


class FinderSet(django_filters.FilterSet):
    """The filters of one finder. Subclasses add a line per facet, and their `sorteer`."""

    #: Whether its rows hold on some days and not on others, so that a page offers a peildatum.
    is_dated = False

    q = Word(label="Zoek")
    peildatum = Setting(Day, label="Peildatum")
    sorteer = Order({})
    pagina = Setting(OneValue, label="Pagina")
    per_pagina = Setting(OneOf, label="Per pagina", choices=PAGE_SIZES)

    class Meta:
        form = Question

    @classmethod
    def get_filters(cls):
        filters = super().get_filters()
        for key, filter_ in filters.items():
            filter_.key = key
        return filters

    # What was asked

    @property
    def values(self):
        """The question as an address writes it: {key: [value]}."""
        return self.form.values

    @property
    def problems(self):
        """What of the question cannot be followed."""
        return self.form.problems

    @property
    def q_text(self):
        """The search word, empty when there is none."""
        return self.form.cleaned_data["q"] or ""

    @property
    def stated_day(self):
        """The day that was asked about, or None."""
        return self.form.cleaned_data["peildatum"]

    @property
    def order(self):
        """The chosen order, or the usual one: relevance for a search word, else the name."""
        usual = "relevantie" if self.q_text else "naam"
        chosen = self.form.cleaned_data["sorteer"] or usual
        return chosen if chosen != "relevantie" else usual

    @cached_property
    def facets(self):
        return {key: facet for key, facet in self.filters.items() if isinstance(facet, Facet)}

    @cached_property
    def active(self):
        """The facets with a selection, and the chosen options."""
        chosen = {key: self.form.cleaned_data[key] for key in self.facets}
        return {key: options for key, options in chosen.items() if options}

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

    # Filtering and counting

    def search(self, queryset, text):
        """Narrow to what a search word finds; each finder says how."""
        raise NotImplementedError(f"{type(self).__name__} does not search")

    @cached_property
    def found(self):
        """The primary keys of all that the question finds."""
        return set(self.qs.order_by().values_list("pk", flat=True))

    @cached_property
    def left(self):
        """The rows that each filter leaves by itself, as sets of the tally."""
        left = {
            key: self.facets[key].chosen(self.tally, options)
            for key, options in self.active.items()
        }
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
        name = as_of and (str(rows.values("pk").query), self.stated_day)
        return tallies.get(as_of, lambda: Tally(rows, self.facets), name)

    def as_of(self):
        """Something that changes whenever the options of a row do; None when nothing says so."""
        return None
