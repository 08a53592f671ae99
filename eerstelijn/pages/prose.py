"""The Markdown of editors as safe HTML, with the words of the page marked in it.

What a text becomes rests on the text alone, so a process keeps it cut up in tags and texts; only
its words are marked anew for each page.
"""

import re
from functools import cache, lru_cache
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt

from eerstelijn.pages.words import element
from eerstelijn.webaddress import SCHEMES

# No headings: they would break the outline of the page around the text.
ALLOWED_TAGS = frozenset("a blockquote br em li ol p strong table tbody td th thead tr ul".split())
ALLOWED_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
#: A tag in HTML that is clean, where every attribute stands in double quotes.
TAG = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')


def to_html(text, words=None):
    """Markdown as HTML that is clean; `words` are those of the page (`Words`), if it has any."""
    pieces = _cleaned(text)
    return "".join(pieces if words is None else _with_words(pieces, words))


@cache
def _parser():
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=512)
def _cleaned(text):
    """A text as clean HTML: texts and tags in turn. Most passages outlive many publications."""
    html = nh3.clean(
        _parser().render(text),
        tags=set(ALLOWED_TAGS),
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    return tuple(TAG.split(html.strip()))


def _with_words(pieces, words):
    """The same with its words as elements, also in a table or list; a link explains none."""
    links = 0
    for place, piece in enumerate(pieces):
        if place % 2:
            links += piece.startswith(("<a ", "<a>")) - (piece == "</a>")
        elif piece:
            stretches = words.marked(unescape(piece), is_open=not links)
            if len(stretches) > 1 or stretches[0][1]:
                piece = "".join(_written(*stretch) for stretch in stretches)
        yield piece


def _written(text, tag, attributes):
    """A stretch of text; what stands in no element is written as its cleaner does."""
    html = escape(text, quote=False).replace("\N{NO-BREAK SPACE}", "&nbsp;")
    return element(tag, attributes, html) if tag else html
