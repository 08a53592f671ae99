"""Drawings made on the server: the trees that stand for concepts, and rows of dots.

The species says which owner a concept grew up with, the height how many kinds of
partner it asks. Colour comes from the class ``tree-<species>`` in site.css, shape
and veins make the species readable without colour, and a name always stands beside
the drawing in text.
"""

from functools import lru_cache
from typing import NamedTuple

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()

# Above this number single trees become specks: the strip then shows one per owner.
MOST_TREES = 40
# A strip has no room for more; the taller trees are alike from there on.
MOST_PARTNER_KINDS = 8
# Where all trees of a strip stand, in its own units.
GROUND = 78
# More than this is not counted by eye.
MOST_DOTS = 104


class Shape(NamedTuple):
    """What sets a species apart: its outline, where the trunk ends in it, and its veins."""

    outline: str
    middle: float
    veins: str


def number(value):
    """Write a coordinate with at most one decimal: a page holds hundreds of them."""
    return f"{value:.1f}".removesuffix(".0")


def path(text, *values):
    """Fill the ``{}`` of path data with rounded coordinates.

    All outlines run clockwise, like the trunk: the other way round, the part where they
    overlap would be a hole.
    """
    return text.format(*map(number, values))


def ellipse(x, y, rx, ry):
    return path(
        "M{} {}a{} {} 0 1 1 {} 0a{} {} 0 1 1 {} 0z", x - rx, y, rx, ry, 2 * rx, rx, ry, -2 * rx
    )


def bars(x, *rows):
    """Horizontal veins, centred on x: (y, width) each."""
    return "".join(path("M{} {}h{}", x - width / 2, y, width) for y, width in rows)


def stems(top, *columns):
    """Vertical veins: (x, distance from the top, length) each."""
    return "".join(path("M{} {}v{}", x, top + start, length) for x, start, length in columns)


def linde(x, top, height, w):
    """A round crown with a branching vein."""
    veins = stems(top, (x, 0.22 * w, 0.78 * w)) + path(
        "M{} {}l{} {}M{} {}l{} {}",
        *(x, top + 0.64 * w, 0.21 * w, -0.22 * w),
        *(x, top + 0.5 * w, -0.16 * w, -0.17 * w),
    )
    return Shape(ellipse(x, top + w / 2, w / 2, w / 2), top + w / 2, veins)


def populier(x, top, height, w):
    """A tall crown with upright veins."""
    r = min(0.43 * height, 0.95 * w)
    veins = stems(
        top,
        (x, 0.4 * r, 1.5 * r),
        (x - 0.14 * w, 0.8 * r, 0.55 * r),
        (x + 0.14 * w, 0.8 * r, 0.55 * r),
    )
    return Shape(ellipse(x, top + r, 0.33 * w, r), top + r, veins)


def spar(x, top, height, w):
    """A triangle with chevrons."""
    h = min(1.3 * w, 0.82 * height)
    outline = path("M{} {}l{} {}h{}z", x, top, 0.46 * w, h, -0.92 * w)
    veins = path(
        "M{} {}l{} {}l{} {}M{} {}l{} {}l{} {}",
        *(x - 0.17 * w, top + 0.6 * h, 0.17 * w, -0.17 * w, 0.17 * w, 0.17 * w),
        *(x - 0.23 * w, top + 0.84 * h, 0.23 * w, -0.2 * w, 0.23 * w, 0.2 * w),
    )
    return Shape(outline, top + h / 2, veins)


def eik(x, top, height, w):
    """A trefoil of three circles with a fork."""
    r = 0.29 * w
    low = top + r + 0.33 * w
    outline = ellipse(x, top + r, r, r) + "".join(
        ellipse(side, low, r, r) for side in (x - w / 4, x + w / 4)
    )
    veins = stems(top, (x, r, r + 0.33 * w)) + path(
        "M{} {}l{} {}l{} {}",
        *(x - 0.2 * w, top + 2.4 * r - 0.12 * w, 0.2 * w, 0.12 * w, 0.2 * w, -0.12 * w),
    )
    return Shape(outline, top + r + 0.2 * w, veins)


def leilinde(x, top, height, w):
    """A pleached tree: a square with rounded corners, and a stem with three bars."""
    r, wide, high = 0.07 * w, 0.76 * w, 0.66 * w
    outline = path(
        "M{} {}h{}q{} 0 {} {}v{}q0 {} {} {}h{}q{} 0 {} {}v{}q0 {} {} {}z",
        *(x - wide / 2, top, wide, r, r, r),
        *(high, r, -r, r),
        *(-wide, -r, -r, -r),
        *(-high, -r, r, -r),
    )
    veins = stems(top, (x, 0.1 * w, 0.7 * w)) + bars(
        x, (top + 0.2 * w, 0.6 * w), (top + 0.4 * w, 0.6 * w), (top + 0.6 * w, 0.6 * w)
    )
    return Shape(outline, top + 0.4 * w, veins)


def wilg(x, top, height, w):
    """A dome, flat below, with upright veins."""
    outline = path(
        "M{} {}v{}a{} {} 0 0 1 {} 0v{}z",
        *(x - w / 2, top + 0.72 * w, -0.22 * w, w / 2, w / 2, w, 0.22 * w),
    )
    veins = stems(
        top,
        (x, 0.2 * w, 0.52 * w),
        (x - 0.25 * w, 0.34 * w, 0.38 * w),
        (x + 0.25 * w, 0.34 * w, 0.38 * w),
    )
    return Shape(outline, top + 0.36 * w, veins)


