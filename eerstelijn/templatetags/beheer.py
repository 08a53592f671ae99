"""What the forms of the editors' desk ask of their parts."""

from django import template
from django.contrib.admin.utils import flatten

register = template.Library()


@register.filter
def holds_error(fieldset):
    """Whether a field in this block is wrong, also one that shares its line with others."""
    return any(name in fieldset.form.errors for name in flatten(fieldset.fields))
