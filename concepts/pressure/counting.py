"""How often each partner or type of partner is asked, in what runs or ran.

What is over counts, and is told apart by the rule of `concepts.finder.over`: the rest is what
`concepts.asking` lists. The numbers come from the sets that the finder keeps, for ten thousand
concepts as for twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from concepts.finder.filters import TAKING_PART
from concepts.finder.over import Asked
from concepts.finder.overviews import OverviewFilter
from concepts.models import ASKING_ROLES, OBLIGING_ROLES, Role
from concepts.places.reaching import everywhere
from eerstelijn.finder.bound import Qualified
from eerstelijn.finder.counting import RowSet
from eerstelijn.finder.facets import Option

#: Keys that say how to look at the concepts.
OWN_KEYS = ("pagina", "per_pagina", "sorteer", "partner_alle")
#: What says only that somebody helps or cares comes after all that is named.
REMAINDER = "welzijn-en-zorg-algemeen"


@dataclass(frozen=True)
class Pressed:
    """A partner or a type of partner, and the concepts that ask, or asked, something of it."""

    option: Option
    asked: RowSet
    #: Those that ask nothing any more.
    over: RowSet
    #: Those in which it leads or must take part.
    must: RowSet
    #: Whether the sources describe it broadly, and name nobody in particular.
    is_broad: bool = False

    @property
    def name(self) -> str:
        return self.option.label

    @property
    def is_remainder(self) -> bool:
        """Whether it is the type of all that has no type of its own."""
        return self.option.value == REMAINDER

    @property
    def number(self) -> int:
        return self.asked.bit_count()

    @property
    def over_number(self) -> int:
        return self.over.bit_count()

    @property
    def must_number(self) -> int:
        return self.must.bit_count()


def pressed(filterset: OverviewFilter, key: str) -> list[Pressed]:
    """Each that a concept asks, the most asked first; `key` is `partner` or `partnertype`."""
    facet: Qualified = filterset.facets[key]
    known, now = filterset.options["rol"], Asked.of(filterset)

    def asked(option: Option, roles: Sequence[Role]) -> RowSet:
        said = facet.beside(filterset.tally, option.pk, [known[role] for role in roles])
        return said & filterset.found

    def asks_still(option: Option) -> RowSet:
        rows = 0
        for role in ASKING_ROLES:
            said = facet.beside(filterset.tally, option.pk, [known[role]])
            rows |= said & ~now.gone(key, option.pk, role)
        return rows & ~now.over

    partners = everywhere().partners if key == "partner" else {}

    def is_broad(option: Option) -> bool:
        partner = partners.get(int(option.pk))
        return bool(partner and partner.is_broad)

    def row(option: Option) -> Pressed:
        every = asked(option, ASKING_ROLES)
        over, must = every & ~asks_still(option), asked(option, OBLIGING_ROLES)
        return Pressed(option, every, over, must, is_broad(option))

    rows = map(row, filterset.options[key].values())
    return sorted((row for row in rows if row.asked), key=_order)


def _order(row: Pressed) -> tuple[bool, int, str]:
    return row.is_remainder, -row.number, row.name.casefold()


def asked_url(filterset: OverviewFilter) -> str:
    """The address that lists what is asked, of these concepts; a partner goes behind it.

    It counts by the same rule. Empty where the question names partners already.
    """
    if not filterset.active.keys().isdisjoint(TAKING_PART):
        return ""
    values = {key: given for key, given in filterset.values.items() if key not in OWN_KEYS}
    query = urlencode(values, doseq=True)
    return f"{reverse('asked')}?{query}{'&' if query else ''}"
