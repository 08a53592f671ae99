"""What editing takes, whatever the record: a guard against two editors at once, keys that fill
themselves in, and text without the line ends of a browser."""

import hashlib
from decimal import Decimal

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import get_text_list, slugify

from eerstelijn.datelabels import UnreadDate, read

#: The hidden field with the state that the editor's page was made from.
SEEN = "_gezien"

KEY_HELP = "Laat leeg: dit volgt uit de inhoud. Wijzig het later niet meer."
PLACE_HELP = "Laat leeg om achteraan te zetten."


class PlainTextField(forms.CharField):
    """A text field that keeps one kind of line end: browsers send another than fixtures hold."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class LineField(forms.CharField):
    """A long line in a box of more lines; an Enter in it counts as a space."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class NumberField(forms.DecimalField):
    """A number as people write it: 58 and 7,5, without the zeros that the column adds."""

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            value = value.quantize(1) if value == value.to_integral() else value.normalize()
        return value


# Two editors at once


def fingerprint(record, children=()):
    """A short text that changes whenever the record does, or one of these children.

    `children` are querysets of the rows that are edited on the same page.
    """
    rows = [record]
    for queryset in children:
        links = [field.name for field in queryset.model._meta.many_to_many]
        rows += queryset.order_by("pk").prefetch_related(*links)
    return hashlib.sha256(repr([_state(row) for row in rows]).encode()).hexdigest()[:32]


def _state(row):
    unread = row.get_deferred_fields()
    names = [field.attname for field in row._meta.concrete_fields if field.attname not in unread]
    values = [(name, str(getattr(row, name))) for name in names]
    for field in row._meta.many_to_many:
        values.append((field.name, sorted(linked.pk for linked in getattr(row, field.name).all())))
    return row._meta.label, values


class RecordForm(forms.ModelForm):
    """The form of a record; it refuses to overwrite what somebody else saved in the meantime.

    The admin gives it `seen`, the state that the page shows, and `present`, which locks the record
    and tells its state now. Only on changing a record: a new one is nobody else's.
    """

    seen = present = None
    #: What the database refused when this form was saved a moment ago.
    refusal = ""
    #: The parts of a key that the editor left blank, as a function of the cleaned data.
    key_parts = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.key_parts and "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = KEY_HELP

    def clean(self):
        data = super().clean() or self.cleaned_data
        drop_former_bounds(self)
        if self.present and self.data.get(SEEN) != self.present():
            raise ValidationError(overtaken(self.instance), code="overtaken")
        if self.refusal:
            raise ValidationError(self.refusal, code="refused")
        if self.key_parts and not data.get("key") and not self.errors:
            taken = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
            data["key"] = self.initial.get("key") or new_key(
                self.key_parts(data),
                set(taken.values_list("key", flat=True)),
                self.fields["key"].max_length,
            )
        return data


def overtaken(record):
    """What an editor is told whose page is no longer what the database holds."""
    kind = ContentType.objects.get_for_model(record)
    entry = (
        LogEntry.objects.filter(content_type=kind, object_id=record.pk)
        .select_related("user")
        .first()
    )
    by = ""
    if entry:
        moment = date_format(timezone.localtime(entry.action_time), "SHORT_DATETIME_FORMAT")
        by = f" (het laatst door {entry.user.get_username()}, {moment})"
    return format_html(
        "Intussen is dit record ergens anders bewaard{}. Jouw wijzigingen zijn niet bewaard, "
        'zodat niemands werk verdwijnt. <a href="" target="_blank">Open de pagina opnieuw</a> '
        "in een nieuw tabblad, vergelijk, en breng je wijzigingen daar aan.",
        by,
    )


# Dates


