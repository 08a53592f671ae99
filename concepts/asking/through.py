"""Through whom else a partner is asked: through the one that it became a part of.

That is what a change in the administration says: on one side of it the partner, on the other the
one that it works in since. The OCMW stands before its integration, the local board after it.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from governance.models import CITATIONS, ChangeEvent, ChangeSubject, Partner


@dataclass(frozen=True)
class Through:
    """The partner through which another is asked too, and the change that made it so."""

    partner: Partner
    event: ChangeEvent


def through(partner: int, day: dt.date) -> Through | None:
    """Through whom a partner, by its key, is asked on a day; the newest change counts."""
    before = ChangeSubject.objects.filter(side=ChangeSubject.Side.BEFORE, partner=partner)
    after = ChangeSubject.objects.filter(side=ChangeSubject.Side.AFTER, partner__isnull=False)
    events = ChangeEvent.objects.filter(
        status=ChangeEvent.Status.DONE, date_latest__lte=day, subjects__in=before
    ).order_by("-date_latest", "slug")
    subjects = Prefetch("subjects", after.select_related("partner__type"), to_attr="came")
    for event in events.prefetch_related(subjects, CITATIONS):
        others = [row.partner for row in event.came if row.partner_id != partner]
        if others:
            return Through(others[0], event)
    return None
