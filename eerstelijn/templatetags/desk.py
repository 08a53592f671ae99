"""What the forms of the editors' desk ask of their parts."""

from django import template
from django.contrib.admin.utils import flatten

register = template.Library()


@register.filter
def holds_error(fieldset):
    """Whether a field in this block is wrong or asks something, also one that shares its line."""
    form = fieldset.form
    asked = getattr(form, "asked", ())
    return any(name in form.errors or name in asked for name in flatten(fieldset.fields))
