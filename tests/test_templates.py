"""What every template keeps to, whatever it shows."""

from pathlib import Path

import pytest
from django.template.loader import get_template

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
