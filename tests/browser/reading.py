"""Reads a page as a crawler does: its links, what can be linked to in it, and what is inline."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from urllib.parse import urldefrag, urljoin

SILENT = {"script", "style", "template", "title"}
#: These may hold data; whatever else stands in a <script> is code.
DATA = {"application/ld+json", "application/json"}

# A crawl meets a million tags. These find them several times as fast as the parser of Python, which
# is made for markup of strangers; that ours is sound, test_html.py asks a strict one.
TAG = re.compile(
    r"""<(?:!--.*?-->|[!?][^>]*>|(/?)([a-z][^\s/>]*)([^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*)>)""",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"""([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")
#: Of these all attributes are read; of others only when there may be one that matters anywhere.
READ = {"a", "img", "use", "script", "link"}
MAY_MATTER = re.compile(r"\s(?:id|style|on)", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def address(base, reference):
    """Where a reference on a page leads, and the anchor there.

    Nearly all are written from the root of the site: those mean the same on every page, and the
    pages of a crawl hold a hundred thousand.
    """
    return urldefrag(urljoin(base, reference))


@dataclass
class Link:
    """One <a>: where it leads, and what a reader of the screen or of the text hears."""

    url: str
    anchor: str
    text: str = ""


@dataclass
class Page:
    """What a page holds; `url` is its own address."""

    url: str
    status: int
    html: str
    links: list = field(default_factory=list)
    ids: list = field(default_factory=list)
    #: Addresses of styles, scripts and images, and of the same page in other formats.
    files: set = field(default_factory=set)
    alternates: set = field(default_factory=set)
    #: Anchors of this page that drawings refer to.
    drawn: set = field(default_factory=set)
    #: Inline styles, scripts and handlers.
    inline: list = field(default_factory=list)
    text: str = ""

    def __post_init__(self):
        self._open, self._silent, self._said = [], 0, []
        self.site = urljoin(self.url, "/")
        end = 0
        for found in TAG.finditer(self.html):
            self._says(self.html[end : found.start()])
            end = found.end()
            closes, tag, attributes = found.groups()
            if closes:
                self._ends(tag.lower())
            elif tag:
                self._starts(tag.lower(), attributes)
        self._says(self.html[end:])
        self.text = " ".join("".join(self._said).replace("\N{SOFT HYPHEN}", "").split())

    def _starts(self, tag, written):
        if tag in SILENT:
            self._silent += 1
        if tag not in READ and tag != "style" and not MAY_MATTER.search(written):
            return
        attributes = {
            name.lower(): unescape(double or single or bare)
            for name, double, single, bare in ATTRIBUTE.findall(written)
        }
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a" and "href" in attributes:
            self._links_to(attributes)
        if tag == "img" and self._open:
            self._open[-1].text += attributes.get("alt", "")
        if tag == "use":
            drawn = attributes.get("href") or attributes["xlink:href"]
            self.drawn.add(drawn.removeprefix("#"))
        self._notes_files(tag, attributes)
        self._notes_inline(tag, attributes)

    def _links_to(self, attributes):
        reference = attributes["href"]
        is_from_the_root = reference.startswith("/") and not reference.startswith("//")
        url, anchor = address(self.site if is_from_the_root else self.url, reference)
        self.links.append(Link(url, anchor, attributes.get("aria-label", "")))
        self._open.append(self.links[-1])

    def _notes_files(self, tag, attributes):
        if tag in ("script", "img") and "src" in attributes:
            self.files.add(urljoin(self.url, attributes["src"]))
        if tag == "link":
            relation, url = attributes.get("rel"), urljoin(self.url, attributes["href"])
            if relation in ("stylesheet", "icon"):
                self.files.add(url)
            elif relation == "alternate":
                self.alternates.add(url)

    def _notes_inline(self, tag, attributes):
        if tag == "style" or (
            tag == "script" and "src" not in attributes and attributes.get("type") not in DATA
        ):
            self.inline.append(f"<{tag}>")
        self.inline += [
            f"<{tag} {name}>" for name in attributes if name == "style" or name.startswith("on")
        ]

    def _ends(self, tag):
        if tag in SILENT:
            self._silent -= 1
        if tag == "a" and self._open:
            self._open.pop()

    def _says(self, written):
        data = unescape(written)
        if not self._silent:
            self._said.append(data)
        if self._open:  # also the <title> of a link in a drawing: that is its name
            self._open[-1].text += data
