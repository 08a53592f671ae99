"""What `/druk/` shows, and what data give of it."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django.urls import reverse

from concepts.finder.over import Asked
from concepts.finder.overviews import OverviewFilter
from concepts.pressure.columns import Column, OwnerGroup, columns_of, groups_of
from concepts.pressure.counting import Pressed, asked_url, pressed
from concepts.pressure.matrix import Asking, Matrix, Row, asking
from concepts.pressure.roles import SIGNS, Sign
from concepts.pressure.sentence import most_by_name, sentence
from concepts.pressure.table import COLUMNS, table
from eerstelijn.finder.facets import Option
from eerstelijn.finder.listing import Finder, Link
from eerstelijn.finder.sentence import Segment
from eerstelijn.finder.views import Look
from eerstelijn.pages.parts import Data

#: More concepts than this do not stand side by side: then rows have their numbers only.
MOST_COLUMNS = 60
#: So many fill no screen, and more than so many fit on none: the table then scrolls by itself.
FEW_COLUMNS, FITTING_COLUMNS = 8, 22


class PressurePage:
    """The matrix of the concepts that were found; of very many only the numbers of each row."""

    columns = COLUMNS

    def __init__(self, filterset: OverviewFilter, finder: Finder, look: Look):
        self.filterset = filterset
        self.finder = finder
        self.by_name = bool(look.cleaned_data["per"])

    @property
    def total(self) -> int:
        return self.filterset.number_found

    @property
    def is_matrix(self) -> bool:
        """Whether the concepts stand side by side."""
        return self.total <= MOST_COLUMNS

    @property
    def most_columns(self) -> int:
        return MOST_COLUMNS

    @property
    def is_wide(self) -> bool:
        """Whether the columns do not fit beside each other on any screen."""
        return len(self.concepts) > FITTING_COLUMNS

    @property
    def is_few(self) -> bool:
        """Whether the columns would be stretched over an empty screen."""
        return len(self.concepts) <= FEW_COLUMNS

    @property
    def tabs(self) -> list[Link]:
        url = self.finder.url
        return [
            Link("Soorten partners", url(per=None), selected=not self.by_name),
            Link("Partners bij naam", url(per=["partner"]), selected=self.by_name),
        ]

    @property
    def row_noun(self) -> str:
        return "Partner" if self.by_name else "Soort partner"

    @property
    def row_nouns(self) -> str:
        return "partners" if self.by_name else "soorten"

    @property
    def sentence(self) -> list[Segment]:
        """By name who is asked most, and of types what they come to."""
        names = pressed(self.filterset, "partner")
        if self.by_name:
            return sentence(names, self.total, by_name=True)
        kinds = [row.pressed for row in self.matrix.rows if not row.pressed.is_remainder]
        return [*most_by_name(names), *sentence(kinds, self.total, by_name=False)]

    @cached_property
    def concepts(self) -> list[Column]:
        """What was found, by owner."""
        is_of_another_day = self.filterset.form.as_of.is_other_day
        over = {*self.filterset.tally.in_order(Asked.of(self.filterset).over)}
        return columns_of(self._keys, is_of_another_day, self.filterset.stated_day, over)

    @property
    def groups(self) -> list[OwnerGroup]:
        return groups_of(self.concepts)

    @cached_property
    def over(self) -> int:
        """How many of the concepts are over."""
        return (Asked.of(self.filterset).over & self.filterset.found).bit_count()

    @property
    def shows_over(self) -> bool:
        """Whether a cell is over: the legend says what that looks like."""
        return any(cell.is_over for row in self.matrix.rows for cell in row.cells.values())

    @property
    def over_said(self) -> str:
        """That what is over counts, and how it is told apart, where there is any."""
        if not self.over:
            return ""
        are = "is één concept" if self.over == 1 else f"zijn {self.over} concepten"
        return (
            f"Wat voorbij is of waarvan geen bericht meer kwam, telt mee: dat {are}. "
            "Je ziet ze bleek in de tabel, en bij elk aantal staat hoeveel er voorbij zijn."
        )

    @cached_property
    def matrix(self) -> Matrix:
        """What is shown: by type of partner, or by name."""
        rows = self._rows(self.by_name)
        return self._filled(rows, self.by_name) if self.is_matrix else Matrix(rows, ())

    @property
    def signs(self) -> list[Sign]:
        """The legend: what the cells hold."""
        shown = {cell.role for row in self.matrix.rows for cell in row.cells.values()}
        return [sign for role, sign in SIGNS.items() if role in shown]

    @property
    def has_more(self) -> bool:
        """Whether a cell stands for several partners."""
        return any(cell.has_more for row in self.matrix.rows for cell in row.cells.values())

    @property
    def often(self) -> list[Row]:
        """The rows that more than one concept asks; the others are one line of a list."""
        return [row for row in self.matrix.rows if row.number > 1 or not self.is_matrix]

    @property
    def once(self) -> list[Row]:
        return [row for row in self.matrix.rows if row.number == 1 and self.is_matrix]

    # How it is put together

    @cached_property
    def _keys(self) -> list[int]:
        return self.filterset.keys(0, self.total)

    @cached_property
    def _said(self) -> list[Asking]:
        return asking(self._keys, self.filterset.stated_day)

    @cached_property
    def _partners(self) -> dict[int, Option]:
        return {int(option.pk): option for option in self.filterset.options["partner"].values()}

    def _rows(self, by_name: bool) -> list[Row]:
        key = "partner" if by_name else "partnertype"
        found = pressed(self.filterset, key)
        chosen = {option.pk for option in self.filterset.active.get(key, ())}
        listed = asked_url(self.filterset)
        return [
            Row(
                row,
                url=_page_of(row, by_name),
                asked_url=f"{listed}{key}={row.option.value}" if listed else "",
                highest=found[0].number,
                is_chosen=row.option.pk in chosen,
            )
            for row in found
        ]

    def _filled(self, rows: list[Row], by_name: bool) -> Matrix:
        matrix = Matrix(rows, self.concepts)
        return matrix.fill(self._said, by_name=by_name, partners=self._partners)

    # Data

    def data(self, absolute: Callable[[str], str]) -> Data:
        """The rows by name and by type, and the sums of each concept (contract, "Formats")."""
        by_name, by_type = (self._filled(self._rows(each), each) for each in (True, False))
        type_of = {row.partner: row.type for row in self._said}
        types = {int(o.pk): o.value for o in self.filterset.options["partnertype"].values()}
        return {
            "rijen": [
                {
                    "partner": row.pressed.option.value,
                    "naam": row.name,
                    "partnertype": types[type_of[int(row.pressed.option.pk)]],
                    **_numbers(row),
                    "concepten": [*_cells(row)],
                }
                for row in by_name.rows
            ],
            "soorten": [
                {
                    "partnertype": row.pressed.option.value,
                    "naam": row.name,
                    **_numbers(row),
                    "concepten": [*_cells(row, with_partners=True)],
                }
                for row in by_type.rows
            ],
            "concepten": [
                {
                    "concept": name.column.slug,
                    "naam": name.column.name,
                    "stand": name.column.state or None,
                    "url": absolute(name.column.url),
                    "partners": name.asked,
                    "partners_moet": name.must,
                    "soorten": kind.asked,
                    "soorten_moet": kind.must,
                }
                for name, kind in zip(by_name.sums, by_type.sums, strict=True)
            ],
        }

    def csv_rows(self, absolute: Callable[[str], str]) -> Iterator[list[Any]]:
        order = [int(row.option.pk) for row in pressed(self.filterset, "partner")]
        return table(self.concepts, order, self.filterset.stated_day, absolute)


def _page_of(row: Pressed, by_name: bool) -> str:
    """The page of a partner, or the partners of a type."""
    if by_name:
        return reverse("partner-detail", args=[row.option.value])
    return f"{reverse('partner-list')}?type={row.option.value}"


def _numbers(row: Row) -> Data:
    return {"aantal": row.number, "moet": row.must, "voorbij": row.pressed.over_number}


def _cells(row: Row, with_partners: bool = False) -> Iterator[Data]:
    """The concepts that ask a row, each with its strongest role and with all of them."""
    for column, cell in row.line:
        if cell:
            data: Data = {
                "concept": column.slug,
                "rol": str(cell.role),
                "rollen": cell.roles,
                "voorbij": cell.is_over,
            }
            if with_partners:
                data["partners"] = [option.value for option in cell.asked]
            yield data
