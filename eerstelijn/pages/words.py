"""The words of one page: hard ones get an explanation, foreign ones their language.

A word or abbreviation is explained where it first stands: there it is a link to the list
"Woorden op deze pagina", and from the list a link leads back. That works with a keyboard,
by touch and with a screen reader, on paper and without JavaScript; site.js only opens the
explanation beside the word instead.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from html import escape
from operator import itemgetter

PIECE = re.compile(r"[\w-]+")
#: A name of two short parts, with a capital or a digit: longer ones may need to break.
HYPHENED = re.compile(r"(?<![\w&-])(?=[\w]*[A-Z0-9])\w{1,9}-\w{1,8}(?![\w-])")
#: How much of a definition fits beside a text; the whole of it has a page of its own.
LONGEST = 220


@dataclass(frozen=True)
class Word:
    """A word with its explanation in a sentence or two, and the page that says more.

    A name in another language has a language only, and no address.
    """

    text: str
    forms: tuple
    definition: str = ""
    url: str = ""
    language: str = ""

    @cached_property
    def explanation(self):
        """The beginning of the definition, in whole sentences."""
        paragraph = self.definition.strip().partition("\n")[0]
        sentences = re.split(r"(?<=[.!?]) (?=[A-Z‘“])", paragraph)
        text = ""
        for sentence in sentences:
            if sentence.endswith(":") or len(text) + len(sentence) > LONGEST:
                break
            text = f"{text} {sentence}".strip()
        return text or sentences[0].rstrip(":")


@dataclass
class Found:
    """A word that the page uses, with the anchors of its explanation and of its first use."""

    word: Word
    number: int
    is_marked: bool = False

    @property
    def id(self):
        return f"w{self.number}"


def unbroken(text):
    """A plain text as HTML, its names with a hyphen kept on one line: LIVC-R, OverKop-huizen."""
    return HYPHENED.sub(r'<span class="unbroken">\g<0></span>', escape(text))


def forms_of(form):
    """A form with its plurals: zorgraad, zorgraden."""
    plurals = {form, f"{form}s", f"{form}e", f"{form}en", f"{form}n"}
    return plurals | {f"{form[:-2]}den"} if form.endswith("aad") else plurals


class Known(list):
    """Words that can be explained; made once for many pages, it is looked through once."""

    @cached_property
    def index(self):
        """Forms by their first piece, the longest first: lists of (length, form, its signs, word).

        Signs may stand before the first piece: “Zorg”, (G)GBO. A form of signs only has nothing to
        look it up by, and is not explained.
        """
        index = defaultdict(list)
        for word in self:
            for form in word.forms:
                for written in forms_of(form):
                    if first := PIECE.search(written):
                        entry = (len(written), written, first.start(), word)
                        index[first[0].lower()].append(entry)
        for entries in index.values():
            entries.sort(key=itemgetter(0), reverse=True)
        return dict(index)


class Words:
    """Marks words in the order in which a page prints them; put one in the context as ``words``.

    `known` are the words that can be explained; the page at `path` does not explain what it is
    about.
    """

    def __init__(self, known, path=""):
        self.path = path
        self.found = {}
        self.index = (known if isinstance(known, Known) else Known(known)).index

    @property
    def explained(self):
        """The words for the list: those marked, and abbreviations that only stand in links."""
        found = [row for row in self.found.values() if row.is_marked or row.word.text.isupper()]
        return sorted(found, key=lambda row: row.word.text.lower())

    def html(self, text, *, is_open=True):
        """A plain text as HTML, with its words marked and all else escaped."""
        said = escape if is_open else unbroken
        return "".join(
            element(tag, attributes, escape(piece)) if tag else said(piece)
            for piece, tag, attributes in self.marked(text, is_open=is_open)
        )

    def marked(self, text, *, is_open):
        """A text in stretches, as (text, tag, attributes): its words are in an element.

        No explanation starts where the text is not open: in a link or a heading.
        """
        # Of a thousand pieces a few begin a word: the others are passed by without a step.
        known = map(self.index.get, map(str.lower, PIECE.findall(text)))
        stretches, at = [], 0
        for piece, entries in zip(PIECE.finditer(text), known, strict=True):
            if entries is None or piece.start() < at:
                continue
            start, written, word = _longest(text, at, piece.start(), entries)
            if element := self._around(word, is_open):
                if start > at:
                    stretches.append((text[at:start], "", {}))
                stretches.append((written, *element))
                at = start + len(written)
        if at < len(text):
            stretches.append((text[at:], "", {}))
        return stretches

    def _around(self, word, is_open):
        """The element around a word, as (tag, attributes); None where it stands as it is."""
        if word is None:
            return None
        language = {"lang": word.language} if word.language else {}
        if word.url and word.url != self.path:
            found = self.found.setdefault(word, Found(word, len(self.found) + 1))
            if is_open and not found.is_marked:
                found.is_marked = True
                link = {"class": "term", "id": f"t{found.number}", "href": f"#{found.id}"}
                return "a", link | language
        return ("span", language) if language else None


def element(tag, attributes, html):
    """An element around HTML."""
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{said}>{html}</{tag}>"


def _longest(text, at, first, entries):
    """The longest known form with its first piece here: (where it starts, as written, word).

    A form in lower case may start a sentence.
    """
    for length, form, signs, word in entries:
        start, end = first - signs, first - signs + length
        if start < at or PIECE.match(text, end):
            continue
        written = text[start:end]
        if written == form or (form.islower() and written[:1].lower() + written[1:] == form):
            return start, written, word
    return first, "", None
