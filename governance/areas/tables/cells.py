"""What the cells of a table hold, or a RowError that says what is wrong with them."""

import re
from decimal import Decimal

from governance.areas.tables.reading import Row
from governance.areas.tables.stored_areas import RowError
from governance.postcodes import postcodes_in


def name_in(row: Row, column: str = "naam") -> str:
    name = row[column]
    if not name:
        raise RowError("de naam ontbreekt")
    return name


def postcodes_of(row: Row) -> list[str]:
    """The postcodes of a row, each once; none of an empty cell."""
    try:
        return postcodes_in(row["postcodes"])
    except ValueError as error:
        raise RowError(str(error).rstrip(".")) from None


def metres_in(row: Row, column: str) -> int | None:
    """Whole metres, as Lambert 72 counts them; None of an empty cell."""
    if not row[column]:
        return None
    if not (row[column].isascii() and row[column].isdigit() and len(row[column]) <= 6):
        raise RowError(f"{column} is geen aantal meter: “{row[column]}”")
    return int(row[column])


def surface_in(row: Row) -> Decimal | None:
    """Square kilometres, to a tenth; None of an empty cell."""
    text = row["oppervlakte_km2"]
    if not text:
        return None
    surface = number_in(text)
    if surface is None or not 0 < surface < 100_000:
        raise RowError(f"oppervlakte_km2 is geen oppervlakte: “{text}”")
    return surface.quantize(Decimal("0.1"))


#: A number without groups, and one whose thousands are grouped: 1 057,5 and 1.057,5 and 1,057.5.
PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?", re.ASCII)
GROUPED = re.compile(r"(\d{1,3}([ .,'’])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?", re.ASCII)


def number_in(text: str) -> Decimal | None:
    """A number, with a point or a comma before its decimals; None when it is none.

    Raises RowError for what reads differently here and abroad: 1.057 is a thousand and more to one,
    and little more than one to the other.
    """
    grouped, plain = GROUPED.fullmatch(text), PLAIN.fullmatch(text)
    if plain:
        number = Decimal(f"{plain[1]}.{plain[2] or 0}")
        if grouped and not text.startswith("0"):
            tenth = str(number.quantize(Decimal("0.1"))).replace(".", ",")
            whole = _digits(text)
            comma = text.replace(".", ",")
            raise RowError(f"“{text}” kan {whole} zijn of {comma}; schrijf {whole} of {tenth}")
        return number
    return Decimal(f"{_digits(grouped[1])}.{grouped[3] or 0}") if grouped else None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
