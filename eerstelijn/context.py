"""What every public page shows around its content: the menu and the links of the footer."""

from django.urls import reverse, reverse_lazy

from eerstelijn.listing import Link

MENU = (
    ("Concepten", reverse_lazy("concepts:concept-list")),
    ("Jouw gemeente", reverse_lazy("places:municipality-list")),
    ("Ontwikkelingen", reverse_lazy("concepts:development-list")),
    ("Partners", reverse_lazy("governance:partner-list")),
    ("Diensten", reverse_lazy("governance:agency-list")),
    ("Regelgeving", reverse_lazy("governance:decree-list")),
    ("Gebieden", reverse_lazy("governance:coveragearea-list")),
)
FOOTER = (
    ("Beleidsdomeinen", reverse_lazy("governance:policydomain-list")),
    ("Begrippen en afkortingen", reverse_lazy("concepts:term-list")),
    ("Bronnen", reverse_lazy("governance:source-list")),
    ("Over deze site", reverse_lazy("about")),
    ("Toegankelijkheid", reverse_lazy("accessibility")),
    ("Privacy", reverse_lazy("privacy")),
)


def site(request):
    """The menu, with a board at the part of the site where the reader is, and the footer."""
    return {
        "menu": [
            {"label": label, "url": url, "current": _current(request.path, str(url))}
            for label, url in MENU
        ],
        "search_url": reverse("concepts:search"),
        "footer_links": [Link(label, str(url)) for label, url in FOOTER],
    }


def _current(path, url):
    """What aria-current says of a menu item: this page, a page below it, or nothing."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""
