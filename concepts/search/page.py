"""What the page of the search over everything says."""

from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html

from concepts.search import told
from concepts.search.everywhere import find, find_nearest
from concepts.search.hitdays import say_of_day
from concepts.search.nearest import Nearest
from concepts.search.offers import offers
from concepts.search.query import Search
from eerstelijn.finder.question import AsOf

#: With fewer hits than this, none of them by name, the page shows what has most of the words too.
FEW = 3


class SearchPage:
    """A question, what is offered for it by name, and the hits by kind.

    `is_loose`: the reader asked for what has any of the words. `as_of` is the day that it is about.
    """

    def __init__(self, text, is_loose=False, as_of=None):
        self.text = text
        self.is_loose = is_loose
        self.read = Search(text, loose=is_loose)
        self.groups = self._in_order(find(self.read))
        as_of = as_of or AsOf.today()
        if as_of.is_other_day:
            say_of_day(self.groups, as_of.day)
        self.total = sum(group.total for group in self.groups)
        self.nearest = self._nearest()
        self.near_groups = find_nearest(self.read, self.nearest) if self.nearest else []
        self.offers = offers(text, self.read, self.groups, as_of)

    def _in_order(self, groups):
        """The groups of hits; of who asks what was to come by a year, the promises come first."""
        if not self.read.wanted.is_of_time:
            return groups
        return sorted(groups, key=lambda group: group.label != told.LABELS[told.PROMISE])

    def _nearest(self):
        """What has most of the words, where little or nothing has them all; None without."""
        if self.is_loose or self.total >= FEW or self._is_by_name:
            return None
        nearest = Nearest.of(self.read)
        # Beside a hit with all of three words, what has one of them is noise.
        is_near = nearest.most > 1 if self.total else nearest.most
        return nearest if is_near else None

    @property
    def _is_by_name(self):
        """Whether a hit bears the words in its name: then it is what was meant."""
        return any(hit.is_named for group in self.groups for hit in group.hits)

    @property
    def nearest_said(self):
        """How many of the words the nearest have: plainly, since they have not all."""
        if not self.nearest:
            return ""
        if self.total:
            return f"Dit heeft niet alle woorden, wel {self.nearest.said}:"
        return f"Dit heeft {self.nearest.said} woorden:"

    @property
    def notes(self):
        """What the reader should know about how the question was read, beside the sentence."""
        return [note for note in self.read.notes if self.total or note != self.read.why_nothing]

    @property
    def sentence(self):
        """How many hits there are, and of what; or why there is none."""
        if not self.total:
            return self.read.why_nothing or f"Niets gevonden voor “{self.text}”."
        noun = "resultaat" if self.total == 1 else "resultaten"
        how = self.read.loosely if self.is_loose else "voor"
        return format_html("<b>{}\u00a0{}</b> {} <b>“{}”</b>", self.total, noun, how, self.text)

    @cached_property
    def each_word(self):
        """The ways to the hits of each word, as (word, address), when nothing has them all."""
        return [
            (word, f"{reverse('search')}?{urlencode({'q': word})}")
            for word in (() if self.total else self.read.words_apart)
        ]

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
