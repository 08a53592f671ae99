"""The ground of what is published: all that readers see and that can change where it stands.

The database keeps a published version and its statements as they are (`concepts.models.guards`). So
what was made of one holds for as long as the ground does, whatever else is published meanwhile: the
records that it names, how areas lie, the reviews.
"""

from functools import cache

from django.db import connection
from django.db.models import F

from concepts.models import Concept, IndexedWord, SearchEntry
from eerstelijn.database import stamp
from eerstelijn.kept import Kept

#: What search finds: it comes with what is published, and no list shows it.
OF_SEARCH = [IndexedWord._meta.db_table, SearchEntry._meta.db_table]
#: What moves the stamp, save what is read-only once it is published, and what search finds.
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


def move() -> None:
    """Have the ground be another: published versions themselves were added to, as a load may do."""
    first = Concept.objects.order_by("pk").values("pk")[:1]
    Concept.objects.filter(pk__in=first).update(slug=F("slug"))


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
        cursor.execute(TABLES, [OF_SEARCH])
        names = [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
    sums = [
        f"SELECT sum(hashtextextended(xmin::text || t::text, 0)) AS n FROM {name} t"  # noqa: S608
        for name in names
    ]
    return f"SELECT string_agg(n::text, ' ') FROM ({' UNION ALL '.join(sums)}) t"  # noqa: S608
