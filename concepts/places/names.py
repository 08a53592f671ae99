"""What places are called: every name of every area, of today and before, and of their parts.

Names are compared as readers type them: without capitals, accents, signs and spaces, and "St." is
"Sint". A process keeps one `Names` until the content may have changed.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum, auto

from concepts.models import Alias
from eerstelijn.dutch import fold
from governance.models import MUNICIPALITY, AreaKind, AreaPart, CoverageArea


class How(IntEnum):
    """In what way a name is that of an area."""

    OWN = auto()
    FORMER = auto()
    OTHER = auto()
    PART = auto()
    POSTCODE = auto()
    NIS = auto()


@dataclass(frozen=True)
class Called:
    """An area, a name that it has, and in what way; of a part perhaps the postcode it stands at."""

    area: CoverageArea
    text: str
    how: How
    postcode: str = ""


#: What readers write for a kind of area, beside its name.
KIND_WORDS = {
    "eerstelijnszone": ("elz", "zone", "zorgraad", "zorgraden"),
    "referentieregio": ("regio",),
    "politiezone": ("pz", "politie zone"),
    "logo": ("logo",),
    "fjc-regio": ("fjc", "family justice center", "veilig huis"),
    "woonmaatschappijgebied": ("woonmaatschappij",),
    "caw-gebied": ("caw",),
}


def normal(text):
    """A name without capitals, accents and signs; "St." is "Sint"."""
    words = re.sub(r"[\W_]+", " ", fold(text)).strip()
    return re.sub(r"\bst\b", "sint", words)


def key(words):
    """What names are compared by: a space or hyphen more or less is the same name."""
    return words.replace(" ", "")


class Names:
    """The names of all areas by their key.

    Five queries: the kinds, the areas, their dated names, the names of their parts, their other
    names.
    """

    def __init__(self):
        self.kinds = {kind.pk: kind for kind in AreaKind.objects.all()}
        self.areas = list(CoverageArea.objects.prefetch_related("names"))
        for area in self.areas:
            area.kind = self.kinds[area.kind_id]
        self.by_pk = {area.pk: area for area in self.areas}
        self.kind_words = sorted(self._kind_words(), key=lambda pair: -len(pair[0]))
        self._by_key, self._bare = defaultdict(list), defaultdict(list)
        self._by_code = defaultdict(list)
        #: Every name of a municipality, as it is compared with spaces: to help who half knows it.
        self.spelled = defaultdict(list)
        for called in self._all():
            self._learn(called)

    def called(self, words):
        """The municipalities of which these words are a name."""
        return [row for row in self._by_key.get(key(words), ()) if row.area.is_municipality]

    def areas_called(self, words, kinds=()):
        """The other areas of which these words are a name; of a kind also without its word."""
        found = [row for row in self._by_key.get(key(words), ()) if not row.area.is_municipality]
        if kinds:
            found += self._bare.get(key(words), ())
            found = [row for row in found if row.area.kind in kinds]
        return found

    def with_code(self, digits):
        """The municipalities with this postcode or NIS code."""
        return self._by_code.get(digits, [])

    def without_kind(self, words):
        """The kinds of area that words begin or end with, and what is left: "elz", "leuven"."""
        kinds, left = [], words
        for word, kind in self.kind_words:
            rest = re.sub(rf"^{re.escape(word)} | {re.escape(word)}$", "", words)
            if rest != words and (left == words or rest == left):
                kinds.append(kind)
                left = rest
        return kinds, left

    def _kind_words(self):
        for kind in self.kinds.values():
            if kind.slug != MUNICIPALITY:
                for word in {kind.name, kind.plural, *KIND_WORDS.get(kind.slug, ())}:
                    yield normal(word), kind

    def _all(self):
        for area in self.areas:
            yield Called(area, area.name, How.OWN)
            for row in area.names.all():
                if row.name != area.name:
                    yield Called(area, row.name, How.FORMER)
            if area.is_municipality:
                yield Called(area, area.nis, How.NIS)
                for postcode in area.postcodes:
                    yield Called(area, postcode, How.POSTCODE)
        for part in AreaPart.objects.all():
            yield Called(self.by_pk[part.area_id], part.name, How.PART, part.postcode)
        for alias in Alias.objects.exclude(area=None):
            how = How.PART if alias.kind == Alias.Kind.PART else How.OTHER
            yield Called(self.by_pk[alias.area_id], alias.text, how)

    def _learn(self, called):
        if called.how in (How.POSTCODE, How.NIS):
            self._by_code[called.text].append(called)
            return
        words = normal(called.text)
        self._by_key[key(words)].append(called)
        if called.area.is_municipality:
            self.spelled[words].append(called)
            return
        kinds, bare = self.without_kind(words)
        if called.area.kind in kinds:
            self._bare[key(bare)].append(called)
