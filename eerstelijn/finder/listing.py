"""A finder: what its page shows around the rows. Sentence, chips, options, links, ways out.

Every link is built from the question, with sorted keys and without defaults, so that one
question has one address.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from eerstelijn.dates import long_date
from eerstelijn.finder.fieldsets import Fieldset
from eerstelijn.finder.filterset import PAGE_SIZES, FinderSet
from eerstelijn.finder.problems import Candidate, Doubt, in_short
from eerstelijn.finder.question import Question as Asked
from eerstelijn.finder.rows import Rows
from eerstelijn.finder.sentence import Segment
from eerstelijn.kept import Part

#: Keys that leave every row, and every number of a facet, as it is in the whole list.
NARROWS_NOTHING = frozenset({"pagina", "per_pagina", "sorteer", "peildatum"})
#: Beyond this many choices a chip is no link: each would carry all the others in its address.
MOST_LINKS = 30
#: The keys that say how to look at a list, not for what.
LOOKS = ("sorteer", "per_pagina", "peildatum")


@dataclass
class Link:
    """A link, or a choice in a select, with what it is called."""

    label: str
    url: str = ""
    count: int | None = None
    value: str = ""
    selected: bool = False

    @property
    def text(self) -> str:
        return self.label


@dataclass
class Chip:
    """One chosen value, with the address of the list without it, if it is not too long."""

    label: str
    group: str
    remove_url: str


@dataclass
class PageLink:
    """One page number; without a number it stands for a gap."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass
class Rescue:
    """The ways out of an empty result."""

    without: list[Link] = field(default_factory=list)
    spelling: list[Link] = field(default_factory=list)
    exits: list[Link] = field(default_factory=list)


@dataclass
class Question:
    """What a reader is asked of a part of the address: "Bedoel je ...?"."""

    text: str
    ways: list[Link]


