"""A place in a source as an editor types it: "2.1.1 Sociaal Huis, voetnoot 3, p. 9".

It is read the way the site prints it: the number of the section, what stands above it, and at the
end a footnote and a page, in any order. A heading that begins with a number stands between quotes.
"""

import re
from dataclasses import dataclass

_END = re.compile(
    r"(?:^|,\s*|\s)(?:"
    r"(?:voetnoot|noot)\s*(?P<footnote>\d{1,4})"
    r"|(?:(?:begint\s+)?op\s+)?(?:p\.|blz\.?|pagina|bladzijde)\s*(?P<page>\d{1,4})"
    r")\.?$",
    re.IGNORECASE | re.ASCII,
)
_SECTION = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,5})\.?(?:,?\s+|$)", re.ASCII)
_QUOTES = re.compile(r"[\"“”„«](.*)[\"“”»]")


@dataclass(frozen=True)
class TypedPlace:
    """What was understood of it; each part as the place keeps it."""

    section: str = ""
    heading: str = ""
    footnote: int | None = None
    page: int | None = None

    @property
    def in_words(self) -> str:
        """What is kept where, for the one who typed it."""
        parts = (
            self.section and f"rubriek {self.section}",
            self.heading and f"tussentitel of blok “{self.heading}”",
            self.footnote and f"voetnoot {self.footnote}",
            self.page and f"begint op p. {self.page}",
        )
        return ", ".join(filter(None, parts))


def read(text: str) -> TypedPlace:
    """The parts of a place in one line of text; what is no number or note is its heading."""
    rest, found = text.strip(" ,;"), {}
    while match := _END.search(rest):
        name = "footnote" if match["footnote"] else "page"
        if name in found:
            break
        found[name] = int(match[name])
        rest = rest[: match.start()].strip(" ,;")
    section = _SECTION.match(rest)
    if section:
        rest = rest[section.end() :].strip(" ,;")
    quoted = _QUOTES.fullmatch(rest)
    return TypedPlace(section[1] if section else "", quoted[1].strip() if quoted else rest, **found)
