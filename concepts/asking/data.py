"""What is asked, as data: every concept, however many a page shows."""

from collections.abc import Iterator
from typing import Any

from concepts.asking.rows import read_versions
from concepts.asking.sorting import Kind
from concepts.finder.rows import unique
from eerstelijn.pages.parts import Absolute, Data, sources_data
from eerstelijn.portions import portions

#: How many concepts are read together.
PORTION = 500
COLUMNS = (
    *("slug", "naam", "partners", "rollen", "taak", "verplicht", "via", "voorbij", "stand"),
    *("grond", "grond_datum", "dienst", "dienst_in_de_bron", "sinds", "sinds_wat"),
    *("dekking", "dekking_reden", "bronnen", "url"),
)


def data_of(page: Any, absolute: Absolute) -> Data:
    """How many ask how strongly, through whom, and a row for each concept in each part.

    `helpt`, `via` and `voorbij` come beside the concepts that ask something.
    """
    counts, via = page.own.sorted, None
    if page.via:
        event = page.through.event
        via = {
            "partner": page.via.via,
            "aantal": page.via.number,
            "waarvan_dezelfde": page.same,
            "verandering": event.slug,
            "datum": event.date.as_data(),
            "bronnen": sources_data([event], absolute),
        }
    return {
        "moet": counts.number(Kind.MUST),
        "uitgenodigd": counts.number(Kind.INVITED),
        "helpt": counts.number(Kind.HELPS),
        "via": via,
        "voorbij": len(page.past),
        "ook_als_type": page.also_as_type.count if page.also_as_type else 0,
        "resultaten": list(_rows(page, absolute)),
    }


def cells_of(page: Any, absolute: Absolute) -> Iterator[list[object]]:
    """The same rows for a table, in the order of the columns."""
    for row in _rows(page, absolute):
        ground = row["grond"] or {}
        flat = {
            **row,
            "verplicht": _yes(row["verplicht"]),
            "voorbij": _yes(row["voorbij"]),
            "grond": ground.get("titel"),
            "grond_datum": (ground.get("datum") or {}).get("label"),
            "sinds": (row["sinds"] or {}).get("label"),
            "bronnen": unique(f"{place['bron']}, {place['plaats']}" for place in row["bronnen"]),
        }
        yield [flat[column] for column in COLUMNS]


def _rows(page: Any, absolute: Absolute) -> Iterator[dict[str, Any]]:
    rows = ((part, key, is_over) for part, keys, is_over in page.parts for key in keys)
    for portion in portions(rows, PORTION):
        versions = read_versions(dict.fromkeys(key for _, key, _ in portion))
        for part, key, is_over in portion:
            if key in versions:
                yield page.row(part, versions[key], is_over).as_data(absolute)


def _yes(value: object) -> str:
    return "ja" if value else "nee"
