"""Words of the page: foreign ones get their language, and hard ones an explanation.

A word or abbreviation is explained where it first stands: there it is a link to the list
"Woorden op deze pagina", and from the list a link leads back. That works with a keyboard,
by touch and with a screen reader, on paper and without JavaScript; site.js only opens the
explanation beside the word instead.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from concepts.search.glossary import words

register = template.Library()

#: Names in another language. Terms of the glossary bring their own language.
FOREIGN = {
    "Family Justice Centers": "en",
    "Family Justice Center": "en",
    "General Data Protection Regulation": "en",
    "data protection officer": "en",
}
#: Where the list of words comes; replaced when the page around it is known.
PLACE = "<!--woorden-->"
#: No explanation starts in these: they are links or headings.
CLOSED = frozenset("a button summary label select textarea h1 h2 h3 h4 dt nav svg".split())
#: And these name places in the sources, or repeat what stands elsewhere: nobody reads them
#: from the top to the end.
ASIDE = re.compile(r'class="[^"]*\b(?:margin-notes|sources|kicker|crumbs|print-only)\b')
#: And no markup at all may stand in these.
RAW = frozenset("svg script style title option textarea".split())
#: A tag. HTML allows a ">" in a quoted attribute, and not everything that makes HTML escapes it.
TOKEN = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>"]*(?:"[^"]*"[^>"]*)*)>')

PIECE = re.compile(r"[\w-]+")
#: A piece of HTML text: a character that is written as a name or number holds no word.
PIECE_OF_HTML = re.compile(r"&#?\w+;|[\w-]+")
FOREIGN_NAME = re.compile(f"({'|'.join(map(re.escape, FOREIGN))})")


@dataclass
class Found:
    """A word that the page uses, with the anchors of its explanation and of its first use."""

    word: object
    number: int
    is_marked: bool = False

    @property
    def id(self):
        return f"w{self.number}"


def forms_of(form):
    """A form with its plurals: zorgraad, zorgraden."""
    plurals = {form + ending for ending in ("s", "e", "en", "n")}
    return {form, *plurals, f"{form[:-2]}den"} if form.endswith("aad") else {form, *plurals}


class Marker:
    """Marks the words of one page. `known` are the words that can be explained."""

    def __init__(self, known=(), path=""):
        self.path = path
        self.found = {}
        self.index = defaultdict(list)
        for form, language in FOREIGN.items():
            self._learn(form, None, language)
        for word in known:
            for form in word.forms:
                for written in forms_of(form):
                    self._learn(written, word, word.language)
        for entries in self.index.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _learn(self, written, word, language):
        """Index a form by its first piece, with what stands before that: “Zorg”, (G)GBO.

        Quotes stand in a page as templates escape them, or as Markdown leaves them. A form of signs
        only has nothing to look it up by, and is not explained.
        """
        first = PIECE.search(written)
        if not first:
            return
        before = written[: first.start()]
        for quote in {"'" in written or '"' in written, False}:
            entry = (escape(written, quote), len(escape(before, quote)), word, language)
            self.index[first[0].lower()].append(entry)

    def mark(self, html):
        """The page with its words marked."""
        parts, at, aside, closed, raw = [], 0, None, None, None
        for token in TOKEN.finditer(html):
            text = html[at : token.start()]
            parts.append(text if raw or aside else self.mark_text(text, is_open=not closed))
            parts.append(token[0])
            at = token.end()
            name = token[2].lower()
            aside = follow(aside, token, ASIDE.search(token[3]))
            closed = follow(closed, token, name in CLOSED)
            raw = follow(raw, token, name in RAW)
        return "".join([*parts, html[at:]])

    @property
    def explained(self):
        """The words for the list: those marked, and abbreviations that only stand in links."""
        found = [row for row in self.found.values() if row.is_marked or row.word.text.isupper()]
        return sorted(found, key=lambda row: row.word.text.lower())

    def mark_text(self, text, *, is_open):
        parts, at = [], 0
        for piece in PIECE_OF_HTML.finditer(text):
            entries = self.index.get(piece[0].lower())
            if not entries or piece.start() < at:
                continue
            start, written, word, language = self._longest(text, at, piece.start(), entries)
            if not written:
                continue
            marked = self._marked(written, word, language, is_open)
            if marked != written:
                parts += [text[at:start], marked]
                at = start + len(written)
        return "".join([*parts, text[at:]])

    @staticmethod
    def _longest(text, at, first, entries):
        """The longest known form with its first piece here, and where in the text it starts.

        A form in lower case may start a sentence.
        """
        for form, before, word, language in entries:
            start, end = first - before, first - before + len(form)
            if start < at or PIECE.match(text, end):
                continue
            written = text[start:end]
            if written == form or (form.islower() and written[:1].lower() + written[1:] == form):
                return start, written, word, language
        return first, "", None, ""

    def _marked(self, written, word, language, is_open):
        if word and word.url != self.path:
            found = self.found.setdefault(word, Found(word, len(self.found) + 1))
            if is_open and not found.is_marked:
                found.is_marked = True
                return link(found, written)
        return f'<span lang="{escape(language)}">{written}</span>' if language else written


def follow(inside, token, is_start):
    """Keep count of an element that we are inside of: None, or (its name, how deep)."""
    closes, name = bool(token[1]), token[2].lower()
    if inside is None:
        return (name, 1) if is_start and not closes and not token[3].endswith("/") else None
    opened, depth = inside
    if name != opened or token[3].endswith("/"):
        return inside
    depth += -1 if closes else 1
    return (opened, depth) if depth else None


def link(found, written):
    language = f' lang="{escape(found.word.language)}"' if found.word.language else ""
    return f'<a class="term" id="t{found.number}" href="#{found.id}"{language}>{written}</a>'


class Words(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        html = self.nodelist.render(context)
        request = context.get("request")
        if PLACE not in html:
            return Marker().mark(html)
        marker = Marker(words(), getattr(request, "path", ""))
        html = marker.mark(html)
        found = marker.explained
        section = render_to_string("includes/_words.html", {"words": found}) if found else ""
        return html.replace(PLACE, section)


@register.tag
def woorden(parser, token):
    """Mark the words of everything up to ``{% endwoorden %}``.

    Words are explained where ``{% woordenlijst %}`` stands in it; without a list, only
    foreign words are marked.
    """
    nodelist = parser.parse(("endwoorden",))
    parser.delete_first_token()
    return Words(nodelist)


@register.simple_tag
def woordenlijst():
    """Print the words of this page with their explanation; only inside ``{% woorden %}``."""
    return mark_safe(PLACE)  # noqa: S308


@register.filter
def talig(text):
    """Mark the foreign words in a name: for pages that explain no words."""

    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span lang="{}">{}</span>', FOREIGN[part], part),)
            if part in FOREIGN
            else (part,)
            for part in FOREIGN_NAME.split(str(text))
        ),
    )
