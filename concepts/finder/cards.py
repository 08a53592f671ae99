"""What a row in a list shows of a published version, in one question that is put together once."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from concepts.models import ConceptVersion, Coverage, Ownership, Participation, Standing, Status
from concepts.reading import Reader, read, together
from eerstelijn.database import stamp
from eerstelijn.database.asking import Prepared, answered, prepared
from eerstelijn.kept import Kept
from governance.citing import fetched


def cards(keys: Sequence[int]) -> list[ConceptVersion]:
    """Published versions by their primary keys, in that order, as `with_card` fetches them.

    And how they stand. What is gone by now is left out.
    """
    if not keys:
        return []
    versions: dict[int, ConceptVersion] = {}
    said: dict[tuple[str, int], list[Any]] = {}
    for number, key, row in read(_readers(), _query(), [*keys]):
        if number == 0:
            versions[key] = row
        elif key in versions:  # published between the two parts of the question
            row._meta.get_field("version").set_cached_value(row, versions[key])
            said.setdefault((row.related_name(), key), []).append(row)
    for key, version in versions.items():
        for kind in KINDS:
            name = kind.related_name()
            fetched(version, name, said.get((name, key), []))
    return [versions[key] for key in keys if key in versions]


KINDS = (Ownership, Participation, Coverage, Standing)


@cache
def _readers() -> list[Reader]:
    versions = ConceptVersion.objects.published().select_related("concept").with_review()
    statements = [
        Ownership.objects.select_related("policy_domain", "agency"),
        Participation.objects.select_related("partner"),
        Coverage.objects.select_related("scale"),
        Standing.objects.named(),
    ]
    return [
        Reader(versions, "pk", ["pk"], "id"),
        *(
            Reader(rows, "version", rows.model._meta.ordering[1:], "version_id")
            for rows in statements
        ),
    ]


@cache
def _query() -> Prepared:
    query: Prepared = together(_readers())
    return query


def named_in() -> dict[int, tuple[str, ...]]:
    """Published versions that went on in another concept, by their key, with its name.

    What a row says of its own version never changes; what another is called may.
    """
    return _named.get(stamp.current(), _read_named)


def _read_named() -> dict[int, tuple[str, ...]]:
    named: dict[int, tuple[str, ...]] = {}
    for key, name in answered(_merged()):
        named[key] = (*named.get(key, ()), name)
    return named


@cache
def _merged() -> Prepared:
    rows = Standing.objects.named().filter(
        state=Standing.State.MERGED, version__status=Status.PUBLISHED
    )
    return prepared(rows.order_by("version", "key").values_list("version", "into_name"))


_named: Kept[dict[int, tuple[str, ...]]] = Kept()
