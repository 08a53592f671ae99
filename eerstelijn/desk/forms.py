"""What editing takes, whatever the record: questions where two editors changed the same, and keys
that fill themselves in."""

import json
from dataclasses import dataclass

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone
from django.utils.text import get_text_list, slugify

from eerstelijn.datelabels import UnreadDate, read
from eerstelijn.dates import day_of, long_date
from eerstelijn.desk import merging
from eerstelijn.desk.merging import SEEN
from eerstelijn.desk.reading import ReadsDates
from eerstelijn.desk.restoring import NOT_SAVED, RESTORE

KEY_HELP = "Laat leeg: dit volgt uit de inhoud. Wijzig het later niet meer."
PLACE_HELP = "Laat leeg om achteraan te zetten."


# Two editors at once


class RecordForm(ReadsDates, forms.ModelForm):
    """The form of a record; it asks where somebody else saved the same thing in the meantime.

    What was sent has gone through `eerstelijn.desk.merging`: what it marked as open is asked here.
    """

    #: It can be shown again as typed, without being saved (eerstelijn.desk.restoring).
    comes_back = True
    #: What the database or a step refused when this form was sent a moment ago.
    refusal = ""
    #: The field that it is about, where that is one.
    refused_at = ""
    #: The parts of a key that the editor left blank, as a function of the cleaned data.
    key_parts = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = self.instance
        ask(self)
        if self.key_parts and "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = KEY_HELP

    @property
    def seen(self):
        """What the page says that it showed, for when it comes back."""
        return seen_by(self)

    def clean(self):
        data = super().clean() or self.cleaned_data
        drop_former_bounds(self)
        if problems := self._problems():
            raise ValidationError(problems)
        if self.refusal:
            self.add_error(self.refused_at, ValidationError(self.refusal, code="refused"))
            return data
        insist(self)
        if self.key_parts and not data.get("key") and not self.errors:
            taken = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
            data["key"] = self.initial.get("key") or new_key(
                self.key_parts(data),
                set(taken.values_list("key", flat=True)),
                self.fields["key"].max_length,
            )
        return data

    def _problems(self):
        """Why nothing is saved whatever the fields say; a form that comes back tells the rest."""
        problems = []
        if self.data.get(RESTORE):
            problems.append(ValidationError(NOT_SAVED, code="restored"))
        if self.refusal and not self._is_about_a_field:
            problems.append(ValidationError(self.refusal, code="refused"))
        return problems

    @property
    def _is_about_a_field(self):
        """Whether what was refused is what was written in a field, and not in a row below."""
        return self.refused_at in self.changed_data


def seen_by(form):
    """What the page showed of a record or a row; empty for one that is only being made."""
    if not form.is_bound:
        return merging.seen_of(form) if form.instance.pk else ""
    text = form.data.get(form.add_prefix(SEEN), "")
    if text == merging.GONE:
        return text
    seen = merging.read(text)
    return merging.written({name: seen[name] for name in form.base_fields if name in seen})


@dataclass
class Question:
    """What two editors wrote in one field; which of both stays is asked beside it."""

    form: forms.ModelForm
    name: str

    @property
    def form_name(self):
        return self.form.add_prefix(self.name)

    @property
    def field_name(self):
        return self.form_name + merging.CHOICE

    @property
    def label(self):
        return self.form[self.name].label

    @property
    def mine(self):
        return in_words(self.form.fields[self.name], self.form[self.name].data)

    @property
    def theirs(self):
        return in_words(self.form.fields[self.name], merging.as_sent(self.form, self.name))

    @property
    def by(self):
        return saved_by(self.form.record, self.form)


def ask(form):
    """Give the fields of a form that two editors changed their question."""
    form.asked = []
    if form.is_bound and form.instance.pk:  # of what is new nobody saw anything
        seen = merging.read(form.data.get(form.add_prefix(SEEN), ""))
        form.asked = [name for name in form.fields if seen.get(name, "").endswith(merging.OPEN)]
    for name in form.asked:
        form[name].question = Question(form, name)


