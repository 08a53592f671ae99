"""The ground of what is published: all that readers see and that can change where it stands.

The database keeps what is published as it is: a version of a concept, and what it says. So what was
made of one holds for as long as the ground does, whatever else is published meanwhile: the records
that it names, how areas lie, the reviews. What rests on these alone holds as long, and a
publication leaves it as it was.
"""

from functools import cache

from django.db import connection
from django.db.models import F, Model, QuerySet

from eerstelijn.database import stamp
from eerstelijn.kept import Kept

#: Tables that are made anew with each publication, from what was published.
_made_of_it: set[str] = set()
#: What moves the stamp, save what is read-only once it is published, and what is made of that.
TABLES = """
    SELECT relname FROM pg_class
    WHERE oid IN (SELECT tgrelid FROM pg_trigger WHERE tgname LIKE 'moves\\_stamp%%')
        AND oid NOT IN (SELECT tgrelid FROM pg_trigger WHERE tgname LIKE '%%read\\_only')
        AND relname <> ALL(%s)
    ORDER BY relname
"""

_kept: Kept[str] = Kept()


def ground() -> str | None:
    """What is another as soon as the ground is; None when nobody can say."""
    known = stamp.current()
    return None if known is None else _kept.get(known, _read)


def of_request() -> str | None:
    """The ground of this request; None outside one, where asking for it is a question more."""
    return ground() if stamp.of_request() else None


def leave_out(*models: type[Model]) -> None:
    """Say of models that their rows are made of what is published: they are no ground of it."""
    _made_of_it.update(model._meta.db_table for model in models)


def move(rows: QuerySet, field: str) -> None:
    """Have the ground be another: published versions themselves were added to, as a load may do.

    It is enough to write a field of one row that is in it, as it was.
    """
    first = rows.order_by("pk").values("pk")[:1]
    rows.model._default_manager.filter(pk__in=first).update(**{field: F(field)})


def _read() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_query())
        return str(cursor.fetchone()[0])


@cache
def _query() -> str:
    """The rows of each table as a number; put together once.

    A row is what it says and the transaction that wrote it: one that was changed back is another.
    """
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [[*_made_of_it]])
        names = [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
    sums = [
        f"SELECT sum(hashtextextended(xmin::text || t::text, 0)) AS n FROM {name} t"  # noqa: S608
        for name in names
    ]
    return f"SELECT string_agg(n::text, ' ') FROM ({' UNION ALL '.join(sums)}) t"  # noqa: S608
