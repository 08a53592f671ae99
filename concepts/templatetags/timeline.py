"""What is drawn on the server of promises: the signs of an outcome, and the track on its scale.

All of it is hidden from assistive technology: the words beside it say the same. Where things stand
comes from `concepts.timeline.track`, colours from the classes in timeline.css.
"""

from django import template
from django.utils.safestring import mark_safe

from concepts.page.path import path
from eerstelijn.pages.printing import Printer

register = template.Library()

HEIGHT = 36
#: The sign of each way in which a promise can stand, in a box of 18.
SIGNS = {
    "gehaald": '<circle class="full" cx="9" cy="9" r="8"/>'
    '<path class="cut" d="m5 9.4 2.8 2.8 5-6"/>',
    "gehaald-met-uitzonderingen": '<circle cx="9" cy="9" r="7"/>'
    '<path class="full" d="M9 2a7 7 0 0 1 0 14z"/>',
    "later": '<circle cx="9" cy="9" r="7"/><path d="m5.5 6 3 3-3 3m4-6 3 3-3 3"/>',
    "niet": '<circle cx="9" cy="9" r="7"/><path d="m6 6 6 6m0-6-6 6"/>',
    "verstreken-zonder-bericht": '<circle cx="9" cy="9" r="7" stroke-dasharray="2.4 2"/>'
    '<path d="M9 5v4.8m0 2.4v.8"/>',
    "nog-niet-verstreken": '<circle cx="9" cy="9" r="7"/>',
    "zonder-datum": '<circle cx="9" cy="9" r="7" stroke-dasharray="1.2 2.4"/>',
}


def svg(attributes, width, height, shapes):
    """A drawing of constants and numbers of ours."""
    return mark_safe(  # noqa: S308 -- no text comes in
        f'<svg {attributes} viewBox="0 0 {width} {height}" aria-hidden="true">{shapes}</svg>'
    )


@register.simple_tag(takes_context=True)
def stops(context, stops):
    """Print stops on a path (`concepts.page.path.Stop`): ``{% stops year.stops %}``."""
    return mark_safe(path(Printer(context), stops))  # noqa: S308 -- it escapes each text


@register.simple_tag
def outcome_sign(stand):
    """Print the sign of how a promise stands: ``{% outcome_sign promise.stand %}``."""
    return svg('class="sign-outcome" width="18" height="18"', 18, 18, SIGNS.get(str(stand), ""))


@register.simple_tag
def track_years(scale):
    """Print the years above a column of tracks."""
    labels = "".join(f'<text x="{x:g}" y="13">{year}</text>' for year, x in scale.years[:-1])
    return svg('class="track-years"', scale.width, 18, labels)


@register.simple_tag
def track(drawn):
    """Print the track of one promise."""
    lines = "".join(f"M{x:g} 0v{HEIGHT}" for _, x in drawn.scale.years)
    parts = [f'<path class="track-grid" d="{lines}"/>', *_drawn(drawn)]
    return svg('class="track"', drawn.scale.width, HEIGHT, "".join(parts))


def _drawn(drawn):
    if drawn.silence:
        start, end = drawn.silence
        yield f'<path class="track-silence" d="M{start:g} {drawn.upper}H{end:g}"/>'
    yield f'<path class="track-day" d="M{drawn.scale.line:g} 0v{HEIGHT}"/>'
    if drawn.bar:
        yield f'<path class="track-bar" d="M{drawn.bar[0]:g} {drawn.upper}H{drawn.bar[1]:g}"/>'
    if drawn.arrow:
        yield _arrow(drawn)
    if drawn.disc is not None and drawn.ring is not None:
        line = f"M{drawn.ring:g} {drawn.upper}L{drawn.disc:g} {drawn.lower}"
        yield f'<path class="track-link" d="{line}"/>'
    if drawn.ring is not None:
        yield f'<circle class="track-ring" cx="{drawn.ring:g}" cy="{drawn.upper}" r="5.5"/>'
    if drawn.disc is not None:
        yield f'<circle class="track-disc" cx="{drawn.disc:g}" cy="{drawn.lower}" r="6"/>'


def _arrow(drawn):
    """A ring beyond the scale: an arrow at the end where it would stand."""
    left, right = drawn.scale.edge, drawn.scale.width - drawn.scale.edge
    if drawn.arrow == "before":
        return f'<path class="track-arrow" d="M{left + 14} {drawn.upper}H{left - 8}m6-6-6 6 6 6"/>'
    return f'<path class="track-arrow" d="M{right - 14} {drawn.upper}h22m-6-6 6 6-6 6"/>'
