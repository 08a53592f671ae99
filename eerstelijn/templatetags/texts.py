"""Words on the page: Markdown, dates as the sources give them, roles, and silence."""

import datetime as dt
import re
from html import escape, unescape

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe

from eerstelijn.dates import long_date
from eerstelijn.pages.prose import to_html
from eerstelijn.pages.words import unbroken
from eerstelijn.webaddress import link_to

register = template.Library()

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


# Dutch compounds are long, and not every browser has a Dutch dictionary to break them with.
# First parts that a break may follow, and last parts that it may come before.
FIRST_PARTS = (
    "bedrijfs beleids bestuurs eerstelijns gemeenschaps gezins gezondheids intra jeugd kwaliteits "
    "maatschap mantel ondersteunings ontwikkelings samenwerkings veiligheids vertrouwens volks "
    "welzijns"
).split()
LAST_PARTS = (
    "actoren begeleiding bestrijding bestuur besturen centra centrum coördinatie decreet groep "
    "heid medewerkers netwerk ondersteuning organisatie overleg partners regio verband verlening "
    "voorziening werking zone"
).split()
AFTER_FIRST = re.compile(rf"({'|'.join(FIRST_PARTS)})(?=[^\W\d_]{{4}})", re.IGNORECASE)
BEFORE_LAST = re.compile(rf"(?<=[^\W\d_]{{4}})(?={'|'.join(LAST_PARTS)})", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
SOFT_HYPHEN = "\u00ad"
NO_BREAK = "\u00a0"
#: The second half of a compound whose first half stands further on: "regels & -maatregelen".
HANGING_PART = re.compile(r"(?<= )(-[^\W\d_]+)")


@register.filter
def markdown(text, words=None):
    """Turn an editor's Markdown into safe HTML; ``{{ text|markdown:words }}`` explains words."""
    return mark_safe(to_html(text or "", words))  # noqa: S308 -- cleaned there


@register.simple_tag(takes_context=True)
def explained(context, text):
    """Print a text with the words of the page explained, where the page has ``words``."""
    words = context.get("words")
    return worded(words, text) if words else text


@register.simple_tag(takes_context=True)
def linked(context, name, url):
    """Print a name: a link where it has an address, and otherwise a text."""
    if not url:
        return explained(context, name)
    return format_html('<a href="{}">{}</a>', url, named(context, name))


@register.simple_tag(takes_context=True)
def named(context, name):
    """Print a name in a link or heading, where foreign words are marked and none is explained."""
    words = context.get("words")
    return worded(words, name, is_open=False) if words else name


def worded(words, text, *, is_open=True):
    """A plain text as HTML, with its words explained or marked."""
    return mark_safe(words.html(str(text), is_open=is_open))  # noqa: S308 -- escaped there


@register.simple_tag
def grouped_options(groups):
    """Print the options of a select: each heading with its (value, name, whether it is chosen)."""
    return mark_safe("".join(_group(*group) for group in groups))  # noqa: S308 -- each is escaped


def _group(label, options):
    said = "".join(_option(*each) for each in options)
    return f'<optgroup label="{escape(label)}">\n{said}</optgroup>\n'


def _option(value, name, is_chosen):
    state = " selected" if is_chosen else ""
    return f'<option value="{escape(value)}"{state}>{escape(name)}</option>\n'


@register.simple_tag
def word_list(explained):
    """Print words (`eerstelijn.pages.words.Found`), each with its explanation and the way back."""
    return mark_safe(  # noqa: S308 -- each text of a word is escaped
        f'<dl class="word-list">\n{"".join(map(_explanation, explained))}</dl>\n'
    )


def _explanation(found):
    word = found.word
    language = f' lang="{escape(word.language)}"' if word.language else ""
    back = (
        f'\n<a class="up" href="#t{found.number}" aria-label="terug naar {escape(word.text)}'
        ' in de tekst">terug</a>\n'
        if found.is_marked
        else ""
    )
    return (
        f'<div id="{found.id}" tabindex="-1">\n<dt>\n<a href="{escape(word.url)}"{language}>'
        f"{escape(', '.join(word.forms))}</a>\n</dt>\n"
        f"<dd>\n{escape(word.explanation)}{back}</dd>\n</div>\n"
    )


@register.filter
def plain_text(html):
    """What HTML says, as plain text: for an attribute, where other signs count than in a text."""
    return " ".join(unescape(strip_tags(html)).split())


@register.filter
def breakable(text, shortest=13):
    """Let the long compounds of a heading or a narrow cell break between their parts.

    Words shorter than ``shortest`` letters stay as they are.
    """

    def parts(match):
        word = match[0]
        if len(word) < shortest:
            return word
        return BEFORE_LAST.sub(SOFT_HYPHEN, AFTER_FIRST.sub(rf"\1{SOFT_HYPHEN}", word))

    return WORD.sub(parts, str(text))


@register.filter
def column_name(text):
    """A name above a column: long compounds may break, a short one with a hyphen not."""
    return mark_safe(unbroken(breakable(text)))  # noqa: S308 -- escaped there


@register.filter
def together(text):
    """A place in a source, its pieces kept on one line: "p. 9", and "-maatregelen" after "en"."""
    html = re.sub(r"\b(p|blz|art|nr)\. (?=\d)", rf"\1.{NO_BREAK}", conditional_escape(text))
    html = HANGING_PART.sub(r'<span class="unbroken">\1</span>', html)
    return mark_safe(html)  # noqa: S308 -- escaped above


@register.filter
def in_a_row(items):
    """Things in running text, each with what stands before it: ("", a), (", ", b), (" en ", c)."""
    items = list(items)
    last = len(items) - 1
    return [("" if n == 0 else " en " if n == last else ", ", item) for n, item in enumerate(items)]


@register.filter
def rounded_off(text):
    """The start of a text that goes on elsewhere, without what only announces what follows.

    "Een doel van 1Gezin1Plan. Het gaat om:" ends after the first sentence; where there is but one,
    it loses its colon.
    """
    if not text.endswith(":"):
        return text
    whole, _, _ = text.rpartition(". ")
    return f"{whole}." if whole else f"{text.removesuffix(':')} …"


@register.filter
def running(text):
    """A piece of Markdown as running text: an enumeration goes on between dots."""
    return re.sub(r"\s*\n\s*(?:- |\d+\. )?", lambda m: " · " if "- " in m[0] else " ", text)


@register.simple_tag
def marked(excerpt):
    """Print an excerpt, given as pieces of (text, whether it is marked)."""
    pieces = (format_html("<mark>{}</mark>", text) if on else running(text) for text, on in excerpt)
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.simple_tag
def stressed(sentence):
    """Print a sentence, given as segments of ``text`` and ``strong``."""
    pieces = (format_html("<b>{}</b>", s.text) if s.strong else s.text for s in sentence)
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.filter
def first_sentence(text):
    """The first sentence of a remark, without its full stop: to stand between brackets."""
    return text.partition(". ")[0].removesuffix(".")


@register.filter
def weblink(address):
    """An address to use in a link, and "" for what is no address on the web."""
    return link_to(address)


@register.filter
def short_address(text):
    """A web address as people write it; any other text stays as it is."""
    return re.sub(r"^https?://(?:www\.)?|/(?:justel)?$", "", text) if "://" in text else text


@register.simple_tag
def unstated(text="niet vermeld in de bronnen"):
    """Say that the sources are silent, everywhere in the same way."""
    return format_html('<span class="unstated">{}</span>', text)


def smallest_unit(earliest, latest):
    """Return the smallest valid ``datetime`` value that holds both bounds, or ``""``."""
    if not earliest or not latest or earliest.year != latest.year:
        return ""
    if earliest == latest:
        return earliest.isoformat()
    if earliest.month == latest.month:
        return f"{earliest:%Y-%m}"
    return f"{earliest:%Y}"


@register.filter(expects_localtime=True)
def source_date(date):
    """Print a date as the source gives it: "mei 2022" stays a month, never its first day.

    A plain day, such as the day of a review, is written in full; of a moment, its day in Brussels.
    """
    if not date:
        return ""
    if isinstance(date, dt.date):
        return format_html('<time datetime="{}">{}</time>', f"{date:%Y-%m-%d}", long_date(date))
    unit = smallest_unit(date.earliest, date.latest)
    if not unit:
        return format_html('<span class="date">{}</span>', date.label)
    return format_html('<time datetime="{}">{}</time>', unit, date.label)


@register.simple_tag
def held(statement):
    """Say when a statement held, where its source says so."""
    if not statement.is_dated:
        return ""
    start, end = (source_date(date) if date else "" for date in (statement.start, statement.end))
    since = format_html("Van {}", start) if start else ""
    until = " tot en met\n" if start else "Tot en met "
    until = format_html("{}{}", until, end) if end else ""
    return format_html('<p class="aside">\n{}{}\n</p>\n', since, until)


@register.simple_tag(takes_context=True)
def dates(context, statement):
    """Say when a statement held, and what the editors remark, where there is any of it.

    On the page of a day it says too why it is not sure that it held then (`doubt`).
    """
    if not (statement.note or statement.doubt):
        return held(statement)
    remarks = [(explained(context, text),) for text in (statement.doubt, statement.note) if text]
    said = format_html_join("", '<p class="aside remark-line">{}</p>\n', remarks)
    return format_html("{}{}", held(statement), said)


def is_whole_year(date):
    first, last = date.earliest, date.latest
    return (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31)


@register.filter
def date_column(date):
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
def role_tile(role, label=""):
    """Print the tile of a role.

    Beside the written role the tile is hidden from assistive technology; where it stands
    alone, give it the name: ``{% role_tile "regie" label="regie" %}``.
    """
    letter = ROLE_LETTERS.get(role, "?")
    if label:
        return format_html('<abbr class="role role-{}" title="{}">{}</abbr>', role, label, letter)
    return format_html('<span class="role role-{}" aria-hidden="true">{}</span>', role, letter)
