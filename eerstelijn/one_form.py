"""Text in one form: what nobody sees differ is the same, whoever typed or pasted it.

Word, web pages and PDF files bring no-break spaces, soft hyphens, bullets with a tab and letters in
two pieces. Kept so, a name is not found again and a list is no list. Tables that are taken over and
the editors' desk use these two functions; what a reader can see, such as a dash or a curly quote,
stays as it is.
"""

import re
import unicodedata

#: What looks like a hyphen, and is typed as one.
HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
#: Line ends as Word, the web and old files write them.
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
#: A bullet at the start of a line: a sign that is nothing else, or a letter or dash before a tab.
BULLET = re.compile(
    r"^[ \t]*(?:[•‣◦▪▫●○■□∙⁃\u00b7\uf0b7\uf0a7\uf0d8][ \t]*|[o§\-–—*][ ]*\t[ \t]*)(?=\S)",
    re.MULTILINE,
)
#: A number before a tab is how Word pastes a numbered list.
NUMBER = re.compile(r"^[ \t]*(\d{1,3}[.)])[ ]*\t[ \t]*(?=\S)", re.MULTILINE)

SPACES, INVISIBLE, HYPHEN, LETTERS, BULLETS = KINDS = (
    "vaste spaties en tabs",
    "onzichtbare tekens",
    "bijzondere koppeltekens",
    "letters in twee stukken",
    "opsommingstekens",
)


def line(text: str) -> str:
    """A name or another text of one line: single spaces, and no line ends."""
    return " ".join(_plain(text).split())


def text(text: str) -> str:
    """A text of more lines: bullets as “- ”, no spaces at the ends of lines."""
    text = _plain(LINE_ENDS.sub("\n", text))
    text = NUMBER.sub(r"\1 ", BULLET.sub("- ", text)).replace("\t", " ")
    return re.sub(r"[ ]+$", "", text, flags=re.MULTILINE)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(PLAIN))


class Plain(dict[int, int | str | None]):
    """What each sign becomes; looked up once for each, as tables hold a million signs.

    What has no width (zero-width, soft hyphen, marks of direction) and control signs go. NUL stays:
    a form refuses it, and says so.
    """

    def __missing__(self, code: int) -> int | str | None:
        sign = chr(code)
        if _is_invisible(sign):
            self[code] = None
        elif unicodedata.category(sign) == "Zs":
            self[code] = " "
        else:
            self[code] = HYPHENS.get(code, code)
        return self[code]


PLAIN = Plain()


def _is_invisible(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category == "Cf" or (category == "Cc" and sign not in "\n\t\r\v\f\x85\0")


def changes(before: str) -> list[str]:
    """What kinds of signs bringing a text in one form changes, as Dutch words."""
    signs = set(before)
    found = {
        SPACES: any(unicodedata.category(s) == "Zs" and s != " " for s in signs) or "\t" in signs,
        INVISIBLE: any(map(_is_invisible, signs)),
        HYPHEN: not signs.isdisjoint(map(chr, HYPHENS)),
        LETTERS: not unicodedata.is_normalized("NFC", before),
        BULLETS: bool(BULLET.search(_plain(before))),
    }
    return [kind for kind in KINDS if found[kind]]
