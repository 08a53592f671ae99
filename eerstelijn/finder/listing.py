"""A finder: what its page shows around the rows. Sentence, chips, options, links, ways out.

Every link is built from the question, with sorted keys and without defaults, so that one
question has one address.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from urllib.parse import urlencode

from eerstelijn.dates import long_date
from eerstelijn.finder.filterset import PAGE_SIZES
from eerstelijn.finder.problems import in_short

#: Options shown before "Toon nog ...".
FIRST_OPTIONS = 7
#: Beyond this many choices a chip is no link: each would carry all the others in its address.
MOST_LINKS = 30


@dataclass
class Choice:
    """An option on the page: how many rows it leaves, and whether it is chosen."""

    value: str
    label: str
    count: int
    selected: bool
    toggled: Callable = field(repr=False)
    tree: str = ""
    note: str = ""

    @property
    def disabled(self):
        return self.count == 0 and not self.selected

    @property
    def url(self):
        """The list with this option added, or left out. Only data asks: a page has a form."""
        return self.toggled(self.value)


@dataclass
class Switch:
    """The box that asks for all chosen values together."""

    key: str
    label: str
    checked: bool


@dataclass
class Fieldset:
    """A facet on the page; `options` are those in use, `all_options` every one.

    A facet that says nothing of any row of the list, `is_silent`, is left to the data.
    """

    key: str
    label: str
    options: list
    all_options: list
    is_open: bool
    more_label: str
    switch: Switch | None
    headings: dict
    is_silent: bool

    @cached_property
    def visible(self):
        """The options that leave most, in their own order; and a chosen option never hides."""
        by_count = sorted(range(len(self.options)), key=lambda n: -self.options[n].count)
        most = set(by_count[:FIRST_OPTIONS])
        return [o for n, o in enumerate(self.options) if n in most or o.selected]

    @cached_property
    def more(self):
        shown = {option.value for option in self.visible}
        return [option for option in self.options if option.value not in shown]


@dataclass
class Link:
    """A link, or a choice in a select, with what it is called."""

    label: str
    url: str = ""
    count: int | None = None
    value: str = ""
    selected: bool = False

    @property
    def text(self):
        return self.label


@dataclass
class Chip:
    """One chosen value, with the address of the list without it, if it is not too long."""

    label: str
    group: str
    remove_url: str


@dataclass
class Segment:
    """A piece of the sentence that states the question."""

    text: str
    strong: bool = False


@dataclass
class PageLink:
    """One page number; without a number it stands for a gap."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass
class Rescue:
    """The ways out of an empty result."""

    without: list = field(default_factory=list)
    spelling: list = field(default_factory=list)
    exits: list = field(default_factory=list)


