"""The parts of Dutch compounds: zorgcoördinator is zorg and coördinator."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from eerstelijn.dutch.words import SUFFIXES, fold, stem

Group = tuple[str, ...]  # tokens that must all be there; "zorg*" is any token that starts so


class Near(Group):
    """Tokens that must stand side by side, in whatever order, or in one word."""

    __slots__ = ()


MAX_COMPOUND, MIN_UNKNOWN = 45, 5  # letters of a compound, and of its part that nobody listed


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
                shortest = best[start]
                if shortest is None or len(rest) < len(shortest):
                    best[start] = (segment, *rest)
        return best[0] or (() if word in self.forms else self._split_partly(word, best))

    def _split_partly(self, word: str, best: list[Group | None]) -> Group:
        """Cut a word at its longest known end, or else beginning: radicaliserings, proces."""
        for start in range(MIN_UNKNOWN, len(word) - 3):
            if (end := best[start]) and end[0] in self.forms:
                return (word[:start], *end)
        cuts = range(len(word) - MIN_UNKNOWN, 3, -1)
        return next(((word[:cut], word[cut:]) for cut in cuts if word[:cut] in self.forms), ())

    def base(self, segment: str) -> str:
        """Give the word behind a segment: zorgraden is zorg and raad."""
        return self.forms.get(segment) or re.sub("(?<=ing)s$", "", segment)

    def listed(self, word: str) -> list[str]:
        """The parts of a word that somebody listed, each in its plain form."""
        return [self.forms[segment] for segment in self.split(word) if segment in self.forms]

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
