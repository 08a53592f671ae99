"""Paper has what a screen has: the numbers of its sources, and the drawings."""

import re
from pathlib import Path
from types import SimpleNamespace

from django.contrib.staticfiles import finders

from eerstelijn.pages.notes import Notes
from eerstelijn.paper.drawn import INKS, drawn_out
from eerstelijn.templatetags.sources import nodes
from eerstelijn.templatetags.trees import SPECIES, forest_strip, species, tree


class TestNumbers:
    def test_the_sources_are_plain_numbers_that_break_between_fours(self):
        places = [SimpleNamespace(pk=pk, get_absolute_url=str) for pk in range(1, 6)]
        page = f"zin{nodes(Notes(), places)}."
        assert page.count("<a ") == len(places)

        assert drawn_out(page) == "zin<sup>1,2,3,4,<wbr>5</sup>."


class TestDrawings:
    def test_the_colours_are_those_of_the_site(self):
        style = Path(finders.find("eerstelijn/site.css")).read_text()
        light = style[: style.index("prefers-color-scheme: dark")]
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", light))

        soft = {"struik": colours["soft"]}

        assert {name: colours.get(name) for name in SPECIES} | soft == INKS

    def test_every_tree_is_drawn_out(self):
        trees = [{"tree": name, "height": 3, "on": True, "title": "Een & ander"} for name in INKS]
        own = [{"tree": "eik", "height": 2, "own": True, "title": "Dit"}]
        page = "".join([species(), tree("spar", 30), forest_strip(trees + own, small=True)])

        drawn = drawn_out(page)

        assert "<use" not in drawn
        assert "<defs" not in drawn
        for ink in INKS.values():
            assert f'fill="{ink}"' in drawn
