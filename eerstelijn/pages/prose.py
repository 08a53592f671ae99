"""The Markdown of editors as safe HTML, with the words of the page marked in it."""

from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from eerstelijn.webaddress import SCHEMES

# No headings: they would break the outline of the page around the text.
ALLOWED_TAGS = frozenset(
    "a blockquote br em li ol p span strong table tbody td th thead tr ul".split()
)
#: An id and a span come from the words of the page: nothing in Markdown gives them.
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title", "hreflang", "lang", "id"},
    "ol": {"start"},
    "span": {"lang"},
}
ALLOWED_CLASSES = {"a": {"term"}}


def to_html(text, words=None):
    """Markdown as HTML that is clean; `words` are those of the page (`Words`), if it has any."""
    tokens = _read(text)
    if words is not None:
        tokens = [_marked(token, words) if token.type == "inline" else token for token in tokens]
    parser = _parser()
    html = nh3.clean(
        parser.renderer.render(tokens, parser.options, {}),
        tags=set(ALLOWED_TAGS),
        attributes=ALLOWED_ATTRIBUTES,
        allowed_classes=ALLOWED_CLASSES,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    return html.strip()


@cache
def _parser():
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=512)
def _read(text):
    """The tokens of a text; nobody changes them. Most passages outlive many publications."""
    return tuple(_parser().parse(text))


def _marked(token, words):
    """A piece of running text with its words as elements, also in a table or list."""
    return token.copy(children=list(_with_words(token.children, words)))


def _with_words(tokens, words):
    links = 0
    for token in tokens:
        links += token.nesting if token.tag == "a" else 0
        if token.type != "text":
            yield token
            continue
        for text, tag, attributes in words.marked(token.content, is_open=not links):
            inner = Token("text", "", 0, content=text)
            if tag:
                yield Token(f"{tag}_open", tag, 1, attrs=attributes)
                yield inner
                yield Token(f"{tag}_close", tag, -1)
            else:
                yield inner
