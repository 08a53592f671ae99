"""A database that says nothing at all, not even no: how long the site waits before it is away.

PostgreSQL ends what takes too long by itself (`eerstelijn.environment.limit_time`). It cannot when
it is stopped as a whole, or waits for a disk that does not answer: then every thread of the site
would wait along, and whoever watches the site as well.
"""

import psycopg
from psycopg.pq import TransactionStatus

#: Seconds for the pool's question whether somebody is there, before it hands out a connection.
SOON = 0.3


class Connection(psycopg.Connection):
    """A connection that is lost when an answer does not come in time."""

    #: Seconds for every other question; None is as long as it takes.
    limit = None
    _is_asked_by_pool = False

    def wait(self, gen, interval=0.1, timeout=None):
        limit = SOON if self._is_asked_by_pool else self.limit
        try:
            return super().wait(gen, interval, timeout or limit)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # its answer may still come, and is nobody's
            raise

    def execute(self, *args, **kwargs):
        """Django asks by cursors; by this only the pool asks, whether the connection works."""
        self._is_asked_by_pool = True
        try:
            return super().execute(*args, **kwargs)
        finally:
            self._is_asked_by_pool = False


def connections(seconds):
    """The kind of connection that waits so long for an answer; without seconds, for ever."""
    return type("Connection", (Connection,), {"limit": seconds})
