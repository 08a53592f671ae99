"""One concept in the list of what is asked: the task, its ground, whose, since when and where."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, Prefetch

from concepts.asking.since import Since, since_of
from concepts.asking.sorting import Kind
from concepts.coverage import Reach
from concepts.finder.chosen import Chosen
from concepts.finder.reasons import in_words, weakest
from concepts.finder.rows import (
    ROLE_ORDER,
    CoverageBadge,
    owner_names,
    owner_on,
    tree_of,
    unique,
)
from concepts.models import (
    ConceptVersion,
    Coverage,
    LegalBasis,
    Milestone,
    Ownership,
    Participation,
    Role,
)
from concepts.models import Standing as StandingRow
from concepts.page.shared import shared
from concepts.places.answers import present_on
from concepts.places.asked import in_order
from eerstelijn.dates import Holds, SourceDate
from eerstelijn.onday import began_after
from eerstelijn.pages.parts import Absolute, Data, sources_data
from governance.citing import cite
from governance.models import CoverageArea

#: So many places in sources stand beside a task on the page, and beside any other fact; the page of
#: the concept, and data, have them all.
MOST_PLACES, PLACES_OF_A_FACT = 2, 1
#: What each role asks, as an order.
ORDERS = {
    Role.DIRECTION: "Neem de regie",
    Role.CHAIR: "Zit voor",
    Role.COORDINATION: "Coördineer",
    Role.REQUIRED: "Doe zeker mee",
    Role.PARTICIPANT: "Doe mee",
    Role.PROVIDER: "Bied het aan",
    Role.FOUNDER: "Richt het op",
    Role.PROJECT_HOLDER: "Trek een project",
    Role.SUPPORTER: "Ondersteun",
    Role.RESEARCHER: "Onderzoek",
    Role.REFERRER: "Verwijs door",
}
#: The answers for a place, short enough for a column.
HERE = {
    Reach.YES: "zeker hier",
    Reach.PARTLY: "in een deel hiervan",
    Reach.PLANNED: "gepland",
    Reach.UNSTATED: "niet vermeld",
    Reach.NO: "niet hier",
}


@dataclass
class Task:
    """What a concept asks in one role, in the words of the source where it has its own."""

    role: Role
    words: str
    statements: list[Participation] = field(default_factory=list)
    #: The partners that it is asked of, where the reader did not name one.
    of: str = ""

    @property
    def text(self) -> str:
        said = f"{ORDERS[self.role]}: {self.words}" if self.words else ORDERS[self.role]
        return said if said.endswith(".") else f"{said}."

    @property
    def places(self) -> list[Model]:
        return places_of(self.statements, MOST_PLACES)


@dataclass
class AskRow:
    """What one concept asks of the partners that a question is about."""

    version: ConceptVersion
    asks: list[Participation]
    day: dt.date
    #: Whether each task says of which partner: the reader named a type, or several.
    names_partners: bool
    places: Mapping[str, Any]
    asked_places: Iterable[str]
    #: The slug of the partner through which it is asked; empty for who is asked by name.
    via: str = ""
    is_over: bool = False

    @property
    def tree(self) -> str:
        return tree_of(self.version, self.day)

    @cached_property
    def roles(self) -> list[Role]:
        return in_order(row.role for row in self.asks)

    @property
    def kind(self) -> Kind:
        return Kind.of(self.roles)

    @cached_property
    def tasks(self) -> list[Task]:
        """A task for each role and wording, the strongest first."""
        tasks: dict[tuple[str, str], Task] = {}
        for row in sorted(self.asks, key=lambda row: ROLE_ORDER[row.role]):
            task = Task(Role(row.role), row.wording)
            tasks.setdefault((row.role, row.wording), task).statements.append(row)
        for task in tasks.values():
            if self.names_partners:
                task.of = ", ".join(unique(row.partner.name for row in task.statements))
        return list(tasks.values())

    @cached_property
    def laws(self) -> list[LegalBasis]:
        """The acts that the concept rested on that day."""
        rows = self.version.legal_bases.all()
        return [row for row in rows if row.decree.is_law and row.holds_on(self.day) is not Holds.NO]

    @property
    def ground(self) -> LegalBasis | None:
        """The act that is named first."""
        return self.laws[0] if self.laws else None

    @property
    def ground_date(self) -> str:
        """Its date, where its title does not have it."""
        label: str = self.ground.decree.date.label if self.ground else ""
        return label if self.ground and label not in self.ground.decree.short_title else ""

    @property
    def ground_sources(self) -> list[Model]:
        return self._further(self.laws[:1])

    @property
    def more_grounds(self) -> int:
        return max(len(self.laws) - 1, 0)

    @cached_property
    def owner_row(self) -> Ownership | None:
        row: Ownership | None = owner_on(self.version, self.day)
        return row

    @cached_property
    def owner_names(self) -> tuple[str, str]:
        """Whose it is that day, and under which name the sources have it."""
        return owner_names(self.owner_row, present_on(shared().present, self.day))

    @property
    def owner(self) -> str:
        return self.owner_names[0]

    @property
    def owner_was(self) -> str:
        return self.owner_names[1]

    @property
    def owner_sources(self) -> list[Model]:
        """What says whose it is: after a merger the change; not what the task rests on already."""
        row = self.owner_row
        if row is None:
            return []
        return self._further(
            shared().changes.get(row.agency_id, [row]) if self.owner_was else [row]
        )

    @cached_property
    def coverage(self) -> Coverage | None:
        """What says where it works: for the place, else the first that is said of it."""
        if self.places:
            return self._answer.row
        return next(iter(self.version.coverages.all()), None)

    @cached_property
    def _answer(self) -> Any:
        return weakest(self.version, self.places, self.day)

    @property
    def reach(self) -> Reach | None:
        """Whether it reaches the place that was asked about, if any."""
        return self._answer.reach if self.places else None

    @property
    def badge(self) -> CoverageBadge | None:
        if self.reach is None:
            return None
        return CoverageBadge(CoverageBadge.of(self.reach).key, HERE[self.reach])

    @property
    def where(self) -> str:
        """Why it reaches the place, or in the words of the source where it works."""
        link = in_words(self._answer, list(self.asked_places)).link if self.places else ""
        return link or (self.coverage.wording if self.coverage else "")

    @property
    def where_sources(self) -> list[Model]:
        return self._further([self.coverage] if self.coverage else [])

    @cached_property
    def _since(self) -> Since:
        """From when: the start that comes nearest to what is asked, of those that came by then."""
        found = since_of(self.version, self.asks, self.coverage, self.laws)
        return next((each for each in found if not began_after(each.date, self.day)), Since())

    @property
    def since(self) -> SourceDate:
        return self._since.date

    @property
    def since_what(self) -> str:
        return self._since.what

    @property
    def since_sources(self) -> list[Model]:
        return self._further(self._since.says)

    @property
    def remarks(self) -> list[str]:
        """What the editors say of the tasks."""
        return unique(row.note for row in self.asks if row.note)

    def _further(self, statements: Iterable[Any]) -> list[Model]:
        """What some statements rest on, where the tasks do not rest on it: a row says it once."""
        told = {place.pk for task in self.tasks for place in task.places}
        places = places_of(statements, None)
        return [] if told & {place.pk for place in places} else places[:PLACES_OF_A_FACT]

    def as_data(self, absolute: Absolute) -> Data:
        ground, standing = self.ground, next(iter(self.version.standings.all()), None)
        statements = [*self.asks, *self.laws[:1], *self._since.says]
        statements += [self.coverage] if self.coverage else []
        statements += [self.owner_row] if self.owner_row else []
        return {
            "slug": self.version.concept.slug,
            "naam": self.version.name,
            "url": absolute(self.version.get_absolute_url()),
            "partners": unique(row.partner.slug for row in self.asks),
            "rollen": [role.value for role in self.roles],
            "taak": " ".join(task.text for task in self.tasks),
            "verplicht": self.kind is Kind.MUST,
            "via": self.via or None,
            "voorbij": self.is_over,
            "stand": standing.state if standing else None,
            "grond": ground
            and {
                "regelgeving": ground.decree.slug,
                "titel": ground.decree.short_title,
                "datum": ground.decree.date.as_data(),
            },
            "dienst": self.owner or None,
            "dienst_in_de_bron": self.owner_was or None,
            "sinds": self.since.as_data(),
            "sinds_wat": self.since_what or None,
            "dekking": self.reach.value if self.reach else None,
            "dekking_reden": self.where or None,
            "bronnen": sources_data(statements, absolute),
        }


def places_of(statements: Iterable[Any], most: int | None) -> list[Any]:
    """The places that statements cite, each once; so many, or all of them."""
    places = {place.pk: place for row in statements for place in row.citations.all()}
    return list(places.values())[:most]


def read_versions(keys: Iterable[int]) -> dict[int, ConceptVersion]:
    """Versions by their key with all that rows say of them; a fixed number of queries."""
    acts = LegalBasis.objects.select_related("decree").prefetch_related("decree__dates")
    areas = Prefetch("territory", CoverageArea.objects.select_related("kind"))
    versions = ConceptVersion.objects.select_related("concept").defer("search")
    found: dict[int, ConceptVersion] = versions.prefetch_related(
        Prefetch("participations", Participation.objects.select_related("partner__type")),
        Prefetch("legal_bases", acts),
        Prefetch("ownerships", Ownership.objects.select_related("policy_domain", "agency")),
        Prefetch("coverages", Coverage.objects.select_related("scale").prefetch_related(areas)),
        Prefetch("standings", StandingRow.objects.named()),
        Prefetch("milestones", Milestone.objects.filter(is_announced=False)),
    ).in_bulk(list(keys))
    told = found.values()
    laws = [row for version in told for row in version.legal_bases.all()]
    cite(
        (row for version in told for row in version.participations.all()),
        laws,
        (date for row in laws for date in row.decree.dates.all()),
        (row for version in told for row in version.ownerships.all()),
        (row for version in told for row in version.coverages.all()),
        (row for version in told for row in version.standings.all()),
        (row for version in told for row in version.milestones.all()),
    )
    return found


def asks_of(version: ConceptVersion, chosen: Chosen, day: dt.date) -> list[Participation]:
    """What a version asked on a day of those that were chosen; what is over where that is all."""
    rows = [row for row in version.participations.all() if chosen.includes(row)]
    return [row for row in rows if row.holds_on(day) is not Holds.NO] or rows
