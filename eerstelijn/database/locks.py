"""The order in which everything that writes takes its locks, so that no two wait for each other.

Whoever changes content takes, in this order and nothing before it:

1. the turn, an advisory lock: one at a time, since every change rebuilds what search and the
   flattened tables hold of it;
2. the concepts that it touches, by primary key;
3. their versions, by primary key;
4. all the rest: statements, reference records, derived tables, the log of the desk.

The desk begins each request that changes something with its turn (`eerstelijn.database.turns`);
steps and commands call `take`. Readers take no lock, and wait for none of these.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from eerstelijn import environment

#: The key of the turn; what all who write share.
TURN = 20230313

_is_looking = ContextVar("is_looking", default=False)


def one_at_a_time():
    """Wait for our turn; it ends with the transaction. Asking again costs nothing."""
    if _is_looking.get():
        return
    # Longer than a reader waits, and for this transaction only.
    limit = environment.turn_limit()
    longer = f"SET LOCAL lock_timeout = {limit:d}; " if limit else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{longer}SELECT pg_advisory_xact_lock(%s)", [TURN])


def take(*steps):
    """Wait for our turn, then lock these rows; `steps` are querysets, in the order above."""
    one_at_a_time()
    if _is_looking.get():
        return
    for rows in steps:
        list(rows.order_by("pk").select_for_update(of=("self",)).only("pk"))


@contextmanager
def only_looking():
    """In here nothing is saved: a form is drawn again that could not be, perhaps for a lock.

    So whatever asks for a lock gets none, and waits for nobody.
    """
    token = _is_looking.set(True)
    try:
        yield
    finally:
        _is_looking.reset(token)
