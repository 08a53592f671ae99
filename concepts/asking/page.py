"""What `/gevraagd/` shows of a partner or a type of partner, in a place or anywhere."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from concepts.asking.again import asked_again
from concepts.asking.data import COLUMNS, cells_of, data_of
from concepts.asking.past import PastRow
from concepts.asking.rows import AskRow, asks_of, read_versions
from concepts.asking.sorting import Kind, Sorted
from concepts.asking.through import Through, through
from concepts.asking.words import NOUNS, asked_in_short, more_through
from concepts.coverage import Reach
from concepts.finder.rows import CoverageBadge
from concepts.models import ASKING_ROLES, ConceptVersion, Role
from concepts.places.answers import area_of
from concepts.places.reaching import Reaching, everywhere
from eerstelijn.finder.listing import Finder, Link
from eerstelijn.finder.sentence import Segment
from eerstelijn.pages.parts import Absolute, Data

#: Beyond this many concepts in one part a page sends its reader to the finder.
MOST_SHOWN = 60
#: Of those that ask others of the same type the first are named.
MOST_ALSO = 5
#: What of a question says where, and how well that is known.
WHERE = dict.fromkeys(("gemeente", "gebied", "waar", "dekking"))


@dataclass
class AskGroup:
    """Concepts that ask equally strongly."""

    kind: Kind
    rows: list[AskRow]


@dataclass
class Part:
    """What is asked of a partner by name, or through another."""

    sorted: Sorted
    title: str
    via: str = ""

    @property
    def number(self) -> int:
        return len(self.sorted.keys)

    @property
    def shown(self) -> list[int]:
        return self.sorted.keys[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many are left to the site or the finder."""
        return self.number - len(self.shown)


