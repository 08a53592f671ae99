"""A list of which the word is looked for in the index.

The page of the search asks the same index in the same way: one question has one number everywhere.
"""

from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from concepts.search.query import Search
from eerstelijn.finder.facets import Setting
from eerstelijn.finder.filterset import FinderSet
from eerstelijn.finder.listing import Link
from eerstelijn.finder.question import OneOf
from eerstelijn.finder.rows import Rows
from eerstelijn.finder.sentence import Segment


class SearchedSet(FinderSet):
    """The filters of such a list. `ruim`: what has any of the words will do."""

    ruim = Setting(
        OneOf, label="Ook wat maar een van de woorden heeft", choices=("1",), only_with=("q",)
    )

    @property
    def is_loose(self):
        return bool(self.q_text and self.form.cleaned_data["ruim"])

    @cached_property
    def search_result(self):
        """How the word was understood; analysed once a request."""
        return Search(self.q_text, loose=self.is_loose)

    def search(self, queryset, text):
        return self.search_result.narrow(queryset)

    @property
    def looseness(self):
        return "een van de woorden" if self.search_result.has_more_words else "wat erop lijkt"

    @property
    def word_said(self):
        if not self.is_loose:
            return super().word_said
        return [Segment(f"{self.search_result.loosely} "), Segment(f"“{self.q_text}”", True)]

    def count_loosely(self):
        """How many rows have any of the words."""
        data = self.data.copy()
        data["ruim"] = "1"
        return type(self)(data, queryset=self.queryset).qs.count()


class SearchedRows(Rows):
    """The rows of such a list: they say how the word was read, and where else to look."""

    @property
    def search(self):
        """How the word was read, or None."""
        return self.filterset.search_result if self.filterset.q_text else None

    @property
    def spelling(self):
        return [self.search.corrected] if self.search and self.search.corrections else []

    @property
    def remarks(self):
        return self.search.notes if self.search else []

    def ways(self, finder):
        """To what comes near, in this list or else in all; or to where all words are found."""
        if not self.search:
            return []
        if self.search.finds:
            query = urlencode({"q": self.search.text})
            return [Link(f"Zoek “{self.search.text}” in alles", f"{reverse('search')}?{query}")]
        if self.filterset.is_loose or not self.search.has_wider:
            return []
        if self.filterset.count_loosely():
            return [Link(self.search.wider_label, finder.url(ruim=["1"]))]
        return [Link("Toon wat er in de hele site op lijkt", self.search.wider_url)]
