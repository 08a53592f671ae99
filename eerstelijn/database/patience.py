"""A database that says nothing at all, not even no: how long the site waits before it is away.

PostgreSQL ends what takes too long by itself (`eerstelijn.environment.limit_time`). It cannot when
it is stopped as a whole, or waits for a disk that does not answer: then every thread of the site
would wait along, and whoever watches the site as well.
"""

import select
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import psycopg
from psycopg.pq import TransactionStatus

#: Seconds for the pool's question whether somebody is there, before it hands out a connection.
SOON = 0.3

_is_check: ContextVar[bool] = ContextVar("is_check", default=False)


@contextmanager
def asked_soon() -> Iterator[None]:
    """A short question that itself tells whether somebody is there: the pool need not ask first."""
    token = _is_check.set(True)
    try:
        yield
    finally:
        _is_check.reset(token)


class Connection(psycopg.Connection):
    """A connection that is lost when an answer does not come in time."""

    #: Seconds for every other question; None is as long as it takes.
    limit = None
    _is_asked_by_pool = False

    def wait(self, gen, interval=0.1, timeout=None):
        limit = SOON if self._is_asked_by_pool or _is_check.get() else self.limit
        try:
            return super().wait(gen, interval, timeout or limit)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # its answer may still come, and is nobody's
            elif self._is_asked_by_pool and self._pool:
                # A server that ended this one ended the others too. The pool tries two, and would
                # tell a reader that the database is away while it has long been back.
                self._pool.check()
            raise

    def execute(self, *args, **kwargs):
        """Django asks by cursors; by this only the pool asks, whether the connection works."""
        if _is_check.get() and not self._was_told_something():
            return None
        self._is_asked_by_pool = True
        try:
            return super().execute(*args, **kwargs)
        finally:
            self._is_asked_by_pool = False

    def _was_told_something(self):
        """Whether something unasked came in, as when the server closed the connection."""
        poll = select.poll()
        poll.register(self.pgconn.socket, select.POLLIN)
        return bool(poll.poll(0))


def connections(seconds):
    """The kind of connection that waits so long for an answer; without seconds, for ever."""
    return type("Connection", (Connection,), {"limit": seconds})
