"""What every template keeps to, whatever it shows."""

from pathlib import Path

import pytest
from django.template.loader import get_template

TEMPLATES = Path(__file__).parents[1] / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*"))


@pytest.mark.parametrize("name", NAMES)
def test_its_tags_exist(name):
    get_template(name)
