"""Text analysis for the site's search: what Dutch policy text and a reader's words have in common.

Texts become plain tokens in a `tsvector`; a query goes through the same analysis and becomes a
`tsquery`. Cast both literals (`%s::tsvector`, `%s::tsquery`): the tokens are final, and a text
search configuration would cut them again. What editors keep as rows (other names, abbreviations,
parts of compounds) is given to an `Analyser`; this module only knows the language.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, islice

import snowballstemmer

Group = tuple[str, ...]  # tokens that must all be there; "zorg*" is any token that starts so
Clause = tuple[Group, ...]  # groups of which one is enough

MAX_QUERY_LENGTH, MAX_QUERY_WORDS, MAX_TOKEN = 400, 32, 60
MAX_COMPOUND, MIN_UNKNOWN = 45, 5  # letters of a compound, and of its part that nobody listed
MIN_OPENING = 6  # letters by which an unknown word may find words that begin so
MAX_JOIN, MAX_ALIAS = 4, 12  # words that readers write apart, and words of a name
MAX_POSITION = 16383  # of a tsvector

STOP_WORDS = frozenset(
    """aan al als bij dan dat de den der des deze die dit doet door een en er geen had heb hebben
    heeft het hij hoe hun ik in is je jij jouw kan kun kunnen maar me men met mij mijn moet na naar
    niet nog nu of om onder ons onze ook op over per te tegen ten ter tijdens tot tussen u uit uw
    van vanuit via vind voor waar waarom wanneer wat we wel welk welke werd wie wij word worden
    wordt zal ze zich zij zijn zo zoals""".split()
)
MONTHS = """januari februari maart april mei juni juli augustus september oktober november
    december""".split()
MONTH = "|".join(MONTHS)
DATE = re.compile(rf"(?:(\d\d?) )?({MONTH}) (\d{{4}})|(\d{{4}}) ({MONTH}) (\d\d?)")
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

_porter = snowballstemmer.stemmer("dutch_porter")


def fold(text: str) -> str:
    """Write a text in small letters and without accents, as most readers type it."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in letters if unicodedata.category(c) not in ("Mn", "Cf", "Cc"))
    return "".join(kept).translate(NO_ACCENT)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Bring the forms of a folded word together: zone and zones, dakloos and daklozen."""
    if len(word) < 4 or not word.isalpha() or re.fullmatch("..[^aeiou]s", word) or word in STEMS:
        return STEMS.get(word, word)  # kans, gids: the s is their own
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
    for match in WORD.finditer(text):
        start, end = match.span()
        pieces = list(_pieces(match))
        if match[0][0] in APOSTROPHES or not pieces:
            continue
        joined = last + 1 == start and text[last] in HYPHENS + APOSTROPHES + "()"
        joined = joined and not (text[start].isdigit() and text[last - 1].isdigit())
        headless = not joined and start > 0 and text[start - 1] in HYPHENS
        pieces[0] = replace(pieces[0], glued=joined, headless=headless)
        pieces[-1] = replace(pieces[-1], hanging=bool(HANGING.match(text, end)))
        words += pieces
        last = end
    return _spell_months(words, text)


def _pieces(match: re.Match) -> Iterator[Word]:
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


class Compounds:
    """The parts that compounds of the field are made of, and how to find them in a word."""

    def __init__(self, parts: Iterable[str]):
        folded = sorted({fold(part).strip() for part in parts})
        self.forms = {form: part for part in folded if len(part) > 2 for form in _forms(part)}
        self.forms |= {part: part for part in self.forms.values()}
        self._longest = max(map(len, self.forms), default=0)
        self.split = lru_cache(maxsize=20_000)(self._split)

    def _split(self, word: str) -> Group:
        """Cut a word into the fewest known parts, as written: eerstelijns, zones."""
        if not 6 <= len(word) <= MAX_COMPOUND or not word.isalpha():
            return ()
        best: list[Group | None] = [None] * len(word) + [()]
        for start in range(len(word) - 3, -1, -1):
            for end in range(start + 3, min(len(word), start + self._longest) + 1):
                segment, rest = word[start:end], best[end]
                ending = start > 0 and end == len(word) and segment in SUFFIXES
                if rest is None or segment == word or not (ending or segment in self.forms):
                    continue
                if best[start] is None or len(rest) < len(best[start]):
                    best[start] = (segment, *rest)
        return best[0] or (() if word in self.forms else self._split_partly(word, best))

    def _split_partly(self, word: str, best: list[Group | None]) -> Group:
        """Cut a word at its longest known end, or else beginning: radicaliserings, proces."""
        for start in range(MIN_UNKNOWN, len(word) - 3):
            if best[start] and best[start][0] in self.forms:
                return (word[:start], *best[start])
        ends = range(len(word) - MIN_UNKNOWN, 3, -1)
        return next(((word[:end], word[end:]) for end in ends if word[:end] in self.forms), ())

    def base(self, segment: str) -> str:
        """Give the word behind a segment: zorgraden is zorg and raad."""
        return self.forms.get(segment) or re.sub("(?<=ing)s$", "", segment)

    def smallest(self, word: str) -> Iterator[str]:
        """Yield the stems of the smallest parts of a word; the word itself if it has none."""
        segments = self.split(word)
        if not segments and word not in SUFFIXES:
            yield stem(self.base(word))
        for segment in segments:
            yield from self.smallest(segment)

    def inside(self, word: str) -> list[str]:
        """Give the parts of a compound and runs of them, without linking letters: jeugdhulp."""
        segments = self.split(word)
        large = [stem(self.base(segment)) for segment in segments if segment not in SUFFIXES]
        small = list(self.smallest(word)) if segments else []
        runs = combinations(range(len(small) + 1), 2)
        return [*large, *("".join(small[start:end]) for start, end in runs)]


def _forms(part: str) -> Iterator[str]:
    """Yield the forms that a part takes inside or at the end of a compound."""
    yield from (part + ending for ending in ("", "s", "e", "en", "es", "n"))
    if re.search("(?:^|[^aeiou])[aeiou][^aeiouwxy]$", part):
        yield from (part + part[-1] + ending for ending in ("e", "en"))  # plan: plannen
    if re.search("[aeiou]{2}[^aeiou]$", part):
        short = re.sub(r"([aeou])\1(.)$", r"\1\2", part)
        short = short[:-1] + {"s": "z", "f": "v"}.get(short[-1], short[-1])
        yield from (short + ending for ending in ("e", "en", "es"))  # raad, huis: raden, huizen


class Analyser:
    """Turns texts into tokens and queries into clauses, with the other names and parts of today."""

    def __init__(self, aliases: Iterable[tuple[str, str]] = (), word_parts: Iterable[str] = ()):
        self.compounds = Compounds(word_parts)
        self._aliases: dict[str, dict[str, str]] = {}  # key: target: as the editor wrote it
        self._openings: set[str] = set()
        self._capitals: dict[str, int] = {}  # that some names must have in a text: SAMEN, Peer
        self._wanted = lru_cache(maxsize=100)(self._wanted_by)
        self._spans = lru_cache(maxsize=1_000)(self._spans_in)
        for text, target in aliases:
            self._learn(text, target)

    def _learn(self, text: str, target: str) -> None:
        words = read_words(text)
        if not words or len(words) > MAX_ALIAS:
            return
        keys, name, capitals = _keys(words), words[0].text, words[0].capitals
        if len(words) == 1 and (capitals == 2 or (capitals and len(stem(name)) < 5)):
            keys = {name, name + "s"} if capitals == 2 else {name}
            self._capitals |= dict.fromkeys(keys, capitals)
        for key in keys:
            self._aliases.setdefault(key, {}).setdefault(target, text)
        for joined in _joined(words):
            self._openings.update(joined[:length] for length in range(1, len(joined) + 1))

    def _names_at(self, words: list[Word], i: int, strict: bool) -> Iterator[tuple[int, dict]]:
        """Yield where each name that starts at a word ends, and the records that it stands for."""
        careful = strict or not words[i].is_content
        for end in range(i + 1, min(len(words), i + MAX_ALIAS) + 1):
            named: dict[str, str] = {}
            for key in sorted(_keys(words[i:end])):
                if not (careful and words[i].capitals < self._capitals.get(key, 0)):
                    named = self._aliases.get(key, {}) | named
            if named:
                yield end, named
            if self._openings.isdisjoint(_joined(words[i:end])):
                return

    def analyse(self, text: str) -> list[tuple[str, int]]:
        """Give the tokens of a text, each with the number of its word, for the index."""
        found = self._occurrences(read_words(text))
        return list(dict.fromkeys((token, first + 1) for token, first, _ in found))

    def vocabulary(self, text: str) -> set[str]:
        """Collect the words of a text and their parts, as spelled, to hold typing mistakes to."""
        words, found = read_words(text), set()
        for i in range(len(words)):
            for whole, _ in self._wholes_at(words, i):
                found |= {whole, *map(self.compounds.base, self.compounds.split(whole))}
        return {word for word in found if len(word) > 2 and word.isalpha()} - SUFFIXES

    def _occurrences(self, words: list[Word]) -> Iterator[tuple[str, int, int]]:
        """Yield each token with its first and last word."""
        for i in range(len(words)):
            for whole, end in self._wholes_at(words, i):
                for token in (stem(whole), *self.compounds.inside(whole)):
                    yield token, i, end - 1
            for end, named in (*self._names_at(words, i, strict=True), *_dates_at(words, i)):
                yield from ((target, i, end - 1) for target in named)

    def _wholes_at(self, words: list[Word], i: int) -> Iterator[tuple[str, int]]:
        """Yield what starts at a word, written as one, and its end: over, overkop, overkophuis."""
        if words[i].is_content:
            yield from ((whole, i + 1) for whole in (words[i].text, *self._completed(words, i)))
        for end in range(i + 2, min(len(words), i + MAX_JOIN) + 1):
            if not words[end - 1].glued:
                return
            yield "".join(word.text for word in words[i:end]), end

    def _completed(self, words: list[Word], i: int) -> Iterator[str]:
        """Write out "dak- en thuisloosheid" and "gezondheidsbevordering en -zorg"."""
        word = words[i]
        if word.hanging:
            later = (w.text for w in words[i + 1 : i + 8] if w.is_content and not w.hanging)
            other = self.compounds.split(next(later, ""))
            heads = [k for k in range(1, len(other)) if other[k] not in SUFFIXES]
            yield from (word.text + "".join(other[k:]) for k in heads)
        if word.headless:
            earlier = (w.text for w in reversed(words[max(0, i - 4) : i]) if w.is_content)
            other = self.compounds.split(next(earlier, ""))
            yield from ("".join(other[:k]) + word.text for k in range(1, len(other)))

    def clauses(
        self, query: str, known: Container[str] | None = None, loose: bool = False
    ) -> list[Clause]:
        """Turn a query into clauses; a text meets a clause by any one of its groups.

        `known` holds the tokens of the index. When given, the parts of a compound only count if
        no text has the compound itself. `loose` is for a second try with "or": it adds a clause
        for each part and each beginning of a word that no text has.
        """
        words, clauses = _query_words(query), []
        for i, end, named in self._named(words):
            if named:
                proper = end == i + 1 and self._capitals.get(words[i].text) == 1
                plain = [] if proper else _plain_groups(words[i:end])
                clauses.append(tuple(dict.fromkeys([*((target,) for target in named), *plain])))
            elif words[i].is_content:
                clauses += self._word_clauses(words, i, known, loose)
        return list(dict.fromkeys(clauses))

    def _named(self, words: list[Word]) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Cut a query into the longest names and dates in it, and single words between them."""
        i = 0
        while i < len(words):
            spans = [*self._names_at(words, i, strict=False), *_dates_at(words, i), (i + 1, {})]
            end, named = max(spans, key=lambda span: span[0])
            yield i, end, named
            i = end

    def _word_clauses(
        self, words: list[Word], i: int, known: Container[str] | None, loose: bool
    ) -> Iterator[Clause]:
        text, own = words[i].text, stem(words[i].text)
        parts = tuple(self.compounds.smallest(text)) if self.compounds.split(text) else ()
        wholes = ["".join(parts), *map(stem, self._completed(words, i)), *self._joins(words, i)]
        wholes = [token for token in wholes if token and (known is None or token in known)]
        found = known is not None and (own in known or wholes)
        groups = [(own,), *((token,) for token in wholes), () if found else parts]
        yield tuple(dict.fromkeys(filter(None, groups)))
        if loose and not found:
            opening = own[: max(MIN_OPENING, len(own) * 3 // 4)] + "*"
            fragments = (*parts, *_fragments(text, known or ()), opening)
            yield from (((token,),) for token in fragments if len(token.rstrip("*")) > 3)

    def _joins(self, words: list[Word], i: int) -> Iterator[str]:
        """Yield the compounds that a word may form with its neighbours: over kop, zorg raad."""
        for start in range(max(0, i - MAX_JOIN + 1), i + 1):
            for end in range(max(start + 2, i + 1), min(len(words), start + MAX_JOIN) + 1):
                texts = [word.text for word in words[start:end]]
                yield from (stem(link.join(texts)) for link in ("", "s"))
                yield "".join(part for text in texts for part in self.compounds.smallest(text))

    def alias_hits(self, query: str) -> list[tuple[str, str]]:
        """Tell which other names a query uses, as editors wrote them, and what they stand for."""
        named = (targets for _, _, targets in self._named(_query_words(query)))
        return [(alias, target) for targets in named for target, alias in targets.items()]

    def unknown_words(self, query: str, known: Container[str]) -> list[Word]:
        """Point out the words that no text has, whole or in parts: perhaps they are misspelled."""
        words, missing = _query_words(query), []
        for i, _, named in self._named(words):
            if not named and words[i].is_content:
                clause = next(self._word_clauses(words, i, known, loose=False))
                if not any(all(token in known for token in group) for group in clause):
                    missing.append(words[i])
        return missing

    def highlight(self, text: str, query: str) -> list[tuple[int, int]]:
        """Give the spans of a passage that answer a query; parts only for want of the whole."""
        for wanted in self._wanted(query):
            spans: list[tuple[int, int]] = []
            for token, start, end in self._spans(text):
                if token in wanted and (not spans or start >= spans[-1][1]):
                    spans.append((start, end))
            if spans:
                return spans
        return []

    def _spans_in(self, text: str) -> list[tuple[str, int, int]]:
        """Give the tokens of a passage with the letters that they span, the longest first."""
        words = read_words(text)
        found = sorted(self._occurrences(words), key=lambda hit: (hit[1], -hit[2]))
        return [(token, words[first].start, words[last].end) for token, first, last in found]

    def _wanted_by(self, query: str) -> tuple[set[str], set[str]]:
        """Give the tokens that answer a query whole, and those that do in part or whole."""
        groups = [group for clause in self.clauses(query) for group in clause]
        return {g[0] for g in groups if len(g) == 1}, {t for g in groups for t in g}


def _joined(words: list[Word]) -> tuple[str, str]:
    """Write a phrase as one word, as spelled and as stems: a space never hides a name."""
    texts = ["1" if word.text == "een" else word.text for word in words]
    return "".join(texts), "".join(map(stem, texts))


def _keys(words: list[Word]) -> set[str]:
    """Give the spellings by which a name is known: its last word may be inflected, or all may."""
    spelled, stems = _joined(words)
    last = "1" if words[-1].text == "een" else words[-1].text
    return {spelled, spelled.removesuffix(last) + stem(last), stems}


def _dates_at(words: list[Word], i: int) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield a date that starts at a word as names are: 9 februari 2018, 2018-02-09, mei 2022."""
    for end in range(i + 2, min(len(words), i + 3) + 1):
        written = " ".join(word.text for word in words[i:end])
        if date := DATE.fullmatch(written):
            day, month, year, *iso = date.groups()
            parts = filter(None, iso if iso[0] else (year, month, day))
            yield end, {f"datum:{'-'.join(parts)}": written}


def _query_words(query: str) -> list[Word]:
    return read_words(query[:MAX_QUERY_LENGTH])[:MAX_QUERY_WORDS]


def _plain_groups(words: list[Word]) -> list[Group]:
    """Give the ways to find a phrase other than by the record that it names."""
    loose = tuple(dict.fromkeys(stem(word.text) for word in words if word.is_content))
    return [(stem("".join(word.text for word in words)),), *([loose] if loose else [])]


def _fragments(word: str, known: Container[str]) -> Iterator[str]:
    """Yield what is known of an unknown word: its longest end and its longest beginning."""
    ends = (stem(word[start:]) for start in range(4, len(word) - 4))
    openings = (stem(word[:end]) for end in range(len(word) - 4, 4, -1))
    for cuts in (ends, openings):
        yield from islice((cut for cut in cuts if cut in known), 1)


def _quoted(token: str) -> str:
    token, prefix = token.removesuffix("*"), ":*" if token.endswith("*") else ""
    escaped = token.replace("\x00", "").replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'{prefix}"


def to_tsquery(clauses: Iterable[Clause], operator: str = "and") -> str:
    """Write clauses as a tsquery literal; with "or" one clause is enough."""
    written = (" | ".join(" & ".join(map(_quoted, group)) for group in c) for c in clauses)
    return {"and": " & ", "or": " | "}[operator].join(f"({clause})" for clause in written)


def to_tsvector(passages: Iterable[tuple[str, Iterable[tuple[str, int]]]]) -> str:
    """Write analysed passages, each after its weight (A to D), as one tsvector literal."""
    places: dict[str, list[str]] = {}
    last = 0
    for weight, tokens in passages:
        offset = last
        for token, position in tokens:
            last = min(offset + position, MAX_POSITION)
            places.setdefault(token, []).append(f"{last}{weight}")
    return " ".join(f"{_quoted(token)}:{','.join(where)}" for token, where in places.items())
