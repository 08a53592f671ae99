"""The boxes of a facet.

A list page prints some 280 of them, more than all the rest of its HTML. That is why they
are written here and not in a template, a millisecond a page instead of nine, and why their
markup is as short as HTML allows: every byte counts 280 times.
"""

import re
from html import escape

from django import template
from django.utils.safestring import mark_safe

from eerstelijn.finder.facets import prefix_of
from eerstelijn.templatetags.trees import tree

register = template.Library()

PLAIN = re.compile(r"[\w-]+", re.ASCII)


def plain(value):
    """A value as HTML allows it without quotes: a slug, a code. Anything else gets its quotes."""
    return value if PLAIN.fullmatch(value) else f'"{escape(value)}"'


def box(key, option):
    state = " checked" if option.selected else " disabled" if option.disabled else ""
    name = escape(option.label)
    if option.note:
        name += f" <small>({escape(option.note)})</small>"
    if option.tree or option.note:
        name = f"{tree(option.tree, 21)}<span>{name}</span>"
    return (
        f'<label><input type="checkbox" name={key} value={plain(option.value)}{state}>'
        f"{name} <i>{option.count:d}</i></label>"
    )


def choice(option):
    """An area in the list of its kind, which says the kind for all of them."""
    state = " disabled" if option.disabled else ""
    name = option.label.rpartition(" (")[0] or option.label
    return f"<option value={plain(option.value)}{state}>{escape(name)}"


@register.simple_tag
def options(facet, options):
    """Print options of a facet as boxes: ``{% options facet facet.visible %}``.

    An option has ``value``, ``label``, ``count``, ``selected``, ``disabled``, ``note`` (the
    name it had, may be empty) and ``tree`` (the species of an owner, or empty).
    """
    key = escape(facet.key)
    # Every text above is escaped, without Django's slower wrapper around the same function.
    return mark_safe("".join(box(key, option) for option in options))  # noqa: S308


@register.simple_tag
def areas(facet):
    """Print the areas: the chosen ones as boxes, the others in one list per kind of area.

    A hundred boxes say less than a few lists, the more so because a town, its zone and its
    centre bear the same name. One area of each kind can be added at a time.
    """
    key = escape(facet.key)
    chosen = [option for option in facet.options if option.selected]
    kinds = {label: [] for label in facet.headings.values()}
    for option in facet.options:
        if not option.selected:
            kinds[facet.headings[prefix_of(option.value)]].append(choice(option))
    parts = [box(key, option) for option in chosen]
    for label, options in kinds.items():
        if options:
            parts.append(
                f'<label class="area">{escape(label)} <select name="{key}">'
                f'<option value="">Kies{"".join(options)}</select></label>'
            )
    return mark_safe("".join(parts))  # noqa: S308 -- escaped above
