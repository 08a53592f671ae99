"""What search knows of what is told across records: where sources differ, and what was promised.

Neither is a record with a page: each is found on the page that holds them all. What the public may
read of them follows from which concepts are published, so they are indexed all at once.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse

from concepts.contradictions import readable
from concepts.models import Discrepancy
from concepts.timeline import Touching, promise_url, read_promises
from governance.models import ChangeEvent, Decree

DISCREPANCY, PROMISE = "discrepancy", "promise"
#: The heading of each kind among the hits.
LABELS = {DISCREPANCY: "Tegenspraken", PROMISE: "Beloften"}
#: The page that holds all of a kind.
PAGES = {DISCREPANCY: "contradictions", PROMISE: "promises"}
#: The records that tell of them: concepts do so when they are published.
TELLS = (Discrepancy, ChangeEvent, Decree)


@dataclass
class Told:
    """One thing that is told: its name, the words under it, and what else it is found by."""

    model: str
    slug: str
    name: str
    url: str
    text: str
    words: list[str] = field(default_factory=list)


def everything_told():
    """All that the public can read of both kinds."""
    yield from _points()
    yield from _promises()


def _points():
    for record in readable().prefetch_related("claims"):
        claims = list(record.claims.all())
        yield Told(
            model=DISCREPANCY,
            slug=record.slug,
            name=record.title,
            url=f"{reverse('contradictions')}#{record.slug}",
            text=" ↔ ".join(claim.value for claim in claims),
            words=[claim.text for claim in claims] + [record.note],
        )


def _promises():
    """Each with the date that was promised, as its source gives it."""
    promises = read_promises(dt.date.today(), Touching.read())
    for number, promise in enumerate(promises, start=1):
        names = ", ".join(version.name for version in promise.about)
        date = f"Beloofd tegen {promise.date}" if promise.date else "Beloofd zonder datum"
        yield Told(
            model=PROMISE,
            slug=f"belofte-{number}",
            name=promise.title,
            url=promise_url(promise),
            text=f"{date}, bij {names}." if names else f"{date}.",
        )
