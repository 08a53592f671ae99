"""What stands in which column, both ways; and what became of each row.

An empty cell says nothing, and one with only "-" empties a field. A row that we know by its key is
changed, another is new; nothing is ever deleted.
"""

import datetime as dt
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import Error, transaction
from import_export import fields, resources, widgets

from eerstelijn import one_form
from eerstelijn.database.refusals import in_words
from eerstelijn.desk.fields import LONGEST_TEXT

#: The cell that empties a field.
NOTHING = "-"


class Column(fields.Field):
    """A column that leaves a field as it is where its cell is empty."""

    def __init__(self, attribute, column, widget=None, required=False):
        super().__init__(attribute=attribute, column_name=column, widget=widget or Plain())
        self.required = required

    def save(self, instance, row, is_m2m=False, **kwargs):
        if row.get(self.column_name, "") != "":
            super().save(instance, row, is_m2m, **kwargs)

    def clean(self, row, **kwargs):
        return self.widget.clean(row[self.column_name], row=row, **kwargs)

    def export(self, instance, **kwargs):
        return self.widget.render(self.get_value(instance))


class Plain(widgets.Widget):
    """A text, in one form."""

    def __init__(self, is_long=False):
        super().__init__()
        self.is_long = is_long

    def clean(self, value, row=None, **kwargs):
        if value == NOTHING:
            return ""
        text = one_form.text(value).strip() if self.is_long else one_form.line(value)
        if len(text) > LONGEST_TEXT:
            raise ValueError(f"meer dan {LONGEST_TEXT} tekens")
        return text

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class Number(Plain):
    def clean(self, value, row=None, **kwargs):
        if value == NOTHING:
            return None
        if not (value.isascii() and value.isdigit() and len(value) < 6):
            raise ValueError(f"“{value}” is geen geheel getal")
        return int(value)


class Day(Plain):
    """A day as people here write it, or as machines do."""

    def clean(self, value, row=None, **kwargs):
        if value == NOTHING:
            return None
        for form in ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"):
            try:
                read = dt.datetime.strptime(value, form)  # no moment: a day without an hour
                return dt.date(read.year, read.month, read.day)
            except ValueError:
                continue
        raise ValueError(f"“{value}” is geen dag zoals 31/12/2025")

    def render(self, value, obj=None, **kwargs):
        return f"{value:%d/%m/%Y}" if value else ""


class YesNo(Plain):
    """Whether something holds: "ja" or "nee"."""

    def clean(self, value, row=None, **kwargs):
        if value == NOTHING:
            return False
        if value.casefold() not in ("ja", "nee"):
            raise ValueError(f"“{value}” kennen we niet. Kies uit: ja, nee")
        return value.casefold() == "ja"

    def render(self, value, obj=None, **kwargs):
        return "ja" if value else "nee"


def choice(field):
    """The words of a list; the word that is stored or the one that is read."""

    class Choice(Plain):
        def clean(self, value, row=None, **kwargs):
            for stored, said in field.flatchoices:
                if value.casefold() in (str(stored).casefold(), str(said).casefold()):
                    return stored
            words = ", ".join(str(stored) for stored, _ in field.flatchoices)
            raise ValueError(f"“{value}” kennen we niet. Kies uit: {words}")

    return Choice()


class Linked(Plain):
    """One other record, by its address."""

    def __init__(self, model):
        super().__init__()
        self.model, self.known = model, {}

    def clean(self, value, row=None, **kwargs):
        if value == NOTHING:
            return None
        if value not in self.known:
            self.known[value] = self.model._default_manager.filter(slug=value).first()
        if self.known[value] is None:
            raise ValueError(f"we kennen geen {self.model._meta.verbose_name} met adres “{value}”")
        return self.known[value]

    def render(self, value, obj=None, **kwargs):
        return value.slug if value else ""


