"""Two editors on one page: what one sends is put together with what another saved meanwhile.

A page says of every field what it showed (`seen_of`, a digest a field). What comes back is compared
with that and with what the database holds now, field by field and row by row:

- what only the editor changed, is saved;
- what only somebody else changed, stays as they saved it, also in a row that the editor left alone;
- what both changed differently, becomes a question: both texts, and a choice that nobody made yet.

Rows that came since are put in between, rows that went are taken out, so that Django's formsets
find the rows of the database in its own order. What comes out are the fields of a form again (a
QueryDict): all that validates and saves a form stays as it is.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from django.forms import BaseInlineFormSet, CheckboxInput, Field, ModelForm, Widget
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

#: The digest of what a page showed of each field, by the name of the field.
Seen = dict[str, str]

#: The hidden field, of a record and of each of its rows, with what the page showed of it.
SEEN = "_gezien"
#: What follows the name of a field, or the prefix of a row, in the name of the choice about it.
CHOICE = "-_keuze"
MINE, THEIRS = "mijn", "hun"
BACK, AWAY = "terug", "weg"
#: How a field is marked in SEEN while nobody chose, and a row that somebody else deleted.
OPEN = "?"
GONE = "weg?"


# What a browser holds of a field


class InOrder(list[Any]):
    """Choices whose order says something; as one text: "12 3"."""

    def __str__(self) -> str:
        return " ".join(map(str, self))


def texts(value: object) -> list[str]:
    """A value of a field as texts that can be compared: none, one, or the many of a list."""
    if value is None or value is False:
        return []
    if isinstance(value, InOrder):
        value = str(value)
    if isinstance(value, (list, tuple, set)):
        return sorted(text for each in value for text in texts(each))
    text = "on" if value is True else str(value).replace("\r\n", "\n").strip()
    return [text] if text else []


def _widget(field: Field) -> Widget:
    """The widget itself, without the links to add a record that the admin puts around it."""
    return getattr(field.widget, "widget", field.widget)


def as_sent(form: ModelForm, name: str) -> object:
    """What a browser holds of a field that nobody touched, of a form that was made of a record."""
    field = form.fields[name]
    value = field.prepare_value(form.get_initial_for_field(field, name))
    if isinstance(_widget(field), CheckboxInput):
        return bool(value)
    return _widget(field).format_value(value)


def digest(value: object) -> str:
    return hashlib.blake2b(repr(texts(value)).encode(), digest_size=6).hexdigest()


def seen_of(form: ModelForm) -> str:
    """What a page shows of a record or a row: a digest for each field, by its name."""
    return written({name: digest(as_sent(form, name)) for name in _asked(form)})


def _asked(form: ModelForm) -> list[str]:
    """The fields that a browser sends; one that is only shown, such as a password, it does not."""
    return [name for name in form.base_fields if not form.fields[name].disabled]


def written(seen: Seen) -> str:
    return " ".join(f"{name}:{mark}" for name, mark in seen.items())


def read(text: str) -> Seen:
    """The digests that a page sent back, by field."""
    return dict(pair.split(":", 1) for pair in text.split() if ":" in pair)


# One record, or one row


def merge(form: ModelForm, data: QueryDict, prefix: str) -> None:
    """Put what the database holds of a record into `data`, where only somebody else changed it.

    `form` is made of the record as it is now; `prefix` is what its fields are called by in `data`.
    """
    seen = read(data.get(f"{prefix}{SEEN}", ""))
    seen.pop(DELETION_FIELD_NAME, None)
    for name in _asked(form):
        key = prefix + name
        mine = form.fields[name].widget.value_from_datadict(data, {}, key)
        theirs = as_sent(form, name)
        base, is_open = seen.get(name, "").removesuffix(OPEN), seen.get(name, "").endswith(OPEN)
        seen[name] = now = digest(theirs)
        if digest(mine) == now:
            continue
        choice = data.get(key + CHOICE) if base == now else None
        if (base != now and digest(mine) == base) or (is_open and choice == THEIRS):
            put(data, key, theirs)
        elif base != now or (is_open and choice != MINE):
            seen[name] += OPEN
    data[prefix + SEEN] = written(seen)


def put(data: QueryDict, key: str, value: object) -> None:
    """Let a browser have sent this value."""
    if isinstance(value, bool) or value is None:
        value = ["on"] if value else []
    if isinstance(value, InOrder) and len(value) > 1:
        data[key] = str(value)  # so that what was typed to reorder other choices leaves it alone
    elif isinstance(value, (list, tuple)):
        data.setlist(key, [str(each) for each in value if each not in (None, "")])
    else:
        data[key] = str(value)


# The rows under a record


def merge_rows(formset: BaseInlineFormSet, data: QueryDict, may_change: bool = True) -> None:
    """The same for the rows of a formset that was made of the record as it is now."""
    pk = formset.model._meta.pk.name
    sent = _sent_rows(formset, data)
    if sent is None:
        return  # Django says that the form is not whole
    known = {row[pk]: row for row in sent if row.get(pk)}
    new = [row for row in sent if not row.get(pk) and _is_kept(row)]
    rows = []
    for form in formset.initial_forms:
        row = known.pop(str(form.instance.pk), None)
        row = _merged(form, row) if row and may_change else _fresh(form, row)
        row[pk] = str(form.instance.pk)
        rows.append(row)
    gone = [_as_gone(row, pk) for row in known.values() if _is_touched(formset, row)]
    _write_rows(formset, data, [*rows, *gone, *new], len(rows))


def _sent_rows(formset: BaseInlineFormSet, data: QueryDict) -> list[QueryDict] | None:
    """What was sent of each row, as fields without the prefix of the row; None without a total."""
    total = data.get(f"{formset.prefix}-TOTAL_FORMS", "")
    if not (total.isascii() and total.isdigit() and len(total) < 20):
        return None
    rows: dict[int, QueryDict] = {}
    for key, values in data.lists():
        number, name = _place(formset.prefix, key)
        if number is not None and number < min(int(total), formset.absolute_max):
            rows.setdefault(number, QueryDict(mutable=True)).setlist(name, values)
    return [rows[number] for number in sorted(rows)]


def _place(prefix: str, key: str) -> tuple[int | None, str]:
    """The number of the row that a field belongs to, and what it is called there."""
    match = re.fullmatch(rf"{re.escape(prefix)}-([0-9]{{1,5}})-(.+)", key, re.DOTALL)
    return (int(match[1]), match[2]) if match else (None, "")


def _write_rows(
    formset: BaseInlineFormSet, data: QueryDict, rows: list[QueryDict], there: int
) -> None:
    """Let these rows have been sent; the first so many stand in the database."""
    prefix = formset.prefix
    for key in [key for key in data if _place(prefix, key)[0] is not None]:
        del data[key]
    for number, row in enumerate(rows):
        row[formset.fk.name] = str(formset.instance.pk)
        for name, values in row.lists():
            data.setlist(f"{prefix}-{number}-{name}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(there)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))


def _merged(form: ModelForm, row: QueryDict) -> QueryDict:
    if not row.get(DELETION_FIELD_NAME):
        merge(form, row, "")
        return row
    if row.get(SEEN) == seen_of(form):
        return row
    # Nobody deletes words that they have not seen: the row comes back as it is now.
    fresh = _fresh(form)
    fresh[SEEN] += f" {DELETION_FIELD_NAME}:{OPEN}"
    return fresh


def _fresh(form: ModelForm, row: QueryDict | None = None) -> QueryDict:
    """A row as the database holds it: one that came since, or that this editor only reads."""
    fresh = QueryDict(mutable=True)
    for name in form.base_fields:
        put(fresh, name, as_sent(form, name))
    fresh[SEEN] = seen_of(form)
    if row and row.get(DELETION_FIELD_NAME):
        fresh[DELETION_FIELD_NAME] = row[DELETION_FIELD_NAME]
    return fresh


def _is_touched(formset: BaseInlineFormSet, row: QueryDict) -> bool:
    """Whether the editor changed a row that is no longer there."""
    if row.get(DELETION_FIELD_NAME):
        return False
    seen = read(row.get(SEEN, ""))
    return any(
        digest(field.widget.value_from_datadict(row, {}, name)) != seen.get(name, "").rstrip(OPEN)
        for name, field in formset.form.base_fields.items()
    )


def _as_gone(row: QueryDict, pk: str) -> QueryDict:
    """A row that somebody else deleted, as a new one with the question whether it comes back."""
    del row[pk]
    row[SEEN] = GONE
    return row


def _is_kept(row: QueryDict) -> bool:
    """Whether a new row stays; of one that somebody else deleted the editor says so."""
    if row.get(SEEN) != GONE:
        return True
    choice = row.get(CHOICE.removeprefix("-"))
    if choice == BACK:
        row[SEEN] = ""
    return choice != AWAY


def as_new(data: QueryDict, formsets: Iterable[type[BaseInlineFormSet]]) -> QueryDict:
    """The fields of a form as those of a new record: none of its rows is in the database.

    `formsets` are the classes of its rows.
    """
    data = data.copy()
    data.pop(SEEN, None)
    for formset in formsets:
        prefix = formset.get_default_prefix()
        data[f"{prefix}-INITIAL_FORMS"] = "0"
        unknown = (formset.model._meta.pk.name, formset.fk.name, SEEN)
        for key in [key for key in data if _place(prefix, key)[1] in unknown]:
            del data[key]
    return data
