"""The matrix: a row for each partner or type of partner, a column for each concept, roles in cells.

"Asked" is every role that asks something of a partner (`ASKING_ROLES`). Nothing is weighted.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from concepts.finder.rows import ROLE_ORDER
from concepts.models import ASKING_ROLES, OBLIGING_ROLES, Participation, Role
from concepts.pressure.columns import Column
from concepts.pressure.counting import Pressed
from concepts.pressure.roles import SIGNS, Sign
from eerstelijn.dates import valid_on
from eerstelijn.finder.facets import Option

#: What is asked of a participation, in the order of `Asking`.
ASKING_FIELDS = ("version_id", "partner_id", "partner__type_id", "role", "key", "is_over")


@dataclass(frozen=True)
class Asking:
    """A participation that asks something; `key` is that of the statement."""

    version: int
    partner: int
    type: int
    role: str
    key: str
    #: Whether it held no more that day.
    is_over: bool = False


def participations(keys: Sequence[int], day: dt.date | None) -> QuerySet:
    """All participations in these versions that held that day, or possibly did."""
    rows = Participation.objects.filter(version__in=keys)
    return rows.filter(valid_on(day)) if day else rows


def asking(keys: Sequence[int], day: dt.date | None) -> list[Asking]:
    """Those that ask something: what holds before what is over, the strongest role first."""
    rows = participations(keys, day).filter(role__in=ASKING_ROLES).order_by("position", "key")
    holds = ExpressionWrapper(valid_on(day or dt.date.today()), BooleanField())
    found = rows.annotate(is_over=~holds).values_list(*ASKING_FIELDS)
    return sorted(
        (Asking(*row) for row in found), key=lambda row: (row.is_over, ROLE_ORDER[row.role])
    )


@dataclass
class Cell:
    """What one concept asks of one row, the strongest role first."""

    column: Column
    said: list[Asking] = field(default_factory=list)
    #: Every partner by its key, for their names.
    partners: dict[int, Option] = field(default_factory=dict)

    @property
    def role(self) -> Role:
        return Role(self.said[0].role)

    @property
    def roles(self) -> list[str]:
        """Its roles, each once."""
        return list(dict.fromkeys(row.role for row in self.said))

    @property
    def roles_said(self) -> str:
        return " en ".join(Role(role).label for role in self.roles)

    @property
    def sign(self) -> Sign:
        return SIGNS[self.role]

    @property
    def is_must(self) -> bool:
        return self.role in OBLIGING_ROLES

    @property
    def is_over(self) -> bool:
        """Whether it asks nothing any more: it counts, and is told apart."""
        return self.column.is_over or self.said[0].is_over

    @property
    def mark(self) -> str:
        """What there is to say of how it stands."""
        return self.column.mark or ("voorbij" if self.is_over else "")

    @property
    def asked(self) -> list[Option]:
        """Its partners, each once."""
        return [self.partners[pk] for pk in dict.fromkeys(row.partner for row in self.said)]

    @cached_property
    def has_more(self) -> bool:
        """Whether it stands for more than one partner."""
        return len({row.partner for row in self.said}) > 1

    @property
    def url(self) -> str:
        return self.column.statement_url(self.said[0].key)

    @property
    def title(self) -> str:
        """All of it in words: "OCMW: verplicht of minstens; lokaal bestuur: regie"."""
        roles = defaultdict(list)
        for row in self.said:
            roles[row.partner].append(Role(row.role).label)
        said = (f"{self.partners[pk].label}: {' en '.join(r)}" for pk, r in roles.items())
        over = ". Voorbij" if self.is_over else ""
        return f"{self.column.name}. {'; '.join(said)}{over}"


@dataclass(frozen=True)
class Sum:
    """How many rows a concept asks, and how many of these lead it or must take part."""

    column: Column
    asked: int
    must: int


@dataclass
class Row:
    """A partner or a type of partner, with its numbers and its cells."""

    pressed: Pressed
    #: Its own page, and the list of what it is asked; empty where no address asks the same.
    url: str
    asked_url: str
    #: The number of the row that is asked most: the bars are as long as they are beside it.
    highest: int
    #: By the key of the version.
    cells: dict[int, Cell] = field(default_factory=dict)
    columns: Sequence[Column] = ()
    is_chosen: bool = False

    @property
    def name(self) -> str:
        return self.pressed.name

    @property
    def number(self) -> int:
        return self.pressed.number

    @property
    def over_said(self) -> str:
        """How many of them are over, where any is."""
        over = self.pressed.over_number
        return f"{over} van de {self.number} voorbij" if over else ""

    @property
    def must(self) -> int:
        return self.pressed.must_number

    @property
    def must_width(self) -> int:
        """The dark part of its bar, of a hundred."""
        return round(100 * self.must / self.highest)

    @property
    def rest_width(self) -> int:
        return round(100 * self.number / self.highest) - self.must_width

    @property
    def line(self) -> list[tuple[Column, Cell | None]]:
        """A cell under each column; None where the concept does not ask it."""
        return [(column, self.cells.get(column.version.pk)) for column in self.columns]

    @property
    def only_url(self) -> str:
        """Where its first cell leads: of a row with one cell, that one."""
        return next((cell.url for cell in self.cells.values()), "")

    @property
    def in_order(self) -> list[Cell]:
        """Its cells: what asks still before what is over, the strongest role first."""
        cells = [cell for _, cell in self.line if cell]
        return sorted(cells, key=lambda cell: (cell.is_over, ROLE_ORDER[cell.role]))

    @property
    def summary(self) -> str:
        """What its folded cells are: "Toon de 10 concepten, waarvan 2 voorbij"."""
        said = "Toon het concept" if self.number == 1 else f"Toon de {self.number} concepten"
        over = self.pressed.over_number
        return f"{said}, waarvan {over} voorbij" if over else said


@dataclass
class Matrix:
    """Rows by number, columns by owner, and under each column how many rows it asks."""

    rows: list[Row]
    columns: Sequence[Column]

    def fill(
        self, said: Iterable[Asking], *, by_name: bool, partners: dict[int, Option]
    ) -> "Matrix":
        """Give each row its cells; `partners` are all of them by their keys."""
        found: dict[int, dict[int, Cell]] = defaultdict(dict)
        column_of = {column.version.pk: column for column in self.columns}
        for asked in said:
            cells = found[asked.partner if by_name else asked.type]
            if asked.version not in cells:
                cells[asked.version] = Cell(column_of[asked.version], partners=partners)
            cells[asked.version].said.append(asked)
        for row in self.rows:
            row.cells, row.columns = found[int(row.pressed.option.pk)], self.columns
        return self

    @property
    def sums(self) -> list[Sum]:
        counted = [(pk, cell) for row in self.rows for pk, cell in row.cells.items()]
        cells = Counter(pk for pk, _ in counted)
        must = Counter(pk for pk, cell in counted if cell.is_must)
        return [Sum(c, cells[c.version.pk], must[c.version.pk]) for c in self.columns]
