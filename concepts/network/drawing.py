"""Where everything stands in the drawing: three columns, and curves between them.

Units are those of the drawing, which are CSS pixels where it has room. Every name has its own
place; the column that needs most room makes the height, and the others are spread over it.
"""

import textwrap
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from concepts.models import Role
from concepts.network.lines import style_of
from concepts.network.network import Edge, Network, Node

#: A long word of an owner begins left of zero.
LEFT, WIDTH = -14, 806
#: Where owners end, concepts begin and end, and the dots of partners stand.
OWNER_EDGE, CONCEPT_LEFT, CONCEPT_RIGHT, PARTNER_DOT = 174, 240, 462, 602
#: The point of a board, the height of a tree.
TIP, TREE_HEIGHT = 10, 33
#: The height of a line of text, and the least of a place: it can be pointed at.
LINE, LEAST = 16, 26
TEXT_X = {"owner": 140, "concept": 254, "partner": 618}
#: Between a name and the edge of its place.
PADDING = {"owner": 4, "concept": 7, "partner": 4}
#: Letters on a line, and lines of a name.
LETTERS = {"owner": 17, "concept": 24, "partner": 23}
MOST_LINES = 6
SMALLEST_DOT, LARGEST_DOT = 3, 10


@dataclass
class Text:
    """A line of a name or what is said below it, with its baseline."""

    y: int
    text: str
    is_note: bool = False


@dataclass
class Place:
    """A node in the drawing: a link that brings it forward."""

    node: Node
    column: str
    lines: list[str]
    notes: list[str]
    url: str = ""
    #: Whether it stands out or is soft; without a focus neither.
    stands_out: bool = False
    is_soft: bool = False
    is_focus: bool = False
    #: How many concepts name a partner.
    number: int = 0
    y: int = 0

    @property
    def classes(self) -> str:
        tree = f" tree-{self.node.tree}" if self.node.tree else ""
        return f"net-{self.column}{tree}{_shown(self.stands_out, self.is_soft)}"

    @property
    def is_owner(self) -> bool:
        return self.column == "owner"

    @property
    def is_concept(self) -> bool:
        return self.column == "concept"

    @property
    def text_x(self) -> int:
        """Where its text begins; that of an owner ends there."""
        return TEXT_X[self.column]

    @property
    def height(self) -> int:
        rows = len(self.lines) + len(self.notes)
        return max(rows * LINE + 2 * PADDING[self.column], LEAST)

    @property
    def top(self) -> int:
        return self.y - self.height // 2

    @property
    def board_top(self) -> int:
        """The board of a concept leaves room to its neighbours."""
        return self.top + 2

    @property
    def board_height(self) -> int:
        return self.height - 4

    @property
    def board(self) -> str:
        """The outline of a board that points to the partners."""
        left, right, tip = CONCEPT_LEFT, CONCEPT_RIGHT, TIP
        top, bottom = self.board_top, self.board_top + self.board_height
        return f"M{left} {top}H{right - tip}L{right} {self.y}L{right - tip} {bottom}H{left}Z"

    @property
    def tree_top(self) -> int:
        return self.y - TREE_HEIGHT // 2

    @property
    def radius(self) -> int:
        return min(SMALLEST_DOT + self.number, LARGEST_DOT)

    @property
    def texts(self) -> list[Text]:
        first = self.y - (len(self.lines) + len(self.notes) - 1) * LINE // 2 + 5
        rows = [(text, False) for text in self.lines] + [(text, True) for text in self.notes]
        return [Text(first + row * LINE, *said) for row, said in enumerate(rows)]

    @property
    def name(self) -> str:
        """The whole name and what is said of it, for who hears it."""
        return " ".join([self.node.name, *self.notes])


@dataclass
class Curve:
    """A line: its path, its style, and the colour of the owner of its concept."""

    path: str
    style: str
    tree: str
    stands_out: bool
    is_soft: bool

    @property
    def classes(self) -> str:
        return f"net-{self.style} tree-{self.tree}{_shown(self.stands_out, self.is_soft)}"