class Finder:
    """The page around the rows that a FinderSet found, and that a `Rows` shows."""

    def __init__(
        self,
        filterset: FinderSet,
        page: Any,
        rows: Rows,
        *,
        title: str,
        nouns: tuple[str, str],
        action: str,
        look: "Asked",
        search_label: str,
        per_page: int,
        exits: list[Link],
        page_keys: "Asked",
    ):
        self.filterset = filterset
        self.page = page
        self.rows = rows
        self.title = title
        self.nouns = nouns
        self.action = action
        self.look = look
        self.search_label = search_label
        self.per_page = str(per_page)
        self.exits = exits
        self.page_keys = page_keys

    # Addresses

    def query(self, **changes: Sequence[str] | None) -> str:
        """The query string of this state with some keys changed; None drops a key."""
        asked = self.look.values | self.filterset.values
        state: dict[str, Sequence[str] | None] = {**asked, **changes}
        if "pagina" not in changes:
            state.pop("pagina", None)
        for key, filter_ in self.filterset.filters.items():
            if filter_.only_with and not any(state.get(other) for other in filter_.only_with):
                state.pop(key, None)
        usual = "relevantie" if state.get("q") else self.filterset.filters["sorteer"].usual
        defaults = {("pagina", "1"), ("per_pagina", self.per_page), ("sorteer", usual)}
        if not state.get("q"):
            defaults.add(("sorteer", "relevantie"))
        pairs = [
            (key, value)
            for key in sorted(state)
            for value in state[key] or ()
            if (key, value) not in defaults
        ]
        return urlencode(pairs)

    def url(self, **changes: Sequence[str] | None) -> str:
        query = self.query(**changes)
        return f"{self.action}?{query}" if query else self.action

    @property
    def canonical_url(self) -> str:
        return self.url(pagina=[str(self.page.number)])

    @property
    def indexed_url(self) -> str:
        """The same without the day that a reader chose: what a crawler may know it by."""
        return self.url(peildatum=None) if self.filterset.stated_day else self.canonical_url

    @property
    def clear_url(self) -> str:
        without_day = "?peildatum=" if self.day else ""
        return f"{self.action}{without_day}" if self.chips else ""

    def page_url(self, number: int) -> str:
        return self.url(pagina=[str(number)])

    @property
    def previous_url(self) -> str:
        if not self.page.has_previous():
            return ""
        return self.page_url(self.page.previous_page_number())

    @property
    def next_url(self) -> str:
        return self.page_url(self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def page_links(self) -> list[PageLink]:
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2)
        return [
            PageLink(n, self.page_url(n), n == self.page.number)
            if isinstance(n, int)
            else PageLink(None)
            for n in numbers
        ]

    @property
    def feed_url(self) -> str:
        """The feed of what changed of all that the question finds; not of its day or its page."""
        given = (key for key in LOOKS if key in self.filterset.filters)
        query = self.query(**dict.fromkeys(given))
        return f"{self.action.rstrip('/')}.atom{f'?{query}' if query else ''}"

    @property
    def kept_values(self) -> dict[str, list[str]]:
        """What a form of the facets sends along: the word, the day, and how to look."""
        left_out = {*self.filterset.facets, "pagina", "per_pagina", "waar"}
        asked = self.look.values | self.filterset.values
        return {key: values for key, values in asked.items() if key not in left_out}

    @property
    def peildatum(self) -> str:
        """The day that was asked about, as the form writes it."""
        return self.filterset.values.get("peildatum", [""])[0]

    @property
    def is_dated(self) -> bool:
        """Whether the day makes a difference for what this list finds."""
        return self.filterset.is_dated

    @property
    def day(self) -> dt.date | None:
        return self.filterset.day_shown

    @property
    def today_url(self) -> str:
        """The same question about today: an address that names no day would keep this one."""
        return self.url(peildatum=[""])

    # What is shown

    @property
    def q(self) -> str:
        return self.filterset.q_text

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def noun(self) -> str:
        return self.nouns[self.total != 1]

    @property
    def robots(self) -> str:
        """More than one filter, or a chosen day, makes a page for people, not for indexes."""
        chosen = sum(len(options) for options in self.filterset.active.values()) + bool(self.q)
        filters = self.filterset
        is_own = chosen > 1 or filters.stated_day or filters.problems or self.page_keys.data
        return "noindex,follow" if is_own else ""

    @property
    def notices(self) -> list[str]:
        problems = self.filterset.problems + self.look.problems + self.page_keys.problems
        left_out = [problem for problem in problems if not isinstance(problem, Doubt)]
        return [*in_short(left_out), *self.rows.remarks]

    @property
    def questions(self) -> list[Question]:
        """What a reader is asked of the parts that can mean more than one thing."""
        doubts = [problem for problem in self.filterset.problems if isinstance(problem, Doubt)]
        return [Question(doubt.notice, self._ways(doubt.candidates)) for doubt in doubts]

    @property
    def readings(self) -> list[Question]:
        """How words of the question were understood, and what they can mean as well."""
        return [
            Question(reading.said, self._ways(reading.others, instead_of=reading.place))
            for reading in self.filterset.readings
        ]

    def _ways(
        self, candidates: Iterable[Candidate], instead_of: Candidate | None = None
    ) -> list[Link]:
        """The list with each of these beside what was asked, or in place of one part of it."""
        values = dict(self.filterset.values)
        if instead_of:
            key, value, _ = instead_of
            values[key] = [other for other in values.get(key, []) if other != value]
        return [
            Link(label, self.url(**{**values, key: [*values.get(key, []), value]}))
            for key, value, label in candidates
        ]

    @cached_property
    def forest(self) -> Any:
        """The trees of all that the list holds, those that were found upright."""
        return self.rows.forest

    @property
    def whole_groups(self) -> Sequence[str]:
        """The facets of which the page gives every choice, by key."""
        return self.page_keys.values.get("keuzes", ())

    @cached_property
    def facets(self) -> list[Fieldset]:
        """The facets with their options; computed once, used by page and JSON."""
        facets = self.filterset.facets.values()
        return [facet.fieldset(self) for facet in facets if facet.is_meant]

    @cached_property
    def shown_facets(self) -> list[Fieldset]:
        """The facets that have a place of their own on the page, and something to say."""
        return [facet for facet in self.facets if facet.template and not facet.is_silent]

    @property
    def panel(self) -> Part | None:
        """The facets, as the process keeps them for a list that nothing was asked of."""
        is_plain = not (self.filterset.problems or self.whole_groups)
        if not (is_plain and NARROWS_NOTHING.issuperset(self.filterset.values)):
            return None
        return self.filterset.tally.part("panel")

    @property
    def strip(self) -> Part | None:
        """The trees, when all of them are upright."""
        return self.filterset.tally.part("strip") if self.is_whole else None

    @property
    def is_whole(self) -> bool:
        """Whether every row of the list was found, for certain."""
        whole: bool = self.rows.upright == self.filterset.tally.everything
        return whole

    @property
    def order_said(self) -> str:
        """In which order the groups give their options."""
        other = [facet.label for facet in self.shown_facets if not facet.is_by_number]
        if len(other) == len(self.shown_facets):
            return ""
        but = f" Enkel {' en '.join(other)} niet." if other else ""
        return f"Keuzes staan op hun aantal in de hele lijst, dan op naam.{but}"

    def toggled_url(self, key: str, value: str) -> str:
        """The address with one value of a facet added or left out, in the order of the options."""
        chosen = {value}.symmetric_difference(self.filterset.values.get(key, []))
        return self.url(**{key: sorted(chosen, key=self._places[key].__getitem__)})

    @cached_property
    def _places(self) -> dict[str, dict[str, int]]:
        """The place of each value among the options of its facet."""
        return {
            key: {value: place for place, value in enumerate(options)}
            for key, options in self.filterset.options.items()
        }

    @property
    def has_linked_chips(self) -> bool:
        """Whether a choice can be taken away at its chip, and not in the form only."""
        return sum(len(options) for options in self.filterset.active.values()) <= MOST_LINKS

    @cached_property
    def chips(self) -> list[Chip]:
        chips = [Chip(f"“{self.q}”", "zoekterm", self.url(q=None))] if self.q else []
        if self.filterset.is_loose:
            chips.append(Chip(self.filterset.looseness, "zoekterm", self.url(ruim=None)))
        for key, options in self.filterset.active.items():
            for option in options:
                rest = [other.value for other in options if other is not option]
                group = self.filterset.facets[key].label.lower()
                url = self.url(**{key: rest}) if self.has_linked_chips else ""
                chips.append(Chip(option.label, group, url))
        for key, said in self.filterset.settings_said.items():
            chips.append(Chip(said, "periode", self.url(**{key: None})))
        if self.day:
            chips.append(Chip(long_date(self.day), "datum", self.today_url))
        return chips

    @cached_property
    def sentence(self) -> list[Segment]:
        """The question in words, and how many it found."""
        return self.rows.sentence(self.total, self.nouns)

    @property
    def default_sort(self) -> str:
        """The order that needs no mention: sent along, it would outlive a change of the word."""
        return self.filterset.usual_order

    @property
    def sort_options(self) -> list[Link]:
        return [
            Link(label, value=value, selected=value == self.filterset.order)
            for value, (label, _) in self.filterset.filters["sorteer"].orders.items()
            if value != "relevantie" or self.q
        ]

    @property
    def per_page_options(self) -> list[Link]:
        chosen = self.filterset.values.get("per_pagina", [self.per_page])[0]
        return [Link(value, value=value, selected=value == chosen) for value in PAGE_SIZES]

    @property
    def offers_sizes(self) -> bool:
        """Whether a page may have more or fewer rows: when it is cut, or somebody chose so."""
        return self.page.has_other_pages() or "per_pagina" in self.filterset.values

    @cached_property
    def rescue(self) -> Rescue:
        """Which filter costs the result, and what is left without it; useful ones first."""
        spelling = [Link(text, self.url(q=[text])) for text in self.rows.spelling]
        rescue = Rescue(spelling=spelling, exits=[*self.rows.ways(self), *self.exits])
        labels = {key: self.filterset.facets[key].label.lower() for key in self.filterset.active}
        labels |= {"q": "zoekterm"} if self.q else {}
        settings = self.filterset.settings_said
        labels |= {key: self.filterset.filters[key].label.lower() for key in settings}
        labels |= {"peildatum": "datum"} if self.day else {}
        for key, label in labels.items():
            count = self.filterset.count_without(key)
            url = self.today_url if key == "peildatum" else self.url(**{key: None})
            rescue.without.append(Link(f"Zonder {label}", url, count))
        rescue.without.sort(key=lambda link: -(link.count or 0))
        return rescue
