"""Drawings made on the server: the trees that stand for concepts, rows of dots, and bars.

The species says which owner a concept grew up with, the height how many kinds of
partner it asks. Colour comes from the class ``tree-<species>`` in site.css, shape
and veins make the species readable without colour, and a name always stands beside
the drawing in text.

A page defines each species once (``{% species %}``) and draws it wherever it is
needed with ``<use>``: a list of twenty concepts holds fifty trees.
"""

from html import escape
from typing import NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

# A strip has no room for more; the taller trees are alike from there on.
MOST_PARTNER_KINDS = 8
# Where all trees of a strip stand, in its own units.
GROUND = 78
# More than this is not counted by eye.
MOST_DOTS = 104


class Shape(NamedTuple):
    """What sets a species apart: its crown, and the path data of its veins."""

    crown: str
    veins: str


def number(value):
    """Write a coordinate with at most one decimal: a page holds hundreds of them."""
    return f"{value:.1f}".removesuffix(".0")


# Each species hangs from its top, the point (0, 0), with a crown of at most 30 wide.
SPECIES = {
    # a round crown with a branching vein
    "linde": Shape('<circle cy="15" r="15"/>', "M0 7v23M0 19l6-7M0 15l-5-5"),
    # a tall crown with upright veins
    "populier": Shape('<ellipse cy="19" rx="10" ry="19"/>', "M0 7v28M-4 15v10M4 15v10"),
    # a triangle with chevrons
    "spar": Shape('<path d="M0 0l14 35h-28z"/>', "M-5 21l5-5 5 5M-7 30l7-6 7 6"),
    # a trefoil of three circles with a fork
    "eik": Shape(
        '<circle cy="9" r="9"/><circle cx="-7.5" cy="19" r="9"/><circle cx="7.5" cy="19" r="9"/>',
        "M0 9v19M-6 17l6 4 6-4",
    ),
    # a pleached tree: a square with rounded corners, and a stem with three bars
    "leilinde": Shape(
        '<rect x="-13" width="26" height="24" rx="2"/>', "M0 3v21M-9 6h18M-9 12h18M-9 18h18"
    ),
    # a dome, flat below, with upright veins
    "wilg": Shape('<path d="M-15 22v-7a15 15 0 0 1 30 0v7z"/>', "M0 6v16M-7 10v12M7 10v12"),
    # a low hexagon, for owners that came after the poster
    "struik": Shape('<path d="M-15 9l7-9h16l7 9-7 9H-8z"/>', "M0 3v13M-9 9h18"),
}
#: The trunk starts behind the crown and goes on below the ground, where the drawing cuts it off.
TRUNK = '<path d="M-1.3 9h2.6v260h-2.6z"/>'


def drawing(svg):
    """A drawing as it is: constants and numbers of ours, and names that are escaped."""
    return mark_safe(svg)  # noqa: S308


def known(species):
    return species if species in SPECIES else "struik"


def definition(species):
    """One species as a group to draw from: the trunk, the crown, and the veins on it."""
    crown, veins = SPECIES[species]
    return f'<g id="{species}">{TRUNK}{crown}<path class="veins" d="{veins}"/></g>'


DEFINITIONS = mark_safe(  # noqa: S308 -- all ours
    f'<svg class="trees" aria-hidden="true"><defs>{"".join(map(definition, SPECIES))}</defs></svg>'
)


@register.simple_tag
def species():
    """Define the species, once on a page and before its first tree."""
    return DEFINITIONS


@register.simple_tag
def tree(species, height=20):
    """Print the icon of a species, ``height`` pixels high; nothing without a species.

    ``{% tree row.tree height=46 %}``. Always put the owner's name beside it: the icon
    is hidden from assistive technology.
    """
    if not species:
        return ""
    species = known(species)
    # Below 28 pixels veins are narrower than a pixel and only blur the crown: CSS hides them.
    look = "" if height >= 28 else " small"
    return drawing(
        f'<svg class="tree{look} tree-{species}" viewBox="-17 -1 34 43"'
        f' width="{round(height * 0.8)}" height="{height}" aria-hidden="true">'
        f'<use href="#{species}"/></svg>'
    )


class Item(NamedTuple):
    """One tree of the strip."""

    species: str
    partner_kinds: int
    is_on: bool
    title: str
    is_own: bool

    @classmethod
    def read(cls, given):
        """Read it from what a view hands over: a mapping or an object."""
        if not isinstance(given, dict):
            given = {
                key: getattr(given, key, None) for key in ("tree", "height", "on", "title", "own")
            }
        return cls(
            known(given.get("tree")),
            min(given.get("height") or 0, MOST_PARTNER_KINDS),
            bool(given.get("on") or given.get("own")),
            given.get("title") or "",
            bool(given.get("own")),
        )

    @property
    def css_class(self):
        return f"tree-{self.species}" if self.is_on else "tree-off"


