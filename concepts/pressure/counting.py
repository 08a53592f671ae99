"""How often each partner or type of partner is asked, counted as the finder counts.

The numbers come from the sets that the finder keeps, so that a row has as many concepts as the
finder finds with that partner and the roles that ask, for ten thousand concepts as for twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from concepts.finder.filters import TAKING_PART
from concepts.finder.overviews import NOT_RUNNING, OverviewFilter
from concepts.models import ASKING_ROLES, Role, Standing
from concepts.pressure.roles import MUST_ROLES
from eerstelijn.finder.bound import Qualified
from eerstelijn.finder.counting import RowSet
from eerstelijn.finder.facets import Option

#: Keys that say how to look at the concepts, or that only an overview has.
OWN_KEYS = ("alles", "pagina", "per_pagina", "sorteer", "partner_alle")


@dataclass(frozen=True)
class Pressed:
    """A partner or a type of partner, and the concepts that ask something of it."""

    option: Option
    asked: RowSet
    #: Those in which it leads or must take part.
    must: RowSet

    @property
    def name(self) -> str:
        return self.option.label

    @property
    def number(self) -> int:
        return self.asked.bit_count()

    @property
    def must_number(self) -> int:
        return self.must.bit_count()


def pressed(filterset: OverviewFilter, key: str) -> list[Pressed]:
    """Each that a concept asks, the most asked first; `key` is `partner` or `partnertype`."""
    facet: Qualified = filterset.facets[key]

    def asked(option: Option, roles: Sequence[Role]) -> RowSet:
        known = filterset.options["rol"]
        rows = facet.beside(filterset.tally, option.pk, [known[role] for role in roles])
        return rows & filterset.found

    every = (
        Pressed(option, asked(option, ASKING_ROLES), asked(option, MUST_ROLES))
        for option in filterset.options[key].values()
    )
    found = [row for row in every if row.asked]
    return sorted(found, key=lambda row: (-row.number, row.name.casefold()))


def finder_url(filterset: OverviewFilter) -> str:
    """The finder's address of what is shown, with the roles that ask; a partner goes behind it.

    Empty where the finder has no question that finds the same: it was asked about partners
    already, or it cannot leave out what never ran without what nobody knows the standing of.
    """
    values = {key: given for key, given in filterset.values.items() if key not in OWN_KEYS}
    if not filterset.active.keys().isdisjoint(TAKING_PART):
        return ""
    if filterset.left_out:
        states = [str(state) for state in Standing.State if state not in NOT_RUNNING]
        unsaid = filterset.found
        for state in states:
            unsaid &= ~filterset.tally.rows_with("stand", state)
        if unsaid:
            return ""
        values["stand"] = states
    values["rol"] = [str(role) for role in ASKING_ROLES]
    return f"{reverse('concept-list')}?{urlencode(values, doseq=True)}"
