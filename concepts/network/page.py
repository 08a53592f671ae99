"""What `/netwerk/` shows, and what data give of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from concepts.finder.overviews import OverviewFilter
from concepts.network.drawing import Drawing, draw
from concepts.network.focus import PARTNER, Focus, linked
from concepts.network.lines import Style, legend, style_of
from concepts.network.network import Edge, Network, Node, read
from eerstelijn.dutch import fold
from eerstelijn.finder.listing import Finder
from eerstelijn.finder.sentence import Segment
from eerstelijn.finder.views import Look
from eerstelijn.pages.parts import Data

#: More than this makes no drawing that reads.
MOST_CONCEPTS, MOST_PARTNERS = 60, 150
#: More concepts than this make no table that reads: the rest stands in the data.
MOST_LISTED = 200
COLUMNS = ("van", "van_naam", "naar", "naar_naam", "soort", "rol", "url")


@dataclass
class Name:
    """An owner, concept or partner in the table: the link that brings it forward, and its page."""

    node: Node
    url: str
    is_focus: bool


def _by_name(node: Node) -> str:
    return fold(node.name)


@dataclass
class Line:
    """A row of the table: a role, and who has it."""

    edge: Edge
    name: Name

    @property
    def style(self) -> Style:
        return style_of(self.edge)


@dataclass
class ConceptLines:
    """A concept in the table, with its rows."""

    concept: Name
    lines: list[Line]
    #: Whether a narrow screen shows its rows on arrival.
    is_open: bool

    @property
    def noun(self) -> str:
        return "lijn" if len(self.lines) == 1 else "lijnen"


class NetworkPage:
    """The lines between the owners, concepts and partners that a question finds."""

    columns = COLUMNS

    def __init__(self, filterset: OverviewFilter, finder: Finder, look: Look):
        self.filterset = filterset
        self.finder = finder
        given: Focus | None = look.cleaned_data["focus"]
        self.focus = given if given is None or self._is_other_day else given.of_today()

    @property
    def _is_other_day(self) -> bool:
        return bool(self.filterset.form.as_of.is_other_day)

    @property
    def total(self) -> int:
        return self.filterset.number_found

    @property
    def is_many(self) -> bool:
        """Whether there are more concepts than a drawing holds."""
        return self.total > MOST_CONCEPTS

    @cached_property
    def keys(self) -> list[int]:
        """The versions that were found; of many only those with a line to the focus."""
        found = self.filterset.keys(0, self.total)
        if not (self.is_many and self.focus):
            return found
        return linked(self.focus, found, self.filterset.stated_day)

    @cached_property
    def network(self) -> Network:
        """What the page shows."""
        return self._read(self.keys[:MOST_LISTED])

    def _read(self, keys: list[int]) -> Network:
        return read(keys, self.filterset.stated_day, self._is_other_day)

    @cached_property
    def edges(self) -> list[Edge]:
        """The lines that stand out: the table has these."""
        return self.network.lines_of(self.focus)

    @property
    def is_focus_missing(self) -> bool:
        """Whether what is brought forward has no line among what was found."""
        return bool(self.focus) and not self.edges

    # The drawing

    @cached_property
    def is_drawn(self) -> bool:
        return bool(self.edges) and not self.is_many and len(self.network.partners) <= MOST_PARTNERS

    @cached_property
    def drawing(self) -> Drawing | None:
        if not self.is_drawn:
            return None
        focus = str(self.focus) if self.focus else ""
        return draw(self.network, focus, self.edges, self._focus_url)

    def _focus_url(self, key: str) -> str:
        return self.finder.url(focus=[key])

    @property
    def styles(self) -> list[Style]:
        return legend(self.network.edges)

    @property
    def not_drawn_said(self) -> str:
        """Why there is no drawing, where there is something to draw."""
        if self.is_drawn or not self.edges:
            return ""
        return (
            f"Meer dan {MOST_CONCEPTS} concepten of {MOST_PARTNERS} partners passen niet in één "
            "tekening: je ziet enkel de tabel. Kies filters voor een tekening."
        )

    # The table

    @cached_property
    def groups(self) -> list[ConceptLines]:
        grouped = groupby(self.edges, key=lambda edge: edge.concept)
        return [
            ConceptLines(
                self._name(concept),
                [Line(edge, self._name(edge.other)) for edge in edges],
                is_open=bool(self.focus) or not number,
            )
            for number, (concept, edges) in enumerate(grouped)
        ]

    @property
    def names(self) -> list[tuple[str, list[Name]]]:
        """Every name that can be brought forward, under what it is, from A to Z."""
        kinds = {
            "Partners": self.network.partners,
            "Concepten": self.network.concepts,
            "Eigenaars": self.network.owners,
        }
        return [
            (kind, [self._name(node) for node in sorted(nodes, key=_by_name)])
            for kind, nodes in kinds.items()
            if nodes
        ]

    def _name(self, node: Node) -> Name:
        return Name(node, self._focus_url(node.key), node.key == str(self.focus))

    @property
    def left_out_said(self) -> str:
        """How many concepts the table leaves out."""
        number = len(self.keys) - MOST_LISTED
        if number <= 0:
            return ""
        return (
            f"De tabel toont de eerste {MOST_LISTED} concepten, en nog {number} niet. Kies "
            "filters, of neem alles mee als CSV."
        )

    @property
    def said(self) -> list[str]:
        """What a reader is told of what is not shown."""
        return [*filter(None, [self.not_drawn_said, self.left_out_said])]

    @property
    def all_url(self) -> str:
        """The same without a focus."""
        return self.finder.url(focus=None)

    # What the page says

    @property
    def sentence(self) -> list[Segment]:
        """What the drawing says. Of a name nobody knows the article: it stands before a colon."""
        if not self.focus:
            return [
                Segment("Links van wie een concept is, rechts welke partners het noemt. "),
                Segment("Kies een naam om de lijnen ervan uit te lichten."),
            ]
        concepts = len(self.groups)
        number = Segment(f"{concepts} {'concept' if concepts == 1 else 'concepten'}", True)
        who = Segment(self.focus.name, True)
        if self.focus.kind == PARTNER:
            return [who, Segment(": partner bij "), number, Segment(".")]
        partners = len({edge.target for edge in self.edges if edge.role})
        named = Segment(f"{partners} {'partner' if partners == 1 else 'partners'}", True)
        if self.focus.kind == "concept":
            owners = [edge.source.name for edge in self.edges if not edge.role]
            of = f". Eigenaar: {' en '.join(owners)}" if owners else ": geen eigenaar"
            return [who, Segment(f"{of}. De bronnen noemen "), named, Segment(".")]
        with_partners = Segment(". Die noemen samen " if concepts != 1 else ". Dat noemt ")
        return [who, Segment(": "), number, with_partners, named, Segment(".")]

    @property
    def title(self) -> str:
        """The title of the drawing."""
        if self.focus:
            return f"Netwerk: {self.focus.name}"
        return "Netwerk van eigenaars, concepten en partners"

    @property
    def description(self) -> str:
        """What the drawing holds, for who does not see it."""
        network = self.network
        said = (
            f"Drie kolommen: {len(network.owners)} eigenaars, {len(network.concepts)} concepten en "
            f"{len(network.partners)} partners, met {len(network.edges)} lijnen."
        )
        if self.focus:
            said += f" {len(self.edges)} lijnen zijn uitgelicht, bij: {self.focus.name}."
        return f"{said} De tabel zegt hetzelfde."

    # Data

    def _all_edges(self) -> list[Edge]:
        """Every line of the question, also what the page has no room for."""
        return self._read(self.keys).lines_of(self.focus)

    def data(self, absolute: Callable[[str], str]) -> Data:
        """The nodes and the lines; with a focus those that stand out."""
        edges = self._all_edges()
        nodes = {node.key: node for edge in edges for node in (edge.source, edge.target)}
        return {
            "knopen": [
                {
                    "sleutel": key,
                    "soort": node.kind,
                    "slug": node.slug,
                    "naam": node.name,
                    "url": absolute(node.url),
                }
                for key, node in nodes.items()
            ],
            "lijnen": [
                {
                    "van": edge.source.key,
                    "naar": edge.target.key,
                    "soort": edge.kind,
                    "rol": edge.role or None,
                    "url": absolute(edge.url),
                }
                for edge in edges
            ],
        }

    def csv_rows(self, absolute: Callable[[str], str]) -> Iterator[list[Any]]:
        """A row for each line."""
        for edge in self._all_edges():
            yield [
                edge.source.key,
                edge.source.name,
                edge.target.key,
                edge.target.name,
                edge.kind,
                edge.role,
                absolute(edge.url),
            ]
