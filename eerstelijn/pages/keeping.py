"""Public pages go out compressed, with a tag of their content, and are kept until that changes.

What is made is kept under the stamp of the content that was read first thing, so that no answer is
kept under a stamp that came later (docs/adr/0030-kept-pages.md). A reader always asks whether it is
still right (`no-cache`), and hears in a few bytes that it is.
"""

import hashlib

from django.conf import settings
from django.db import connection
from django.middleware.cache import CacheMiddleware
from django.middleware.gzip import GZipMiddleware
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag

from eerstelijn.database import stamp
from eerstelijn.pages import errors
from eerstelijn.pages.accepts import takes_gzip
from eerstelijn.release import release
from eerstelijn.underway import Few, Making

#: Bytes of an answer, as it goes out, and characters of an address, beyond which it is not kept:
#: no question can fill the store with a few answers.
LARGEST, LONGEST = 32_768, 500
#: Seconds after which what nobody asks for any more is let go; its stamp decides long before.
LASTS = 24 * 60 * 60
#: What tells a server in front for how many seconds it may answer without asking us. It stands in
#: every answer that is kept, and in no other.
IN_FRONT = "X-Accel-Expires"
ASK_US = "no-cache"
#: Seconds that a reader waits for a page that another is having made, before making it too; and for
#: a place among those whose page is made.
PATIENCE = 2.0
#: So many pages are made at once in a process. Python runs one thread at a time: with more of them
#: no page is ready sooner, and each that is ready waits longer.
AT_ONCE = 2


def _let_go():
    """Who waits needs no connection meanwhile; the pool has it for those who do."""
    if not connection.in_atomic_block:
        connection.close()


_under_way = Making(PATIENCE, _let_go)
_made_now = Few(AT_ONCE, PATIENCE, _let_go)


class PublicPagesMiddleware:
    """Stands around what makes a page, and inside what may refuse a request or lead it on."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.compress = GZipMiddleware(get_response).process_response

    def __call__(self, request):
        if not is_public(request):
            return self.get_response(request)
        # One way of asking for it, or else every browser would get, and leave behind, its own.
        request.META["HTTP_ACCEPT_ENCODING"] = "gzip" if takes_gzip(request) else ""
        with stamp.one_moment() as moment:
            if moment.stamp and settings.PAGES_ARE_KEPT and _may_be_kept(request):
                response = self.kept(request, moment)
            else:
                response = self.made(request)
        return unless_known(request, response)

    def made(self, request):
        """The answer, tagged before it is compressed: so the tag is the same in every process."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", ASK_US)
        if response.status_code == 200 and not response.streaming:
            set_response_etag(response)
        return self.compress(request, response)

    def kept(self, request, moment):
        """The answer as it was made under this stamp; when it was not, it is made, and kept."""

        def make(request):
            with _made_now.place():
                response = self.made(request)
            if moment.is_whole and _is_for_all(response):
                response[IN_FRONT] = "1"
                # Django keeps nothing that says `no-cache`. What was made for HEAD is no page.
                response["Cache-Control"] = "private" if request.method == "HEAD" else "public"
            return response

        name = f"{moment.stamp}.{timezone.localdate()}.{release()}.{_as_read(request)}"
        store = CacheMiddleware(make, page_timeout=LASTS, cache_alias="pages", key_prefix=name)
        response = store.process_request(request)
        if response is None:
            with _under_way.alone(f"{request.method}.{takes_gzip(request)}.{name}"):
                response = store(request)
        if IN_FRONT in response:
            response["Cache-Control"] = ASK_US
            for name in ("Expires", "Age"):  # Django's own, of what it keeps
                del response[name]
        return response


def is_public(request):
    """Whether a request reads a page or data for everyone, which may rest on the content."""
    if request.method not in ("GET", "HEAD") or errors.is_desk(request):
        return False
    try:
        return resolve(request.path_info).url_name != "health"
    except Resolver404:  # nothing stands here: no need to ask what the content is
        return False


def _may_be_kept(request):
    """An editor, and whoever shows a right, gets an answer of their own."""
    return (
        settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        # Made by a program of its own, and kept apart: who waits for it takes no place of a page.
        and not request.path.endswith(".pdf")
        and len(request.get_full_path()) <= LONGEST
    )


def _as_read(request):
    """The address as our own views read it.

    Django's key has it as it is written out: two dots are gone then with the part before them, and
    bytes of a question that were not quoted say what other bytes, quoted, say too.
    """
    address = f"{request.path_info}?{request.META.get('QUERY_STRING', '')}"
    return hashlib.blake2b(address.encode(), digest_size=16).hexdigest()


def _is_for_all(response):
    """Whether an answer is whole, of use to the next reader, and says nothing else about itself."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response["Cache-Control"] == ASK_US
        and len(response.content) <= LARGEST
    )


def unless_known(request, response):
    """The answer; only that it is still right, for a reader who has it already.

    Other conditions are for whoever writes or asks for a part, and here they refuse no page.
    """
    if response.status_code != 200 or "ETag" not in response:
        return response
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    if answer.status_code != 304:
        return response
    if IN_FRONT in response:
        answer[IN_FRONT] = response[IN_FRONT]
    return answer