def insist(form):
    """Refuse a form in which a question is still open."""
    for name in form.asked:
        form.add_error(name, ValidationError("Kies welke van beide blijft.", code="question"))


#: How an empty field is told beside one that is not.
NOTHING = "(leeg)"


def in_words(field, value):
    """A value of a field, as a browser holds it, in the words in which an editor knows it."""
    if isinstance(field, forms.BooleanField):
        return "ja" if value else "nee"
    if isinstance(field, forms.ModelChoiceField):
        words = " ".join(merging.texts(value)).split()
        numbers = [int(n) for n in words if n.isdecimal() and len(n) < 10]
        found = field.queryset.filter(pk__in=numbers)
        if isinstance(value, merging.InOrder):
            found = sorted(found, key=lambda row: numbers.index(row.pk))
        return "; ".join(map(str, found)) or NOTHING
    if isinstance(field, forms.ChoiceField):
        value = "".join(merging.texts(value))
        value = dict(field.choices).get(value, value)
    return str(value or NOTHING)


def moment(when):
    """A moment of today as its hour, of another day with that day."""
    hour = f"om {timezone.localtime(when):%H.%M} uur"
    day = day_of(when)
    return hour if day == timezone.localdate() else f"op {long_date(day)} {hour}"


def name_of(user):
    return user.get_full_name() or user.get_username()


def entries_of(model, pk):
    """What was done with a record at the desk, the newest first."""
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id=pk)
    return entries.select_related("user").order_by("-action_time", "-pk")


def saved_by(record, form):
    """Who saved a record last and when; of a row, who last touched its kind of row."""
    entries = entries_of(record, record.pk)
    kind = json.dumps(str(form.instance._meta.verbose_name))
    of_rows = entries.filter(change_message__contains=f'"name": {kind}')
    entry = of_rows.first() or entries.first()
    return f"{name_of(entry.user)} {moment(entry.action_time)}" if entry else "iemand anders"


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


class RowForm(ReadsDates, forms.ModelForm):
    """One row under a record. Its key and its place may be left blank, where it has them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, text in (("key", KEY_HELP), ("position", PLACE_HELP)):
            if name in self.fields:
                self.fields[name].required = False
                self.fields[name].help_text = text
        if self.instance.pk is None and "position" in self.fields:
            self.initial["position"] = None
        self.record = self.instance  # the record above it, once the rows are made
        ask(self)

    @property
    def seen(self):
        return seen_by(self)

    @property
    def needs_a_look(self):
        """Whether the row is shown open: it is new, wrong, or not saved as it stands here."""
        if not self.instance.pk:
            return True
        unsaved = self.is_bound and (self.errors or self.is_gone or self.asked or self.changed_data)
        return bool(unsaved)

    @property
    def is_gone(self):
        """Whether somebody else deleted this row while it was being changed here."""
        return self.seen == merging.GONE

    @property
    def by(self):
        return saved_by(self.record, self)

    def clean(self):
        super().clean()
        drop_former_bounds(self)
        insist(self)
        if self.is_gone:
            raise ValidationError("Kies of deze rij terugkomt.", code="question")
        if DELETION_FIELD_NAME in merging.read(self.data.get(self.add_prefix(SEEN), "")):
            raise ValidationError(
                f"Intussen gewijzigd door {self.by}, dus nog niet verwijderd. Vink “Verwijderen” "
                "opnieuw aan als deze rij toch weg mag.",
                code="overtaken",
            )


class RowFormSet(forms.BaseInlineFormSet):
    """The rows under a record; gives those without a key or a place theirs."""

    #: The parts of a row's key, as a function of the row. The admin sets it.
    key_parts = None

    def _construct_form(self, i, **kwargs):
        """A row knows its record as it is on this page, not as it was in the database."""
        form = super()._construct_form(i, **kwargs)
        setattr(form.instance, self.fk.name, self.instance)
        form.record = self.instance
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
