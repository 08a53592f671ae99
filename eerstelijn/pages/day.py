"""The day that a reader chose stays: in every link and form of a page, and over a redirect.

An address with a valid `peildatum` gives a page of which every link and form asks for the same day.
That is done here for all pages at once, when a page goes out: links come from templates, from tags,
from Markdown of editors and from the map, and one that was forgotten would lose the day
(docs/adr/0024-the-day-stays.md). A link that says itself which day it is about keeps to that; one
that says `peildatum=` leads to today. Data say themselves whether they know a day.

What a page makes of the day stands in its banner. A view that knows the day gives its own; any
other page says that it shows today.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict

from eerstelijn.finder.problems import shorten
from eerstelijn.finder.question import DayQuestion

KEY = "peildatum"
LINK = re.compile(r'(<a\b[^>]*?\shref=")((?:/(?!/)|\?)[^"#]*)')
FORM = re.compile(r"(<form\b[^>]*>)(.*?</form>)", re.DOTALL)
FIELD = re.compile(rf'\bname="?{KEY}\b')
#: How long a question may be for "Terug naar vandaag" to keep the rest of it.
LONGEST_KEPT = 500


def given(request):
    """What stands in an address as its day: most have none, and then nothing else is read."""
    with suppress(SuspiciousOperation):  # more parameters than Django reads
        return request.GET.getlist(KEY)
    return []


def question_of(values):
    """What an address says of the day, whatever else it asks."""
    day = QueryDict(mutable=True)
    day.setlist(KEY, values)
    return DayQuestion(day)


@dataclass(frozen=True)
class Banner:
    """What a page makes of the day in its address: `before` and `after` stand around the day."""

    before: str
    day: str = ""
    after: str = ""
    #: The same page about today; empty where it is about today already.
    today_url: str = ""

    @classmethod
    def known(cls, as_of, before, after=".", *, today_url):
        """The banner of a page that knows the day; None where no reader chose one."""
        return cls(f"{before} ", str(as_of), after, today_url) if as_of.is_stated else None

    @classmethod
    def unknown(cls, request):
        """The banner of a page that shows today, whatever the day in its address."""
        if not (values := given(request)):
            return None
        question = question_of(values)
        if question.problems and not question.as_of.is_stated:
            value = shorten(question.problems[0].value)
            return cls(f"We kennen “{value}” niet als peildatum. Deze pagina toont vandaag.")
        if not question.as_of.is_other_day:
            return None
        return cls(
            "Deze pagina toont vandaag, niet ",
            str(question.as_of),
            ": ze kent geen andere dagen. In de links blijft je dag staan.",
            today_url(request),
        )


def today_url(request):
    """The address of a request about today, with the rest of its question as far as it is short."""
    rest = request.GET.copy()
    for key in (KEY, "pagina"):
        rest.pop(key, None)
    query = rest.urlencode()
    kept = f"{query}&" if query and len(query) <= LONGEST_KEPT else ""
    return f"{request.path}?{kept}{KEY}="


class KeepDayMiddleware:
    """Whoever asks for a day gets pages whose links and forms ask for it too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not (values := given(request)):
            return response
        as_of = question_of(values).as_of
        if not as_of.is_stated or not _is_public(request.path):
            return response
        if location := response.get("Location"):
            if location.startswith("/") and not location.startswith("//"):
                address, mark, place = location.partition("#")
                response["Location"] = f"{on_day(as_of, address, '&')}{mark}{place}"
        elif not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = in_page(as_of, response.content.decode())
        return response


def in_page(as_of, html):
    """A page of which every link and form is about the same day."""
    html = LINK.sub(lambda link: link[1] + on_day(as_of, link[2], "&amp;"), html)
    return FORM.sub(lambda form: form[1] + _field(as_of, *form.groups()) + form[2], html)


def on_day(as_of, address, sign):
    """An address of ours about a day; `sign` is what stands between the parts of its question."""
    path, _, query = address.partition("?")
    parts = query.split(sign) if query else []
    if any(part.startswith(f"{KEY}=") for part in parts):
        parts = [part for part in parts if part != f"{KEY}="]
    elif _is_public(path) and "." not in path.rpartition("/")[2]:
        parts.append(f"{KEY}={as_of.day}")
    return f"{path}?{sign.join(parts)}" if parts else path


def _field(as_of, opening, inside):
    if 'method="post"' in opening or FIELD.search(inside):
        return ""
    return f'<input type="hidden" name="{KEY}" value="{as_of.day}">'


def _is_public(path):
    return not path.startswith((settings.DESK_PATH, settings.STATIC_URL))
