"""The owner of a concept, as the species of its tree."""

from django import template

from concepts.finder.rows import tree_of

register = template.Library()


@register.filter
def species_of(version):
    """Name the species of a concept's owner: ``{% tree version|species_of height=24 %}``."""
    return tree_of(version)
