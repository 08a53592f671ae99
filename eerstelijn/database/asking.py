"""Questions of which the SQL is put together once, and asked with other primary keys each time.

Putting a question together can take Django longer than PostgreSQL needs to answer it.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Lookup, QuerySet

#: Stands in SQL for the primary keys of what is read.
KEYS = object()
#: SQL with its parameters, of which one or more are `KEYS`.
Prepared = tuple[str, Sequence[Any]]


class _Among(Lookup):
    """That a value is one of some; for a list of values Django would make other SQL each time."""

    prepare_rhs = False
    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        sql, parameters = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s)", [*parameters, KEYS]


def of_keys(rows: QuerySet, path: str = "pk") -> QuerySet:
    """Those of some rows of which the primary key, or what a path leads to, is one of `KEYS`."""
    return rows.filter(_Among(F(path), KEYS))


def prepared(rows: Any) -> Prepared:
    """A question as SQL."""
    sql, parameters = rows.query.sql_with_params()
    return sql, parameters


def answered(question: Prepared, keys: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that a question gives for these primary keys."""
    sql, parameters = question
    with connection.cursor() as cursor:
        cursor.execute(sql, [keys if each is KEYS else each for each in parameters])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
