"""The numbered nodes that tie a statement to its source.

They read a ``notes`` object (``eerstelijn.pages.notes.Notes``) from the context, so that a
page numbers its sources in the order in which a reader meets them. They are written as strings: a
page has hundreds, and by a template they were a third of what it costs.
"""

import re
from functools import lru_cache
from html import escape

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from eerstelijn.context import report_address
from eerstelijn.templatetags.texts import explained, together

register = template.Library()

# A word joiner in front of the nodes, inside their own unbreakable span: without it a node
# may fall alone on the next line, because browsers allow a break before an inline box.
JOINER = "\N{WORD JOINER}"

# A closing tag at the end of an HTML fragment. The nodes stand before these, in the last
# paragraph or list item; but after a link, since no link may stand in another, and after a word in
# another language.
CLOSING = re.compile(r"</(?!a>|span>)[a-z0-9]+>")


def end_of_text(html):
    """Where a fragment ends, apart from its last closing tags and the white space around them."""
    end = len(html.rstrip())
    while (start := html.rfind("</", 0, end)) >= 0 and CLOSING.fullmatch(html, start, end):
        end = len(html[:start].rstrip())
    return end


def citations_of(cited):
    """Return the citations of a statement, of a claim, or of several of them, once each."""
    if not cited:
        return []
    fetched = getattr(cited, "_prefetched_objects_cache", {}).get("citations")
    if fetched is not None:
        return list(fetched)
    if (places := getattr(cited, "citations", None)) is not None:  # each asking makes a manager
        return list(places.all())
    if hasattr(cited, "citation"):
        return [cited.citation] if cited.citation else []
    if hasattr(cited, "source"):
        return [cited]
    unique = {citation.pk: citation for part in cited for citation in citations_of(part)}
    return list(unique.values())


# A statement with a dozen sources must still fit a phone: only the first few stay together.
KEPT_TOGETHER = 3


def nodes(notes, citations):
    links = [
        f'<a class="node" id="{anchor}" href="{escape(entry.url)}"'
        f' aria-label="bron {entry.number}">{entry.number}</a>'
        for entry, anchor in map(notes.use, citations)
    ]
    first, rest = "".join(links[:KEPT_TOGETHER]), "".join(links[KEPT_TOGETHER:])
    return f'<span class="nodes">{JOINER}{first}</span>{rest}'


@register.simple_tag(takes_context=True)
def sources(context, statement, text=""):
    """Print the source numbers of a statement (or a list of statements).

    ``{{ title }}{% sources milestone %}``, without a space between them: the nodes stay
    with the last word. A text, or the HTML of a Markdown text, goes along as an argument,
    so that the nodes come inside its last paragraph or list item:
    ``{% sources passage passage.text|markdown:words %}``. Words of a text are explained.
    """
    if not hasattr(text, "__html__"):
        text = explained(context, text)
    # Escaped here, or marked safe by its maker; numbers and anchors of ours, escaped addresses.
    return mark_safe(with_nodes(context["notes"], statement, conditional_escape(text)))  # noqa: S308


def with_nodes(notes, cited, html):
    """HTML with the numbers of what it cites, before its last closing tags."""
    if not (citations := citations_of(cited)):
        return html
    end = end_of_text(html)
    return f"{html[:end]}{nodes(notes, citations)}{html[end:]}"


@register.simple_tag
def anchor(statement):
    """Print the id of a statement, that of its data: ``<li{% anchor row %}>``.

    What a page says of the statements of others has no place on it.
    """
    return format_html(' id="{}-{}"', statement.data_name, statement.key)


@register.simple_tag(takes_context=True)
def margin(context, statements):
    """Print the sources of one block, beside it in the margin (below it on small screens).

    ``{% margin part.statements %}``, of a statement or a list of them, in a ``<div class="block">``
    with the text. It numbers what the text did not number yet. Sources that stand beside the block
    above are not said again. On a page that says what it is `about`, whose chapters are each in
    `section`, a reader can report something here.
    """
    notes, about = context["notes"], context.get("about")
    entries = {entry.number: entry for entry in map(notes.entry, citations_of(statements))}
    if not entries:
        return ""
    report = _report_line(about, context["section"].id, notes) if about else ""
    lines = ""
    if (numbers := sorted(entries)) != notes.beside:
        notes.beside = numbers
        said = "".join(_margin_line(entries[number]) for number in numbers)
        lines = f'<ul class="note-list">\n{said}</ul>\n'
    if not (lines or report):
        return ""
    return mark_safe(  # noqa: S308 -- each text in a line is escaped
        '<div class="margin-notes" role="note" aria-label="Bronnen bij dit stuk">\n'
        f"{lines}{report}</div>\n"
    )


@lru_cache(maxsize=4096)
def _whole(place):
    """A place in words, its pieces kept on one line. It comes back on many pages: remembered."""
    return str(together(place))


def _report_line(about, chapter, notes):
    """Where a reader says that something is not right: once in a chapter."""
    if chapter in notes.reportable:
        return ""
    notes.reportable.add(chapter)
    url = report_address(about, chapter)
    link = f'<a href="{escape(url)}" rel="nofollow">Klopt dit niet?</a>'
    return f'<p class="report-line on-screen">{link}</p>\n'


def _margin_line(entry):
    number, citation = entry.number, entry.citation
    if not entry.margin_line:  # a page has it beside each block that cites the place
        entry.margin_line = (
            f'<li>\n<span class="node" aria-hidden="true">{number}</span>\n'
            f'<span><a href="{escape(entry.url)}"><span class="visually-hidden">Bron {number}:\n'
            f"</span>{escape(citation.source.short_title)}, {_whole(citation.place)}</a></span>\n"
            "</li>\n"
        )
    return entry.margin_line


@register.simple_tag(takes_context=True)
def source_list(context):
    """Print the numbered sources of the page.

    Last on the page, because the numbers are given while the page above is printed.
    """
    lines = "".join(map(_source_line, context["notes"]))
    return mark_safe(f'<ol class="sources">\n{lines}</ol>\n')  # noqa: S308 -- as in a margin


def _source_line(entry):
    number, citation = entry.number, entry.citation
    return (
        f'<li id="b{number}" tabindex="-1">\n<span class="node" aria-hidden="true">{number}</span> '
        f'<span><span class="visually-hidden">Bron {number}: </span>\n'
        f'<a href="{escape(entry.url)}"><b>{escape(citation.source.short_title)}</b>,\n'
        f"{_whole(citation.location)}</a>{_page(citation)}{_kept_copy(citation)}</span>\n</li>\n"
    )


def _page(citation):
    """Where in the document the place is, with a link to that page of a PDF."""
    if not citation.page:
        return ""
    said = f",\n{_whole(citation.page_in_words)}"
    if not (url := citation.page_url):
        return said
    return f'{said}\n<a class="on-screen" href="{escape(url)}">(pdf, blad\n{citation.page})</a>'


def _kept_copy(citation):
    """Where a web archive keeps the source, if we know of one."""
    url = citation.source.archived_link
    return f'\n<a class="on-screen" href="{escape(url)}">(bewaarde kopie)</a>' if url else ""