def struik(x, top, height, w):
    """A low hexagon, for owners that came after the poster."""
    half = 0.31 * w
    outline = path(
        "M{} {}l{} {}h{}l{} {}l{} {}h{}z",
        *(x - w / 2, top + half, 0.22 * w, -half, 0.56 * w),
        *(0.22 * w, half, -0.22 * w, half, -0.56 * w),
    )
    veins = stems(top, (x, 0.1 * w, 0.42 * w)) + bars(x, (top + half, 0.6 * w))
    return Shape(outline, top + half, veins)


SPECIES = {shape.__name__: shape for shape in (linde, populier, spar, eik, leilinde, wilg, struik)}


def known(species):
    return species if species in SPECIES else "struik"


@lru_cache(maxsize=1024)
def tree(species, x, ground, height, width, *, with_veins=True):
    """Draw one tree that stands on ``ground``: trunk, crown and, if large enough, veins."""
    outline, middle, veins = SPECIES[species](x, ground - height, height, width)
    trunk = max(2, 0.085 * width)
    trunk_path = path("M{} {}h{}V{}h{}z", x - trunk / 2, middle, trunk, ground, -trunk)
    body = format_html('<path d="{}{}"/>', trunk_path, outline)
    if not with_veins:
        return body
    stroke = number(max(1.2, 0.05 * width))
    return body + format_html('<path class="veins" stroke-width="{}" d="{}"/>', stroke, veins)


@register.simple_tag
def boom(soort, hoogte=20):
    """Print the icon of a species, ``hoogte`` pixels high; nothing without a species.

    ``{% boom row.tree hoogte=46 %}``. Always put the owner's name beside it: the icon
    is hidden from assistive technology.
    """
    if not soort:
        return ""
    species = known(soort)
    return format_html(
        '<svg class="tree tree-{}" viewBox="0 0 24 30" width="{}" height="{}" aria-hidden="true">'
        "{}</svg>",
        species,
        number(hoogte * 0.8),
        hoogte,
        # Below 28 pixels veins are narrower than a pixel and only blur the crown.
        tree(species, 12, 29, 28, 21, with_veins=hoogte >= 28),
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


def one_by_one(items, small):
    """Place the trees from left to right, 12 units apart where the owner changes."""
    step, width = (24, 16) if small else (46, 30)
    x, previous, drawn = step / 2, None, []
    for item in items:
        if previous and item.species != previous:
            x += 12
        previous = item.species
        height = 22 + 2.6 * item.partner_kinds if small else 34 + 4.6 * item.partner_kinds
        size = (77, 44) if item.is_own else (height, width)
        shape = tree(item.species, x, GROUND, *size, with_veins=item.is_on)
        title = format_html("<title>{}</title>", item.title) if item.title else ""
        drawn.append((item.css_class, title, shape))
        x += step
    # What is chosen comes last in the drawing, in front of its neighbours.
    drawn.sort(key=lambda row: row[0] != "tree-off")
    return drawn, x - step / 2


def one_per_owner(items):
    """Place one tree per owner with "3 van 18" under it, for long lists."""
    step, drawn, groups = 110, [], {}
    for item in items:
        groups.setdefault(item.species, []).append(item)
    for index, (species, members) in enumerate(groups.items()):
        x = step * (index + 0.5)
        chosen = sum(item.is_on for item in members)
        caption = format_html(
            '<text x="{}" y="{}">{} van {}</text>',
            *(number(x), GROUND + 16, chosen, len(members)),
        )
        css_class = f"tree-{species}" if chosen else "tree-off"
        drawn.append((css_class, "", tree(species, x, GROUND, 64, 38) + caption))
    return drawn, step * len(groups)


@register.simple_tag
def bosstrook(bomen, klein=False):
    """Print the forest strip: all concepts as trees on one ground line.

    ``{% bosstrook finder.forest %}`` above results, ``{% bosstrook forest klein=True %}``
    on the page of one concept. Each tree has ``tree`` (species), ``height`` (number of
    kinds of partner), ``on`` (belongs to the results), ``title`` (its name) and, on a
    concept's page, ``own`` (the concept itself). There are no links in it: they would add
    a tab stop per tree to what the list below already offers.
    """
    items = [Item.read(given) for given in bomen or ()]
    if not items:
        return ""
    if len(items) > MOST_TREES:
        drawn, width = one_per_owner(items)
        height = GROUND + 22
    else:
        drawn, width = one_by_one(items, klein)
        height = GROUND + 1.2
    chosen = sum(item.is_on for item in items)
    return format_html(
        '<svg class="forest{}" viewBox="0 0 {} {}" role="img" aria-label="{} van {} concepten'
        '{}">{}<path class="ground" d="M0 {}h{}"/></svg>',
        mark_safe(" forest-small") if klein else "",
        *(number(width), number(height), chosen, len(items)),
        "" if klein else " gekozen",
        format_html_join("", '<g class="{}">{}{}</g>', drawn),
        *(GROUND, number(width)),
    )


@register.simple_tag
def stippen(vol, open=0):  # the words that template authors write
    """Print a countable whole as dots: ``vol`` filled ones, then ``open`` rings.

    The legend beside it says the same in words.
    """
    total = vol + open
    if not 0 < total <= MOST_DOTS:
        return ""
    rows = -(-total // 30)
    per_row, step = -(-total // rows), 20
    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="7"/>',
        (
            (
                "dot-full" if index < vol else "dot-open",
                index % per_row * step + step // 2,
                index // per_row * step + step // 2,
            )
            for index in range(total)
        ),
    )
    return format_html(
        '<svg class="dots" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true">'
        "{2}</svg>",
        per_row * step,
        rows * step,
        dots,
    )
