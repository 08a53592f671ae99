"""When the database is away, full, locked or read-only: an answer that does not need it.

Decided in the handler of errors, since what a middleware raises reaches nothing else. At the desk
the page keeps what was sent, with a button that sends it again.
"""

import sys

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import connection
from django.http.multipartparser import MultiPartParserError

from eerstelijn.database import refusals
from eerstelijn.pages import errors

#: Seconds until it is worth asking again, for programs and crawlers.
RETRY_AFTER = 30
TITLE = "De site kan dit nu niet opzoeken. Probeer het over een halve minuut opnieuw."


def server_error(request):
    """500, or 503 when it was the database; as a page or, for data addresses, as a problem."""
    error = _failure(sys.exc_info()[1])
    if error is None:
        return errors.answer(request, 500, "Er ging iets mis bij ons.", "500.html")
    if refusals.is_lost(error) and not connection.in_atomic_block:
        connection.close()
    if errors.is_desk(request):
        response = desk_page(request, error)
    else:
        # Not to the search and the lists: they would ask the database again.
        response = errors.answer(request, 503, TITLE, "503.html", menu=(), search_url="")
    if response.status_code == 503:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def desk_page(request, error):
    """What went wrong, for an editor, with all that was sent."""
    if refusals.is_read_only(error):
        return read_only_page(request)
    context = {"reason": refusals.in_words(error)} | sent(request)
    return errors.answer(request, 503, TITLE, "admin/unavailable.html", **context)


def read_only_page(request):
    """Where the desk is, for whoever looks for it on a server that only serves readers."""
    context = {"elsewhere": settings.DESK_ADDRESS} | sent(request)
    status = 503 if context["posted"] else 200  # a form is not taken: that is said to programs too
    return errors.answer(request, status, TITLE, "admin/read_only.html", **context)


def sent(request):
    """What a form sent, to be sent again as it was; passwords are asked anew."""
    posted, fields = request.method == "POST", []
    if posted:
        try:
            lists = request.POST.lists()
        except (SuspiciousOperation, BadRequest, MultiPartParserError, OSError):
            lists = ()  # what cannot be read cannot be sent again
        fields = [(name, value) for name, values in lists for value in values]
    kept = [(name, value) for name, value in fields if "password" not in name]
    return {
        "posted": posted,
        "action": request.get_full_path(),
        "fields": kept,
        "had_password": len(kept) < len(fields),
    }


def _failure(error):
    """The failure of the database that this error is, or that it came from."""
    while error is not None:
        if refusals.is_failure(error):
            return error
        error = error.__cause__ or error.__context__
    return None
