"""What a version says, as words that can be compared: field by field, in the words of the desk.

The fields of a kind of statement say it all: how they are called, which choices they have, which
three columns are one date, which lists of links have an order. So a new kind, or a new field, is
compared without a line here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.db.models import CharField, Field, Model, TextField
from django.utils.text import capfirst

from eerstelijn.datelabels import long_date
from eerstelijn.dates import SourceDate, edges_of, read_edge
from eerstelijn.ordered import is_ordered

#: What says which row or version it is, and no more than that.
OF_THE_ROW = {"id", "version", "key", "position"}
OF_THE_VERSION = {
    *("id", "concept", "number", "status", "reason", "minor", "alone_because", "told", "search"),
    *("published_at", "published_by"),
    *("withdrawn_at", "withdrawn_by", "withdrawn_reason", "successor"),
}
#: The columns that together are one date.
PARTS_OF_A_DATE = ("label", "earliest", "latest", "unbounded")


class Form(Enum):
    """How a value is compared."""

    TEXT = "by word"
    ONE = "as a whole"
    MANY = "by what is in it"
    IN_ORDER = "by what is in it and in which order"


@dataclass(frozen=True)
class Said:
    """One field: what it is called, what it holds, and that in words."""

    label: str
    form: Form
    #: A value, or as many as there are words.
    value: object
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return ", ".join(self.words)


#: The fields of a row by their names.
Fields = dict[str, Said]


@dataclass(frozen=True)
class Row:
    """One statement."""

    key: str
    position: int
    title: str
    fields: Fields


@dataclass(frozen=True)
class Kind:
    """The statements of one kind, with what one of them is called, and many."""

    one: str
    many: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Told:
    """A whole version."""

    fields: Fields
    kinds: dict[str, Kind]


def row_of(statement: Model) -> Row:
    """A statement of which all links were fetched."""
    fields = fields_of(statement, OF_THE_ROW)
    return Row(statement.key, statement.position, str(statement), fields)


def kind_of(model: type[Model], statements: Iterable[Model]) -> Kind:
    names = model._meta
    rows = tuple(row_of(statement) for statement in statements)
    return Kind(str(names.verbose_name), str(names.verbose_name_plural), rows)


def fields_of(record: Model, left_out: set[str]) -> Fields:
    """What a record says: its own columns, a date as one of them, then its lists."""
    return dict(_fields(record, left_out))


def _fields(record: Model, left_out: set[str]) -> Iterator[tuple[str, Said]]:
    edges = {f"{edge}_label": edge for edge in edges_of(type(record))}
    parts = {f"{edge}_{part}" for edge in edges.values() for part in PARTS_OF_A_DATE}
    for field in record._meta.concrete_fields:
        if field.name in edges:
            date = read_edge(record, edges[field.name])
            yield field.name, _one(field, date, date_in_words(date, edges[field.name]))
        elif field.name not in left_out | parts:
            yield field.name, _column(record, field)
    for link in record._meta.many_to_many:
        others = list(getattr(record, link.name).all())
        form = Form.IN_ORDER if is_ordered(link) else Form.MANY
        keys = tuple(other.pk for other in others)
        yield link.name, Said(_label(link), form, keys, tuple(map(str, others)))


def _label(field: Field) -> str:
    return capfirst(str(field.verbose_name))


def _one(field: Field, value: object, words: str) -> Said:
    return Said(_label(field), Form.ONE, value, (words,) if words else ())


def _column(record: Model, field: Field) -> Said:
    value = getattr(record, field.attname)
    if field.is_relation:
        return _one(field, value, str(getattr(record, field.name) or ""))
    if field.choices:
        return _one(field, value, str(getattr(record, f"get_{field.name}_display")()))
    if isinstance(field, (CharField, TextField)):
        return Said(_label(field), Form.TEXT, value, (value,) if value else ())
    return _one(field, value, in_words(value))


def in_words(value: object) -> str:
    """A number, or yes and no, as Dutch text; nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return str(value)


def date_in_words(date: SourceDate, edge: str) -> str:
    """A date as its source has it, with its bounds where those do not follow from that."""
    if not date:
        return ""
    try:
        follows = SourceDate.parse(date.label, edge) == date
    except ValueError:  # nobody but an editor can read it
        follows = False
    return date.label if follows else f"{date.label} ({_bounds(date)})"


def _bounds(date: SourceDate) -> str:
    if date.earliest and date.latest:
        return f"van {long_date(date.earliest)} tot en met {long_date(date.latest)}"
    if date.earliest:
        return f"ten vroegste {long_date(date.earliest)}"
    if date.latest:
        return f"ten laatste {long_date(date.latest)}"
    return "zonder grenzen"
