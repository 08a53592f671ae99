"""Which body stood on a day for a service that a source names.

Sources name a service as it was called when they were written. On another day it may be there
under the name of its successor, not be there yet, or be gone. That follows from the lines of
succession (`governance.derived`) and the validity of each body.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from eerstelijn.database.ground import ground
from eerstelijn.dates import Holds
from eerstelijn.kept import Kept
from eerstelijn.onday import began_after, doubt
from governance.models import Agency, AgencyLine


@dataclass(frozen=True)
class Body:
    """Who stood on a day for a service; `there` is None when none of its line did."""

    named: Agency
    there: Agency | None
    #: Why it is not sure that it was there, as a sentence.
    doubt: str = ""
    #: Where it was not there yet: what it came from, as far as that was.
    before: list[Agency] = field(default_factory=list)
    #: What came after `there`, on a later day.
    after: Agency | None = None

    @property
    def is_another(self) -> bool:
        """Whether another body than the one that is named stood there."""
        return self.there is not None and self.there != self.named


class Lines:
    """The succession of all services, to ask about days; one query."""

    def __init__(self, lines: Iterable[AgencyLine]):
        bodies: defaultdict[int, list[Agency]] = defaultdict(list)
        found: dict[int, Agency] = {}
        for line in lines:
            bodies[line.owner_id].append(line.present)
            found[line.owner_id] = line.owner
        # The further on in a line, the fewer are left of it.
        left = {owner: len(chain) for owner, chain in bodies.items()}
        self._forerunners: defaultdict[int, list[Agency]] = defaultdict(list)
        for owner, chain in bodies.items():
            chain.sort(key=lambda body: -left[body.pk])
            for body in chain[1:]:
                self._forerunners[body.pk].append(found[owner])
        self._chains = dict(bodies)

    @classmethod
    def read(cls) -> "Lines":
        return cls(AgencyLine.objects.select_related("owner", "present"))

    def body(self, agency: Agency, day: dt.date) -> Body:
        """Who stood for a service on a day; whoever was there for certain goes before others."""
        chain = self._chains.get(agency.pk, [agency])
        held = {body.pk: body.holds_on(day) for body in chain}
        for sure in (Holds.YES, Holds.POSSIBLY):
            for number, there in enumerate(chain):
                if held[there.pk] is sure:
                    return Body(
                        agency,
                        there,
                        doubt(there.start, there.end, day),
                        after=self._later(chain[number + 1 :], day),
                    )
        return Body(agency, None, before=self._there_before(agency, day))

    def named_for(self, agency: Agency, day: dt.date) -> list[int]:
        """The services that sources name and that a body stood for on a day, by primary key."""
        line = [agency, *self._forerunners.get(agency.pk, [])]
        return [each.pk for each in line if self.body(each, day).there == agency]

    def _later(self, chain: list[Agency], day: dt.date) -> Agency | None:
        return next((body for body in chain if began_after(body.start, day)), None)

    def _there_before(self, agency: Agency, day: dt.date) -> list[Agency]:
        if not began_after(agency.start, day):
            return []
        before = self._forerunners.get(agency.pk, [])
        there = [body for body in before if body.holds_on(day) is not Holds.NO]
        return sorted(there, key=lambda body: body.name)


_kept: Kept[Lines] = Kept()


def lines() -> Lines:
    """The succession as it is known now; a process reads it when the content changed."""
    return _kept.get(ground(), Lines.read)
