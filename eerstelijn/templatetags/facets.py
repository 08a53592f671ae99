"""The boxes of a facet.

A list page prints some sixty of them, and all 280 for who asks. That is why they are written here
and not in a template, and why their markup is as short as HTML allows: every byte counts so often.
"""

import re
from html import escape

from django import template
from django.template import loader
from django.utils.safestring import mark_safe

from eerstelijn.templatetags.trees import tree

register = template.Library()

#: Stands where options go in a facet that is printed without them: no text of the database has it.
GAP = "\0"
PLAIN = re.compile(r"[\w-]+", re.ASCII)


def plain(value):
    """A value as HTML allows it without quotes: a slug, a code. Anything else gets its quotes."""
    return value if PLAIN.fullmatch(value) else f'"{escape(value)}"'


def box(halves, key, option):
    state = " checked" if option.selected else " disabled" if option.disabled else ""
    if option.value not in halves:
        halves[option.value] = around(key, option)
    before, after = halves[option.value]
    return f"{before}{state}{after}{option.count:d}</i></label>"


def around(key, option):
    """What stands in a box before its state, and from there to its number: the same every time."""
    name = escape(option.label)
    if option.is_former:
        name = f"was {name}"
    if option.tree:
        name = f"{tree(option.tree, 21)}<span>{name}</span>"
    return (
        f"<label{' class=was' if option.is_former else ''}>"
        f'<input type="checkbox" name={key} value={plain(option.value)}',
        f">{name} <i>",
    )


def choice(option):
    """An area in the list of its kind, which says the kind for all of them."""
    state = " disabled" if option.disabled else ""
    name = option.label.rpartition(" (")[0] or option.label
    return f"<option value={plain(option.value)}{state}>{escape(name)}"


@register.simple_tag
def fieldset(facet):
    """Print a facet: ``{% fieldset facet %}``.

    While nothing in it is chosen, all but the boxes is the same for every question: that is kept
    with the facet, as ``facet.frames``.
    """
    page = loader.get_template(facet.template)
    if facet.selected or not facet.has_frame:
        return page.render({"facet": facet})
    name = facet.switch and facet.switch.checked, facet.is_whole
    if name not in facet.frames:
        facet.frames[name] = page.render({"facet": facet.unfilled()}).split(GAP)
    before, *rest = facet.frames[name]
    groups = [facet.visible, facet.more] if len(rest) > 1 else [facet.visible]
    boxes = [options(facet, group) for group in groups]
    # The frame comes from a template, the boxes from `options`: both are escaped.
    return mark_safe("".join([before, *map("".join, zip(boxes, rest, strict=True))]))  # noqa: S308


@register.simple_tag
def options(facet, options):
    """Print options of a facet as boxes: ``{% options facet facet.visible %}``.

    An option has ``value``, ``label``, ``count``, ``selected``, ``disabled``, ``is_former`` (what
    it went on in stands above it) and ``tree`` (the species of an owner, or empty). What does not
    change with the question is kept with the facet, as ``facet.halves``.
    """
    if facet.is_unfilled:
        return GAP
    key, halves = escape(facet.key), facet.halves
    # Every text above is escaped, without Django's slower wrapper around the same function.
    return mark_safe("".join([box(halves, key, option) for option in options]))  # noqa: S308


@register.simple_tag
def choices(options):
    """Print options of a facet as those of a select: ``{% choices list.options %}``."""
    return mark_safe("".join(map(choice, options)))  # noqa: S308 -- escaped above
