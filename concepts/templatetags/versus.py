"""The rows of a comparison."""

from django import template
from django.utils.safestring import mark_safe

from concepts.versus import printed_row
from eerstelijn.pages.printing import Printer

register = template.Library()


@register.simple_tag(takes_context=True)
def versus_rows(context, rows):
    """Print rows (`concepts.versus.rows.Row`): ``{% versus_rows rows %}``."""
    to = Printer(context)
    return mark_safe("".join(printed_row(to, row) for row in rows))  # noqa: S308 -- it escapes each text
