"""Links that keep the day that the reader chose."""

from django import template

register = template.Library()


@register.filter
def on_day(url, as_of):
    """An address with the peildatum of an `AsOf` (finder/question.py), where a reader gave one."""
    return as_of.url(url) if as_of else url
