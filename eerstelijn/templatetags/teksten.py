"""Words on the page: Markdown, dates as the sources give them, roles, and silence."""

import datetime as dt
from functools import cache

import nh3
from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from eerstelijn.dates import long_date

register = template.Library()

# No headings: they would break the outline of the page around the text.
ALLOWED_TAGS = frozenset("a blockquote br em li ol p strong table tbody td th thead tr ul".split())
ALLOWED_ATTRIBUTES = {"a": {"href", "title", "hreflang", "lang"}, "ol": {"start"}}

ROLE_LETTERS = {
    "regie": "R",
    "voorzitter": "Z",
    "coordinatie": "C",
    "verplicht": "V",
    "deelnemer": "D",
    "aanbieder": "A",
    "oprichter": "S",
    "projecthouder": "P",
    "ondersteuner": "O",
    "onderzoeker": "N",
    "verwijzer": "W",
}


@cache
def parser():
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@register.filter
def markdown(text):
    """Turn an editor's Markdown into safe HTML."""
    html = nh3.clean(
        parser().render(text or ""),
        tags=set(ALLOWED_TAGS),
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return mark_safe(html.strip())  # noqa: S308 -- nh3 has cleaned it


@register.simple_tag
def niet_vermeld(tekst="niet vermeld in de bronnen"):
    """Say that the sources are silent, everywhere in the same way."""
    return format_html('<span class="unstated">{}</span>', tekst)


def smallest_unit(earliest, latest):
    """Return the smallest valid ``datetime`` value that holds both bounds, or ``""``."""
    if not earliest or not latest or earliest.year != latest.year:
        return ""
    if earliest == latest:
        return earliest.isoformat()
    if earliest.month == latest.month:
        return f"{earliest:%Y-%m}"
    return f"{earliest:%Y}"


@register.filter
def bron_datum(date):
    """Print a date as the source gives it: "mei 2022" stays a month, never its first day.

    A plain day, such as the day of a review, is written in full.
    """
    if not date:
        return ""
    if isinstance(date, dt.date):
        return format_html('<time datetime="{}">{}</time>', f"{date:%Y-%m-%d}", long_date(date))
    unit = smallest_unit(date.earliest, date.latest)
    if not unit:
        return format_html('<span class="date">{}</span>', date.label)
    return format_html('<time datetime="{}">{}</time>', unit, date.label)


def is_whole_year(date):
    first, last = date.earliest, date.latest
    return (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31)


@register.filter
def datum_kolom(date):
    """Print a date for the timeline: the year, and below it what else is known."""
    if not date:
        return ""
    unit = smallest_unit(date.earliest, date.latest)
    year = unit[:4]
    rest = date.label.replace(year, "").strip(" ,") if year and year in date.label else ""
    if not year or (not rest and not is_whole_year(date)):
        return format_html('<span class="when"><b>{}</b></span>', date.label)
    rest = format_html("<span>{}</span>", rest) if rest else ""
    return format_html('<time class="when" datetime="{}"><b>{}</b> {}</time>', unit, year, rest)


@register.simple_tag
def rol_letter(rol, label=""):
    """Print the tile of a role.

    Beside the written role the tile is hidden from assistive technology; where it stands
    alone, give it the name: ``{% rol_letter "regie" label="regie" %}``.
    """
    letter = ROLE_LETTERS.get(rol, "?")
    if label:
        return format_html('<abbr class="role role-{}" title="{}">{}</abbr>', rol, label, letter)
    return format_html('<span class="role role-{}" aria-hidden="true">{}</span>', rol, letter)