class Listed(widgets.ManyToManyWidget):
    """Several other records, in order, separated by "|"; `written` is how one stands in a cell."""

    def __init__(self, model, rows, written, what):
        super().__init__(model)
        self.rows, self.written, self.what, self.known = rows, written, what, None

    def clean(self, value, row=None, **kwargs):
        if value == NOTHING:
            return []
        if self.known is None:
            self.known = defaultdict(list)
            for each in self.rows():
                self.known[one_form.line(self.written(each)).casefold()].append(each)
        found = []
        for part in filter(None, map(one_form.line, value.split("|"))):
            match self.known.get(part.casefold(), []):
                case [one]:
                    found.append(one)
                case []:
                    raise ValueError(f"we kennen geen {self.what} “{part}”")
                case _:
                    raise ValueError(f"“{part}” is niet één {self.what}")
        return list(dict.fromkeys(found))

    def render(self, value, obj=None, **kwargs):
        rows = value.all() if hasattr(value, "all") else value or []
        return "|".join(self.written(row) for row in rows)


class TableResource(resources.ModelResource):
    """The columns of one kind of record. `run` gives what became of each row, and stays or not."""

    #: The columns that tell which record a row is about.
    key = ()
    #: The column without which it is no table of these records.
    needed = ""

    def __init__(self, **kwargs):
        # It copies the columns: a widget remembers what it looked up, and each table has its own.
        super().__init__(**kwargs)
        self.changes, self.seen, self.numbers = {}, {}, []

    class Meta:
        abstract = True
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True
        use_bulk = False

    @classmethod
    def columns(cls):
        """In the order of the table."""
        return [cls.fields[name].column_name for name in cls._meta.fields]

    @classmethod
    def days(cls):
        """The columns that hold a day, or a date in words."""
        return {
            column.column_name
            for name, column in cls.fields.items()
            if name == "date_label" or isinstance(column.widget, Day)
        }

    def get_or_init_instance(self, instance_loader, row):
        instance = self.find(row)
        return (instance, False) if instance else (self.init_instance(row), True)

    def find(self, row):
        """The record that a row is about; None where it is a new one."""
        raise NotImplementedError

    def before_import_row(self, row, **kwargs):
        """Two rows about one record contradict each other, or say it twice."""
        number = self.numbers[kwargs["row_number"] - 1]
        key = tuple(one_form.line(row.get(column, "")).casefold() for column in self.key)
        if any(key):
            first = self.seen.setdefault(key, number)
            if first != number:
                raise ValidationError(f"staat ook op regel {first}")

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.attribute and field.column_name in row:
            field.save(instance, row, is_m2m, **kwargs)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Whether a row says what is so already; and remembers what it says otherwise."""
        errors = import_validation_errors if import_validation_errors is not None else {}
        changes = []
        for field in self.get_import_fields():
            if row.get(field.column_name, "") == "":
                continue
            before = "" if original is None or original.pk is None else field.export(original)
            try:
                after = self._said(field, instance, row)
            except ValueError as error:
                errors[field.attribute] = ValidationError(str(error))
                continue
            if before != after:
                changes.append((field.column_name, before, after))
        self.changes[id(instance)] = changes
        is_known = original is not None and original.pk is not None
        return is_known and not changes and not errors

    def _said(self, field, instance, row):
        """What a row makes of a field, as it would go out; links are laid only after the save."""
        if isinstance(field.widget, Listed):
            return field.widget.render(field.clean(row))
        return field.export(instance)

    def save_instance(self, instance, is_create, row, **kwargs):
        """Rows that the database refuses leave the others to be looked at."""
        try:
            with transaction.atomic():
                super().save_instance(instance, is_create, row, **kwargs)
        except Error as error:
            raise ValidationError(in_words(error)) from error

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Django's errors, at the columns of the table."""
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as error:
            raise ValidationError(self._at_columns(error)) from error

    def _at_columns(self, error):
        names = {field.attribute: field.column_name for field in self.fields.values()}
        said = []
        for name, messages in error.message_dict.items():
            column = names.get(name, "")  # a field without a column says itself what is wrong
            said += [f"{column}: {message}" if column else message for message in messages]
        return said

    def run(self, table, numbers):
        """Take a table in; answers with Django's result of each row, beside its line."""
        self.numbers = numbers
        result = self.import_data(
            table,
            dry_run=False,
            raise_errors=False,
            use_transactions=False,  # the page is one transaction, and decides whether it stays
            rollback_on_validation_errors=False,
        )
        return result
