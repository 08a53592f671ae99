"""A form for readers, on a site that sends them no cookie.

Django's token stands in a cookie, so a reader's form has none. What it guards against, another
site that sends the form from a reader's browser, the browser itself tells: each one of today says
with a form where it comes from (`Sec-Fetch-Site`, `Origin`), and no page can change what it says. A
form without either comes from no browser, and is refused.
"""

from functools import wraps

from django.conf import settings
from django.db import connection
from django.views.decorators.csrf import csrf_exempt


def takes_forms(view):
    """Let a page for readers take a POST: `view` asks `comes_from_here` before it does anything."""

    @csrf_exempt
    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        # Never kept, neither the answer nor the page: a browser that goes back may show it again.
        response["Cache-Control"] = "private, no-cache"
        return response

    page.takes_forms = True
    return page


def comes_from_here(request) -> bool:
    """Whether the browser says that a form was sent from a page of this site."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return False
    own = f"{request.scheme}://{request.get_host()}"
    return site in (None, "same-origin") and origin in (None, own)


def is_read_only() -> bool:
    """Whether this server only serves readers, and takes nothing in.

    PostgreSQL tells by itself, on each connection, whether it is a standby, so nothing is asked.
    """
    if settings.READ_ONLY:
        return True
    connection.ensure_connection()
    told = connection.connection.info.parameter_status
    return "on" in (told("in_hot_standby"), told("default_transaction_read_only"))
