"""The words of a Dutch text, in one spelling: small letters, stems, months and brand names."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

import Stemmer

MAX_TOKEN = 60

STOP_WORDS = frozenset(
    """aan al als bij dan dat de den der des deze die dit doet door een en er geen had heb hebben
    heeft het hij hoe hun ik in is je jij jouw kan kun kunnen maar me men met mij mijn moet na naar
    niet nog nu of om onder ons onze ook op over per te tegen ten ter tijdens tot tussen u uit uw
    van vanuit via vind voor waar waarom wanneer wat we wel welk welke werd wie wij word worden
    wordt zal ze zich zij zijn zo zoals""".split()
)
MONTHS = """januari februari maart april mei juni juli augustus september oktober november
    december""".split()
MONTH_NUMBERS = {str(number): month for number, month in enumerate(MONTHS, 1)}
SHORT_MONTHS = {month[:3]: month for month in MONTHS}
SHORT_MONTHS |= {"febr": "februari", "mrt": "maart", "sept": "september"}
SHORT_FORMS = {"vh": "van het", "vd": "van de", "&": "en", "st": "sint"}
SHORT_FORMS |= {"1ste": "eerste", "1e": "eerste", "2de": "tweede", "2e": "tweede", "3de": "derde"}
STEMS = {"kinderen": "kind", "kinder": "kind", "steden": "stad", "leden": "lid", "samen": "samen"}
STEMS |= {"centra": "centrum", "kansen": "kans", "mensen": "mens", "overheid": "overheid"}
STEMS |= {"overheden": "overheid", "overheids": "overheid"}
# Endings that are no word to search for: zorg-zaam, buurt-gericht.
SUFFIXES = {"achtig", "achtige", "gericht", "gerichte", "heid", "lijk", "lijke", "zaam", "zame"}
NO_ACCENT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
HYPHENS, APOSTROPHES = "-\u2010\u2011", "'\u2018\u2019`\u00b4"
#: Signs that stand for an apostrophe and count as letters, or as nothing, elsewhere.
LIKE_APOSTROPHES = "\u02b9\u02bb\u02bc\u02bd\u02be\u02c8\u2032\u201b\u055a\ua78b\ua78c\uff07"
AS_APOSTROPHE = str.maketrans(dict.fromkeys(LIKE_APOSTROPHES, "'"))
MARKS = "\x00\u0300-\u036f\u00ad\u200b-\u200d\u2060"  # loose accents, and what nobody sees

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?|v/[hd](?![^\W_])|&"  # o.c.m.w., v/h
    rf"|[{APOSTROPHES}]s(?![^\W_])"  # gbo's
    rf"|(?:[^\W_\u00b2\u00b3\u00b9\u2070-\u2079][{MARKS}]*)+",  # no footnote numbers
    re.IGNORECASE,
)
PIECE = re.compile(r"\d+(?:ste|de|e)$|1ste(?=lijn)|\d+|\D+?(?<=[a-zà-ÿ])(?=[A-Z])|\D+")
HANGING = re.compile(rf"[{HYPHENS}](?=[\s,/)]|$)")
ENDINGS = (("es", 5), ("isch", 8), ("ie", 8), ("er", 8))  # adres, psychiatrisch, verlener

_porter = Stemmer.Stemmer("dutch_porter")
_turn = Lock()  # a stemmer holds the word that it is at work on


def fold(text: str) -> str:
    """Write a text in small letters and without accents, as most readers type it."""
    if text.isascii() and text.isprintable():  # as most words are
        return text.casefold()
    letters = unicodedata.normalize("NFKD", text.translate(AS_APOSTROPHE).casefold())
    kept = (c for c in letters if unicodedata.category(c) not in ("Mn", "Cf", "Cc"))
    return "".join(kept).translate(NO_ACCENT)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Bring the forms of a folded word together: zone and zones, dakloos and daklozen."""
    if len(word) < 4 or not word.isalpha() or re.fullmatch("..[^aeiou]s", word) or word in STEMS:
        return STEMS.get(word, word)  # kans, gids: the s is their own
    with _turn:
        word = _porter.stemWord(word.removesuffix("s") if word.endswith("es") else word)
    word = re.sub(r"([^aeiou])\1$", r"\1", word)  # plan(nen)
    for ending, shortest in ENDINGS:
        if word.endswith(ending) and len(word) >= shortest:
            word = word.removesuffix(ending)
            break
    word = re.sub(r"(?<=...[^aeiouys])s$", "", word)  # ziekenfonds(en)
    word = re.sub(r"(aa|ee|oo|uu)(?=[^aeiou]$)", lambda pair: pair[0][0], word)  # plaats(en)
    return word[:-1] + {"z": "s", "v": "f"}.get(word[-1], word[-1])


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, or the part of one that a capital, a digit or a hyphen sets off."""

    text: str
    start: int
    end: int
    capitals: int = 0  # at its beginning: 2 for OCMW, 1 for Peer
    glued: bool = False  # to the word before: OverKop-huis
    hanging: bool = False  # waits for its head: dak- en thuisloosheid
    headless: bool = False  # borrows its beginning: gezondheidsbevordering en -zorg

    @property
    def is_content(self) -> bool:
        return self.text not in STOP_WORDS


def read_words(text: str) -> list[Word]:
    """Cut a text into words; brand names, abbreviations and dates come out in one spelling."""
    words: list[Word] = []
    last = -1
    text = text.translate(AS_APOSTROPHE)  # sign for sign: the places of words stay
    for match in WORD.finditer(text):
        start, end = match.span()
        pieces = list(_pieces(match))
        if match[0][0] in APOSTROPHES or not pieces:
            continue
        joined = last + 1 == start and text[last] in HYPHENS + APOSTROPHES + "()"
        joined = joined and not (text[start].isdigit() and text[last - 1].isdigit())
        headless = not joined and start > 0 and text[start - 1] in HYPHENS
        if joined or headless:
            pieces[0] = replace(pieces[0], glued=joined, headless=headless)
        if HANGING.match(text, end):
            pieces[-1] = replace(pieces[-1], hanging=True)
        words += pieces
        last = end
    return _spell_months(words, text)


@lru_cache(maxsize=2_000)
def words_of_name(name: str) -> tuple[Word, ...]:
    """The same of a name. Names stay, and after each change of the index all are read again."""
    return tuple(read_words(name))


def _pieces(match: re.Match[str]) -> Iterator[Word]:
    """Cut 1Gezin1Plan and OverKop where they change, and write short forms out."""
    raw, start = match[0], match.start()
    whole = bool(re.search("[./&]", raw))
    for low, high in [(0, len(raw))] if whole else [m.span() for m in PIECE.finditer(raw)]:
        text = re.sub("[./]", "", fold(raw[low:high]))[:MAX_TOKEN]
        text = text.lstrip("0") or "0" if text.isdigit() and len(text) < 3 else text
        capitals = sum(raw[low : low + length].isupper() for length in (1, 2))
        for number, word in enumerate(SHORT_FORMS.get(text, text).split()):
            glued = low > 0 and number == 0
            yield Word(word, start + low, start + high, capitals, glued)


def _spell_months(words: list[Word], text: str) -> list[Word]:
    """Name the month in 9/2/2018, 2018-02-09 and 9 feb. 2018."""
    for i in range(1, len(words) - 1):
        before, word, after = words[i - 1 : i + 2]
        if {len(before.text), len(after.text)} > {4} and (before.text + after.text).isdigit():
            gaps = text[before.end : word.start] + text[word.end : after.start]
            names = SHORT_MONTHS | (MONTH_NUMBERS if gaps in ("--", "//", "..") else {})
            words[i] = replace(word, text=names.get(word.text, word.text))
    return words
