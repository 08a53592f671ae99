"""What every public page shows around its content: the menu, the day, the links of the footer."""

from functools import cache
from urllib.parse import urlencode

from django.urls import reverse, reverse_lazy

from eerstelijn.finder.listing import Link
from eerstelijn.kept import Kept, Part
from eerstelijn.pages.day import Banner, DayChoice

#: What a reader looks up: each with what it holds, in the order of the page that leads to it.
REFERENCE = (
    ("Partners", reverse_lazy("partner-list"), "Wie er gevraagd wordt, en waarvoor."),
    (
        "Diensten",
        reverse_lazy("agency-list"),
        "Van wie een concept is, en wat er van die dienst werd.",
    ),
    ("Beleidsdomeinen", reverse_lazy("policydomain-list"), "De domeinen van de Vlaamse overheid."),
    ("Regelgeving", reverse_lazy("decree-list"), "Decreten, besluiten en plannen, met hun data."),
    ("Gebieden", reverse_lazy("coveragearea-list"), "Zones, regio’s en hoe ze elkaar kruisen."),
    (
        "Ontwikkelingen",
        reverse_lazy("development-list"),
        "Hervormingen en visies die de concepten in beweging brengen.",
    ),
    ("Netwerk", reverse_lazy("network"), "Eigenaars, concepten en partners, met hun lijnen."),
    ("Begrippen en afkortingen", reverse_lazy("term-list"), "Wat een woord hier betekent."),
    (
        "Tegenspraken",
        reverse_lazy("contradictions"),
        "Waar de bronnen verschillen, en wat we volgen.",
    ),
    ("Bronnen", reverse_lazy("source-list"), "De poster, de tekst en wat erna kwam, per plaats."),
    ("Wat er veranderde", reverse_lazy("change-list"), "Wat op deze site nieuw of gewijzigd is."),
)
#: The menu: each item with where it leads, and the addresses below which a reader is there too.
MENU = (
    ("Concepten", reverse_lazy("concept-list"), ()),
    ("Jouw gemeente", reverse_lazy("municipality-list"), ()),
    ("Wat vraagt men?", reverse_lazy("asked"), ()),
    ("Druk op partners", reverse_lazy("pressure"), ()),
    ("Tijdlijn", reverse_lazy("timeline"), ()),
    ("Vergelijk", reverse_lazy("versus"), (reverse_lazy("overlap"),)),
    ("Naslag", reverse_lazy("reference"), tuple(url for _, url, _ in REFERENCE)),
)
FOOTER = (
    *((label, url) for label, url, _ in REFERENCE[-4:]),
    ("Wat men beloofde", reverse_lazy("promises")),
    ("Over deze site", reverse_lazy("about")),
    ("Toegankelijkheid", reverse_lazy("accessibility")),
    ("Privacy", reverse_lazy("privacy")),
)


#: The header, by where the reader is, and the footer, by what it says of the sources.
frames: Kept[str] = Kept(most=24)
#: They follow from the code alone, so they hold as long as the process.
ALWAYS = ""
#: What the header offers where an address asks nothing.
NO_DAY = DayChoice()


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
    return f"{_report()}?{urlencode({'over': about})}"


@cache
def _report():
    return reverse("report")


def kept_frame(request):
    """The same for a page that goes well: its header and footer are printed once for all pages.

    But the form in the header that asks for another day takes along what else an address asks, so
    the header of a page with a question is its own.
    """
    current = tuple(_current(request.path, *urls) for _, *urls in addresses())
    asks = bool(request.META.get("QUERY_STRING", "").strip("&"))
    return {
        **site(request),
        "day_choice": DayChoice.of(request) if asks else NO_DAY,
        "header": None if asks else Part(frames, ALWAYS, ("header", current)),
        "footer": Part(frames, ALWAYS, "footer"),
    }


def menu(path):
    """The menu as a page shows it."""
    return [
        {"label": label, "url": urls[0], "current": _current(path, *urls)}
        for label, *urls in addresses()
    ]


@cache
def addresses():
    """The menu with its addresses as text: a label, where it leads, and what else is part of it."""
    return [(label, str(url), *map(str, others)) for label, url, others in MENU]


def _current(path, url, *others):
    """What aria-current says of a menu item: this page, a page below it, or nothing."""
    if path == url:
        return "page"
    return "true" if path.startswith((url, *others)) else ""