class AskedPage:
    """The list of what is asked, in its parts: by name, through another partner, and what is over.

    `data` and `csv_rows` give every row of it.
    """

    columns = COLUMNS
    template_name = "asking/asked.html"

    def __init__(self, filterset: Any, finder: Finder, look: Any):
        self.filterset = filterset
        self.finder = finder
        self.known = everywhere()
        self.day = filterset.day
        self.own = Part(Sorted(filterset, self.known), self._own_title)

    # Whom and where

    @cached_property
    def _options(self) -> list[Any]:
        active = self.filterset.active
        return [*active.get("partner", ()), *active.get("partnertype", ())]

    @property
    def who(self) -> str:
        """The partners or types by name."""
        return " of ".join(option.label for option in self._options)

    @cached_property
    def _partner(self) -> Any:
        """The one partner that was asked about; None for a type, or for several."""
        partners = self.filterset.active.get("partner", [])
        is_one = len(partners) == 1 == len(self._options)
        return self.known.partners.get(int(partners[0].pk)) if is_one else None

    @property
    def selected(self) -> str:
        """What the form shows as chosen."""
        if self._partner:
            return str(self._partner.slug)
        is_one = len(self._options) == 1
        return f"soort:{self._options[0].value}" if is_one else ""

    @property
    def place(self) -> str:
        """The places by name; empty without any."""
        keys = self.filterset.place_keys
        return " of ".join(option.label for key in keys for option in self.filterset.active[key])

    @property
    def title(self) -> str:
        """Without an article: of a name nobody knows which."""
        where = f", in {self.place}" if self.place else ""
        return f"Gevraagd aan: {self.who}{where}"

    @property
    def _own_title(self) -> str:
        return f"{capfirst(self.who)} zelf" if self._partner else capfirst(self.who)

    @property
    def where_label(self) -> str:
        """The head of the column of places."""
        return f"In {self.place}" if self.place else "Waar"

    # What is asked

    @cached_property
    def through(self) -> Through | None:
        return through(self._partner.pk, self.day) if self._partner else None

    @cached_property
    def via(self) -> Part | None:
        """What is asked through another partner, where something is."""
        if self.through is None:
            return None
        partner = self.through.partner
        question = asked_again(self.filterset, partner=[partner.slug])
        part = Part(Sorted(question, self.known), f"Ook via: {self.through.name}", partner.slug)
        return part if part.number else None

    @property
    def same(self) -> int:
        """How many of those ask it by name too."""
        return len({*self.via.sorted.keys} & {*self.own.sorted.keys}) if self.via else 0

    @cached_property
    def past(self) -> list[tuple[int, Part]]:
        """What asks nothing any more, each under the part that it was asked in."""
        found: dict[int, Part] = {}
        for part in filter(None, (self.own, self._via_past)):
            question = asked_again(part.sorted.filterset, **WHERE, alles=["1"])
            over = Sorted(question, self.known).over
            found |= {key: part for key in over if key not in found and self._was_here(key)}
        return [(key, found[key]) for key in self.known.by_version if key in found]  # by name

    @property
    def _via_past(self) -> Part | None:
        if self.via or self.through is None:
            return self.via
        question = asked_again(self.filterset, partner=[self.through.partner.slug])
        return Part(Sorted(question, self.known), "", self.through.partner.slug)

    def _was_here(self, key: int) -> bool:
        """Whether a concept that is over may have worked in the places that were asked about."""
        concept: Reaching = self.known.by_version[key]
        named = [row for row in concept.rows if row.territory]
        places = self.filterset.places.values()
        return not named or all(any(area_of(row, place) for row in named) for place in places)

    @cached_property
    def _versions(self) -> dict[int, ConceptVersion]:
        """All that the page shows, read together."""
        keys = [*self.own.shown, *(self.via.shown if self.via else ())]
        past = [key for key, _ in self.past[:MOST_SHOWN]]
        also = self._also_as_type[:MOST_ALSO]
        return read_versions(dict.fromkeys([*keys, *past, *also]))

    @cached_property
    def own_groups(self) -> list[AskGroup]:
        return self._groups(self.own)

    @cached_property
    def via_groups(self) -> list[AskGroup]:
        """Without those that stand above, asked by name."""
        return self._groups(self.via, {*self.own.sorted.keys}) if self.via else []

    def _groups(self, part: Part, leave_out: Collection[int] = ()) -> list[AskGroup]:
        groups, versions = [], self._versions
        on_page = (set(part.shown) & versions.keys()).difference(leave_out)
        for kind, keys in part.sorted.by_kind.items():
            shown = [key for key in keys if key in on_page]
            if shown:
                groups.append(AskGroup(kind, [self.row(part, versions[key]) for key in shown]))
        return groups

    @cached_property
    def past_rows(self) -> list[PastRow]:
        shown = self.past[:MOST_SHOWN]
        versions = self._versions
        return [
            PastRow(self.row(part, versions[key], is_over=True))
            for key, part in shown
            if key in versions
        ]

    def row(self, part: Part, version: ConceptVersion, is_over: bool = False) -> AskRow:
        return AskRow(
            version,
            asks_of(version, part.sorted.chosen, self.day),
            self.day,
            names_partners=not self._partner,
            places={} if is_over else self.filterset.places,
            asked_places=self.filterset.values.get("gebied", ()),
            via=part.via,
            is_over=is_over,
        )

    # In words

    @property
    def number(self) -> int:
        """How many concepts ask something of the partner itself, as the sentence says."""
        return len(self.own.sorted.asking)

    @property
    def sentence(self) -> list[Segment]:
        """How many ask something, how strongly, and how many come through another partner."""
        said = asked_in_short(self.own.sorted, self.who, self.place)
        if self.via and self.through:
            said += more_through(self.through.name, self.via.number - self.same)
        return said

    @property
    def via_note(self) -> str:
        """What the part that comes through another partner means; the change stands before it."""
        return f"{self._unnamed_said} Wie ze opneemt, spreek je samen af."

    @property
    def _unnamed_said(self) -> str:
        """How many of them do not name the partner: those that do stand above as well."""
        if not self.same:
            return f"De naam {self.who} staat niet in deze vragen."
        rest = self.via.number - self.same if self.via else 0
        if not rest:
            return f"Alle {self.same} noemen ze {self.who} ook bij naam."
        return f"{rest} hiervan {'noemt' if rest == 1 else 'noemen'} {self.who} niet bij naam."

    @cached_property
    def via_same(self) -> list[ConceptVersion]:
        """Those that ask it by name too: they stand above, and here in one line."""
        above = {*self.own.sorted.keys}
        shown = self.via.shown if self.via else []
        return [self._versions[key] for key in shown if key in above and key in self._versions]

    @property
    def says_since(self) -> bool:
        """Whether any row says since when: a column that never does is said once."""
        groups = (*self.own_groups, *self.via_groups)
        return any(row.since for group in groups for row in group.rows)

    @property
    def lacks_since(self) -> bool:
        """Whether it has rows, of which none says since when."""
        return bool(self.own_groups) and not self.says_since

    @property
    def via_count(self) -> str:
        number = self.via.number if self.via else 0
        return f"{number}, waarvan {self.same} dezelfde" if self.same else str(number)

    @property
    def coverage_line(self) -> list[tuple[CoverageBadge, int]]:
        """Of how many that name it we know what about the place; nothing without a place."""
        if not self.filterset.place_keys:
            return []
        counts = Counter(map(self.filterset.reach_of, self.own.sorted.keys))
        return [(CoverageBadge.of(reach), counts[reach]) for reach in Reach if counts[reach]]

    @property
    def _as_type(self) -> dict[str, Any]:
        """What the question becomes when it is asked of the type of the partner."""
        return {"partner": None, "partnertype": [self._partner.type.slug]}

    @cached_property
    def _also_as_type(self) -> list[int]:
        """The concepts that ask others of its type and not the partner itself, strongest first."""
        if self._partner is None or self.through:
            return []
        roles = self.filterset.values.get("rol") or [role.value for role in ASKING_ROLES]
        found = Sorted(asked_again(self.filterset, **self._as_type, rol=roles), self.known)
        asking = found.asking - {*self.own.sorted.keys}
        return [key for key in found.keys if key in asking]

    @property
    def also_as_type(self) -> Link | None:
        """How many these are, as a way to all that the type is asked."""
        number = len(self._also_as_type)
        if not number:
            return None
        noun = NOUNS[number != 1]
        label = f"Ook gevraagd als {self._partner.type.name.lower()}: {number} {noun}"
        return Link(label, self.finder.url(**self._as_type), number)

    @property
    def also_named(self) -> list[ConceptVersion]:
        """The first of them, to name."""
        shown = self._also_as_type[:MOST_ALSO]
        return [self._versions[key] for key in shown if key in self._versions]

    @property
    def also_unnamed(self) -> int:
        """How many of them are not named."""
        return len(self._also_as_type) - len(self.also_named)

    @property
    def legend(self) -> list[tuple[list[Role], str]]:
        """What the letters of the roles mean, in the three strengths."""
        shown = [row for group in (*self.own_groups, *self.via_groups) for row in group.rows]
        roles = {role for row in shown for role in row.roles}
        meanings = {
            Kind.MUST: "je leidt of je moet erbij zijn",
            Kind.INVITED: "je wordt gevraagd mee te doen",
            Kind.HELPS: "je helpt of verwijst; dat telt niet als vraag",
        }
        legend = [
            ([role for role in Role if role in roles and Kind.of([role]) is kind], said)
            for kind, said in meanings.items()
        ]
        return [(found, said) for found, said in legend if found]

    @property
    def finder_url(self) -> str:
        """The same question in the finder of concepts."""
        return self._in_finder()

    @property
    def via_url(self) -> str:
        return self._in_finder(partner=[self.via.via]) if self.via else ""

    def _in_finder(self, **changes: list[str]) -> str:
        query = self.finder.query(alles=None, **changes)
        return f"{reverse('concept-list')}?{query}"

    @property
    def through_name(self) -> str:
        return f"via: {self.through.name}" if self.through else ""

    # As data

    @property
    def parts(self) -> list[tuple[Part, list[int], bool]]:
        """Every part with its concepts, and whether these are over."""
        parts = [(part, part.sorted.keys, False) for part in (self.own, self.via) if part]
        over: dict[str, tuple[Part, list[int], bool]] = {}
        for key, part in self.past:
            over.setdefault(part.via, (part, [], True))[1].append(key)
        return [*parts, *over.values()]

    def data(self, absolute: Absolute) -> Data:
        return data_of(self, absolute)

    def csv_rows(self, absolute: Absolute) -> Iterator[list[object]]:
        return cells_of(self, absolute)
