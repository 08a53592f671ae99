"""What the page of the search over everything says."""

from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html

from concepts.search.everywhere import find
from concepts.search.offers import offers
from concepts.search.query import Search


class SearchPage:
    """A question, what is offered for it by name, and the hits by kind.

    `is_loose`: the reader asked for what has any of the words.
    """

    def __init__(self, text, is_loose=False):
        self.text = text
        self.is_loose = is_loose
        self.read = Search(text, loose=is_loose)
        self.groups = find(self.read)
        self.offers = offers(text, self.read, self.groups)
        self.total = sum(group.total for group in self.groups)

    @property
    def notes(self):
        return self.read.notes

    @property
    def sentence(self):
        """How many hits there are, and of what."""
        noun = "resultaat" if self.total == 1 else "resultaten"
        found = f"{self.total}\u00a0{noun}" if self.total else "Niets gevonden"
        if self.offers and not self.total:
            found = "Geen tekst gevonden"
        how = self.read.loosely if self.is_loose and self.total else "voor"
        return format_html("<b>{}</b> {} <b>“{}”</b>", found, how, self.text)

    @property
    def jumps(self):
        """The kinds to jump to; one needs no list."""
        return self.groups if len(self.groups) > 1 else []

    @cached_property
    def wider(self):
        """The way to what has any of the words, as (address, words), when nothing has them all."""
        if self.is_loose or not self.read.has_wider:
            return None
        return self.read.wider_url, self.read.wider_label

    @property
    def narrower_url(self):
        """Back to the hits with all words."""
        return f"{reverse('search')}?{urlencode({'q': self.text})}" if self.is_loose else ""
