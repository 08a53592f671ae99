"""What a database held before it was supplemented: its records, and what they name."""

from collections import defaultdict

from concepts import fixtures
from eerstelijn.ordered import is_ordered


class Stored:
    """The records that were there, each kind read once; what is added later is not among them."""

    def __init__(self):
        self._rows, self._named = {}, {}

    def rows(self, model):
        """The records of a model by their natural key."""
        if model not in self._rows:
            rows = model._default_manager.select_related(*fixtures.key_paths(model))
            self._rows[model] = {tuple(map(str, row.natural_key())): row for row in rows}
        return self._rows[model]

    def named(self, row, link):
        """What a record names in a list, such as its sources, as numbers."""
        if link not in self._named:
            own, other = f"{link.m2m_field_name()}_id", f"{link.m2m_reverse_field_name()}_id"
            order = ("position", "pk") if is_ordered(link) else ("pk",)
            links = link.remote_field.through.objects.order_by(*order)
            self._named[link] = defaultdict(list)
            for pk, named in links.values_list(own, other):
                self._named[link][pk].append(named)
        return self._named[link][row.pk]

    def names(self, row, link, numbers):
        """Whether a record names just these in a list, in this order where that says something."""
        there = self.named(row, link)
        return there == numbers if is_ordered(link) else {*there} == {*numbers}

    def is_empty(self, row, name):
        """Whether a field of a record was never filled in."""
        field = row._meta.get_field(name)
        if field.many_to_many:
            return not self.named(row, field)
        return getattr(row, field.attname) == field.get_default()


def parent_field(model):
    """The name of the relation to the record that a row belongs to; None for a record itself."""
    name, _, path = model.key_fields[0].partition("__")
    return name if path else None


def parent(row):
    name = parent_field(type(row))
    return getattr(row, name) if name else None
