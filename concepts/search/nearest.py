"""What comes nearest when nothing has all the words: what has most of them.

The words are counted one by one, so that a page can say plainly how many of them a hit has.
"""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from concepts.models import ConceptVersion, SearchEntry
from concepts.search.query import AnalysedQuery, Search, has_in_name
from eerstelijn.dutch import to_tsquery

#: How many words of a question are counted.
MOST_WORDS = 8


@dataclass(frozen=True)
class Nearest:
    """The words of a question, and the most of them that one public text has; 0 is none."""

    read: Search
    words: list[str]
    most: int

    @classmethod
    def of(cls, read: Search) -> "Nearest":
        words = read.words[:MOST_WORDS]
        nearest = cls(read, words, most=0)
        if len(words) < 2:
            return nearest
        return cls(read, words, max(nearest._most_in(rows) for rows in _searched()))

    def narrow(self, rows):
        """The rows with so many of the words and no more, with their `rank`."""
        found = self._counted(rows).filter(words=self.most).exclude(self.read.condition)
        names = (When(has_in_name(word), then=Value(1)) for word in self.words)
        return found.annotate(rank=sum((_one(when) for when in names), Value(0)))

    @property
    def said(self) -> str:
        """How many of how many: "2 van de 3"."""
        return f"{self.most} van de {len(self.words)}"

    def _most_in(self, rows) -> int:
        rows = self._counted(rows).exclude(self.read.condition)
        return rows.order_by("-words").values_list("words", flat=True).first() or 0

    def _counted(self, rows):
        """The rows with any of the words, with how many: `words`."""
        any_word = Q(pk=None)
        for query in self._queries:
            any_word |= Q(search=query)
        each = (_one(When(search=query, then=Value(1))) for query in self._queries)
        return rows.filter(any_word).annotate(words=sum(each, Value(0)))

    @property
    def _queries(self):
        return [AnalysedQuery(to_tsquery(self.read.clauses(word))) for word in self.words]


def _one(when):
    return Case(when, default=Value(0), output_field=IntegerField())


def _searched():
    """All that can be searched, as two sets of rows."""
    return ConceptVersion.objects.published(), SearchEntry.objects.all()
