"""An old value put back, and a record that was deleted brought back: each is a change of its own.

What the record and the database refuse comes back as a Dutch sentence, and nothing is half done:
call these in a transaction.
"""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection
from django.utils.text import capfirst

from eerstelijn.history.models import kept_fields, table_of
from eerstelijn.history.reading import RowChange, deleted_with
from eerstelijn.history.recording import ADDED, CHANGED, DELETED
from eerstelijn.history.telling import name_of
from eerstelijn.ordered import is_ordered


class Refused(Exception):
    """Why something is not put back, in Dutch."""


def fields_to_put_back(row: RowChange, locked=()):
    """The fields of a change that an editor may put back: none that only a step changes."""
    if row.verb != CHANGED:
        return []
    return [each for each in row.differing if each.editable and each.name not in locked]


def put_back(record, row: RowChange, locked=()) -> list:
    """Give the fields of a record what they said before a change, unsaved; returns those that
    differ now."""
    changed = []
    for each in fields_to_put_back(row, locked):
        old = row.before[each.attname]
        if getattr(record, each.attname) != old:
            _refuse_what_is_gone(each, old)
            setattr(record, each.attname, old)
            changed.append(each)
    if changed:
        check(record)
    return changed


def put_links_back(record, links: list[RowChange]) -> list[str]:
    """Give the lists of a record what they held before a change; returns the lists that differ."""
    changed = []
    for field in record._meta.many_to_many:
        rows = [row for row in links if row.model is field.remote_field.through]
        if not rows:
            continue
        other = field.remote_field.through._meta.get_field(field.m2m_reverse_field_name())
        manager = getattr(record, field.name)
        now = [*manager.values_list("pk", flat=True)]
        wanted = [pk for pk in now if pk not in _numbers(rows, other, ADDED)]
        for row in sorted(rows, key=lambda row: row.values.get("position", 0)):
            number = row.values[other.attname]
            if row.verb == DELETED and number not in wanted:
                _refuse_what_is_gone(other, number)
                place = row.values.get("position", 0) - 1
                wanted.insert(place if place >= 0 else len(wanted), number)
        if is_ordered(field) and all(row.verb == CHANGED for row in rows):
            before = {row.before[other.attname]: row.before["position"] for row in rows}
            wanted.sort(key=lambda number: before.get(number, now.index(number) + 1))
        if wanted != now:
            manager.set(wanted)
            changed.append(field)
    return changed


def bring_back(row: RowChange, moment):
    """Make a deleted record again under its own number, with all that went in the same moment."""
    rows = [row, *deleted_with(row, moment)]
    records = [_made_again(each) for each in rows]
    connection.check_constraints()
    return records[0]


def _made_again(row):
    fields = kept_fields(row.model)
    if row.model._base_manager.filter(pk=row.pk).exists():
        raise Refused("Dit staat er al opnieuw.")
    record = row.model(**{each.attname: row.before[each.attname] for each in fields})
    for each in fields:
        _refuse_what_is_gone(each, row.before[each.attname])
    if not row.model._meta.auto_created:
        check(record)
    record.save(force_insert=True)
    return record


def check(record):
    """Hold a record to its own rules."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(_sentences(record, error))) from error


def _sentences(record, error):
    for name, messages in error.message_dict.items():
        label = "" if name == NON_FIELD_ERRORS else capfirst(_label(record, name))
        yield from (f"{label}: {message}" if label else message for message in messages)


def _label(record, name):
    return str(record._meta.get_field(name).verbose_name)


def _refuse_what_is_gone(field, number):
    model = field.related_model
    if model and number is not None and not model._base_manager.filter(pk=number).exists():
        kind = capfirst(model._meta.verbose_name)
        raise Refused(
            f"{kind} “{gone_name(model, number)}” bestaat niet meer. Zet dat eerst terug."
        )


def gone_name(model, number):
    """What a record that is gone was called, as far as it was kept."""
    table = table_of(model)
    last = table and table.objects.filter(id=number).order_by("-pgh_id").values().first()
    return name_of(model, last) if last else f"nummer {number}"


def _numbers(rows, other, verb):
    return {row.values[other.attname] for row in rows if row.verb == verb}
