"""What holds for every request and every answer, whoever asks and whatever the page."""

import copy
import re
from urllib.parse import unquote_plus, unquote_to_bytes

from django.conf import settings
from django.http import HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.utils.http import escape_leading_slashes

from eerstelijn.pages import errors, unavailable
from eerstelijn.pages.public_form import is_read_only

# Nothing but our own files: no inline script or style, no eval, no frame, no third party.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

# The site asks nothing of a visitor's device.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)

#: What an answer says of what the reader has already (RFC 9110, 15.4.5), and what a server in front
#: asks. All else stands in the copy that the reader keeps.
OF_A_COPY = {"cache-control", "content-location", "date", "etag", "expires", "vary"}
OF_A_COPY |= {"x-accel-expires"}

UNREADABLE = "Het adres bevat tekens die geen geldige UTF-8 zijn, of een NUL."


class SecurityHeadersMiddleware:
    """Set the policies that Django 5.2 has no setting for.

    They come with a page, and stay with it: who hears that it is still right hears nothing else.
    No cache answers without asking us, save where an answer says so itself, as a static file does.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        # Django's yellow pages for developers are all inline style; no visitor ever sees them.
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers.setdefault("Cache-Control", "no-cache")
        if response.status_code == 304:
            for name in [name for name in response.headers if name.lower() not in OF_A_COPY]:
                del response.headers[name]
        return response


class MethodsMiddleware:
    """Every method that an address does not take is answered 405 with a page or a problem.

    Views and static files answer it with nothing at all, and some look at no method. What does
    not exist stays a 404, however it is asked for.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405:
            return errors.wrong_method(request, response["Allow"])
        return response

    def process_view(self, request, view, args, kwargs):
        is_form = errors.is_desk(request) or getattr(view, "takes_forms", False)
        forms = ("POST",) if is_form else ()
        allowed = (*errors.READING, *forms)
        return None if request.method in allowed else HttpResponseNotAllowed(allowed)


class ReadableRequestMiddleware:
    """Refuse an address that is no text: a NUL, which PostgreSQL cannot store, or broken UTF-8.

    Django lets a NUL through, and the database raises. In a query it replaces broken bytes, and
    a filter would look for what nobody typed; in a path it escapes them, so that is a plain 404.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" not in request.path and _is_text(request.META.get("QUERY_STRING", "")):
            return self.get_response(request)
        return errors.answer(request, 400, UNREADABLE, "400.html")


#: What newsletters and social media hang on an address, to see who follows it.
MARKS = re.compile(r"utm_.*|mc_.*|fbclid|gclid", re.IGNORECASE | re.DOTALL)


class MarksMiddleware:
    """What newsletters hang on the address of a page is no question of its reader.

    It is gone before anything reads it: from the question, and so from every link and from the
    canonical address. Data stay strict (contract, "Parameters"): whoever asks these is a program.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if query and request.path.endswith(("/", ".pdf")) and not errors.is_desk(request):
            parts = query.split("&")
            own = [part for part in parts if not MARKS.fullmatch(_key(part))]
            if len(own) < len(parts):
                request.META["QUERY_STRING"] = "&".join(own)
        return self.get_response(request)


def _key(part):
    return unquote_plus(part.partition("=")[0]).strip()


#: What a sentence, a list or brackets leave behind an address that was copied from it.
LEFT_BEHIND = ".,;:!?)]}>'\"”’»…"
#: A step in a path, which is no end of a sentence: nothing of ours stands behind one.
STEP = re.compile(r"/\.{1,2}/?$")


class SlipsMiddleware:
    """An address with capitals, or with the end of a sentence behind it, leads on to the one meant.

    When something stands there: that is asked of the site itself, as a slug may be a record, a
    former address or one that was withdrawn. It leads to a path of our own and nowhere else. The
    desk and the files of the site have addresses of their own making.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        meant = _meant(request.path_info)
        if meant != request.path_info and request.method in ("GET", "HEAD"):
            other = copy.copy(request)
            other.path = request.path.removesuffix(request.path_info) + meant
            other.path_info = meant
            if not (errors.is_desk(other) or meant.startswith(settings.STATIC_URL)):
                status = self.get_response(other).status_code
                if status != 404 and status < 500:
                    url = escape_leading_slashes(other.get_full_path())
                    return HttpResponsePermanentRedirect(url)
        return self.get_response(request)


def _meant(path):
    """An address as it is written here: in small letters, with nothing behind it."""
    path = re.sub("[A-Z]+", lambda capitals: capitals[0].lower(), path)
    written = path.removesuffix("/")
    bare = written.rstrip(LEFT_BEHIND)  # no pattern: that takes a second for ten thousand dots
    if bare == written or not bare or STEP.search(path):
        return path
    is_page = not bare.endswith("/") and "." not in bare.rpartition("/")[2]
    return f"{bare}/" if is_page else bare


class NoCookiesMiddleware:
    """Outside the desk no cookie is read, so that none is written either.

    Browsers send those of the desk to the desk only; Django would replace one that is broken.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not errors.is_desk(request):
            request.COOKIES = {}
        return self.get_response(request)


class DeskElsewhereMiddleware:
    """On a server that only serves readers, all of the desk is one page that says where it is.

    It stands before the sessions, which would be read here and written in vain. Behind a pool that
    tells what was so before, the setting says it, or else the first change that is refused.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if errors.is_desk(request) and is_read_only():
            return unavailable.read_only_page(request)
        return self.get_response(request)


def _is_text(query):
    """WSGI hands over the query's bytes dressed as latin-1, and still quoted."""
    try:
        return "\x00" not in unquote_to_bytes(query.encode("latin-1")).decode()
    except UnicodeError:
        return False
