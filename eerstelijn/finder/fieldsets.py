"""A facet as a page and the data show it: its options, with how many rows each leaves."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

#: In a group with more options than this a reader can look for one, and where so many are seen
#: on arrival, they scroll in a box.
MOST_AT_ONCE = 10


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


@dataclass
class Fieldset:
    """A facet on the page; `options` are those in use, `all_options` every one, for the data.

    A facet that says nothing of any row of the list, `is_silent`, is left to the data. `shown` are
    the values that a reader sees on arrival.
    """

    key: str
    label: str
    hint: str
    options: list[Choice]
    all_options: list[Choice]
    shown: set[str]
    is_open: bool
    more_label: str
    switch: Switch | None
    is_silent: bool
    template: str
    #: Whether its options stand by their number and not in an order of their own.
    is_by_number: bool

    @cached_property
    def visible(self) -> list[Choice]:
        """What a reader sees on arrival; a chosen option never hides."""
        return [choice for choice in self.options if choice.value in self.shown or choice.selected]

    @cached_property
    def more(self) -> list[Choice]:
        visible = {choice.value for choice in self.visible}
        return [choice for choice in self.options if choice.value not in visible]

    @property
    def is_long(self) -> bool:
        """Whether what is seen on arrival is more than fits beside the other groups."""
        return len(self.visible) > MOST_AT_ONCE

    @property
    def search_label(self) -> str:
        """What the field says in which a reader looks for an option; empty in a short group."""
        number = len(self.options)
        return f"Zoek in {number} {self.more_label}" if number > MOST_AT_ONCE else ""


def fieldset_of(facet: Any, finder: Any) -> Fieldset:
    """A facet of a finder with its options, in the order in which a page gives them."""
    filterset, key = finder.filterset, facet.key
    counts, totals = filterset.counts[key], filterset.totals[key]
    selected = {option.value for option in facet.chosen}
    in_order = options_in_order(facet, filterset.options[key].values(), totals)
    choices = {
        option.pk: Choice(
            option.value,
            option.label,
            counts[option.pk],
            option.value in selected,
            partial(finder.toggled_url, key),
            option.tree,
            is_former,
        )
        for option, is_former in in_order
    }
    used = [
        (option, is_former)
        for option, is_former in in_order
        if choices[option.pk].selected or (totals[option.pk] and facet.offers(option.value))
    ]
    return Fieldset(
        key=key,
        label=facet.label,
        hint=facet.hint,
        options=[choices[option.pk] for option, _ in used],
        all_options=[choices[option.pk] for option in filterset.options[key].values()],
        shown=shown_at_once(facet, used),
        is_open=facet.is_open or bool(selected),
        more_label=facet.plural,
        switch=_switch(facet),
        is_silent=not (selected or any(totals.values())),
        template=facet.template,
        is_by_number=not facet.own_order,
    )


def options_in_order(
    facet: Any, options: Iterable[Any], totals: dict[str, int]
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
