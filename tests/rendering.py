"""A template of a line or two with our tags, and the sources that it may cite."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template

TAGS = "facets head sources texts trees words"


def render(source, **context):
    return Template(f"{{% load {TAGS} %}}{source}").render(Context(context))


def statement(*citations):
    return SimpleNamespace(citations=SimpleNamespace(all=lambda: list(citations)))


@pytest.fixture
def text():
    source = SimpleNamespace(short_title="Tekst", get_absolute_url="/bronnen/tekst/")
    address = "/bronnen/tekst/#plaats-2-1-1"
    return SimpleNamespace(
        pk=1, source=source, place="2.1.1, p. 9", get_absolute_url=lambda: address
    )
