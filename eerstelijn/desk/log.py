"""What editors added, changed and deleted, as the log of the desk tells it."""

import json

from django.contrib.admin.models import CHANGE, DELETION, LogEntry


class DeskLog:
    """The whole log, read once.

    It names a record by its kind and its number, or by its text once that is gone; and a row on the
    page of a record by that page, its kind and its text.
    """

    def __init__(self):
        self.added, self.changed, self.deleted = set(), set(), set()
        for flag, kind, pk, text, message in LogEntry.objects.values_list(
            "action_flag", "content_type__model", "object_id", "object_repr", "change_message"
        ):
            if flag == DELETION:
                self.deleted.add((kind, text))
            else:
                (self.changed if flag == CHANGE else self.added).add((kind, pk))
                self._read_rows((kind, pk), message)

    def _read_rows(self, page, message):
        try:
            changes = json.loads(message)
        except json.JSONDecodeError:  # a step, told in a sentence
            return
        for change in changes:
            for verb in ("added", "changed", "deleted"):
                if "object" in change.get(verb, ()):
                    row = (*page, change[verb]["name"], change[verb]["object"])
                    getattr(self, verb).add(row)

    def has_deleted(self, row, parent):
        own = (row._meta.model_name, str(row)[:200])  # as much as the log keeps
        return own in self.deleted or _on_page(row, parent) in self.deleted

    def has_changed(self, row, parent):
        return _page(row) in self.changed or _on_page(row, parent) in self.changed

    def has_touched(self, row, parent):
        added = _page(row) in self.added or _on_page(row, parent) in self.added
        return added or self.has_changed(row, parent)


def _page(record):
    return record and (record._meta.model_name, str(record.pk))


def _on_page(row, parent):
    return parent and (*_page(parent), str(row._meta.verbose_name), str(row))
