"""What a page asks about a place: one field in words, lists to choose from, and how certain."""

from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import blake2b
from typing import Any

from django.urls import reverse

from concepts.finder.asked import MUNICIPALITY_MARK
from eerstelijn.finder.fieldsets import Choice, Fieldset


@dataclass
class ChoiceList:
    """Some places of one key: boxes, or the select of a kind of area."""

    key: str
    options: list[Choice]
    label: str = ""
    halves: dict[str, tuple[str, str]] = field(default_factory=dict)
    is_unfilled = False


@dataclass
class AnswerBox:
    """A box for one answer: its icon goes by `key` (templates/includes/_coverage_badge.html)."""

    value: str
    label: str
    count: int
    #: The attribute of the box that says that it is chosen, or cannot be.
    state: str

    @property
    def key(self) -> str:
        return self.value

    @classmethod
    def of(cls, choice: Choice) -> "AnswerBox":
        state = "checked" if choice.selected else "disabled" if choice.disabled else ""
        return cls(choice.value, choice.label, choice.count, state)


class PlaceFieldset(Fieldset):
    """The facet "Waar"."""

    has_frame = False

    def __init__(self, facet: Any, finder: Any):
        super().__init__(facet, finder)
        self.label, self.is_open, self.is_by_number = "Waar", True, True
        filterset = finder.filterset
        self.names: Names = filterset.tally.beside("places by name", partial(Names, filterset))
        self._places = [
            (key, option) for key in filterset.place_keys for option in filterset.active[key]
        ]

    @property
    def is_silent(self) -> bool:
        return False

    @property
    def text(self) -> str:
        """What stands in the field: the one place that was asked about, or was not understood."""
        if len(self._places) == 1:
            return self.names.of(*self._places[0])
        return typed(self.finder.filterset)

    @property
    def suggestions_url(self) -> str:
        """Where the script finds what a reader can type."""
        return self.names.url

    @property
    def chosen(self) -> list[ChoiceList]:
        """More places than one are boxes, each of its own key."""
        if len(self._places) == 1:
            return []
        return boxes(self.finder, self.finder.filterset.place_keys)

    @property
    def lists(self) -> list[ChoiceList]:
        return lists_of(self.facet, self.options)

    @cached_property
    def reach(self) -> Fieldset | None:
        """How certain it is that a concept reaches the place; only with a place."""
        if not self._places:
            return None
        reach: Fieldset = self.finder.filterset.facets["dekking"].fieldset(self.finder)
        return reach

    @property
    def reach_of(self) -> str:
        return " of ".join(option.label for _, option in self._places)

    @property
    def answers(self) -> list[AnswerBox]:
        return [AnswerBox.of(choice) for choice in self.reach.all_options] if self.reach else []


def typed(filterset: Any) -> str:
    """What was typed and not understood."""
    given = filterset.data.getlist("waar") if filterset.problems else []
    return given[0][:100] if given else ""


def boxes(finder: Any, keys: Any) -> list[ChoiceList]:
    """The chosen places as boxes, by their key."""
    fieldsets = (finder.filterset.facets[key].boxes(finder) for key in keys)
    return [
        ChoiceList(each.key, [box for box in each.options if box.selected], halves=each.halves)
        for each in fieldsets
    ]


def lists_of(facet: Any, options: list[Choice]) -> list[ChoiceList]:
    """The areas that a page offers, in a list for each kind."""
    lists: dict[str, ChoiceList] = {
        label: ChoiceList(facet.key, [], label) for label in facet.headings.values()
    }
    for option in options:
        if facet.offers(option.value) and not option.selected:
            lists[facet.headings[option.value.partition("-")[0]]].options.append(option)
    return [each for each in lists.values() if each.options]


class Names:
    """What a reader can type: the names of today's municipalities, and the areas with their kind.

    A municipality that shares its name with an area says that it is one.
    """

    def __init__(self, filterset: Any):
        areas, facet = filterset.options["gebied"].values(), filterset.facets["gebied"]
        offered = [option.label for option in areas if facet.offers(option.value)]
        self._shared = {label.rpartition(" (")[0] for label in offered}
        towns = [option.label for option in filterset.options["gemeente"].values()]
        self.all = [*(self._town(name) for name in towns if "(tot" not in name), *offered]

    @cached_property
    def mark(self) -> str:
        """Eight hexadecimal digits that are others as soon as a name is."""
        return blake2b("\n".join(self.all).encode(), digest_size=4).hexdigest()

    @property
    def url(self) -> str:
        """Other names have another address: a browser may keep what it read for good."""
        return f"{reverse('place-names')}?v={self.mark}"

    def of(self, key: str, option: Any) -> str:
        """A place as the field says it."""
        return self._town(option.label) if key == "gemeente" else option.label

    def _town(self, name: str) -> str:
        return f"{name}{MUNICIPALITY_MARK}" if name in self._shared else name
