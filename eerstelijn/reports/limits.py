"""How many reports one place may send, without keeping who sent them.

A process counts by itself and in memory: what it holds of an address is a hash with a secret that
it made when it started, and forgets after an hour. Nothing is written anywhere.
"""

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable
from threading import Lock


class Limit:
    """At most `each` for one address and `all_` together, in any `seconds`."""

    def __init__(
        self, each: int, all_: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ):
        self.each, self.all, self.seconds, self.clock = each, all_, seconds, clock
        self._secret = secrets.token_bytes(32)
        self._sent: deque[tuple[float, bytes]] = deque()
        self._lock = Lock()

    def takes(self, address: str) -> bool:
        """Whether one more may come from this address now; if so, it is counted."""
        name = hashlib.blake2b(address.encode(), key=self._secret, digest_size=16).digest()
        with self._lock:
            now = self.clock()
            while self._sent and self._sent[0][0] <= now - self.seconds:
                self._sent.popleft()
            of_this = sum(other == name for _, other in self._sent)
            if of_this >= self.each or len(self._sent) >= self.all:
                return False
            self._sent.append((now, name))
            return True

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._sent.clear()


#: Of one address five an hour, and a hundred together: more than editors can answer.
limit = Limit(each=5, all_=100, seconds=60 * 60)
