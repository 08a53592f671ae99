"""A facet as a page and the data show it: its options, with how many rows each leaves."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

#: In a group with more options than this a reader can look for one, and where a page gives so many,
#: they scroll in a box.
MOST_AT_ONCE = 10
#: What a question changes of a facet beside its boxes: its switch, and whether all are given.
Frame = tuple[bool | None, bool]


@dataclass
class Choice:
    """An option on the page: how many rows it leaves, and whether it is chosen."""

    value: str
    label: str
    count: int
    selected: bool
    toggled: Callable[[str], str] = field(repr=False)
    tree: str = ""
    #: What it went on in stands above it.
    is_former: bool = False

    @property
    def disabled(self) -> bool:
        return self.count == 0 and not self.selected

    @property
    def url(self) -> str:
        """The list with this option added, or left out. Only data asks: a page has a form."""
        return self.toggled(self.value)


@dataclass
class Switch:
    """The box that asks for all chosen values together."""

    key: str
    label: str
    checked: bool


class Totals(Mapping[str, int]):
    """Rows per option of a facet in the whole list, by its primary key; counted when asked for."""

    def __init__(self, key: str, options: Mapping[str, Any], tally: Any):
        self._key, self._tally = key, tally
        self._pks = [option.pk for option in options.values()]
        self._known: dict[str, int] = {}

    def __getitem__(self, pk: str) -> int:
        if pk not in self._known:
            self._known[pk] = self._tally.rows_with(self._key, pk).bit_count()
        return self._known[pk]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pks)

    def __len__(self) -> int:
        return len(self._pks)


class Layout:
    """What a page says of a facet whatever was asked: kept as long as the options and their sets.

    `facet` is that of the class of finders: nothing here belongs to a question. Each part is
    worked out when somebody asks for it.
    """

    def __init__(self, facet: Any, options: Mapping[str, Any], tally: Any):
        self._facet = facet
        self._options = options
        self.totals = Totals(facet.key, options, tally)
        #: The HTML of an option around what a question changes of it, as `templatetags.facets`
        #: made it.
        self.halves: dict[str, tuple[str, str]] = {}
        #: The same of the facet itself, in the pieces between its options.
        self.frames: dict[Frame, list[str]] = {}

    @cached_property
    def in_order(self) -> list[tuple[Any, bool]]:
        """All options in the order of a page, each with whether it stands below its successor."""
        return options_in_order(self._facet, self._options.values(), self.totals)

    @cached_property
    def used(self) -> list[tuple[Any, bool]]:
        """Those that a page offers and some row has."""
        return [
            (option, is_former)
            for option, is_former in self.in_order
            if self._facet.offers(option.value) and self.totals[option.pk]
        ]

    @cached_property
    def says_something(self) -> bool:
        """Whether any row has any of them."""
        return any(self.totals.values())

    @cached_property
    def shown(self) -> set[str]:
        """The values that a reader sees on arrival."""
        return shown_at_once(self._facet, self.used)

    def used_beside(self, chosen: Iterable[Any]) -> list[tuple[Any, bool]]:
        """Those in use, and what was chosen."""
        more = {option.pk for option in chosen} - {option.pk for option, _ in self.used}
        if not more:
            return self.used
        more |= {option.pk for option, _ in self.used}
        return [pair for pair in self.in_order if pair[0].pk in more]


class Fieldset:
    """A facet on the page; `options` are those in use, `all_options` every one, for the data.

    A facet that says nothing of any row of the list, `is_silent`, is left to the data. `shown` are
    the values that a reader sees on arrival; the rest comes when asked, `is_whole`.
    """

    #: Whether a question changes nothing but its boxes, as long as nothing in it is chosen.
    has_frame = True
    #: Whether it is printed without its boxes.
    is_unfilled = False

    def __init__(self, facet: Any, finder: Any):
        self.facet = facet
        self.finder = finder
        self.key: str = facet.key
        self.label: str = facet.label
        self.hint: str = facet.hint
        self.more_label: str = facet.plural
        self.template: str = facet.template
        #: Whether its options stand by their number and not in an order of their own.
        self.is_by_number = not facet.own_order
        self.selected = {option.value for option in facet.chosen}
        self.is_whole = facet.key in finder.whole_groups
        self.is_open: bool = facet.is_open or self.is_whole or bool(self.selected)
        self.layout: Layout = finder.filterset.layout(facet)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """How many rows each option leaves."""
        numbers: Mapping[str, int] = self.finder.filterset.numbers(self.facet)
        return numbers

    @property
    def halves(self) -> dict[str, tuple[str, str]]:
        return self.layout.halves

    @property
    def frames(self) -> dict[Frame, list[str]]:
        return self.layout.frames

    def unfilled(self) -> "Fieldset":
        """The same, to be printed without its boxes."""
        other = copy(self)
        other.is_unfilled = True
        return other

    @property
    def switch(self) -> Switch | None:
        return _switch(self.facet)

    @property
    def is_silent(self) -> bool:
        return not (self.selected or self.layout.says_something)

    @cached_property
    def _used(self) -> list[tuple[Any, bool]]:
        return self.layout.used_beside(self.facet.chosen)

    @cached_property
    def shown(self) -> set[str]:
        if self._used is self.layout.used:
            return self.layout.shown
        return shown_at_once(self.facet, self._used)

    def _choice(self, option: Any, is_former: bool) -> Choice:
        return Choice(
            option.value,
            option.label,
            self.numbers[option.pk],
            option.value in self.selected,
            partial(self.finder.toggled_url, self.key),
            option.tree,
            is_former,
        )

    @cached_property
    def options(self) -> list[Choice]:
        return [self._choice(*pair) for pair in self._used]

    @cached_property
    def all_options(self) -> list[Choice]:
        former = {option.pk for option, is_former in self.layout.in_order if is_former}
        options = self.finder.filterset.options[self.key].values()
        return [self._choice(option, option.pk in former) for option in options]

    def as_data(self, page: Callable[[str], str | None] | None = None) -> list[dict[str, Any]]:
        """Every option as data give it; each with its address where `page` makes one of a list."""
        numbers, selected = self.numbers, self.selected
        data: list[dict[str, Any]] = [
            {
                "waarde": option.value,
                "label": option.label,
                "aantal": numbers[option.pk],
                "gekozen": option.value in selected,
            }
            for option in self.finder.filterset.options[self.key].values()
        ]
        if page:
            for option in data:
                option["url"] = page(self.finder.toggled_url(self.key, option["waarde"]))
        return data

    @cached_property
    def visible(self) -> list[Choice]:
        """What a reader sees on arrival; a chosen option never hides."""
        return [self._choice(*pair) for pair in self._used if self._is_visible(pair[0].value)]

    @cached_property
    def more(self) -> list[Choice]:
        """The others."""
        return [self._choice(*pair) for pair in self._used if not self._is_visible(pair[0].value)]

    @property
    def number_of_more(self) -> int:
        """How many others there are: most pages do not give them."""
        return len(self._used) - len(self.visible)

    def _is_visible(self, value: str) -> bool:
        return value in self.shown or value in self.selected

    @property
    def is_long(self) -> bool:
        """Whether what the page gives is more than fits beside the other groups."""
        return len(self._used if self.is_whole else self.visible) > MOST_AT_ONCE

    @property
    def search_label(self) -> str:
        """What the field says in which a reader looks for an option; empty in a short group."""
        number = len(self._used)
        return f"Zoek in {number} {self.more_label}" if number > MOST_AT_ONCE else ""


def options_in_order(
    facet: Any, options: Iterable[Any], totals: Mapping[str, int]
) -> list[tuple[Any, bool]]:
    """Options by their number in the whole list, then by name; each after what it went on in.

    Pairs of an option and whether it stands below its successor.
    """
    options = list(options)
    if not facet.own_order:
        options.sort(key=lambda option: -totals[option.pk])  # of equals the name stays in order
    last = {option.pk for option in options if not option.successor}
    former = defaultdict(list)
    for option in options:
        former[option.successor if option.successor in last else ""].append(option)
    return [
        pair
        for option in former.pop("", [])
        for pair in [(option, False), *((older, True) for older in former[option.pk])]
    ]


def shown_at_once(facet: Any, used: list[tuple[Any, bool]]) -> set[str]:
    """The values of the first few options, of those pinned, and of what stands below those."""
    if pinned := {option.value for option, _ in used if option.is_pinned}:
        return pinned
    shown, number = set(), 0
    for option, is_former in used:
        number += not is_former
        if number <= facet.first:
            shown.add(option.value)
    return shown


def _switch(facet: Any) -> Switch | None:
    if not (key := facet.all_switch):
        return None
    return Switch(key, facet.parent.filters[key].label, facet.is_joint)
