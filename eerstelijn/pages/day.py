"""The day that a reader chose stays: in every link and form of a page, and over a redirect.

An address with a valid `peildatum` gives a page of which every link and form asks for the same day.
That is done here for all pages at once, when a page goes out: links come from templates, from tags,
from Markdown of editors and from the map, and one that was forgotten would lose the day
(docs/adr/0024-the-day-stays.md). A link that says itself which day it is about keeps to that; one
that says `peildatum=` leads to today. Data say themselves whether they know a day.

What a page makes of the day stands in its banner. A view that knows the day gives its own; any
other page says that it shows today.
"""

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict

from eerstelijn.dates import long_date
from eerstelijn.finder.problems import shorten
from eerstelijn.finder.question import DayQuestion

KEY = "peildatum"
LINK = re.compile(r'(<a\b[^>]*?\shref=")((?:/(?!/)|\?)[^"#]*)')
FORM = re.compile(r"(<form\b[^>]*>)(.*?</form>)", re.DOTALL)
FIELD = re.compile(rf'\bname="?{KEY}\b')
#: How long a question may be for "Terug naar vandaag" to keep the rest of it.
LONGEST_KEPT = 500
#: What is said of a day that is still to come.
TO_COME = "Die dag moet nog komen: je ziet wat nu al vaststaat of aangekondigd is."
#: What the header offers beside today: mergers of municipalities, and the day of the own documents.
SHORTCUTS = (dt.date(2025, 1, 1), dt.date(2023, 3, 13))


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
    #: What stood on this site that day: the other clock, where a page has one.
    then_url: str = ""
    then_said: str = "Zo stond het toen op deze site"

    @classmethod
    def known(cls, as_of, before, after=".", *, today_url):
        """The banner of a page that knows the day; None where no reader chose one."""
        if not as_of.is_stated:
            return None
        if as_of.day > dt.date.today():
            after = f"{after} {TO_COME}"
        return cls(f"{before} ", str(as_of), after, today_url)

    @classmethod
    def undated(cls, as_of, why, *, today_url):
        """The banner of a page that is the same on any day, with why it is."""
        if not as_of.is_stated:
            return None
        return cls("Je kijkt naar ", str(as_of), f". {why}", today_url)

    @classmethod
    def unknown(cls, request):
        """The banner of a page that shows today, whatever the day in its address."""
        if not (values := given(request)):
            return None
        question = question_of(values)
        if question.problems and not question.as_of.is_stated:
            value = shorten(question.problems[0].value)
            return cls(f"We kennen “{value}” niet als datum. Deze pagina toont vandaag.")
        if not question.as_of.is_other_day:
            return None
        return cls(
            "Deze pagina toont vandaag, niet ",
            str(question.as_of),
            ": ze kent geen andere dagen. In de links blijft je dag staan.",
            today_url(request),
        )


#: How far a reader looks in a list: no part of what is asked.
HOW_FAR = ("pagina", "keuzes")


def rest_of(request):
    """What an address asks beside its day, as a QueryDict, as far as it is short."""
    rest = QueryDict(mutable=True)
    with suppress(SuspiciousOperation):  # more parameters than Django reads
        rest = request.GET.copy()
    for key in (KEY, *HOW_FAR):
        rest.pop(key, None)
    return rest if len(rest.urlencode()) <= LONGEST_KEPT else QueryDict()


def today_url(request):
    """The address of a request about today, with the rest of its question."""
    query = rest_of(request).urlencode()
    return f"{request.path}?{query}{'&' if query else ''}{KEY}="


@dataclass(frozen=True)
class DayChoice:
    """The control in the header: which day the page is about, and the ways to others."""

    #: The day that the address names; None for today.
    day: dt.date | None = None
    #: What else the address asks, as pairs: the form takes it along.
    fields: tuple[tuple[str, str], ...] = ()
    #: The address of the page, up to the day.
    stem: str = f"?{KEY}="

    @classmethod
    def of(cls, request):
        """For a request that asks something."""
        rest = rest_of(request)
        fields = tuple((key, value) for key, values in rest.lists() for value in values)
        as_of = question_of(given(request)).as_of
        return cls(as_of.day if as_of.is_other_day else None, fields, today_url(request))

    @property
    def said(self):
        """The day in words."""
        return long_date(self.day) if self.day else "vandaag"

    @property
    def shortcuts(self):
        """Days that something changed on, as (address, words), and today where it is another."""
        today = [(self.stem, "vandaag")] if self.day else []
        return [*today, *((f"{self.stem}{day}", long_date(day)) for day in SHORTCUTS)]


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
