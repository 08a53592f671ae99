"""What `/gevraagd/` shows to who did not say yet for whom they work: who is asked most."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from concepts.finder.over import Ended
from concepts.models import OBLIGING_ROLES, Role
from concepts.places.asked import in_order
from concepts.places.reaching import everywhere
from eerstelijn.finder.listing import Finder
from eerstelijn.pages.parts import Absolute, Data
from governance.models import Partner

#: How many partners the page names.
MOST_SHOWN = 12


@dataclass
class MostAsked:
    """How many concepts ask a partner, in how many it leads or must take part, and its roles."""

    partner: Partner
    url: str = ""
    number: int = 0
    must: int = 0
    found: set[str] = field(default_factory=set)

    @property
    def roles(self) -> list[Role]:
        return in_order(self.found)

    @property
    def must_said(self) -> str:
        return f"in {self.must} leidt of moet het" if self.must else "moet nergens"

    @property
    def role_words(self) -> str:
        return ", ".join(role.label for role in self.roles)


class StartPage:
    """The partners by how often they are asked by what the question finds."""

    columns = ("partner", "naam", "partnertype", "aantal", "moet", "rollen", "url")
    template_name = "asking/start.html"
    title = "Wat vraagt men van mij?"
    selected = ""
    place = ""

    def __init__(self, filterset: Any, finder: Finder, look: Any):
        self.filterset = filterset
        self.finder = finder

    @cached_property
    def _asked(self) -> list[dict[int, list[str]]]:
        """Of each concept that asks something: the partners that it asks, with their roles."""
        known, ended = everywhere(), Ended(self.filterset)
        chosen = {option.value for option in self.filterset.active.get("rol", ())}
        found = []
        for key in self.filterset.keys(0, self.filterset.number_found):
            concept = known.by_version.get(key)
            if concept is None or concept in ended:
                continue
            asked = {
                partner: [role for role in roles if not chosen or role in chosen]
                for partner, roles in concept.asked_on(self.filterset.day).items()
            }
            found.append({partner: roles for partner, roles in asked.items() if roles})
        return [asked for asked in found if asked]

    @property
    def number(self) -> int:
        """How many concepts ask something of a partner."""
        return len(self._asked)

    @cached_property
    def rows(self) -> list[MostAsked]:
        known = everywhere()
        rows: dict[int, MostAsked] = {}
        for asked in self._asked:
            for partner, roles in asked.items():
                row = rows.setdefault(partner, MostAsked(known.partners[partner]))
                row.number += 1
                row.must += not set(roles).isdisjoint(OBLIGING_ROLES)
                row.found.update(roles)
        for row in rows.values():
            row.url = self.finder.url(partner=[row.partner.slug])
        order = sorted(rows.values(), key=lambda row: row.partner.name.casefold())
        return sorted(order, key=lambda row: (-row.number, -row.must))

    @property
    def shown(self) -> list[MostAsked]:
        return self.rows[:MOST_SHOWN]

    @property
    def highest(self) -> int:
        return self.rows[0].number if self.rows else 0

    def data(self, absolute: Absolute) -> Data:
        return {
            "partners": [
                {
                    "partner": row.partner.slug,
                    "naam": row.partner.name,
                    "partnertype": row.partner.type.slug,
                    "aantal": row.number,
                    "moet": row.must,
                    "rollen": [role.value for role in row.roles],
                    "url": absolute(row.url),
                }
                for row in self.rows
            ]
        }

    def csv_rows(self, absolute: Absolute) -> Iterator[list[object]]:
        partners: Any = self.data(absolute)["partners"]
        for row in partners:
            yield [row[column] for column in self.columns]
