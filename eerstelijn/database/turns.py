"""A request of the desk that changes something: one transaction, in its turn, and what is said when
the database refuses it or fails."""

from functools import wraps

from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.db import Error, connection, transaction
from django.shortcuts import redirect

from eerstelijn.database import refusals
from eerstelijn.database.locks import one_at_a_time
from eerstelijn.history.actor import acting

READING = ("GET", "HEAD", "OPTIONS")


def in_turn(view):
    """A page of the desk: what it changes is one transaction, in our turn.

    The database ends one of two transactions that wait for each other all the same, such as one of
    a command or of psql; that page is asked once more by itself. It changed nothing yet.
    """

    @wraps(view)
    def page(self, request, *args, **kwargs):
        if request.method in READING:
            return view(self, request, *args, **kwargs)
        try:
            return _once(view, self, request, *args, **kwargs)
        except Error as error:
            if not refusals.is_collision(error):
                raise
            return _once(view, self, request, *args, **kwargs)

    return page


def _once(view, self, request, *args, **kwargs):
    answer = transaction_id = None
    try:
        with transaction.atomic():
            one_at_a_time()
            acting(request)
            answer = view(self, request, *args, **kwargs)
            transaction_id = _transaction_id()
    except Exception as error:
        if refusals.is_lost(error) and not connection.in_atomic_block:
            connection.close()  # the next question gets a connection that works
            if transaction_id and _was_committed(transaction_id):
                return answer
        # What the page said of a change that is undone is not so.
        request._messages = default_storage(request)
        raise
    return answer


def _transaction_id():
    """What the database calls this transaction; None as long as it changed nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned()::text")
        return cursor.fetchone()[0]


def _was_committed(transaction_id):
    """Whether a change stands, of which the connection went away before we were told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_xact_status(%s::xid8)", [transaction_id])
        return cursor.fetchone()[0] == "committed"


def in_turn_or_told(view):
    """The same for a page without a form to keep: a step, an action on a list, a deletion.

    What the database refuses is said on the page that asks for it again, and nothing is half done.
    When it does not answer at all there is no such page: see `eerstelijn.pages.unavailable`.
    """
    view = in_turn(view)

    @wraps(view)
    def page(self, request, *args, **kwargs):
        try:
            return view(self, request, *args, **kwargs)
        except Error as error:
            if request.method in READING or not _can_be_told(error):
                raise
            messages.error(request, refusals.in_words(error))
            return redirect(request.get_full_path())

    return page


def _can_be_told(error):
    if isinstance(error, refusals.REFUSED):
        return True
    return refusals.is_failure(error) and not refusals.is_lost(error)
