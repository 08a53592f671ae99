"""The poster of today: every concept with what it is for, who takes part, and how it stands."""

from dataclasses import dataclass
from functools import cached_property

from django.views.generic import TemplateView

from concepts.models import ASKING_ROLES, Concept, ConceptVersion
from concepts.page.sections import ConceptPage
from concepts.page.shared import Shared, shared
from concepts.reading import read_statements
from concepts.woods import Owner, owners
from eerstelijn.pages.views import PDF, InFormats

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
            ("Stand", said.get("Stand vandaag", "")),
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


def poster_owners(known: Shared) -> list[PosterOwner]:
    """The owners in the order of their trees, with a card for each of their concepts."""
    groups = owners(most=MOST_CARDS)
    shown = [concept.pk for owner in groups for concept in owner.concepts]
    versions = ConceptVersion.objects.with_card().in_bulk(shown)
    read_statements(list(versions.values()))
    return [
        PosterOwner(
            owner,
            [Card(versions[each.pk], known) for each in owner.concepts if each.pk in versions],
        )
        for owner in groups
    ]


def lit(trees):
    """The strip of all concepts, each in the colour of its owner."""
    return [tree | {"on": True, "own": False} for tree in trees]


class PosterView(InFormats, TemplateView):
    """The poster: it is only paper, of today."""

    paper_template = "paper/poster.html"
    paper_pages = 1

    def formats(self):
        return (PDF,)

    def paper_contexts(self):
        known = shared()
        groups = poster_owners(known)
        context = {
            "owners": groups,
            "trees": lit(known.forests[Concept.RecordKind.CONCEPT] or ()),
            "number": sum(len(group.owner.pks) for group in groups),
            "address": self.request.build_absolute_uri("/"),
        }
        for size in SIZES:
            yield context | {"size": size}
