"""What the forms of the editors' desk ask of their parts."""

import json

from django import template
from django.contrib.admin.utils import flatten
from django.utils.text import capfirst

from eerstelijn.database.turns import READING
from eerstelijn.desk.shown import SHOWN

register = template.Library()


@register.filter
def holds_error(fieldset):
    """Whether a field in this block is wrong or asks something, also one that shares its line."""
    form = fieldset.form
    asked = getattr(form, "asked", ())
    return any(name in form.errors or name in asked for name in flatten(fieldset.fields))


@register.filter
def holds_several(formset):
    """Whether rows under a record are folded: one alone is a form, more of them are a list."""
    return formset.formset.initial_form_count() > 1


@register.filter
def reading(bound):
    """What a form says below a field of what was typed in it; None of what is only shown."""
    told = getattr(getattr(bound, "form", None), "reading_of", None)
    return told(bound.name) if told else None


@register.filter
def line_of_row(row):
    """What a row that was saved before says of itself in one line."""
    return row.model_admin.line(row.original)


@register.filter
def formset_data(formset):
    """What Django's script knows of these rows, with our words on the button that adds one."""
    data = json.loads(formset.inline_formset_data())
    data["options"]["addText"] = f"{capfirst(formset.opts.verbose_name)} toevoegen"
    return json.dumps(data)


@register.inclusion_tag("admin/_asks.html", takes_context=True)
def asks(context):
    """What a form that asks something says of its page (`eerstelijn.desk.shown`)."""
    request = context["request"]
    return {
        "shown": getattr(request, "shown", ""),
        "field": SHOWN,
        "came_back": request.method not in READING,
    }
