"""How the forms of the editors' desk look: fields, search lists, and rows under a record."""

from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.forms.models import _get_foreign_key

from eerstelijn.dates import edges_of
from eerstelijn.desk.choosing import InOrderByTyping, InOrderField, ManyByTyping, OneByTyping
from eerstelijn.desk.fields import (
    AddressField,
    LineField,
    NumberField,
    PlainTextField,
    WebField,
)
from eerstelijn.desk.forms import RowForm, RowFormSet
from eerstelijn.desk.reading import A_DAY, NO_DAY, attributes
from eerstelijn.desk.rows import line_of
from eerstelijn.ordered import is_ordered

#: What comes last in every row: what it rests on, and in the fold its key and place.
LAST = ("citations", "note", "key", "position")

#: From how many letters on a line of text gets room to be read whole.
LONG = 250


def names_of(model, *endings):
    """The editable fields of a model in its own order, all or those that end so: "_label"."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    names = [f.name for f in fields if f.editable and not f.primary_key]
    return [name for name in names if name.endswith(endings or "")]


def bounds_of(model):
    """The collapsed block with the bounds of every date; empty for a model without dates."""
    lines = [
        (f"{edge}_earliest", f"{edge}_latest", f"{edge}_unbounded") for edge in edges_of(model)
    ]
    return [("Grenzen van de data", {"classes": ["collapse"], "fields": lines})] if lines else []


class DeskFields:
    """How fields look and behave on every form of the desk, of a record and of a row."""

    formfield_overrides = {models.TextField: {"form_class": PlainTextField}}

    def get_autocomplete_fields(self, request):
        """Every relation to a record with a desk of its own is found by typing."""
        return [
            field.name
            for field in [*self.opts.concrete_fields, *self.opts.many_to_many]
            if field.is_relation and self.admin_site.is_registered(field.related_model)
        ]

    def get_field_queryset(self, db, db_field, request):
        """Choices carry what their names need: one query for all, not one each."""
        if self.admin_site.is_registered(db_field.related_model):
            return self.admin_site.get_model_admin(db_field.related_model).get_queryset(request)
        return super().get_field_queryset(db, db_field, request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", OneByTyping(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if is_ordered(db_field):
            widget = InOrderByTyping(db_field, self.admin_site)
            kwargs = {"widget": widget, "form_class": InOrderField, **kwargs}
        elif db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ManyByTyping(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.DecimalField):
            kwargs |= {"form_class": NumberField, "localize": True}
        if type(db_field) is models.CharField and not db_field.choices:
            kwargs["form_class"] = LineField
            if (db_field.max_length or 0) >= LONG:
                kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        if isinstance(db_field, models.SlugField):
            kwargs["form_class"] = AddressField
        if type(db_field) is models.DateField:
            kwargs["error_messages"] = {"invalid": NO_DAY}
        if isinstance(db_field, models.URLField):
            kwargs |= {"assume_scheme": "https", "form_class": WebField}
        if isinstance(db_field, models.TextField):
            rows = 3 if db_field.name == "note" else 6
            kwargs.setdefault("widget", AdminTextareaWidget(attrs={"rows": rows}))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        edge, _, part = db_field.name.rpartition("_")
        if field and part == "label" and edge in edges_of(db_field.model):
            field.widget.attrs |= attributes(edge)
        elif field and type(db_field) is models.DateField:
            field.widget.attrs |= attributes(A_DAY)
        if field and db_field.is_relation:
            # Somebody else's record is looked up or added here, but never changed in passing.
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field


class RowInline(DeskFields, admin.StackedInline):
    """Rows under a record: what the row says first, the bounds of its dates folded away."""

    form = RowForm
    formset = RowFormSet
    extra = 0
    #: The first lines of the form; fields that are not named follow by themselves.
    lines = ()

    def key_parts(self, row):
        """What the key of a row is made of; only for rows that have one."""
        raise NotImplementedError

    def line_parts(self, row):
        """What a row says of itself while it is folded: what it is, and as what."""
        return (str(row),)

    def line(self, row):
        """The line of a folded row."""
        return line_of(row, *self.line_parts(row))

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.key_parts = staticmethod(self.key_parts)
        return formset

    def get_fieldsets(self, request, obj=None):
        parent = _get_foreign_key(self.parent_model, self.model, fk_name=self.fk_name).name
        names = [name for name in names_of(self.model) if name != parent]
        bounds = names_of(self.model, "_earliest", "_latest", "_unbounded")
        named = {*flatten(self.lines), *bounds, *LAST}
        labels = tuple(n for n in names if n.endswith("_label") and n not in named)
        rest = [name for name in names if name not in {*named, *labels}]
        cited, placed = (tuple(n for n in pair if n in names) for pair in (LAST[:2], LAST[2:]))
        folded = [line for _, block in bounds_of(self.model) for line in block["fields"]]
        title = "Grenzen van de data en volgorde" if folded and placed else "Volgorde"
        blocks = [(None, [*self.lines, *rest, labels, cited]), (title, [*folded, placed])]
        return [
            (name, {"classes": ["collapse"] if name else [], "fields": list(filter(None, lines))})
            for name, lines in blocks
            if any(lines)
        ]

    def get_queryset(self, request):
        """The rows with what their names and their sources need."""
        joins = [field.name for field in self.opts.concrete_fields if field.is_relation]
        links = [
            models.Prefetch(field.name, self.get_field_queryset(None, field, request))
            for field in self.opts.many_to_many
        ]
        return super().get_queryset(request).select_related(*joins).prefetch_related(*links)
