"""How a facet reads its key of an address."""

from collections.abc import Collection
from typing import Any

from eerstelijn.finder.problems import MOST_VALUES, Problem, many_values
from eerstelijn.finder.question import Key, as_known


class GroupsField(Key):
    """The groups of which a page gives every choice, by the keys of their facets."""

    def __init__(self, facets: Collection[str]):
        super().__init__()
        self.facets = facets

    def clean(self, given: list[str]) -> list[str]:
        given = list(dict.fromkeys(as_known(value, self.facets) for value in given))
        unknown = [value for value in given if value not in self.facets]
        allowed = ", ".join(self.facets)
        self.problems = [Problem(self.key, value, allowed) for value in unknown]
        return [value for value in given if value in self.facets]

    def written(self, keys: list[str]) -> list[str]:
        return keys


class FacetField(Key):
    """The values of a facet that are options, in their order; a former slug is its successor."""

    def __init__(self, facet: Any, **kwargs: Any):
        super().__init__(**kwargs)
        self.facet = facet

    def clean(self, given: list[str]) -> list[Any]:
        """The chosen options. What names none is kept as a Problem."""
        self.problems: list[Problem] = []
        if not given:
            return []
        if len(given) > MOST_VALUES:
            self.problems.append(many_values(self.key, len(given)))
        options = self.facet.parent.options[self.key]
        present = self.present(given[:MOST_VALUES], options)
        self.problems += [self.problem(value) for value in present if value not in options]
        chosen = set(present)
        return [option for value, option in options.items() if value in chosen]

    def present(self, values: list[str], options: dict[str, Any]) -> list[str]:
        """The values as they are known, with the successor of what is no option but was one."""
        values = [as_known(value, options) for value in values]
        unknown = [value for value in values if value not in options]
        if not (unknown and self.facet.option_model):
            return values
        written = [value[:100].replace("\x00", "").lower() for value in unknown]
        moved = self.facet.options.moved(written)
        return [moved.get(value.lower(), value) for value in values]

    def problem(self, value: str) -> Problem:
        """The Problem of a value that names no option."""
        options = self.facet.parent.options[self.key]
        if len(options) > 30:
            where = f"in de JSON: facetten.{self.key}"
            return Problem(self.key, value, f"een keuze uit de lijst ({where})")
        return Problem(self.key, value, ", ".join(options) or "nog geen enkele waarde")

    def written(self, options: list[Any]) -> list[str]:
        return [option.value for option in options]
