"""What was kept of a record, as the saves in which it changed: one for each transaction.

The triggers keep a row as it was before a change (`eerstelijn.history.recording`). What it became
is how the next change found it, or how it stands now.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from eerstelijn.history.models import kept_fields, links_of, parts_of, table_of
from eerstelijn.history.recording import ADDED, CHANGED, DELETED

Values = dict[str, Any]


@dataclass
class RowChange:
    """What one save did to one row: how it was, and what it became. None: it was not there."""

    model: type[Model]
    pk: int
    before: Values | None
    after: Values | None

    @property
    def verb(self) -> str:
        if self.before is None:
            return ADDED
        return DELETED if self.after is None else CHANGED

    @property
    def values(self) -> Values:
        """The row as it stands after the save, or stood before it was deleted."""
        return (self.before if self.after is None else self.after) or {}

    @property
    def differing(self) -> list:
        """The fields that are another than before; of a row that came or went, all."""
        before, after = self.before or {}, self.after or {}
        return [
            each
            for each in kept_fields(self.model)
            if before.get(each.attname) != after.get(each.attname)
        ]


@dataclass
class Save:
    """What somebody did in one transaction."""

    moment: dt.datetime
    user: str
    name: str
    why: str
    rows: list[RowChange] = field(default_factory=list)

    @property
    def who(self) -> str:
        """By name, and by account where that is another word."""
        if not self.user:
            return "een opdracht, of iemand in de databank zelf"
        return f"{self.name} ({self.user})" if self.name else self.user


def saves_of(record: Model) -> list[Save]:
    """The saves in which a record, its parts or their links changed, the newest first."""
    model = type(record)
    found = [*_changes(model, id=record.pk)]
    found += _of_links(model, [record.pk])
    for kind, way in parts_of(model):
        rows = [*_changes(kind, **{way.attname: record.pk})]
        numbers = {row.pk for _, row in rows}
        found += rows
        numbers |= set(
            kind._base_manager.filter(**{way.name: record.pk}).values_list("pk", flat=True)
        )
        found += _of_links(kind, numbers)
    return _grouped(found)


@dataclass(frozen=True)
class Saved:
    """That some fields of a record were saved, and when; None of one that was added."""

    pk: int
    moment: dt.datetime
    fields: frozenset[str] | None


def saved_since(model: type[Model], since: dt.datetime, names: tuple[str, ...]) -> list[Saved]:
    """What was saved of these fields of a model after a moment, in two queries."""
    events = table_of(model).objects.filter(pgh_created_at__gt=since).order_by("pgh_id")
    by_row = defaultdict(list)
    for event in events.values("id", "pgh_label", "pgh_created_at", *names):
        by_row[event["id"]].append(event)
    if not by_row:
        return []
    rows = model._base_manager.filter(pk__in=by_row).order_by()
    present = {row.pop("pk"): row for row in rows.values("pk", *names)}
    found = []
    for pk, kept in by_row.items():
        for event, later in zip(kept, [*kept[1:], present.get(pk)], strict=True):
            if event["pgh_label"] == ADDED:
                found.append(Saved(pk, event["pgh_created_at"], None))
            elif event["pgh_label"] == CHANGED and later:
                changed = frozenset(name for name in names if event[name] != later[name])
                found.append(Saved(pk, event["pgh_created_at"], changed))
    return found


def deletions_of(model: type[Model]) -> list[Save]:
    """The saves that deleted records of a model that are still gone, the newest first."""
    gone = table_of(model).objects.filter(pgh_label=DELETED)
    gone = gone.exclude(id__in=model._base_manager.values("pk")).order_by("id", "-pgh_id")
    last = gone.distinct("id").values()
    return _grouped((_key(event), _deleted(model, event)) for event in last)


def deleted_with(row: RowChange, moment: dt.datetime) -> list[RowChange]:
    """The rows that went when a record was deleted: its parts and links, from it downwards."""
    then = {"pgh_created_at": moment, "pgh_label": DELETED}
    rows = []
    for kind, way in parts_of(row.model):
        for event in _events(kind, **then, **{way.attname: row.pk}):
            part = _deleted(kind, event)
            rows += [part, *deleted_with(part, moment)]
    for link in links_of(row.model):
        mine = _events(link, **then, **{way_from(link, row.model).attname: row.pk})
        rows += [_deleted(link, event) for event in mine]
    return rows


def way_from(link: type[Model], model: type[Model]):
    """The field of a table between two models that leads to the one whose list it holds."""
    return next(field for field in link._meta.fields if field.related_model is model)


def _deleted(model, event):
    return RowChange(model, event["id"], _row(model, event), None)


def _events(model, **of):
    return table_of(model).objects.filter(**of).order_by("pgh_id").values()


def _of_links(model, numbers):
    for link in links_of(model):
        way = way_from(link, model)
        yield from _changes(link, **{f"{way.attname}__in": numbers})


def _changes(model, **of):
    """Pairs of a save's key and what it did to one row."""
    by_row = defaultdict(list)
    for event in _events(model, **of):
        by_row[event["id"]].append(event)
    if not by_row:
        return
    names = [each.attname for each in kept_fields(model)]
    present = {row["id"]: row for row in model._base_manager.filter(pk__in=by_row).values(*names)}
    for pk, events in by_row.items():
        for event, later in zip(events, [*events[1:], None], strict=True):
            row = _row(model, event)
            became = _row(model, later) if later else present.get(pk)
            label = event["pgh_label"]
            yield (
                _key(event),
                RowChange(
                    model,
                    pk,
                    None if label == ADDED else row,
                    row if label == ADDED else None if label == DELETED else became,
                ),
            )


def _row(model, event):
    return {each.attname: event[each.attname] for each in kept_fields(model)}


def _key(event):
    said = event["pgh_context"] or {}
    return (event["pgh_created_at"], *(said.get(name, "") for name in ("user", "name", "why")))


def _grouped(found):
    saves: dict[tuple, Save] = {}
    rows: dict[tuple, RowChange] = {}
    for key, row in found:
        save = saves.setdefault(key[0], Save(*key))
        if key[3] not in save.why:  # a save and a step in one
            save.why = f"{save.why} {key[3]}".strip()
        known = rows.setdefault((key[0], row.model, row.pk), row)
        if known is row:
            save.rows.append(row)
        else:
            known.after = row.after  # a row that one save wrote twice
    for save in saves.values():
        save.rows = [row for row in save.rows if row.before != row.after]
    told = [save for save in saves.values() if save.rows]
    return sorted(told, key=lambda save: save.moment, reverse=True)
