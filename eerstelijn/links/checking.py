"""Asking all addresses, one at a time, each site with a pause; what was asked stays asked.

Each answer is written at once, so that whoever stops it loses nothing: the next run goes on with
what was asked longest ago.
"""

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from urllib.parse import urlsplit

from django.db.models import F, Q
from django.utils import timezone

from eerstelijn.links.addresses import follow
from eerstelijn.links.asking import Asker
from eerstelijn.links.models import CheckedLink


def waiting(older_than: dt.timedelta) -> list[CheckedLink]:
    """What is to be asked: never asked, or so long ago; that which waited longest comes first."""
    before = timezone.now() - older_than
    rows = CheckedLink.objects.filter(Q(checked_at=None) | Q(checked_at__lte=before))
    return list(rows.order_by(F("checked_at").asc(nulls_first=True), "url"))


def in_turn(links: Iterable[CheckedLink]) -> Iterator[CheckedLink]:
    """The same links, a site after the other, so that no site is asked twice in a row for long."""
    sites: dict[str, deque[CheckedLink]] = defaultdict(deque)
    for link in links:
        sites[site_of(link.url)].append(link)
    while sites:
        for name in list(sites):
            yield sites[name].popleft()
            if not sites[name]:
                del sites[name]


def site_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def check(
    asker: Asker,
    older_than: dt.timedelta,
    pause: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> Iterator[tuple[int, int, CheckedLink]]:
    """Ask all that waits; yields after each its number, how many there are, and how it stands.

    Between two questions to one site pass at least `pause` seconds, by `clock` and `sleep`.
    """
    follow()
    links = waiting(older_than)
    asked: dict[str, float] = {}
    for number, link in zip(count(1), in_turn(links), strict=False):
        site = site_of(link.url)
        if site in asked and (rest := asked[site] + pause - clock()) > 0:
            sleep(rest)
        record(link, asker)
        asked[site] = clock()
        yield number, len(links), link


def record(link: CheckedLink, asker: Asker) -> None:
    """Ask one address and keep what it said."""
    answer = asker.ask(link.url)
    link.state, link.status = answer.state, answer.status
    link.problem, link.moved_to = answer.problem, answer.moved_to
    link.checked_at = timezone.now()
    if answer.state == CheckedLink.State.GOOD:
        link.seen_on = timezone.localdate()
    # An address that no record keeps any more, and is gone by now, stays gone.
    CheckedLink.objects.filter(pk=link.pk).update(
        state=link.state,
        status=link.status,
        problem=link.problem,
        moved_to=link.moved_to,
        checked_at=link.checked_at,
        seen_on=link.seen_on,
    )
