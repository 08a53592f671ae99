"""Blocks of a form that many of these records share, and links between their lists."""

from django.urls import reverse
from django.utils.html import format_html

VALIDITY = ("Geldigheid", {"fields": [("start_label", "end_label")]})
SOURCES = ("Bronnen", {"fields": ["citations", "note"]})


def link_to_list(name, text, **filters):
    """A link to a list of the desk, narrowed to what a record is concerned with."""
    return format_html('<a href="{}">{}</a>', reverse(name, query=filters), text)