def drop_former_bounds(form):
    """Forget the bounds that followed from a label that is another one now.

    They stand folded away on the page and come back with it. What an editor said by hand stays,
    the bounds or that there are none; `form.remarks` then asks to look at it again.
    """
    form.remarks = []
    untouched = form.fields.keys() - set(form.changed_data)
    for name in form.changed_data:
        edge, _, kind = name.rpartition("_")
        bounds, word = (f"{edge}_earliest", f"{edge}_latest"), f"{edge}_unbounded"
        if kind != "label" or not untouched.issuperset(bounds):
            continue
        former, label = form.initial.get(name) or "", form.cleaned_data.get(name)
        if not label or is_read(former, edge):
            form.cleaned_data |= dict.fromkeys(bounds)
            if word in untouched:
                form.cleaned_data[word] = False
            _empty(form, bounds)
        elif word in untouched and former and not is_read(label, edge):
            form.remarks.append(
                f"“{label}” heeft nog altijd geen grenzen, zoals “{former}”. Kijk dat na."
                if form.initial[word]
                else f"“{label}” houdt de grenzen van “{former}”. Kijk ze na."
            )


def _empty(form, names):
    """Show fields empty when the form comes back, as they were taken to be."""
    form.data = form.data.copy()
    for name in names:
        form.data[form.add_prefix(name)] = ""


def is_read(label, edge):
    """Whether the bounds of a date follow from its label."""
    try:
        read(label, edge)
    except UnreadDate:
        return False
    return True


# Keys and places


def new_key(parts, taken, max_length):
    """A key that is not taken yet, from the words of its parts."""
    words = "-".join(filter(None, map(_word, parts))) or "rij"
    key, number = words[:max_length].strip("-"), 2
    while key in taken:
        suffix = f"-{number}"
        key, number = words[: max_length - len(suffix)].strip("-") + suffix, number + 1
    return key


def _word(part):
    return getattr(part, "slug", None) or slugify(str(part or ""))


class RowForm(forms.ModelForm):
    """One row under a record. Its key and its place may be left blank, where it has them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, text in (("key", KEY_HELP), ("position", PLACE_HELP)):
            if name in self.fields:
                self.fields[name].required = False
                self.fields[name].help_text = text
        if self.instance.pk is None and "position" in self.fields:
            self.initial["position"] = None

    def clean(self):
        super().clean()
        drop_former_bounds(self)


class RowFormSet(forms.BaseInlineFormSet):
    """The rows under a record; gives those without a key or a place theirs."""

    #: The parts of a row's key, as a function of the row. The admin sets it.
    key_parts = None

    def _construct_form(self, i, **kwargs):
        """A row knows its record as it is on this page, not as it was in the database."""
        form = super()._construct_form(i, **kwargs)
        setattr(form.instance, self.fk.name, self.instance)
        return form

    def clean(self):
        if not any(self.errors):
            rows = [form for form in self.forms if self._is_kept(form)]
            if "key" in self.form.base_fields:
                self._fill_keys(rows)
            if "position" in self.form.base_fields:
                self._fill_places(rows)
        super().clean()  # compares the rows with each other, by the keys that they now have

    def get_unique_error_message(self, unique_check):
        """Django would name the columns of the database."""
        names = [name for name in unique_check if name != self.fk.name]
        labels = [str(self.model._meta.get_field(name).verbose_name) for name in names]
        return f"Twee rijen hebben hetzelfde bij {get_text_list(labels, 'en')}. Laat er één staan."

    def _is_kept(self, form):
        return (form.instance.pk or form.has_changed()) and not self._should_delete_form(form)

    def _fill_keys(self, rows):
        # A key that goes in this same round is not given away: rows are saved one by one.
        taken = {form.initial.get("key") for form in self.forms}
        taken |= {form.instance.key for form in rows}
        for form in rows:
            if form.instance.key:
                continue
            key = form.initial.get("key") or new_key(
                self.parts_of(form.instance), taken, form.fields["key"].max_length
            )
            form.instance.key = form.cleaned_data["key"] = key
            taken.add(key)

    def parts_of(self, row):
        try:
            return self.key_parts(row)
        except ObjectDoesNotExist:  # a required relation that is still empty
            return []

    def _fill_places(self, rows):
        last = max((form.instance.position or 0 for form in rows), default=0)
        for form in rows:
            if form.cleaned_data.get("position") is None:
                last += 1
                form.instance.position = form.initial.get("position") or last
