"""What a reader brings forward in the network: `partner:caw` in an address."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from concepts.models import ConceptVersion, Ownership, Participation
from eerstelijn.dates import valid_on
from eerstelijn.finder.question import OneValue
from governance.derived import present_agencies
from governance.models import Agency, Partner, PolicyDomain

#: An owner is a body, or a policy domain where the sources name no body.
BODY, DOMAIN, CONCEPT, PARTNER = "dienst", "domein", "concept", "partner"
WRITTEN = re.compile(rf"({BODY}|{DOMAIN}|{CONCEPT}|{PARTNER}):([a-z0-9-]{{1,100}})", re.ASCII)


@dataclass(frozen=True)
class Focus:
    """One owner, concept or partner that exists; as an address writes it: `partner:caw`."""

    kind: str
    slug: str
    name: str
    pk: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug}"

    def of_today(self) -> "Focus":
        """The body that a former one went on in; anything else is itself."""
        today = present_agencies().get(self.pk) if self.kind == BODY else None
        return Focus(BODY, today.slug, today.name, today.pk) if today else self


class FocusKey(OneValue):
    """A key that takes one owner, concept or partner, by its kind and its slug."""

    allowed = (
        f"{BODY}:, {DOMAIN}:, {CONCEPT}: of {PARTNER}: met de naam uit het adres van de pagina"
    )

    def read(self, text: str) -> Focus:
        match = WRITTEN.fullmatch(text.lower())
        found = _record(*match.groups()) if match else None
        if not match or not found:
            raise ValueError(text)
        return Focus(match[1], match[2], found.name, found.pk)


def _record(kind: str, slug: str) -> Any:
    if kind == CONCEPT:
        return ConceptVersion.objects.published().concepts().filter(concept__slug=slug).first()
    model = {BODY: Agency, DOMAIN: PolicyDomain, PARTNER: Partner}[kind]
    return model.objects.filter(slug=slug).first()


def linked(focus: Focus, keys: Sequence[int], day: dt.date | None) -> list[int]:
    """Of these versions, in their order, those that have a line to what is brought forward.

    A line of a day; of today without one.
    """
    if focus.kind == CONCEPT:
        return [key for key in keys if key == focus.pk]
    if focus.kind == PARTNER:
        said = Participation.objects.filter(partner=focus.pk)
    elif focus.kind == DOMAIN:
        said = Ownership.objects.filter(policy_domain=focus.pk, agency=None)
    else:
        former = (pk for pk, today in present_agencies().items() if today.pk == focus.pk)
        said = Ownership.objects.filter(agency__in=[focus.pk, *former])
    said = said.filter(valid_on(day or dt.date.today()))
    having = set(said.order_by().values_list("version", flat=True))
    return [key for key in keys if key in having]
