"""What every template keeps to, whatever it shows."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import get_template

from eerstelijn.markup import without_layout

LONGEST = 140
TEMPLATES = Path(__file__).parents[1] / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*"))


@pytest.mark.parametrize("name", NAMES)
def test_its_tags_exist(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".html")])
def test_its_lines_are_short(name):
    lines = (TEMPLATES / name).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if len(line) > LONGEST] == []


#: Rooms whose templates still weigh: the desk (many are Django's own), lists and search.
WEIGHING = ("admin/", "account/", "mfa/", "finder/", "search.html")
CONDITION = re.compile(r"\{% (?:el)?if [^%]*(?: and | or |==|!=|>|<)")


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(WEIGHING)])
def test_it_asks_and_does_not_weigh(name):
    """What is compared or put together is decided by the page object, which a test can ask."""
    assert CONDITION.findall((TEMPLATES / name).read_text(encoding="utf-8")) == []


def test_what_goes_out_has_the_spaces_of_the_text_and_no_layout():
    laid_out = """<p>
      {% if a %}
        Een <b>huis</b> en
      {% else %}
        geen
      {% endif %}
      boom.</p>
    """

    brought = Template(without_layout(laid_out))

    said = [brought.render(Context({"a": a})) for a in (True, False)]
    assert said == ["<p>\nEen <b>huis</b> en\nboom.</p>\n", "<p>\ngeen\nboom.</p>\n"]
