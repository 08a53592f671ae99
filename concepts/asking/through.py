"""Through whom else a partner is asked: through the one that it became a part of.

That is what a change in the administration says: on one side of it the partner, on the other the
one that it works in since. The OCMW stands before its integration, the local board after it.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from governance.models import CITATIONS, ChangeEvent, ChangeSubject, Citation, Partner

#: So many places in sources stand beside the change on the page; data have them all.
MOST_PLACES = 2


@dataclass(frozen=True)
class Through:
    """The partner through which another is asked too, and the change that made it so."""

    partner: Partner
    event: ChangeEvent

    @property
    def name(self) -> str:
        """The partner in running text."""
        return in_a_text(self.partner.name)

    @property
    def places(self) -> list[Citation]:
        """What of its sources the page names."""
        return list(self.event.citations.all())[:MOST_PLACES]


def in_a_text(name: str) -> str:
    """A name in running text: an abbreviation keeps its capitals, a word loses its first."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


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
