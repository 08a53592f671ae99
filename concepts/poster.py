"""The poster of a day: every concept with what it is for, who takes part, and how it stands."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.views.generic import TemplateView

from concepts.finder.forest import forest
from concepts.models import ASKING_ROLES, Concept, ConceptVersion
from concepts.page.onday import OnDay
from concepts.page.owners import OwnersOnDay
from concepts.page.sections import ConceptPage
from concepts.page.shared import Shared, shared
from concepts.reading import read_statements, statements_of
from concepts.woods import Owner, owners
from eerstelijn.pages.views import PDF, InFormats, KnowsDay
from governance.bodies import lines
from governance.citing import cite

#: The roles that a card tells; who supports, studies or refers is on the page of the concept.
TOLD = frozenset(ASKING_ROLES)
#: So many partners of a role a card names; then how many more.
MOST_NAMED = 6
#: So many concepts of an owner have a card; then how many more. No owner of today has as many.
MOST_CARDS = 20
#: It is one sheet, in the largest of these sizes of letters (points) in which it fits.
SIZES = ("12", "11.5", "11")


class Card(ConceptPage):
    """One concept on the poster: the short answers of its page."""

    @cached_property
    def answers(self):
        """The four questions with their answers; empty where the sources do not say."""
        return {cell["question"]: cell["answer"] for cell in self.factbox.cells}

    @property
    def goal(self):
        """What it is for."""
        return self.answers["Waarvoor dient het?"]

    @property
    def facts(self):
        """Where it holds, how to get there, and whether it runs, as (label, words)."""
        said = {item["label"]: item["value"] for item in self.factbox.strip}
        return [
            ("Waar", self.answers["Waar geldt het?"]),
            ("Toegang", said.get("Rechtstreeks toegankelijk", "")),
            ("Stand", said.get(f"Stand {self.owned.when.lower()}", "")),
        ]

    @property
    def roles(self):
        """Who takes part by role, as (key, label, names, how many more)."""
        for group in self.role_groups:
            if group["key"] in TOLD:
                names = list(dict.fromkeys(partner["label"] for partner in group["partners"]))
                shown, more = names[:MOST_NAMED], len(names) - MOST_NAMED
                yield group["key"], group["label"], shown, max(more, 0)


@dataclass
class PosterOwner:
    """An owner, and the cards of its concepts."""

    owner: Owner
    cards: list[Card]


def poster_owners(known: Shared, day: dt.date | None = None) -> list[PosterOwner]:
    """The owners in the order of their trees, with a card for each of their concepts.

    On a day these are the owners of that day, and a card tells what held then.
    """
    groups = owners(day, most=MOST_CARDS)
    shown = [concept.pk for owner in groups for concept in owner.concepts]
    versions = ConceptVersion.objects.with_card().in_bulk(shown)
    read_statements(list(versions.values()))
    cards = _cards(versions.values(), known, day)
    return [
        PosterOwner(owner, [cards[each.pk] for each in owner.concepts if each.pk in cards])
        for owner in groups
    ]


def _cards(
    versions: Iterable[ConceptVersion], known: Shared, day: dt.date | None
) -> dict[int, Card]:
    """The card of each version, by its primary key."""
    versions = list(versions)
    if day is None:
        return {version.pk: Card(version, known) for version in versions}
    # Whether something was announced by that day, its sources say.
    cite(row for version in versions for _, row in statements_of(version))
    owned = OwnersOnDay(day, lines(), known.changes)
    return {
        version.pk: Card(version, known, on_day=OnDay(day, owned).sift(version))
        for version in versions
    }


def lit(known: Shared, day: dt.date | None = None) -> list[dict[str, Any]]:
    """The strip of all concepts, each in the colour of its owner; empty with too many to draw."""
    trees = known.forests[Concept.RecordKind.CONCEPT]
    if day:
        trees = forest(ConceptVersion.objects.published().concepts(), (), day=day)
    return [tree | {"on": True, "own": False} for tree in trees or ()]


class PosterView(KnowsDay, InFormats, TemplateView):
    """The poster: it is only paper, of today or of the day that was asked."""

    paper_template = "paper/poster.html"
    paper_pages = 1

    def formats(self):
        return (PDF,)

    def paper_contexts(self):
        known = shared()
        groups = poster_owners(known, self.stated_day)
        context = {
            "owners": groups,
            "trees": lit(known, self.stated_day),
            "number": sum(len(group.owner.pks) for group in groups),
            "address": self.request.build_absolute_uri(self.question.as_of.url("/")),
            "is_other_day": self.question.as_of.is_other_day,
        }
        for size in SIZES:
            yield context | {"size": size}
