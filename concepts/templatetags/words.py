"""Names in another language, on pages that explain no words."""

from django import template

from concepts.search.glossary import FOREIGN_NAMES
from eerstelijn.pages.words import Words
from eerstelijn.templatetags.texts import worded

register = template.Library()

NAMES = Words(FOREIGN_NAMES)


@register.filter
def foreign(text):
    """Mark the foreign words in a name, and keep a hyphen inside it on one line."""
    return worded(NAMES, text, is_open=False)
