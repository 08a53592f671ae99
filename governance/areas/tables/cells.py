"""What the cells of a table hold, or a RowError that says what is wrong with them."""

from decimal import Decimal, InvalidOperation

from eerstelijn import one_form
from governance.areas.tables.reading import Row
from governance.areas.tables.stored_areas import RowError


def name_in(row: Row, column: str = "naam") -> str:
    name = one_form.line(row[column])
    if not name:
        raise RowError("de naam ontbreekt")
    return name


def as_postcode(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise RowError(f"“{text}” is geen postcode van vier cijfers")
    return text


def metres_in(row: Row, column: str) -> int | None:
    """Whole metres, as Lambert 72 counts them; None of an empty cell."""
    if not row[column]:
        return None
    if not (row[column].isascii() and row[column].isdigit() and int(row[column]) < 1_000_000):
        raise RowError(f"{column} is geen aantal meter: “{row[column]}”")
    return int(row[column])


def surface_in(row: Row) -> Decimal | None:
    """Square kilometres, to a tenth; None of an empty cell."""
    text = row["oppervlakte_km2"].replace(",", ".")
    if not text:
        return None
    try:
        surface = Decimal(text)
    except InvalidOperation:
        surface = Decimal("NaN")
    if not (surface.is_finite() and 0 < surface < 100_000):
        raise RowError(f"oppervlakte_km2 is geen oppervlakte: “{text}”")
    return surface.quantize(Decimal("0.1"))
