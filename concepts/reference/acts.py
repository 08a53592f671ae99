"""How an act stood on a day: in force, not yet, or replaced, as far as its dates say.

The status that we keep is that of today. Of another day only dates tell: that on which the act came
into force, and those of the act that replaced it. Where there are none, that is said.
"""

import datetime as dt

from django.db.models import Prefetch

from concepts.reference.lifetimes import first_date
from eerstelijn.dates import Holds, SourceDate, held_between
from eerstelijn.onday import began_after, unit_of
from governance.models import Decree, DecreeDate, DecreeRelation

#: What replaced an act, with its dates.
REPLACED_BY = Prefetch(
    "related_from",
    DecreeRelation.objects.filter(kind=DecreeRelation.Kind.REPLACES)
    .select_related("decree")
    .prefetch_related("decree__dates"),
    to_attr="replaced_by",
)


def with_history(decrees):
    """Acts with all that `status_on` reads: three queries more, however many there are."""
    return decrees.prefetch_related("dates", REPLACED_BY)


def status_of(decree: Decree) -> str:
    """The status of an act today, in a line of text."""
    is_known = decree.status != Decree.Status.UNKNOWN
    return decree.get_status_display() if is_known else "status niet vermeld in de bronnen"


def status_on(decree: Decree, day: dt.date) -> str:
    """The status of an act, fetched `with_history`, on a day on which it was there."""
    if decree.status == Decree.Status.REPLACED:
        return _replaced_on(decree, day)
    came = in_force(decree)
    if came and began_after(came, day):
        return f"toen nog niet in werking, wel vanaf {came}"
    if came:
        is_open = held_between(came, SourceDate(), day) is Holds.POSSIBLY
        unit = unit_of(came) or "geen dag"
        doubt = f" (de bronnen geven enkel {unit})" if is_open else ""
        return f"in werking sinds {came}{doubt}"
    if decree.status == Decree.Status.IN_FORCE:
        return "vandaag geldend; sinds wanneer, zeggen de bronnen niet"
    return status_of(decree)


def _replaced_on(decree: Decree, day: dt.date) -> str:
    """Whether it was replaced by that day, and by what."""
    by = [row.decree for row in decree.replaced_by]
    names = " en ".join(other.dated_title for other in by)
    if by and all(began_after(in_force(other) or first_date(other), day) for other in by):
        return f"toen nog niet vervangen, later door: {names}"
    dated = [in_force(other) for other in by]
    if by and all(date and not began_after(date, day) for date in dated):
        return f"vervangen door: {names}"
    said = f"vandaag vervangen door: {names}" if names else "vandaag vervangen"
    return f"{said}; sinds wanneer, zeggen de bronnen niet"


def in_force(decree: Decree) -> SourceDate:
    """When an act came into force; false where the sources do not say."""
    found = [row.date for row in decree.dates.all() if row.kind == DecreeDate.Kind.IN_FORCE]
    return min(found, key=lambda date: date.earliest or dt.date.max, default=SourceDate())
