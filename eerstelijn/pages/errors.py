"""Answers that say what went wrong, to whom it may concern: a page, or a problem for programs.

At an address of a page that is a page. At an address of data or paper it is a problem (RFC 9457),
unless who asks names pages among what they take (`Accept`), as every browser does that follows a
link: a person reads no JSON.

They answer requests that nothing else could read, also while the database is away: they ask for no
session, no account, no message, no parameter and no row.
"""

import re

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpResponse
from django.template import loader
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.http import escape_leading_slashes

from eerstelijn.context import report_address, site
from eerstelijn.pages import export
from eerstelijn.pages.accepts import takes_pages

#: What Django raises for a form that holds more than it takes in.
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
#: How the addresses end that are no page.
IN_FORMATS = (".json", ".csv", ".atom", ".bib", ".ris", ".pdf")
#: The format that an address ends in.
FORMAT = re.compile(r"\.(csl\.json|[^./]+)$")
#: How much of a bad address is offered as words to search for.
MOST_LETTERS = 100
#: No path of a link, and no question, of anybody is longer: what is, is sent by a program.
LONGEST_PATH = 300
#: What every page answers to; the desk takes forms in as well.
READING = ("GET", "HEAD", "OPTIONS")


def answer(request, status, title, template, details=None, **context):
    """What went wrong, as a page or as a problem that a program can read.

    `details` are what such a problem tells beside its title.
    """
    at_desk = is_desk(request)
    if at_desk or not request.path.endswith(IN_FORMATS):
        return _page(request, status, template, is_desk=at_desk, **context)
    if takes_pages(request):
        response = _page(request, status, template, is_desk=False, **context)
    else:
        response = export.problem(status, title, **(details or {}))
    patch_vary_headers(response, ["Accept"])
    return response


def _page(request, status, template, **context):
    # Without the request, so without what the context processors would look up.
    nothing = {"banner": None, "report_url": ""}  # that say a day, or report something on this page
    context = {**site(request), **nothing, **context}
    return HttpResponse(loader.render_to_string(template, context), status=status)


def refused(request, problems):
    """400 for a question that data or paper cannot follow, with what is wrong and allowed."""
    return answer(
        request,
        400,
        export.REFUSED,
        "refused.html",
        export.refused_parameters(problems),
        problems=export.shortened(problems),
        page_url=_page_of(request.path),
    )


def _page_of(path):
    """The page of which an address gives data or paper; "" where that has none."""
    page = f"{FORMAT.sub('', path)}/"
    try:
        resolve(page)
    except Resolver404:
        return ""
    return escape_leading_slashes(page)


def is_desk(request):
    """Whether this is for editors, who may have sent something that is not saved now."""
    return is_desk_path(request.path)


def is_desk_path(path):
    """Whether an address is for editors."""
    return path.startswith(settings.DESK_PATH)


def bad_request(request, exception=None):
    """400: such as more parameters than Django reads.

    Of a form that is one with more than Django takes in: 413, in words about the form.
    """
    if isinstance(exception, TOO_LARGE) and request.method == "POST":
        return answer(request, 413, "Dit formulier is te groot.", "413.html")
    return answer(request, 400, "Deze vraag kunnen we niet lezen.", "400.html")


def forbidden(request, exception=None):
    """403: the desk is not for everyone, and not every part of it for every editor."""
    return answer(request, 403, "Hier mag je niet in.", "403.html")


def unproven_form(request, reason=""):
    """What was sent came from no form of ours (CSRF), or from one that is too old."""
    return answer(request, 403, "Dit formulier is te oud.", "403_csrf.html")


def page_not_found(request, exception=None):
    """404: nothing stands here, or nothing any more."""
    return answer(
        request,
        404,
        "Dit adres bestaat niet.",
        "404.html",
        first_page_url=_first_page(request),
        lost_words=_words_of(request.path),
        report_url=_report_address(request),
    )


def wrong_method(request, allowed):
    """405: what was asked of this address is not what it does, which `allowed` names."""
    title, can_be_read = "Op dit adres kun je enkel lezen.", "GET" in allowed
    response = answer(request, 405, title, "405.html", can_be_read=can_be_read)
    response["Allow"] = allowed
    return response


def _words_of(path):
    """What an address that leads nowhere seems to ask for: the words of its last part."""
    last = path.rstrip("/").rpartition("/")[2].partition(".")[0]
    return " ".join(re.findall(r"[^\W_]+", last))[:MOST_LETTERS]


def _report_address(request):
    """Where a reader says that a link is broken; not of the desk, nor of what no link is."""
    is_reader = not is_desk(request) and len(request.path) <= LONGEST_PATH
    return report_address(request.path) if is_reader else ""


def _first_page(request):
    """The address of a list's first page; "" when no other page was asked for."""
    try:
        question = request.GET.copy()
    except SuspiciousOperation:  # more parameters than Django reads
        return ""
    if not question.pop("pagina", None):
        return ""
    rest = question.urlencode()
    if len(rest) > LONGEST_PATH:
        rest = ""
    # Two slashes in front would lead to another site.
    return f"{escape_leading_slashes(request.path)}?{rest}"


def gone(request, name, details=None, **told):
    """410: the record that was known by this name is withdrawn; its address goes to no other.

    `told` is what its page says of that (see the template), `details` the same for programs.
    """
    title = "Dit record staat niet meer op deze site."
    return answer(request, 410, title, "410.html", details, record=name, **told)
