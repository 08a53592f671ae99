"""How the lines of a page are printed that it has by the hundred: as strings, without templates.

A template looks up each name and escapes each text by itself, which for the lines of a concept is
most of what its page costs. So a template says what a page is made of, and a function prints the
lines of a part: it takes a `Printer`, and gives HTML. Whatever a `Printer` gives is HTML; any other
text of a record a function escapes itself.
"""

from html import escape
from typing import Any

from eerstelijn.pages.notes import Notes
from eerstelijn.pages.words import Words
from eerstelijn.templatetags import sources, texts


class Printer:
    """Prints texts of one page: with its words explained, and with the numbers of their sources."""

    def __init__(self, context: Any):
        self.context = context
        self.notes: Notes = context["notes"]
        self.words: Words | None = context.get("words")

    @property
    def page(self) -> Any:
        """What the page says, beside the lines of this part."""
        return self.context["page"]

    def text(self, text: object) -> str:
        """A text, with its words explained."""
        return self.words.html(str(text)) if self.words else escape(str(text))

    def name(self, name: object) -> str:
        """A name in a link or heading, where no word is explained."""
        return self.words.html(str(name), is_open=False) if self.words else escape(str(name))

    def linked(self, name: object, url: str) -> str:
        """A name: a link where it has an address, and otherwise a text."""
        return f'<a href="{escape(url)}">{self.name(name)}</a>' if url else self.text(name)

    def said(self, cited: Any, text: object = "") -> str:
        """A text with the numbers of the sources that say it."""
        return self.numbered(cited, self.text(text) if text else "")

    def numbered(self, cited: Any, html: str = "") -> str:
        """HTML with those numbers, before its last closing tags."""
        return sources.with_nodes(self.notes, cited, html)

    def dates(self, row: Any) -> str:
        """When a statement held, and what the editors remark."""
        if not (row.note or row.doubt or row.is_dated):
            return ""
        return texts.dates(self.context, row)

    def margin(self, cited: Any) -> str:
        """The sources beside a block."""
        return sources.margin(self.context, cited)

    def block(self, inside: str, cited: Any) -> str:
        """A block of text with its sources beside it."""
        return f'<div class="block">\n{inside}{self.margin(cited)}</div>\n'


def anchor(row: Any) -> str:
    """The id of a statement, that of its data."""
    return f' id="{row.data_name}-{escape(row.key)}"'


def capital(text: object) -> str:
    """A text that starts a line."""
    said = str(text)
    return said[:1].upper() + said[1:]
