"""The pressure on partners as a table: a row for each partner in each concept, with its sources.

Roles that ask nothing stand in it as well, marked as such: whoever counts otherwise can.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from concepts.finder.rows import ROLE_ORDER
from concepts.models import ASKING_ROLES, Participation
from concepts.pressure.columns import Column
from concepts.pressure.matrix import participations
from eerstelijn.pages import export
from eerstelijn.portions import portions
from governance.models import CITATIONS

COLUMNS = (
    "partner",
    "naam",
    "partnertype",
    "concept",
    "concept_naam",
    "rollen",
    "vraagt",
    "bronnen",
    "url",
)


def table(
    columns: Sequence[Column],
    order: Sequence[int],
    day: dt.date | None,
    absolute: Callable[[str], str],
) -> Iterator[list[Any]]:
    """The rows in the order of the page: partners as in `order`, then those that nobody asks."""
    place = {pk: position for position, pk in enumerate(order)}
    column_of = {c.version.pk: (position, c) for position, c in enumerate(columns)}
    cells: dict[tuple[int, int], list[int]] = {}
    said = participations(list(column_of), day).values_list("pk", "partner", "version", "role")
    for pk, partner, version, _ in sorted(said, key=lambda row: ROLE_ORDER[row[3]]):
        cells.setdefault((partner, version), []).append(pk)

    def by_place(cell: tuple[int, int]) -> tuple[int, int, int]:
        partner, version = cell
        return place.get(partner, len(place)), partner, column_of[version][0]

    for some in portions(sorted(cells, key=by_place), export.AT_ONCE):
        keys = [pk for cell in some for pk in cells[cell]]
        rows = Participation.objects.select_related("partner__type").prefetch_related(CITATIONS)
        found = rows.in_bulk(keys)
        for cell in some:
            column = column_of[cell[1]][1]
            yield _row([found[pk] for pk in cells[cell]], column, absolute)


def _row(said: list[Participation], column: Column, absolute: Callable[[str], str]) -> list[Any]:
    partner = said[0].partner
    places = (str(citation) for row in said for citation in row.citations.all())
    return [
        partner.slug,
        partner.name,
        partner.type.slug,
        column.slug,
        column.name,
        [row.role for row in said],
        "ja" if said[0].role in ASKING_ROLES else "nee",
        [*dict.fromkeys(places)],
        absolute(column.statement_url(said[0].key)),
    ]
