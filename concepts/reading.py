"""Versions with all their statements, of every kind in one query.

A page shows eleven kinds of statement, each a table of its own with its own columns. PostgreSQL
gives each row as one JSON array, so that one query holds them all; the rows become what Django
makes of them, with the records that they point to. The SQL is that of Django, put together once.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    F,
    ForeignKey,
    Func,
    IntegerField,
    JSONField,
    TextField,
    Value,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import RowNumber

from concepts.models import STATEMENT_KINDS
from eerstelijn.database.asking import KEYS, answered, prepared
from governance.citing import cite, fetched

#: What JSON says as Python has it; other values are read from it.
PLAIN = (BooleanField, CharField, IntegerField, ForeignKey, TextField)


def with_statements(versions):
    """The versions that a question finds, with all their statements but without their sources."""
    versions = list(versions.select_related("concept").with_review())
    read_statements(versions)
    return versions


def statements_of(version):
    """Pairs of the name of a kind in data and a statement of it, in the order of the contract."""
    for name, kind in STATEMENT_KINDS.items():
        for row in getattr(version, kind.related_name()).all():
            yield name, row


def cite_statements(version, *others):
    """Fetch the sources of every statement of a version, and those of other rows along."""
    cite((row for _, row in statements_of(version)), *others)


def read_statements(versions, *, for_editors=False):
    """Fetch the statements of versions with what they point to and list, but not their sources.

    One query, and one for each list that occurs (`Statement.also_listed`). What points to a concept
    that is not public is left out, but `for_editors` it is there, without any name.
    """
    by_key = {version.pk: version for version in versions}
    readers = _readers(for_editors)
    said = defaultdict(list)
    for number, key, row in read(readers, _query(for_editors), [*by_key]):
        row._meta.get_field("version").set_cached_value(row, by_key[key])
        said[number, key].append(row)
    for number, reader in enumerate(readers):
        found = [row for key in by_key for row in said[number, key]]
        prefetch_related_objects(found, *reader.kind.also_listed)
        for key, version in by_key.items():
            fetched(version, reader.kind.related_name(), said[number, key])


def read(readers, query, keys):
    """The records that `together` asks for, in their order: (number of the reader, key, record)."""
    for number, _, key, values in sorted(answered(query, keys), key=itemgetter(0, 1)):
        yield number, key, readers[number].row(json.loads(values))


def together(readers):
    """The question of several readers as SQL with parameters; to be put together once."""
    first, *others = (reader.question(number) for number, reader in enumerate(readers))
    whole = first.union(*others, all=True) if others else first
    return prepared(whole)


@dataclass
class Columns:
    """Where the values of one record stand in an array, and how they become that record."""

    model: type
    start: int
    #: The columns that JSON writes as text, by their place in the record.
    read: list
    #: The records that it points to, by the name of the field.
    joined: dict

    @classmethod
    def of(cls, model, joins, paths, path=""):
        """For a model and what is joined to it; adds the paths of all columns to `paths`."""
        fields = _read_of(model)
        start = len(paths)
        paths += [path + field.attname for field in fields]
        read = [
            (place, field.to_python)
            for place, field in enumerate(fields)
            if not isinstance(field, PLAIN)
        ]
        joined = {}
        for name, further in joins.items():
            other = model._meta.get_field(name).related_model
            joined[name] = cls.of(other, further, paths, f"{path}{name}__")
        return cls(model, start, read, joined)

    def row(self, values):
        """The record; None where nothing is pointed to."""
        own = values[self.start : self.start + len(self._names)]
        if own[self._key] is None:
            return None
        for place, read in self.read:
            own[place] = read(own[place])
        row = self.model.from_db(connection.alias, self._names, own)
        for name, columns in self.joined.items():
            row._meta.get_field(name).set_cached_value(row, columns.row(values))
        return row

    def __post_init__(self):
        fields = _read_of(self.model)
        self._names = [field.attname for field in fields]
        self._key = fields.index(self.model._meta.pk)


def _read_of(model):
    """The columns that are read: what search keeps of a version nobody shows."""
    fields = model._meta.concrete_fields
    return [field for field in fields if not isinstance(field, SearchVectorField)]


class Reader:
    """How rows of one kind are asked for, and made.

    `key` leads from a row to the record that it is asked of, whose primary key is given when it is
    asked: it stands in a `column` of its own table, or in that of a `link`.
    """

    def __init__(self, rows, key, in_order, column, link=None):
        self.kind, self.key, self.in_order = rows.model, key, in_order
        added = rows.query.annotations
        self.added = {name: each.output_field.to_python for name, each in added.items()}
        self.rows = of_column(rows, link or rows.model, column)
        self.paths = []
        self._columns = Columns.of(self.kind, rows.query.select_related or {}, self.paths)
        self._first_added = len(self.paths)

    def question(self, number):
        """Its rows, as (number, place in their order, key, values)."""
        values = Func(
            *map(F, [*self.paths, *self.added]),
            function="jsonb_build_array",
            output_field=JSONField(),
        )
        in_order = Window(RowNumber(), order_by=self.in_order)
        return self.rows.order_by().values_list(Value(number), in_order, F(self.key), values)

    def row(self, values):
        row = self._columns.row(values)
        for place, (name, to_python) in enumerate(self.added.items(), self._first_added):
            setattr(row, name, to_python(values[place]))
        return row


def of_column(rows, table, column):
    """Those of some rows of which a column of a table is in `KEYS`: their own, or one joined to it.

    A path that leads to it (`of_keys`) would join a link once more.
    """
    names = map(connection.ops.quote_name, (table._meta.db_table, column))
    return rows.extra(where=["{}.{} = ANY(%s)".format(*names)], params=[KEYS])  # noqa: S610 -- quoted


@cache
def _readers(for_editors):
    return [
        Reader(
            kind.objects.joined() if for_editors else kind.objects.whole(),
            "version",
            kind._meta.ordering[1:],
            "version_id",
        )
        for kind in STATEMENT_KINDS.values()
    ]


@cache
def _query(for_editors):
    return together(_readers(for_editors))
