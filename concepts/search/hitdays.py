"""What the hits of a search say of a day: that a record was not there, or may not have been."""

from concepts.reference.lifetimes import Lifetimes
from concepts.search.everywhere import RELATED
from governance.models import Decree, Partner

#: What tells of a record from when to when it was there, beside its own columns.
TELLING = {Decree: ("dates",), Partner: ("agency",)}


def say_of_day(groups, day):
    """Tell of each hit that is a record how it was on a day; a query or two for each kind."""
    lifetimes = Lifetimes()
    for group in groups:
        if group.model is None:
            continue
        rows = group.model.objects.filter(slug__in=[hit.slug for hit in group.hits])
        rows = rows.select_related(*RELATED.get(group.model, ()))
        rows = rows.prefetch_related(*TELLING.get(group.model, ()))
        records = {record.slug: record for record in rows}
        for hit in group.hits:
            if record := records.get(hit.slug):
                hit.of_day = lifetimes.said(record, day)
