"""Since when something is asked, as far as the sources say: and what it is that began then."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from concepts.models import ConceptVersion, Coverage, LegalBasis, Participation
from eerstelijn.dates import SourceDate
from governance.models import DecreeDate


@dataclass(frozen=True)
class Since:
    """A date from when, what began then where that is not the asking itself, and what says so."""

    date: SourceDate = field(default_factory=SourceDate)
    what: str = ""
    says: Sequence[Any] = ()


def since_of(
    version: ConceptVersion,
    asks: Iterable[Participation],
    coverage: Coverage | None,
    laws: Iterable[LegalBasis],
) -> Iterator[Since]:
    """The starts that the sources give, what is nearest to the asking first.

    When a partner began to be asked; when the concept began to work there; when its act came into
    force, or else is of; and the first that is told of the concept itself.
    """
    for row in asks:
        if row.start:
            yield Since(row.start, "", [row])
    if coverage and coverage.start:
        yield Since(coverage.start, "start van de werking", [coverage])
    yield from _of_acts(laws)
    dated = [row for row in version.milestones.all() if row.date.earliest]
    for row in sorted(dated, key=lambda row: row.date.earliest):
        yield Since(row.date, f"concept, eerste mijlpaal: {row.title.rstrip('.')}", [row])


def _of_acts(laws: Iterable[LegalBasis]) -> Iterator[Since]:
    """The dates of the acts: into force before all others, then as an act is known by them."""
    dates = [(law, row) for law in laws for row in law.decree.dates.all() if row.date.earliest]
    for law, row in sorted(dates, key=lambda pair: _place(pair[1])):
        what = DecreeDate.Kind(row.kind).label.partition(" (")[0]
        yield Since(row.date, f"{law.decree.short_title}: {what}", [row])


def _place(row: DecreeDate) -> tuple[bool, int, dt.date]:
    order = DecreeDate.KNOWN_BY.index(DecreeDate.Kind(row.kind))
    return row.kind != DecreeDate.Kind.IN_FORCE, order, row.date.earliest or dt.date.max
