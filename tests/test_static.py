"""The demo and production serve static files by a manifest: a file that is missing is a 500."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

NAMED = re.compile(r"{%\s*static\s+['\"]([^'\"]+)['\"]")
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
NAMES = sorted({name for path in TEMPLATES for name in NAMED.findall(path.read_text())})


def test_the_templates_name_static_files():
    assert "eerstelijn/site.css" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_static_file_that_a_template_names_exists(name):
    assert finders.find(name)
