"""The places that rows of several kinds cite, fetched together.

A page shows a dozen kinds of cited rows. Django fetches the places of each kind apart, with a query
that is put together anew; here they come in two, however many kinds and rows there are.
"""

from collections import defaultdict
from functools import cache

from django.db import connection

from eerstelijn.database import ground
from eerstelijn.kept import Kept
from governance.models import Citation


def cite(*groups):
    """Fetch what rows cite, in the order of their editors, with the sources; two queries.

    A kind may cite in several lists: a milestone has places for its outcome too. What was fetched
    stands in for `.all()` of such a list, as after `prefetch_related`.
    """
    cited = defaultdict(list)
    for group in groups:
        for row in group:
            cited[type(row)].append(row)
    links = tuple((kind, link) for kind in cited for link in kind.citing_fields())
    if not links:
        return
    found = defaultdict(list)
    with connection.cursor() as cursor:
        keys = {kind: [row.pk for row in rows] for kind, rows in cited.items()}
        cursor.execute(_links_in_order(links), [keys[kind] for kind, _ in links])
        for number, row, place in cursor.fetchall():
            found[number, row].append(place)
    places = _places({place for named in found.values() for place in named})
    for number, (kind, link) in enumerate(links):
        for row in cited[kind]:
            # A place that was removed between the two queries is cited no more.
            named = [places[place] for place in found[number, row.pk] if place in places]
            fetched(row, link, named)


#: Places in sources with their source. Most stand on many pages, and nobody changes them.
_kept: Kept[Citation] = Kept(most=2_000)


def _places(keys):
    """Places by their primary keys; of a public page those are read that no other page had."""
    found = _kept.several(ground.of_request(), sorted(keys), _read_places)
    return {place.pk: place for place in found}


def _read_places(keys):
    """Each with its source; many places are in one source, and share it."""
    places = Citation.objects.select_related("source").in_bulk(keys)
    sources = {}
    for place in places.values():
        place.source = sources.setdefault(place.source_id, place.source)
    return places


def fetched(row, name, others):
    """Say what a relation of a row leads to, so that nobody asks the database for it."""
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = others


@cache
def _links_in_order(links):
    """As SQL, put together once for these lists: (number of the list, row, place)."""
    quote = connection.ops.quote_name
    parts = []
    for number, (kind, name) in enumerate(links):
        link = kind._meta.get_field(name)
        own, other = quote(link.m2m_column_name()), quote(link.m2m_reverse_name())
        parts.append(
            f"SELECT {number} AS list, {own} AS row, {other} AS place, position, id "  # noqa: S608
            f"FROM {quote(link.m2m_db_table())} WHERE {own} = ANY(%s)"  # names quoted above
        )
    union = " UNION ALL ".join(parts)
    return f"SELECT list, row, place FROM ({union}) links ORDER BY list, row, position, id"  # noqa: S608
