"""What every public page shows around its content: the menu, the day, the links of the footer."""

from functools import cache
from urllib.parse import urlencode

from django.urls import reverse, reverse_lazy

from eerstelijn.finder.listing import Link
from eerstelijn.kept import Kept, Part
from eerstelijn.pages.day import Banner

MENU = (
    ("Concepten", reverse_lazy("concept-list")),
    ("Jouw gemeente", reverse_lazy("municipality-list")),
    ("Ontwikkelingen", reverse_lazy("development-list")),
    ("Partners", reverse_lazy("partner-list")),
    ("Diensten", reverse_lazy("agency-list")),
    ("Regelgeving", reverse_lazy("decree-list")),
    ("Gebieden", reverse_lazy("coveragearea-list")),
)
FOOTER = (
    ("Wat er veranderde", reverse_lazy("change-list")),
    ("Beleidsdomeinen", reverse_lazy("policydomain-list")),
    ("Begrippen en afkortingen", reverse_lazy("term-list")),
    ("Bronnen", reverse_lazy("source-list")),
    ("Tegenspraken", reverse_lazy("contradictions")),
    ("Tijdlijn", reverse_lazy("timeline")),
    ("Wat men beloofde", reverse_lazy("promises")),
    ("Over deze site", reverse_lazy("about")),
    ("Toegankelijkheid", reverse_lazy("accessibility")),
    ("Privacy", reverse_lazy("privacy")),
)


#: The header, by where the reader is, and the footer, by what it says of the sources.
frames: Kept[str] = Kept(most=24)
#: They follow from the code alone, so they hold as long as the process.
ALWAYS = ""


def site(request):
    """The menu, with a board at the part of the site where the reader is, and the footer.

    The banner is that of a page that knows no day; a view that does gives its own instead.
    """
    banner = Banner.unknown(request)
    return {
        "menu": lambda: menu(request.path),  # called by the template, where it prints them
        "search_url": reverse("search"),
        "report_url": report_address(request.path),
        "banner": banner,
        "robots": "noindex,follow" if banner else "",  # a chosen day is for people
        "footer_links": lambda: [Link(label, str(url)) for label, url in FOOTER],
    }


def report_address(path, place=""):
    """Where a reader says that something is not right on a page, or at a place of it."""
    about = f"{path}#{place}" if place else path
    return f"{reverse('report')}?{urlencode({'over': about})}"


def kept_frame(request):
    """The same for a page that goes well: its header and footer are printed once for all pages."""
    current = tuple(_current(request.path, url) for _, url in addresses())
    return {
        **site(request),
        "header": Part(frames, ALWAYS, ("header", current)),
        "footer": Part(frames, ALWAYS, "footer"),
    }


def menu(path):
    """The menu as a page shows it."""
    return [
        {"label": label, "url": url, "current": _current(path, url)} for label, url in addresses()
    ]


@cache
def addresses():
    """The menu with its addresses as text."""
    return [(label, str(url)) for label, url in MENU]


def _current(path, url):
    """What aria-current says of a menu item: this page, a page below it, or nothing."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""