def standing(item, x, height, scale=1.0, ground=GROUND):
    """Draw one tree, ``height`` tall, with its foot at (x, ground)."""
    y = round(ground - height)
    place = (
        f'x="{round(x)}" y="{y}"'
        if scale == 1
        else f'transform="translate({round(x)} {y})scale({scale})"'
    )
    title = f"<title>{escape(item.title)}</title>" if item.title else ""
    return f'<use class="{item.css_class}" href="#{item.species}" {place}>{title}</use>'


def one_by_one(items, small):
    """Place the trees from left to right, 12 units apart where the owner changes."""
    step, scale = (24, 0.53) if small else (46, 1)
    # The own tree is wider than its place, also where it stands at an end of the strip.
    edge = max(step / 2, 22 if items[0].is_own or items[-1].is_own else 0)
    x, previous, drawn = edge, None, []
    for item in items:
        if previous and item.species != previous:
            x += 12
        previous = item.species
        height = 22 + 2.6 * item.partner_kinds if small else 40 + 4.6 * item.partner_kinds
        if item.is_own:
            height, scale_here = 77, 1.45
        else:
            scale_here = scale
        # The names of the others stand in the list below.
        named = item if small or not item.is_on else item._replace(title="")
        drawn.append((item.is_on, standing(named, x, height, scale_here)))
        x += step
    # What is chosen comes last in the drawing, in front of its neighbours.
    drawn.sort(key=lambda row: row[0])
    return [shape for _, shape in drawn], x - step + edge


@register.simple_tag
def forest_strip(trees, small=False):
    """Print the forest strip: all concepts as trees on one ground line.

    ``{% forest_strip finder.forest %}`` above results, ``{% forest_strip forest small=True %}``
    on the page of one concept. Each tree has ``tree`` (species), ``height`` (number of
    kinds of partner), ``on`` (belongs to the results), ``title`` (its name) and, on a
    concept's page, ``own`` (the concept itself). There are no links in it: they would add
    a tab stop per tree to what the list below already offers.
    """
    items = [Item.read(given) for given in trees or ()]
    if not items:
        return ""
    drawn, width = one_by_one(items, small)
    chosen = sum(item.is_on for item in items)
    look, words = (" forest-small", "") if small else ("", " gekozen")
    return drawing(
        f'<svg class="forest{look}" viewBox="0 0 {number(width)} {number(GROUND + 1.2)}"'
        f' role="img" aria-label="{chosen} van {len(items)} concepten{words}">{"".join(drawn)}'
        f'<path class="ground" d="M0 {GROUND}h{number(width)}"/></svg>'
    )


@register.simple_tag
def grove(trees):
    """Print the trees of one owner for the home page; the list below it says what they are.

    Each tree has ``tree``, ``height`` and ``title``, in the order of that list.
    """
    items = [Item.read(given | {"on": True}) for given in trees or ()]
    step, ground, scale = 40, 236, 1.53
    drawn = [
        standing(item, 27 + step * index, 74 + 19.5 * item.partner_kinds, scale, ground)
        for index, item in enumerate(items)
    ]
    width = 54 + step * (len(items) - 1)
    height = max((74 + 19.5 * item.partner_kinds for item in items), default=0)
    return drawing(
        f'<svg class="grove" viewBox="0 {round(ground - height)} {width} {round(height)}"'
        f' width="{width}" height="{round(height)}" aria-hidden="true">{"".join(drawn)}</svg>'
    )


@register.simple_tag
def dots(full, open=0):
    """Print a countable whole as dots: ``full`` filled ones, then ``open`` rings.

    The legend beside it says the same in words.
    """
    total = full + open
    if not 0 < total <= MOST_DOTS:
        return ""
    rows = -(-total // 30)
    per_row, step = -(-total // rows), 20
    circles = "".join(
        f'<circle class="{"dot-full" if index < full else "dot-open"}"'
        f' cx="{index % per_row * step + step // 2}" cy="{index // per_row * step + step // 2}"'
        ' r="7"/>'
        for index in range(total)
    )
    width, height = per_row * step, rows * step
    return drawing(
        f'<svg class="dots" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' aria-hidden="true">{circles}</svg>'
    )


@register.simple_tag
def bar(value, highest):
    """Print a number as a bar, next to the highest of its column; the number stands beside it."""
    if not value:
        return ""
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="10"/></svg>',
        number(100 * value / highest),
    )
