"""The Markdown of editors as safe HTML, with the words of the page marked in it."""

from functools import cache

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
    html = nh3.clean(
        _parser().render(text, {"words": words}),
        tags=set(ALLOWED_TAGS),
        attributes=ALLOWED_ATTRIBUTES,
        allowed_classes=ALLOWED_CLASSES,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    return html.strip()


@cache
def _parser():
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.core.ruler.after("text_join", "words", _mark_words)
    return parser


def _mark_words(state):
    """The rule that marks words: pieces of text become elements, also in a table or list."""
    words = state.env["words"]
    if words is None:
        return
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_with_words(token.children, words))


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
