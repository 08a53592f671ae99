"""One process that measures the pages of the site on the database in DATABASE_URL.

Requests go straight into the WSGI application, with every middleware and without a network. The
result is JSON on standard output: per page the milliseconds of each request, queries and bytes.
"""

import gzip
import json
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

WARM_UP = 3
DETAIL = "/concepten/gbo/"
NIS = "24062"
KINDS = {"a": "eerstelijnszone", "b": "referentieregio"}
#: The pages of places show every concept: beyond this many they are not what a reader is sent to.
MOST_OF_A_PLACE = 1000


@dataclass
class Page:
    """One page under measurement."""

    name: str
    url: str
    #: "made" anew for each request; "kept" as it was, compressed; or "known" to its reader: 304.
    way: str = "made"
    #: What a process keeps of it is forgotten before each request.
    is_new: bool = False
    queries: int = 0
    bytes: int = 0
    gzip: int = 0
    times: list = field(default_factory=list)
    #: Processor time of Python alone: without PostgreSQL, and without waiting for a core.
    python: list = field(default_factory=list)


def ask(application, page):
    """Ask for a page as it is measured."""
    if page.is_new:
        from concepts.page.views import bodies

        bodies.forget()
    return get(application, page.url, page.way)


def get(application, url, way="made"):
    """The body that the application gives; an answer that was not expected is an error."""
    from django.conf import settings
    from django.test import RequestFactory

    settings.PAGES_ARE_KEPT = way != "made"
    headers, answer = {"host": "localhost"}, {}
    if way != "made":
        headers["accept-encoding"] = "gzip"
    if way == "known":
        headers["if-none-match"] = TAGS[url]
    environ = RequestFactory().get(url, headers=headers).environ
    response = application(environ, lambda *said: answer.update(status=said[0], headers=said[1]))
    try:
        body = b"".join(response)
    finally:
        response.close()
    expected = "404" if url == "/bestaat-niet.json" else {"known": "304"}.get(way, "200")
    if not answer["status"].startswith(expected):
        raise RuntimeError(f"{url} answers {answer['status']}")
    TAGS[url] = dict(answer["headers"]).get("ETag")
    return body


#: How a page was tagged when it was last asked for, by its address.
TAGS = {}


@contextmanager
def counted_queries():
    from django.db import connection

    seen = []

    def count(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield seen


def pages(application):
    """The pages, with filters and a search word that fit the content."""
    whole = json.loads(get(application, "/concepten.json"))
    options = whole["facetten"]
    filters = [
        (key, max(options[key], key=lambda option: option["aantal"])["waarde"])
        for key in ("partnertype", "schaal", "doelgroep")
    ]
    word = [("q", rare_word())]
    found = [
        Page("no page (404)", "/bestaat-niet.json"),
        Page("list", "/concepten/"),
        Page("list, three filters", f"/concepten/?{urlencode(filters)}"),
        Page("list, a search word", f"/concepten/?{urlencode(word)}"),
        Page("list, a municipality", f"/concepten/?gemeente={NIS}"),
        Page("list, JSON", "/concepten.json"),
        Page("concept", DETAIL),
        Page("list, kept", "/concepten/", "kept"),
        Page("list, known to the reader (304)", "/concepten/", "known"),
        Page("concept, kept", DETAIL, "kept"),
        Page("concept, known to the reader (304)", DETAIL, "known"),
        Page("concept, not asked for yet", DETAIL, is_new=True),
    ]
    if whole["aantal"] < MOST_OF_A_PLACE:
        found += [
            Page("municipality", f"/gemeenten/{NIS}-leuven/"),
            Page("municipality, JSON", f"/gemeenten/{NIS}.json"),
            Page("look up a municipality", "/gemeenten/?q=sint"),
            Page("zone on a day", "/gebieden/elz-leuven/?peildatum=2023-03-13"),
            Page("zones against regions", f"/gebieden/vergelijk/?{urlencode(KINDS)}"),
        ]
    return found


def rare_word():
    """The word nearest to standing in one concept in a hundred, and in five at least."""
    from django.db import connection

    query = (
        "SELECT word, ndoc FROM ts_stat('SELECT search FROM concepts_conceptversion') "
        "WHERE word ~ '^[a-z]{6,}$' AND ndoc >= 5 ORDER BY "
        "abs(ndoc - 0.01 * (SELECT count(*) FROM concepts_conceptversion)), word LIMIT 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def measure(application, found, rounds):
    """Ask for the pages in turn, so that a slow moment of the machine falls on all of them."""
    for page in found:
        for _ in range(WARM_UP):
            body = ask(application, page)
        page.bytes = len(body)
        page.gzip = len(gzip.compress(body)) if page.way == "made" else len(body)
        with counted_queries() as seen:
            ask(application, page)
        page.queries = len(seen)
    for _ in range(rounds):
        for page in found:
            wall, own = time.perf_counter(), time.thread_time()
            ask(application, page)
            page.times.append(1000 * (time.perf_counter() - wall))
            page.python.append(1000 * (time.thread_time() - own))


def main(rounds):
    from eerstelijn.wsgi import application

    found = pages(application)
    measure(application, found, rounds)
    print(json.dumps([asdict(page) for page in found]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