class Finder:
    """The page around the rows that a FinderSet found, and that a `Rows` shows."""

    def __init__(self, filterset, page, rows, *, title, nouns, action, search_label, exits):
        self.filterset = filterset
        self.page = page
        self.rows = rows
        self.title = title
        self.nouns = nouns
        self.action = action
        self.search_label = search_label
        self.exits = exits

    # Addresses

    def query(self, **changes):
        """The query string of this state with some keys changed; None drops a key."""
        state = {**self.filterset.values, **changes}
        state.pop("pagina", None) if "pagina" not in changes else None
        defaults = {("pagina", "1"), ("per_pagina", "20")}
        defaults.add(("sorteer", "relevantie" if state.get("q") else "naam"))
        if not state.get("q"):
            defaults.add(("sorteer", "relevantie"))
        pairs = [
            (key, value)
            for key in sorted(state)
            for value in state[key] or ()
            if (key, value) not in defaults
        ]
        return urlencode(pairs)

    def url(self, **changes):
        query = self.query(**changes)
        return f"{self.action}?{query}" if query else self.action

    @property
    def canonical_url(self):
        return self.url(pagina=[str(self.page.number)])

    @property
    def clear_url(self):
        without_day = "?peildatum=" if self.day else ""
        return f"{self.action}{without_day}" if self.chips else ""

    def page_url(self, number):
        return self.url(pagina=[str(number)])

    @property
    def previous_url(self):
        if not self.page.has_previous():
            return ""
        return self.page_url(self.page.previous_page_number())

    @property
    def next_url(self):
        return self.page_url(self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def page_links(self):
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2)
        return [
            PageLink(n, self.page_url(n), n == self.page.number)
            if isinstance(n, int)
            else PageLink(None)
            for n in numbers
        ]

    @property
    def export_links(self):
        stem, query = self.action.rstrip("/"), self.query()
        tail = f"?{query}" if query else ""
        return [Link("CSV", f"{stem}.csv{tail}"), Link("JSON", f"{stem}.json{tail}")]

    @property
    def peildatum(self):
        """The day that was asked about, as the form writes it."""
        return self.filterset.values.get("peildatum", [""])[0]

    @property
    def is_dated(self):
        """Whether the day makes a difference for what this list finds."""
        return self.filterset.is_dated

    @property
    def day(self):
        """The day that this list is about; None when it shows today, whatever was asked."""
        return self.filterset.stated_day if self.is_dated else None

    @property
    def today_url(self):
        """The same question about today: an address that names no day would keep this one."""
        return self.url(peildatum=[""])

    # What is shown

    @property
    def q(self):
        return self.filterset.q_text

    @property
    def total(self):
        return self.page.paginator.count

    @property
    def noun(self):
        return self.nouns[self.total != 1]

    @property
    def robots(self):
        """More than one filter makes a page for people, not for indexes."""
        chosen = sum(len(options) for options in self.filterset.active.values())
        chosen += bool(self.q) + bool(self.filterset.stated_day)
        return "noindex,follow" if chosen > 1 or self.filterset.problems else ""

    @property
    def notices(self):
        return [*in_short(self.filterset.problems), *self.rows.remarks]

    @cached_property
    def forest(self):
        """The trees of all that the list holds, those that were found upright."""
        return self.rows.forest

    @cached_property
    def facets(self):
        """The facets with their options; computed once, used by page and JSON."""
        return [self._fieldset(key, facet) for key, facet in self.filterset.facets.items()]

    def _fieldset(self, key, facet):
        chosen = self.filterset.values.get(key, [])
        counts, totals = self.filterset.counts[key], self.filterset.totals[key]
        toggled = partial(self._toggled_url, key)
        every = [
            Choice(
                option.value,
                option.label,
                counts[option.pk],
                option.value in chosen,
                toggled,
                option.tree,
            )
            for option in self.filterset.options[key].values()
        ]
        pks = (option.pk for option in self.filterset.options[key].values())
        in_use = [
            choice
            for choice, pk in zip(every, pks, strict=True)
            if choice.selected or (totals[pk] and facet.offers(choice.value))
        ]
        return Fieldset(
            key=key,
            label=facet.label,
            options=in_use,
            all_options=every,
            is_open=facet.is_open or bool(chosen),
            more_label=facet.plural,
            switch=self._switch(facet) if facet.all_switch else None,
            headings=facet.headings,
            is_silent=not (chosen or any(totals.values())),
        )

    def _switch(self, facet):
        key = facet.all_switch
        return Switch(key, self.filterset.filters[key].label, facet.is_joint)

    def _toggled_url(self, key, value):
        """The address with one value of a facet added or left out, in the order of the options."""
        chosen = {value}.symmetric_difference(self.filterset.values.get(key, []))
        return self.url(**{key: sorted(chosen, key=self._places[key].__getitem__)})

    @cached_property
    def _places(self):
        """The place of each value among the options of its facet."""
        return {
            key: {value: place for place, value in enumerate(options)}
            for key, options in self.filterset.options.items()
        }

    @property
    def has_linked_chips(self):
        """Whether a choice can be taken away at its chip, and not in the form only."""
        return sum(len(options) for options in self.filterset.active.values()) <= MOST_LINKS

    @cached_property
    def chips(self):
        chips = [Chip(f"“{self.q}”", "zoekterm", self.url(q=None))] if self.q else []
        for key, options in self.filterset.active.items():
            for option in options:
                rest = [other.value for other in options if other is not option]
                group = self.filterset.facets[key].label.lower()
                url = self.url(**{key: rest}) if self.has_linked_chips else ""
                chips.append(Chip(option.label, group, url))
        if self.day:
            chips.append(Chip(long_date(self.day), "peildatum", self.today_url))
        return chips

    @property
    def sentence(self):
        """The question in words: "4 concepten met partner CAW, van Departement Zorg"."""
        start = f"{self.total}\u00a0{self.noun}" if self.total else f"Geen {self.nouns[1]}"
        segments = [Segment(start, True)]
        if self.q:
            segments += [Segment(" voor "), Segment(f"“{self.q}”", True)]
        for number, (key, options) in enumerate(self.filterset.active.items()):
            facet = self.filterset.facets[key]
            segments.append(Segment(f"{', ' if number or self.q else ' '}{facet.phrase} "))
            for position, option in enumerate(options):
                if position:
                    segments.append(Segment(" en " if facet.is_joint else " of "))
                segments.append(Segment(option.label, True))
        if self.day:
            segments.append(Segment(f"{', ' if len(segments) > 1 else ' '}op peildatum "))
            segments.append(Segment(long_date(self.day), True))
        return segments

    @property
    def default_sort(self):
        """The order that needs no mention: sent along, it would outlive a change of the word."""
        return "relevantie" if self.q else "naam"

    @property
    def sort_options(self):
        return [
            Link(label, value=value, selected=value == self.filterset.order)
            for value, (label, _) in self.filterset.filters["sorteer"].orders.items()
            if value != "relevantie" or self.q
        ]

    @property
    def per_page_options(self):
        chosen = self.filterset.values.get("per_pagina", ["20"])[0]
        return [Link(value, value=value, selected=value == chosen) for value in PAGE_SIZES]

    @cached_property
    def rescue(self):
        """Which filter costs the result, and what is left without it; useful ones first."""
        spelling = [Link(text, self.url(q=[text])) for text in self.rows.spelling]
        rescue = Rescue(spelling=spelling, exits=self.exits)
        labels = {key: self.filterset.facets[key].label.lower() for key in self.filterset.active}
        labels |= {"q": "zoekterm"} if self.q else {}
        labels |= {"peildatum": "peildatum"} if self.day else {}
        for key, label in labels.items():
            count = self.filterset.count_without(key)
            url = self.today_url if key == "peildatum" else self.url(**{key: None})
            rescue.without.append(Link(f"Zonder {label}", url, count))
        rescue.without.sort(key=lambda link: -link.count)
        return rescue
