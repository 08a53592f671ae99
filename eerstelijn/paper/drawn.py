"""The trees of a page, drawn out: on a screen each points to a definition elsewhere on the page.

The program that makes a PDF reads each drawing by itself, and knows no style sheet inside it.
"""

import re

from eerstelijn.templatetags.trees import SPECIES, TRUNK

#: The colour of each species, as site.css has it on a white page.
INKS = {
    "linde": "#3c6a1f",
    "populier": "#1f4e8c",
    "spar": "#ad4319",
    "eik": "#6a3a7c",
    "leilinde": "#79560a",
    "wilg": "#9b2450",
    "struik": "#4a5b61",
}
#: A tree that is not the one that the page is about.
PALE = "#9a9a9a"
VEINS = 'fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round"'

ICON = re.compile(r'<use href="#([a-z]+)"/>')
STANDING = re.compile(
    r'<use class="tree-([a-z]+)" href="#([a-z]+)" (?:x="(\d+)" y="(-?\d+)"|transform="([^"]+)")>'
    r"(?:<title>[^<]*</title>)?</use>"
)
DEFINITIONS = re.compile(r'<svg class="trees".*?</svg>', re.DOTALL)
#: What else a style sheet colours: dots, the ground line, and the signs of an answer.
LOOKS = {
    "dot-full": 'fill="#000"',
    "dot-open": 'fill="none" stroke="#000" stroke-width="2"',
    "ground": 'fill="none" stroke="#000" stroke-width="2"',
    "solid": 'fill="#000" stroke="#000" stroke-width="1.6"',
    "open": 'fill="none" stroke="#000" stroke-width="1.6"',
    "cut": 'fill="none" stroke="#fff" stroke-width="2"',
}
LOOK = re.compile(rf'(<(?:circle|path) )class="({"|".join(LOOKS)})"')
DASHED = re.compile(r"<circle (?=[^>]*stroke-dasharray)")


def shape(species: str, ink: str) -> str:
    """A species with its top at (0, 0), as its definition draws it."""
    crown, veins = SPECIES[species]
    return f'<g fill="{ink}">{TRUNK}{crown}<path d="{veins}" {VEINS}/></g>'


def drawn_out(html: str) -> str:
    """A page whose drawings need nothing beside themselves."""
    html = DEFINITIONS.sub("", html)
    html = ICON.sub(lambda use: shape(use[1], INKS[use[1]]), html)
    html = STANDING.sub(_standing, html)
    html = LOOK.sub(lambda found: found[1] + LOOKS[found[2]], html)
    return DASHED.sub(f"<circle {LOOKS['open']} ", html)


def _standing(use: re.Match[str]) -> str:
    look, species, x, y, transform = use.groups()
    place = transform or f"translate({x} {y})"
    return f'<g transform="{place}">{shape(species, INKS.get(look, PALE))}</g>'
