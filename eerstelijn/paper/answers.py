"""What an address that ends in .pdf answers: the paper, or when to come back for it."""

from collections.abc import Callable
from functools import partial

from django.db import connection
from django.http import HttpRequest, HttpResponse

from eerstelijn.database import stamp
from eerstelijn.kept import Kept
from eerstelijn.pages import errors
from eerstelijn.paper.drawn import drawn_out
from eerstelijn.paper.press import ANY_NUMBER, Lengths, NotMade, pressed
from eerstelijn.release import release

#: So many are kept, none of more than so many bytes, under addresses of so many characters: a
#: process holds no more than 8 MB of them. One is asked again by who reads a meeting's agenda.
MOST, LARGEST, LONGEST = 20, 400_000, 500
#: Seconds until it is worth asking again.
RETRY_AFTER = 10
BUSY = "De pdf is nog niet klaar. Probeer het over tien tellen opnieuw."
LACKING = "Op deze server kan de site geen pdf’s maken: de bibliotheek Pango ontbreekt."
#: What gives it to one, on Debian or Ubuntu.
INSTALL = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core"

kept: Kept[bytes] = Kept(most=MOST)


def pdf_response(
    request: HttpRequest, name: str, write: Callable[[], Lengths], most_pages: int = ANY_NUMBER
) -> HttpResponse:
    """The PDF of the HTML that `write` gives; `name` is that of the file, without extension."""
    address = request.build_absolute_uri()
    find = partial(_found, address)
    try:
        pdf = find() or pressed(
            partial(_written, write), most_pages=most_pages, made_meanwhile=find
        )
    except NotMade as error:
        return _not_made(request, is_lasting=error.is_lasting)
    if len(pdf) <= LARGEST and len(address) <= LONGEST:
        kept.several(_stamp(), [address], lambda names: {address: pdf})
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _found(address: str) -> bytes | None:
    """What was made under this stamp; nobody waits here for who makes the same."""
    found = kept.several(_stamp(), [address], lambda names: {})
    return found[0] if found else None


def _stamp() -> str | None:
    """What it rests on: the content, the day that stands on it, and the release."""
    of_today = stamp.of_today()
    return of_today and f"{of_today}.{release()}"


def _written(write: Callable[[], Lengths]) -> Lengths:
    """The HTML; while it becomes a PDF, others can use the connection."""
    lengths = [drawn_out(html) for html in write()]
    if not connection.in_atomic_block:
        connection.close()
    return lengths


def _not_made(request: HttpRequest, *, is_lasting: bool) -> HttpResponse:
    title = LACKING if is_lasting else BUSY
    response = errors.answer(
        request,
        503,
        title,
        "no_pdf.html",
        {"detail": INSTALL} if is_lasting else None,
        is_lasting=is_lasting,
        install=INSTALL,
    )
    if not is_lasting:
        response["Retry-After"] = str(RETRY_AFTER)
    return response
