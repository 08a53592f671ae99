"""How many reports one place may send, counted by all processes together.

The counter stands in the cache that the database keeps for logins: whichever process answers, it
sees what the others took. What it holds of an address is a hash with a secret of this site, for an
hour. A server that takes nothing in counts nothing either.
"""

import hashlib
import hmac
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction

from eerstelijn.pages.public_form import is_read_only

#: What one process at a time holds while it counts; the turn of the desk is another.
COUNTING = 20230314


class Limit:
    """At most `each` for one address and `all_` together, in any `seconds`."""

    def __init__(
        self,
        name: str,
        each: int,
        all_: int,
        seconds: float,
        clock: Callable[[], float] = time.time,
    ):
        self.key, self.each, self.all = f"grens:{name}", each, all_
        self.seconds, self.clock = seconds, clock

    def takes(self, address: str) -> bool:
        """Whether one more may come from this address now; if so, it is counted."""
        if is_read_only():
            return False
        name = _hidden(address)
        with transaction.atomic():
            with connection.cursor() as cursor:  # two processes that count at once
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTING])
            now = self.clock()
            sent = self._sent_since(now - self.seconds)
            if sum(other == name for _, other in sent) >= self.each or len(sent) >= self.all:
                return False
            cache.set(self.key, [*sent, (now, name)], self.seconds)
        return True

    def _sent_since(self, moment: float) -> list[tuple[float, bytes]]:
        return [(when, name) for when, name in cache.get(self.key, ()) if when > moment]

    def forget(self) -> None:
        """Begin anew."""
        cache.delete(self.key)

    def let_go(self) -> None:
        """Wipe what had its time, when nobody sent anything since."""
        if not self._sent_since(self.clock() - self.seconds):
            self.forget()


def _hidden(address: str) -> bytes:
    """An address as nobody can read it; the same in every process of this site."""
    secret = f"eerstelijn.reports.limits{settings.SECRET_KEY}".encode()
    return hmac.new(secret, address.encode(), hashlib.sha256).digest()[:16]


#: Of one address five an hour, and a hundred together: more than editors can answer.
limit = Limit("meldingen", each=5, all_=100, seconds=60 * 60)
