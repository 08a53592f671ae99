"""Text analysis for the site's search: what Dutch policy text and a reader's words have in common.

Texts become plain tokens in a `tsvector`; a query goes through the same analysis and becomes a
`tsquery`. Cast both literals (`%s::tsvector`, `%s::tsquery`): the tokens are final, and a text
search configuration would cut them again. What editors keep as rows (other names, abbreviations,
parts of compounds) is given to an `Analyser`; this module only knows the language.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from eerstelijn.dutch.compounds import Compounds, Group, Near
from eerstelijn.dutch.words import MONTHS, SUFFIXES, Word, read_words, stem, words_of_name

Clause = tuple[Group, ...]  # groups of which one is enough
Alias = tuple[str, str]  # a name, and the token of what it stands for

MAX_QUERY_LENGTH, MAX_QUERY_WORDS = 400, 32
MIN_OPENING = 6  # letters by which an unknown word may find words that begin so
MIN_FRAGMENT = 5  # a known part of it must be longer: hulpverlening, not huis or arts
MAX_JOIN, MAX_ALIAS = 4, 12  # words that readers write apart, and words of a name
MAX_POSITION = 16383  # of a tsvector

MONTH = "|".join(MONTHS)
DATE = re.compile(rf"(?:(\d\d?) )?({MONTH}) (\d{{4}})|(\d{{4}}) ({MONTH}) (\d\d?)")


class Analyser:
    """Turns texts into tokens and queries into clauses, with the other names and parts of today."""

    def __init__(self, aliases: Iterable[Alias] = (), word_parts: Iterable[str] = ()):
        self._hold(Compounds(word_parts), {}, {}, set())
        for alias in aliases:
            self._learn(*alias)
        self._in_order = sorted(self._joined)

    def _hold(
        self,
        compounds: Compounds,
        aliases: dict[str, dict[str, str]],
        capitals: dict[str, int],
        joined: set[str],
    ) -> None:
        self.compounds = compounds
        self._aliases = aliases  # key: target: as the editor wrote it
        self._capitals = capitals  # that some names must have in a text: SAMEN, Peer
        self._joined = joined  # every name, written as one word
        self._wanted = lru_cache(maxsize=100)(self._wanted_by)
        self._spans = lru_cache(maxsize=1_000)(self._spans_in)

    def amended(self, changed: Iterable[Alias], aliases: Sequence[Alias]) -> "Analyser":
        """The same with all other names of today; some came or went, the rest is in its old order.

        What is known by a spelling of those that changed is learned anew, in the order of today.
        """
        changed = list(changed)
        keys = {key for text, _ in changed for key in _known_by(text)[1]}
        targets = {target for _, target in changed}
        targets.update(target for key in keys for target in self._aliases.get(key, ()))
        other = Analyser.__new__(Analyser)
        other._hold(
            self.compounds,
            {key: named for key, named in self._aliases.items() if key not in keys},
            {key: capitals for key, capitals in self._capitals.items() if key not in keys},
            set(self._joined),  # one too many makes a search longer, and finds nothing else
        )
        for text, target in aliases:
            if target in targets:
                other._learn(text, target, keys)
        other._in_order = sorted(other._joined)
        return other

    def _learn(self, text: str, target: str, only: Container[str] | None = None) -> None:
        """A name and its record; `only` by some of the spellings that it is known by."""
        words, keys, capitals = _known_by(text)
        for key in keys:
            if only is None or key in only:
                self._aliases.setdefault(key, {}).setdefault(target, text)
                if capitals:
                    self._capitals[key] = capitals
        if keys:
            self._joined.update(_joined(words))

    def _opens(self, joined: str) -> bool:
        """Whether some name begins so."""
        place = bisect_left(self._in_order, joined)
        return place < len(self._in_order) and self._in_order[place].startswith(joined)

    def _names_at(
        self, words: list[Word], i: int, strict: bool
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield where each name that starts at a word ends, and the records that it stands for."""
        careful = strict or not words[i].is_content
        for end in range(i + 1, min(len(words), i + MAX_ALIAS) + 1):
            named: dict[str, str] = {}
            for key in sorted(_keys(words[i:end])):
                if not (careful and words[i].capitals < self._capitals.get(key, 0)):
                    named = self._aliases.get(key, {}) | named
            if named:
                yield end, named
            if not any(map(self._opens, _joined(words[i:end]))):
                return

    def analyse(self, text: str) -> list[tuple[str, int]]:
        """Give the tokens of a text, each with the number of its word, for the index."""
        found = self._occurrences(read_words(text))
        return list(dict.fromkeys((token, first + 1) for token, first, _ in found))

    def vocabulary(self, text: str) -> set[str]:
        """Collect the words of a text and their parts, as spelled, to hold typing mistakes to.

        What is left of a word beside a part that is listed is no word: tijde-lijks.
        """
        words, found = read_words(text), set()
        for i in range(len(words)):
            for whole, _ in self._wholes_at(words, i):
                found |= {whole, *self.compounds.listed(whole)}
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

        `known` holds the tokens of the index. When given, the two parts of a compound only count
        if no text has the compound itself, and only side by side ("breed onthaal"): a text with
        "huis" and with "arts" is not about a huisarts. `loose` is for a second try with "or": of a
        word that no text has it adds what else may do, its beginning and a long known part.
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
        groups: list[Group] = [(own,), *((token,) for token in wholes)]
        if len(parts) == 2 and not found:
            groups.append(Near(parts))
        yield tuple(dict.fromkeys(groups))
        if loose and not found:
            opening = own[: max(MIN_OPENING, len(own) * 3 // 4)] + "*"
            fragments = (*_fragments(text, known or ()), opening)
            yield from (((token,),) for token in fragments if len(token) > MIN_FRAGMENT)

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

    def names_in(self, query: str) -> list[tuple[int, int, list[str]]]:
        """Where a query names records or dates, as (first letter, end, what they stand for)."""
        words = _query_words(query)
        return [
            (words[i].start, words[end - 1].end, [*named])
            for i, end, named in self._named(words)
            if named
        ]

    def unknown_words(self, query: str, known: Container[str]) -> list[Word]:
        """Point out the words that no text has, whole or in parts: perhaps they are misspelled."""
        words, missing = _query_words(query), []
        for i, _, named in self._named(words):
            if not named and words[i].is_content:
                clause = next(self._word_clauses(words, i, known, loose=False))
                if not any(token in known for group in clause for token in _alone(group)):
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


def _known_by(text: str) -> tuple[list[Word], set[str], int]:
    """The words of a name, the spellings that it is known by, and the capitals these must have."""
    words = list(words_of_name(text))
    if not words or len(words) > MAX_ALIAS:
        return words, set(), 0
    name, capitals = words[0].text, words[0].capitals
    if len(words) == 1 and (capitals == 2 or (capitals and len(stem(name)) < 5)):
        return words, {name, name + "s"} if capitals == 2 else {name}, capitals
    return words, _keys(words), 0


def _joined(words: list[Word]) -> tuple[str, str]:
    """Write a phrase as one word, as spelled and as stems: a space never hides a name."""
    texts = ["1" if word.text == "een" else word.text for word in words]
    return "".join(texts), "".join(map(stem, texts))


def _keys(words: list[Word]) -> set[str]:
    """Give the spellings by which a name is known: its last word may be inflected, or all may."""
    spelled, stems = _joined(words)
    last = "1" if words[-1].text == "een" else words[-1].text
    if len(words) == 1 and len(spelled) > MIN_OPENING:
        spelled = spelled.replace("een", "1")  # eengezineenplan, written as one
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


def _alone(group: Group) -> Group:
    """Give the token of a group of one: what several have in common may be anything."""
    return group if len(group) == 1 else ()


def _written(group: Group) -> str:
    """Write a group as a piece of a tsquery."""
    tokens = [*map(_quoted, group)]
    if isinstance(group, Near):
        one, other = tokens
        return f"{one} <-> {other} | {other} <-> {one} | {one} <0> {other}"
    return " & ".join(tokens)


def to_tsquery(clauses: Iterable[Clause], operator: str = "and") -> str:
    """Write clauses as a tsquery literal; with "or" one clause is enough."""
    written = (" | ".join(map(_written, clause)) for clause in clauses)
    return {"and": " & ", "or": " | "}[operator].join(f"({clause})" for clause in written)


def to_tsvector(passages: Iterable[tuple[str, Iterable[tuple[str, int]]]]) -> str:
    """Write analysed passages, each after its weight (A to D), as one tsvector literal.

    The last word of one passage does not stand beside the first of the next.
    """
    places: dict[str, list[str]] = {}
    last = 0
    for weight, tokens in passages:
        offset = last + 1
        for token, position in tokens:
            last = min(offset + position, MAX_POSITION)
            places.setdefault(token, []).append(f"{last}{weight}")
    return " ".join(f"{_quoted(token)}:{','.join(where)}" for token, where in places.items())
