"""Names in another language, on pages that explain no words."""

from django import template

from concepts.search.glossary import FOREIGN_NAMES
from eerstelijn.pages.words import Words

register = template.Library()

NAMES = Words(FOREIGN_NAMES)


@register.filter
def foreign(text):
    """Mark the foreign words in a name."""
    return NAMES.html(str(text))
