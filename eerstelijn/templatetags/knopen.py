"""The numbered nodes that tie a statement to its source.

They read a ``notes`` object (``eerstelijn.notes.Notes``) from the context, so that a
page numbers its sources in the order in which a reader meets them.
"""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()

# Joins the node to the word before it: a plain no-break space does not, because
# browsers allow a break between it and an inline block.
JOINER = mark_safe("&#8288;")

# The last word of a text, or of the last block of an HTML fragment, and the closing
# tags after it. A link that ends there is part of the word: no link may stand in another.
LAST_WORD = re.compile(r"(?P<word>[^\s<>]+(?:</a>)?)(?P<rest>(?:\s*</[a-z0-9]+>)*\s*)$")


def citations_of(cited):
    """Return the citations of a statement, of a claim, or of several of them, once each."""
    if not cited:
        return []
    if hasattr(cited, "citations"):
        return list(cited.citations.all())
    if hasattr(cited, "citation"):
        return [cited.citation] if cited.citation else []
    if hasattr(cited, "source"):
        return [cited]
    unique = {citation.pk: citation for part in cited for citation in citations_of(part)}
    return list(unique.values())


def nodes(notes, citations):
    return format_html_join(
        JOINER,
        '<a class="node" id="{1}" href="#b{0}" aria-label="bron {0}">{0}</a>',
        ((entry.number, anchor) for entry, anchor in map(notes.use, citations)),
    )


@register.simple_tag(takes_context=True)
def bronnen(context, uitspraak, tekst=""):
    """Print the source numbers of a statement (or a list of statements).

    ``{{ title }}{% bronnen milestone %}`` prints the nodes only. With a text the nodes
    are tied to its last word, so that none of them falls alone on a line:
    ``{% bronnen passage passage.text|markdown %}``.
    """
    citations = citations_of(uitspraak)
    text = conditional_escape(tekst)
    if not citations:
        return text
    numbers = nodes(context["notes"], citations)
    found = LAST_WORD.search(text) if text else None
    if not found or found["word"].endswith("</a>"):
        # Nothing to tie to, or a link: the nodes come after it, before the closing tags.
        end = found.start("rest") if found else len(text)
        return format_html(
            '{}{}<span class="nodes">{}</span>{}',
            mark_safe(text[:end]),  # noqa: S308 -- escaped or marked safe above
            JOINER,
            numbers,
            mark_safe(text[end:]),  # noqa: S308
        )
    return format_html(
        '{}<span class="glue">{}<span class="nodes">{}</span></span>{}',
        mark_safe(text[: found.start()]),  # noqa: S308
        mark_safe(found["word"]),  # noqa: S308
        numbers,
        mark_safe(found["rest"]),  # noqa: S308
    )


@register.simple_tag(takes_context=True)
def noten(context, uitspraken):
    """Return the numbered entries behind some statements, for the notes in the margin.

    ``{% noten statements as entries %}``. It numbers what the text did not number yet,
    but does not count as a use: "terug" leads to the text.
    """
    entries = {
        entry.number: entry for entry in map(context["notes"].entry, citations_of(uitspraken))
    }
    return [entries[number] for number in sorted(entries)]
