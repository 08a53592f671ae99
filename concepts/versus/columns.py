"""What stands in the columns: published concepts, or one of them on a day or as it was once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace

from django.db.models import Prefetch, prefetch_related_objects

from concepts.models import (
    STATEMENT_KINDS,
    Claim,
    Concept,
    ConceptRelation,
    ConceptVersion,
    Discrepancy,
)
from concepts.page.former import PublicVersion
from concepts.page.published import published
from concepts.page.sections import ConceptPage
from concepts.page.shared import Shared, shared
from concepts.reading import read_statements, statements_of
from eerstelijn.dates import Dated, Holds, long_date
from governance.citing import cite, fetched


@dataclass
class Column:
    """One column: what it shows, and what it is called."""

    #: Which column it is, for data: a slug, a day, or the number of a version.
    id: str
    page: ConceptPage
    #: What stands above it, and how a sentence and a mark call it.
    title: str
    name: str
    url: str
    #: The day that it is about, where that is not all that the sources say.
    day: dt.date | None = None
    #: What is told below the title.
    note: str = ""
    #: The comparison without it; empty where too little would be left.
    without_url: str = ""

    @property
    def version(self) -> ConceptVersion:
        return self.page.version


def versions_of(slugs: Iterable[str]) -> dict[str, ConceptVersion]:
    """What the public reads of these concepts, by their slugs; two queries."""
    versions: dict[str, ConceptVersion] = published(slugs)
    prefetch_related_objects([version.concept for version in versions.values()], "aliases")
    return versions


def beside_others(versions: Sequence[ConceptVersion], day: dt.date | None) -> list[Column]:
    """A column for each concept, on one day for all of them where a reader chose one."""
    pages = _pages([(version, day) for version in versions])
    names = [version.abbreviation or version.name for version in versions]
    if len(set(names)) < len(names):
        names = [version.name for version in versions]
    return [
        Column(
            page.version.concept.slug,
            page,
            page.version.name,
            name,
            page.version.get_absolute_url(),
            day,
        )
        for page, name in zip(pages, names, strict=True)
    ]


def on_days(version: ConceptVersion, days: Sequence[dt.date]) -> list[Column]:
    """A column for each day on which one concept is looked at."""
    pages = _pages([(version, day) for day in days])
    return [
        Column(
            str(day),
            page,
            long_date(day),
            long_date(day),
            version.get_absolute_url(),
            day,
            "vandaag" if day == dt.date.today() else "",
        )
        for page, day in zip(pages, days, strict=True)
    ]


def in_versions(versions: Sequence[PublicVersion], day: dt.date | None) -> list[Column]:
    """A column for each version of one concept that was public.

    What is said of the concept beside its versions is of today, and stands in none of them.
    """
    pages = _pages([(each.version, day) for each in versions], is_former=True)
    return [
        Column(
            f"versie-{each.version.number}",
            page,
            f"Versie {each.version.number}",
            f"versie {each.version.number}",
            each.url,
            day,
            each.period,
        )
        for page, each in zip(pages, versions, strict=True)
    ]


def _pages(
    asked: Sequence[tuple[ConceptVersion, dt.date | None]], is_former: bool = False
) -> list[ConceptPage]:
    """The pages of versions, each on its day, in a number of queries that does not grow."""
    versions = list({version.pk: version for version, _ in asked}.values())
    read_statements(versions)
    concepts = [] if is_former else [version.concept_id for version in versions]
    incoming, points = _incoming(concepts), _discrepancies(concepts)
    claims = {claim.pk: claim for rows in points.values() for row in rows for claim in row.said}
    cite(
        (row for version in versions for _, row in statements_of(version)),
        (row for rows in incoming.values() for row in rows),
        claims.values(),
    )
    known = shared()
    return [
        ConceptPage(
            _held(version, day) if day else version,
            _on(known, day) if day else known,
            incoming=[row for row in incoming[version.concept_id] if _holds(row, day)],
            discrepancies=points[version.concept_id],
        )
        for version, day in asked
    ]


def _incoming(concepts: Sequence[int]) -> dict[int, list[ConceptRelation]]:
    """The relations of public concepts to these, by the concept that they lead to."""
    found = defaultdict(list)
    rows = ConceptRelation.objects.from_public().filter(other__in=concepts)
    for row in rows.defer("version__search"):
        found[row.other_id].append(row)
    return found


def _discrepancies(concepts: Sequence[int]) -> dict[int, list[Discrepancy]]:
    """The points on which sources differ, with their claims as `said`, by concept."""
    found = defaultdict(list)
    rows = Discrepancy.objects.filter(concepts__in=concepts).distinct()
    rows = rows.prefetch_related(
        Prefetch("concepts", Concept.objects.filter(pk__in=concepts)),
        Prefetch("claims", Claim.objects.all(), to_attr="said"),
    )
    for row in rows:
        fetched(row, "claims", row.said)
        for concept in row.concepts.all():
            found[concept.pk].append(row)
    return found


def _held(version: ConceptVersion, day: dt.date) -> ConceptVersion:
    """A version with only what held on a day, or possibly did, as far as sources date it."""
    copied = copy(version)
    copied.__dict__.pop("_prefetched_objects_cache", None)
    for kind in STATEMENT_KINDS.values():
        rows = getattr(version, kind.related_name()).all()
        fetched(copied, kind.related_name(), [row for row in rows if _holds(row, day)])
    return copied


def _holds(row, day: dt.date | None) -> bool:
    """Whether a statement can be told of a day: it held, and was no later than that.

    What was announced for later was announced already, as far as a source of today can tell.
    """
    if day is None:
        return True
    is_later = isinstance(row, Dated) and row.date.earliest and row.date.earliest > day
    if is_later and not getattr(row, "is_announced", False):
        return False
    return row.holds_on(day) is not Holds.NO


def _on(known: Shared, day: dt.date) -> Shared:
    """What pages share, with the bodies that there were on a day."""
    there = {
        former: agency
        for former, agency in known.present.items()
        if agency.holds_on(day) is not Holds.NO
    }
    return replace(known, present=there)
