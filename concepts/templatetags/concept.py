"""What the page of a concept has beside its chapters."""

from django import template
from django.utils.safestring import mark_safe

from concepts.page import box
from eerstelijn.pages.printing import Printer

register = template.Library()


@register.simple_tag(takes_context=True)
def factbox(context, page):
    """Print the fact box of a page (`ConceptPage`): ``{% factbox page %}``."""
    return mark_safe(box.factbox(Printer(context), page))  # noqa: S308 -- it escapes each text
