"""The schematic map as SVG, written as strings: it holds some three hundred circles and links.

What is drawn, and where, comes from `concepts.places.drawing.map`; colours come from the classes in
site.css.
"""

from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

#: The one mark that takes more than a fill and an edge.
STRIPES = (
    '<pattern id="strepen" width="5" height="5" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><path d="M0 0h5v5H0z"/><path class="stripe" d="M0 0h2v5H0z"/>'
    "</pattern>"
)


@register.simple_tag
def svg(map):
    """Print a map: ``{% svg map %}``; nothing without one.

    With links it is a group of them: those of the coloured circles are in the order of the tab
    key, the others can be pointed at only. Without, it is a picture with a sentence.
    """
    if not map:
        return ""
    is_striped = any(layer.css_class == "mark-5" for layer in map.layers)
    drawn = "".join(
        [
            STRIPES if is_striped else "",
            f'<path class="land" d="{_rounds(map.land)}"/>',
            *(_layer(layer, map.has_links) for layer in map.layers),
            _chosen(map.chosen),
            *(_lettering(lettering) for lettering in map.letterings),
        ]
    )
    role = "group" if map.has_links else "img"
    return mark_safe(  # noqa: S308 -- numbers of ours, and names that are escaped
        f'<svg viewBox="0 0 {map.width} {map.height}" role="{role}"'
        f' aria-label="{escape(map.label)}">{drawn}</svg>'
    )


def _rounds(circles):
    """Circles as one path, of which one edge goes around all that overlap.

    Three hundred of them are half of what a page weighs: so each starts at its top, counted from
    that of the one before, and goes around it as good as wholly; those of one size come together.
    """
    path, here = [], (0, 0)
    for cx, cy, r in sorted(circles, key=lambda circle: (circle[2], circle[1], circle[0])):
        top = cx, cy - r
        x, y = top[0] - here[0], top[1] - here[1]
        path.append(f"m{x}{y if y < 0 else f' {y}'}a{r} {r} 0 1 0 .1 0z")
        here = top
    return "".join(path)


def _layer(layer, has_links):
    if not (has_links or layer.is_coloured):
        circles = ((dot.cx, dot.cy, dot.r) for dot in layer.dots)
        return f'<path class="{layer.css_class}" d="{_rounds(circles)}"/>'
    hidden = "" if layer.is_coloured or not has_links else ' aria-hidden="true"'
    stop = "" if layer.is_coloured else ' tabindex="-1"'
    dots = "".join(
        f'<a href="{escape(dot.url)}"{stop}><title>{escape(dot.title)}</title>'
        f'<circle cx="{dot.cx}" cy="{dot.cy}" r="{dot.r}"/></a>'
        if has_links and dot.url
        else f'<circle cx="{dot.cx}" cy="{dot.cy}" r="{dot.r}"/>'
        for dot in layer.dots
    )
    return f'<g class="{layer.css_class}"{hidden}>{dots}</g>'


def _chosen(dot):
    if not dot:
        return ""
    return f'<circle class="chosen" cx="{dot.cx}" cy="{dot.cy}" r="{dot.r}"/>'


def _lettering(lettering):
    labels = "".join(
        f'<text x="{label.x}" y="{label.y}">{escape(label.text)}</text>'
        for label in lettering.labels
    )
    return (
        f'<g class="lettering {lettering.name}" aria-hidden="true">{labels}'
        f"{_sign(lettering.sign)}</g>"
    )


def _sign(sign):
    if not sign:
        return ""
    left, top, right, bottom = sign.board
    tip, half = sign.tip, (bottom - top) / 2
    # Board and pole turn the same way round, so that they make one shape with one edge.
    board = (
        f"M{left + tip} {top}H{right}V{bottom}H{left + tip}l-{tip}-{half:g}z"
        if sign.points_left
        else f"M{left} {top}H{right - tip}l{tip} {half:g}-{tip} {half:g}H{left}z"
    )
    pole = f"M{sign.pole.left} {sign.pole.top}h4V{sign.pole.bottom}h-4z"
    return (
        f'<g class="sign"><path d="{pole}{board}"/>'
        f'<text x="{sign.x}" y="{sign.y}">{escape(sign.text)}</text></g>'
    )


#: The sign of an answer, by its key: how the circle looks, and what is drawn over it in what look.
COVERAGE_SIGNS = {
    "ja": ("solid", "m5.5 9.2 2.5 2.5 4.5-5", "cut"),
    "gepland": ("open", "M9 4.5V9l3 2", "open"),
    "gedeeltelijk": ("open", "M9 3v12a6 6 0 0 1 0-12z", "solid"),
    "nee": ("open", "m4 14 10-10", "open"),
}


@register.simple_tag
def coverage_sign(key):
    """Print the sign of an answer: ``{% coverage_sign "ja" %}``; of what is not stated, dashes."""
    if key not in COVERAGE_SIGNS:
        return format_html('<circle cx="9" cy="9" r="7" stroke-dasharray="{}"/>', "2.2 2.2")
    circle, path, look = COVERAGE_SIGNS[key]
    return format_html(
        '<circle class="{}" cx="9" cy="9" r="7"/><path class="{}" d="{}"/>', circle, look, path
    )
