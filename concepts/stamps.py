"""Something that changes whenever what a process keeps of the content may have changed.

The content of a published version is read-only, so besides the versions that are published only
reference records matter: the search index follows those, and the desk tells of every other save;
the lines of agencies and areas are made anew.
"""

from functools import cache

from django.db import connection
from django.db.models import Subquery

from concepts.models import ConceptVersion, SearchStamp
from governance.models import AgencyLine, AreaLine


def stamps():
    """The stamp of the index, the newest published version and the newest lines; one query.

    None before the first index: then nothing says when the content changes, and nothing is kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_query())
        return cursor.fetchone()


@cache
def _query():
    """The question as SQL, put together once."""
    newest = (
        Subquery(rows.order_by("-pk").values("pk")[:1])
        for rows in (ConceptVersion.objects.published(), AgencyLine.objects, AreaLine.objects)
    )
    return SearchStamp.objects.values_list("number", *newest).query.sql_with_params()
