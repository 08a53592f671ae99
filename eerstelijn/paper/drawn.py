"""A page made ready for paper: its trees drawn out, its sources as plain numbers.

On a screen a tree points to a definition elsewhere on the page; the program that makes a PDF reads
each drawing by itself, and knows no style sheet inside it. A number in a circle is a box of its
own, with a link: a page has hundreds, and laying them out was a fifth of what it cost.
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
#: The numbers of sources behind a statement, one after the other.
NODE = r'<a class="node"[^>]*>(\d+)</a>'
NODES = re.compile(rf'<span class="nodes">\W((?:{NODE})+)</span>((?:{NODE})*)')
NUMBER = re.compile(NODE)
#: So many numbers stay together; behind them a line may break.
KEPT_TOGETHER = 4
#: What stands beside a block on a screen: on paper it is in the list of sources.
MARGIN = re.compile(r'<div class="margin-notes".*?</div>', re.DOTALL)
DASHED = re.compile(r"<circle (?=[^>]*stroke-dasharray)")


def shape(species: str, ink: str) -> str:
    """A species with its top at (0, 0), as its definition draws it."""
    crown, veins = SPECIES[species]
    return f'<g fill="{ink}">{TRUNK}{crown}<path d="{veins}" {VEINS}/></g>'


def drawn_out(html: str) -> str:
    """A page whose drawings need nothing beside themselves, and whose sources are plain numbers."""
    html = DEFINITIONS.sub("", html)
    html = NODES.sub(_numbers, MARGIN.sub("", html))
    html = ICON.sub(lambda use: shape(use[1], INKS[use[1]]), html)
    html = STANDING.sub(_standing, html)
    html = LOOK.sub(lambda found: found[1] + LOOKS[found[2]], html)
    return DASHED.sub(f"<circle {LOOKS['open']} ", html)


def _standing(use: re.Match[str]) -> str:
    look, species, x, y, transform = use.groups()
    place = transform or f"translate({x} {y})"
    return f'<g transform="{place}">{shape(species, INKS.get(look, PALE))}</g>'


def _numbers(nodes: re.Match[str]) -> str:
    numbers = NUMBER.findall(nodes[0])
    groups = [numbers[at : at + KEPT_TOGETHER] for at in range(0, len(numbers), KEPT_TOGETHER)]
    return f"<sup>{',<wbr>'.join(','.join(group) for group in groups)}</sup>"