def _shown(stands_out: bool, is_soft: bool) -> str:
    if stands_out:
        return " net-on"
    return " net-soft" if is_soft else ""


@dataclass
class Drawing:
    """Everything with its place; `height` in units."""

    places: list[Place]
    curves: list[Curve]
    height: int
    left: int = LEFT
    width: int = WIDTH


def draw(
    network: Network, focus: str, chosen: Sequence[Edge], url: Callable[[str], str]
) -> Drawing:
    """Place the network; `chosen` are the lines that stand out, `url` the address of a focus."""
    on = set(chosen) if focus else set()
    roles = _roles(chosen) if focus else {}
    naming = defaultdict(set)
    for edge in network.edges:
        naming[edge.other].add(edge.concept)

    def place(node: Node, column: str) -> Place:
        said = [*filter(None, [node.note])]
        if column != "owner" and node.key != focus and (known := roles.get(node)):
            said.append(known)
        found = Place(node, column, _wrapped(node.name, column), _notes(said, column))
        found.url, found.is_focus = url(node.key), node.key == focus
        if column == "partner":
            found.number = len(naming[node])
        return found

    concepts = [place(node, "concept") for node in network.concepts]
    position = {each.node: index for index, each in enumerate(concepts)}

    def mean(node: Node) -> float:
        return sum(position[each] for each in naming[node]) / len(naming[node])

    owners = [place(node, "owner") for node in sorted(network.owners, key=mean)]
    partners = [place(node, "partner") for node in sorted(network.partners, key=mean)]
    height = max(sum(each.height for each in column) for column in (owners, concepts, partners))
    for column in (owners, concepts, partners):
        _spread(column, height)
    places = {each.node: each for each in (*owners, *concepts, *partners)}
    if focus:
        _bring_forward(places, on)
    curves = [_curve(edge, places, bool(focus), edge in on) for edge in network.edges]
    curves.sort(key=lambda curve: curve.stands_out)  # what stands out is drawn last, on top
    return Drawing([*places.values()], curves, height)


def _roles(edges: Sequence[Edge]) -> dict[Node, str]:
    """In what roles a partner stands in what was chosen; and of a concept, where that is one."""
    said: dict[Node, list[str]] = defaultdict(list)
    partners = {edge.target for edge in edges if edge.role}
    for edge in edges:
        if edge.role:
            said[edge.target].append(Role(edge.role).label)
            if len(partners) == 1:
                said[edge.source].append(Role(edge.role).label)
    return {node: ", ".join(dict.fromkeys(labels)) for node, labels in said.items()}


def _wrapped(text: str, column: str) -> list[str]:
    lines = textwrap.wrap(
        text,
        LETTERS[column],
        max_lines=MOST_LINES,
        placeholder=" …",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [text]


def _notes(said: Sequence[str], column: str) -> list[str]:
    return [line for note in said for line in _wrapped(note, column)]


def _spread(column: Sequence[Place], height: int) -> None:
    """Over the whole height, with the same room between each two."""
    if not column:
        return
    room = (height - sum(each.height for each in column)) / len(column)
    top = room / 2
    for each in column:
        each.y = round(top + each.height / 2)
        top += each.height + room


def _bring_forward(places: dict[Node, Place], on: set[Edge]) -> None:
    near = {node for edge in on for node in (edge.source, edge.target)}
    for node, place in places.items():
        place.stands_out = node in near or place.is_focus
        place.is_soft = not place.stands_out


def _curve(edge: Edge, places: dict[Node, Place], has_focus: bool, stands_out: bool) -> Curve:
    start, end = places[edge.source].y, places[edge.target].y
    if edge.role:
        left, right = CONCEPT_RIGHT, PARTNER_DOT - places[edge.target].radius
    else:
        left, right = OWNER_EDGE, CONCEPT_LEFT
    middle = (left + right) // 2
    path = f"M{left} {start}C{middle} {start} {middle} {end} {right} {end}"
    style = style_of(edge).name
    return Curve(path, style, edge.concept.tree, stands_out, has_focus and not stands_out)
