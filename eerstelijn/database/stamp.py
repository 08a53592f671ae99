"""The stamp of the content: what was made under a stamp holds as long as it is the same.

A trigger on every table that a public page reads adds a random number to `content_stamp`, in the
transaction that writes (`eerstelijn.database.stamping`); the stamp is their sum. So it is another
as soon as a change can be read and not before, here and on a standby, whoever else is writing
(docs/adr/0029-one-stamp.md).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import Error, connection
from django.utils import timezone

from eerstelijn.database import patience, refusals

#: Folding keeps what is left after this division, and with it the stamp: no sum grows too large.
SUM = "sum(n) % 1000000000000000"
READ = f"SELECT {SUM} FROM content_stamp"  # noqa: S608 -- no word of anybody else stands in it
FOLD = f"""
    WITH gone AS (
        DELETE FROM content_stamp
        WHERE ctid = ANY (ARRAY (SELECT ctid FROM content_stamp FOR UPDATE SKIP LOCKED))
        RETURNING n
    )
    INSERT INTO content_stamp SELECT {SUM} FROM gone HAVING count(*) > 0
"""  # noqa: S608 -- the same
#: So many rows are added up in less time than it takes to ask (0029).
MOST_ROWS = 1_000
#: Seconds in which nobody asks a database again that did not answer.
RETRY = 1.0


@dataclass
class Moment:
    """What a request rests on: the stamp as it was first thing, None when nobody could say."""

    stamp: str | None
    #: Whether all that belongs in the answer could be read; else it is no answer to keep.
    is_whole: bool = True


_moment: ContextVar[Moment | None] = ContextVar("moment", default=None)
_silent_until = 0.0


def read() -> str:
    """The stamp, asked of the database."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return str(cursor.fetchone()[0])


def current() -> str | None:
    """The stamp of this request; outside one, the stamp as it is."""
    moment = _moment.get()
    return moment.stamp if moment else read()


def of_request() -> str | None:
    """The stamp of this request; None outside one, where asking for it is a query more."""
    moment = _moment.get()
    return moment.stamp if moment else None


def of_today() -> str | None:
    """The same for what also rests on which day it is: a body of the past, a date that passed."""
    known = current()
    return None if known is None else f"{known}.{timezone.localdate()}"


@contextmanager
def one_moment() -> Iterator[Moment]:
    """In here everything rests on the stamp that is read first."""
    moment = Moment(_read_if_answered())
    token = _moment.set(moment)
    try:
        yield moment
    finally:
        _moment.reset(token)


def is_silent() -> bool:
    """Whether this request asked for the stamp in vain: the database is away, or was just now."""
    moment = _moment.get()
    return moment is not None and moment.stamp is None


def lacks_something() -> None:
    """Say that a part of the answer could not be read and was left out."""
    if moment := _moment.get():
        moment.is_whole = False


def _read_if_answered() -> str | None:
    """Pages that ask nothing of the database stay up without it, and so this is no error."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return None
    try:
        with patience.asked_soon():
            return read()
    except Error as error:
        _silent_until = time.monotonic() + RETRY
        if refusals.is_lost(error) and not connection.in_atomic_block:
            connection.close()  # the next question gets a connection that works
        return None


def fold() -> None:
    """Make one row of many, once there are many; part of the transaction of whoever writes.

    The rows of transactions that are under way stay, so nobody waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM content_stamp")
        if cursor.fetchone()[0] > MOST_ROWS:
            cursor.execute(FOLD)
