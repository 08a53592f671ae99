"""The numbered nodes that tie a statement to its source.

They read a ``notes`` object (``eerstelijn.pages.notes.Notes``) from the context, so that a
page numbers its sources in the order in which a reader meets them.
"""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from eerstelijn.context import report_address
from eerstelijn.templatetags.texts import explained

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
    entries = [(entry.number, anchor, entry.url) for entry, anchor in map(notes.use, citations)]
    first, rest = (
        format_html_join(
            "", '<a class="node" id="{1}" href="{2}" aria-label="bron {0}">{0}</a>', some
        )
        for some in (entries[:KEPT_TOGETHER], entries[KEPT_TOGETHER:])
    )
    return format_html('<span class="nodes">{}{}</span>{}', JOINER, first, rest)


@register.simple_tag
def report_url(about, place):
    """Where a reader says that something is not right at a place of a page."""
    return report_address(about, place)


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
    text = conditional_escape(text)
    citations = citations_of(statement)
    if not citations:
        return text
    end = end_of_text(text)
    return format_html(
        "{}{}{}",
        mark_safe(text[:end]),  # noqa: S308 -- escaped above, or marked safe by its maker
        nodes(context["notes"], citations),
        mark_safe(text[end:]),  # noqa: S308 -- closing tags only
    )


@register.simple_tag(takes_context=True)
def notes(context, statements):
    """Return the numbered entries behind some statements, for the notes in the margin.

    ``{% notes statements as entries %}``. It numbers what the text did not number yet,
    but does not count as a use: "terug" leads to the text.
    """
    entries = {
        entry.number: entry for entry in map(context["notes"].entry, citations_of(statements))
    }
    return [entries[number] for number in sorted(entries)]
