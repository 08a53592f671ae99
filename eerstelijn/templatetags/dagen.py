"""Links that keep the day that the reader chose."""

from django import template

register = template.Library()


@register.filter
def op_dag(url, as_of):
    """An address with the peildatum of an `AsOf` (finder/question.py), where a reader gave one."""
    return as_of.url(url) if as_of else url
