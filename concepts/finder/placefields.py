"""What a page asks about a place: one field in words, lists to choose from, and how certain."""

from dataclasses import dataclass, field, fields
from typing import Any

from concepts.finder.asked import MUNICIPALITY_MARK
from eerstelijn.finder.fieldsets import Choice, Fieldset


@dataclass
class ChoiceList:
    """Some places of one key: boxes, or the select of a kind of area."""

    key: str
    options: list[Choice]
    label: str = ""


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


@dataclass
class PlaceFieldset(Fieldset):
    """The facet "Waar"."""

    #: What stands in the field: the one place that was asked about, or what was not understood.
    text: str = ""
    suggestions: list[str] = field(default_factory=list)
    #: More places than one are boxes, each of its own key.
    chosen: list[ChoiceList] = field(default_factory=list)
    lists: list[ChoiceList] = field(default_factory=list)
    #: How certain it is that a concept reaches the place; only with a place.
    reach: Fieldset | None = None
    reach_of: str = ""

    @property
    def answers(self) -> list[AnswerBox]:
        return [AnswerBox.of(choice) for choice in self.reach.all_options] if self.reach else []

    @classmethod
    def of(cls, areas: Fieldset, finder: Any, facet: Any) -> "PlaceFieldset":
        """From the facet of the areas as any other, and the finder around it."""
        own = {each.name: getattr(areas, each.name) for each in fields(areas)}
        filterset = finder.filterset
        places = [(key, option) for key in filterset.places for option in filterset.active[key]]
        names = Names(filterset, facet)
        one = len(places) == 1
        return cls(
            **own | {"label": "Waar", "is_open": True, "is_silent": False, "is_by_number": True},
            text=names.of(*places[0]) if one else typed(filterset),
            suggestions=names.all,
            chosen=[] if one else boxes(finder, filterset.places),
            lists=lists_of(facet, areas.options),
            reach=filterset.facets["dekking"].fieldset(finder) if places else None,
            reach_of=" of ".join(option.label for _, option in places),
        )


def typed(filterset: Any) -> str:
    """What was typed and not understood."""
    given = filterset.data.getlist("waar") if filterset.problems else []
    return given[0][:100] if given else ""


def boxes(finder: Any, keys: Any) -> list[ChoiceList]:
    """The chosen places as boxes, by their key."""
    fieldsets = (finder.filterset.facets[key].boxes(finder) for key in keys)
    return [
        ChoiceList(each.key, [box for box in each.options if box.selected]) for each in fieldsets
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

    def __init__(self, filterset: Any, facet: Any):
        areas = filterset.options["gebied"].values()
        self._areas = [option.label for option in areas if facet.offers(option.value)]
        self._shared = {label.rpartition(" (")[0] for label in self._areas}
        self._towns = [option.label for option in filterset.options["gemeente"].values()]

    def of(self, key: str, option: Any) -> str:
        """A place as the field says it."""
        return self._town(option.label) if key == "gemeente" else option.label

    @property
    def all(self) -> list[str]:
        return [*self._areas, *(self._town(name) for name in self._towns if "(tot" not in name)]

    def _town(self, name: str) -> str:
        return f"{name}{MUNICIPALITY_MARK}" if name in self._shared else name
