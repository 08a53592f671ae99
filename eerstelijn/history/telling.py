"""What was kept of a record in the words of its form: old and new, field by field."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import BooleanField, DateField, DateTimeField
from django.utils import timezone
from django.utils.text import Truncator, capfirst

from eerstelijn.history.models import kept_fields, parts_of, table_of
from eerstelijn.history.reading import RowChange, Save, way_from
from eerstelijn.history.recording import ADDED, CHANGED, DELETED
from eerstelijn.ordered import is_ordered

NOTHING = "(leeg)"
#: What says nothing to a reader of a row that came or went: its key and its place.
OF_THE_DESK = {"key", "position"}


@dataclass(frozen=True)
class Line:
    """A field, what it said and what it says."""

    label: str
    old: str = ""
    new: str = ""


@dataclass
class Entry:
    """What a save did to the record, or to one row of it."""

    title: str
    verb: str
    row: RowChange
    lines: list[Line] = field(default_factory=list)
    #: What changed in the lists of what it is linked to.
    links: list[RowChange] = field(default_factory=list)
    #: Whether whoever reads this may put it back.
    may_undo: bool = False
    #: What stands where it would be put back, for a page that shows this (`desk.shown`).
    shown: str = ""
    #: Why what was deleted cannot come back as things stand; "" where it can.
    stays_gone: str = ""

    @property
    def key(self) -> str:
        """What a button calls it."""
        return f"{self.row.model._meta.label_lower}:{self.row.pk}"


@dataclass
class Told:
    """A save as the page tells it."""

    moment: dt.datetime
    who: str
    why: str
    entries: list[Entry]

    @property
    def key(self) -> str:
        """What a form calls it by."""
        return key_of(self.moment)


def key_of(moment: dt.datetime) -> str:
    """A moment as a form sends it along."""
    return str(moment)


class Teller:
    """Tells saves; looks the names of other records up once for all of them.

    `rows_of` gives the rows of a model with what their names need.
    """

    def __init__(self, saves, rows_of):
        self.saves, self.rows_of = saves, rows_of
        #: The records that rows name, and their names, by model and number.
        self.records = {}
        self.names = self._names()

    def told(self, record=None) -> list[Told]:
        """The saves; without a record each row is told by its own name."""
        return [
            Told(save.moment, save.who, save.why, self._entries(save, record))
            for save in self.saves
        ]

    def _entries(self, save: Save, record):
        links, entries = defaultdict(list), {}
        for row in save.rows:
            if row.model._meta.auto_created:
                owner, way = owner_of(row.model)
                links[owner, row.values[way.attname]].append(row)
            else:
                entries[row.model, row.pk] = self._entry(row, record)
        for (model, pk), rows in links.items():
            if (model, pk) not in entries:
                values = model._base_manager.filter(pk=pk).values().first() or {"id": pk}
                row = RowChange(model, pk, values, values)
                entries[model, pk] = self._entry(row, record)
            entries[model, pk].links = rows
            entries[model, pk].lines += self._of_links(rows)
        return sorted(entries.values(), key=lambda entry: not _is(record, entry.row))

    def _entry(self, row, record):
        kind = capfirst(row.model._meta.verbose_name)
        title = kind if _is(record, row) else f"{kind} “{self.name_of(row)}”"
        return Entry(title, row.verb, row, [*self._lines(row)])

    def _lines(self, row):
        before, after = row.before or {}, row.after or {}
        ways = set(_ways_up(row.model))
        for each in row.differing:
            is_whole = row.verb != CHANGED
            if each.primary_key or (is_whole and (each in ways or each.name in OF_THE_DESK)):
                continue
            old = self.value(each, before.get(each.attname)) if before else ""
            new = self.value(each, after.get(each.attname)) if after else ""
            if is_whole and (old or new) in (NOTHING, "nee"):
                continue
            yield Line(capfirst(str(each.verbose_name)), old, new)

    def _of_links(self, rows):
        """A list of links: what it lost and what it got, and whether only their order changed."""
        by_table = defaultdict(list)
        for row in rows:
            by_table[row.model].append(row)
        for table, changes in by_table.items():
            owner, _ = owner_of(table)
            link = next(
                f for f in owner._meta.local_many_to_many if f.remote_field.through is table
            )
            other = table._meta.get_field(link.m2m_reverse_field_name())
            named = {
                verb: [
                    self.value(other, row.values[other.attname])
                    for row in changes
                    if row.verb == verb
                ]
                for verb in (ADDED, CHANGED, DELETED)
            }
            label = capfirst(str(link.verbose_name))
            if named[ADDED] or named[DELETED]:
                yield Line(label, _list(named[DELETED], "weg"), _list(named[ADDED], "erbij"))
            elif is_ordered(link):
                yield Line(label, "", "in een andere volgorde")

    def value(self, each, value) -> str:
        """A value as the form shows it."""
        if value is None or value == "":
            return NOTHING
        if each.is_relation:
            return self.names.get((each.related_model, value), f"nummer {value}")
        if each.flatchoices:
            return str(dict(each.flatchoices).get(value, value))
        if isinstance(each, BooleanField):
            return "ja" if value else "nee"
        if isinstance(each, DateTimeField):
            return f"{timezone.localtime(value):%d/%m/%Y %H.%M} uur"
        return f"{value:%d/%m/%Y}" if isinstance(each, DateField) else str(value)

    def name_of(self, row) -> str:
        return Truncator(name_of(row.model, row.values, self.records)).chars(80)

    def _names(self):
        wanted = defaultdict(set)
        for save in self.saves:
            for row in save.rows:
                for each in kept_fields(row.model):
                    if each.is_relation:
                        values = (row.before or {}, row.after or {})
                        wanted[each.related_model] |= {value.get(each.attname) for value in values}
        names = {}
        for model, numbers in wanted.items():
            numbers -= {None}
            for record in self.rows_of(model).filter(pk__in=numbers):
                self.records[model, record.pk] = record
                names[model, record.pk] = str(record)
                numbers.discard(record.pk)
            table = table_of(model)
            if numbers and table:
                gone = table.objects.filter(id__in=numbers, pgh_label=DELETED).order_by("pgh_id")
                for event in gone.values():
                    names[model, event["id"]] = f"{name_of(model, event)} (verwijderd)"
        return names


def name_of(model, values, known=None):
    """What a row calls itself that may be there no longer; `known` are records that it may name."""
    fields = [each for each in kept_fields(model) if each.attname in values]
    row = model(**{each.attname: values[each.attname] for each in fields})
    for each in fields:
        if record := (known or {}).get((each.related_model, values[each.attname])):
            setattr(row, each.name, record)
    try:
        return str(row)
    except (ObjectDoesNotExist, AttributeError, TypeError, ValueError):
        return f"nummer {values.get('id')}"


def owner_of(table):
    """The model whose list a table between two models holds, and the way to it."""
    owner = table._meta.auto_created
    return owner, way_from(table, owner)


def _ways_up(model):
    """The fields by which a row belongs to a record: on its page nobody needs to read which."""
    for each in kept_fields(model):
        if each.is_relation and (model, each) in parts_of(each.related_model):
            yield each


def _is(record, row):
    return record is not None and isinstance(record, row.model) and record.pk == row.pk


def _list(names, word):
    return f"{word}: {'; '.join(names)}" if names else ""
