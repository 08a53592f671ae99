"""A page brings the style sheets of what stands on it: many rules are in that of a few pages."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.contrib.staticfiles import finders

from concepts.models import Standing
from tests.browser.kinds import PUBLIC
from tests.browser.reading import Page

pytestmark = pytest.mark.django_db

#: Comments, texts, what rules say, and the layers that only change what another has rules for.
NO_SELECTOR = re.compile(
    r"/\*.*?\*/|\"[^\"]*\"|@layer (?:utilities|print) \{.*?\n\}|(?<=\{)[^{}]*(?=\})", re.DOTALL
)
#: A class in the last part of a selector, and one that is all of it: in `.claims a` the rule is of
#: a link, and `.prose .claims` changes what `.claims` says.
LAST = re.compile(r"\.([a-z][\w-]*)(?=[^\s,{}]*\s*[,{])")
WHOLE = re.compile(r"(?:[{},]|^)\s*\.([a-z][\w-]*)(?=[^\s,{}]*\s*[,{])", re.MULTILINE)
WRITTEN = re.compile(r'\sclass=(?:"([^"]*)"|([\w-]+))')
#: Names that two pages use for different things, each with its own rules.
OF_TWO_MINDS = {"later", "take"}
#: The sheets of the desk, whose pages extend those of Django.
OF_THE_DESK = {"admin.css", "desk.css", "history.css", "login.css", "work.css"}


@cache
def classes(path, where):
    """The classes that a style sheet has rules for, in such places of a selector."""
    return frozenset(where.findall(NO_SELECTOR.sub("", Path(path).read_text())))


@cache
def everything():
    """The classes that have rules of their own in any sheet of a public page."""
    folder = Path(finders.find("eerstelijn/site.css")).parent
    sheets = [path for path in folder.glob("*.css") if path.name not in OF_THE_DESK]
    return frozenset().union(*(classes(sheet, WHOLE) for sheet in sheets)) - OF_TWO_MINDS


def missing(path, html):
    """The classes on a page that have rules, but in no sheet that the page brings."""
    urls = (urljoin("/", url) for url in Page(path, 200, html).files)
    sheets = [finders.find(url.removeprefix("/static/")) for url in urls if url.endswith(".css")]
    written = {name for names in WRITTEN.findall(html) for name in "".join(names).split()}
    return sorted(
        written & everything() - frozenset().union(*(classes(sheet, LAST) for sheet in sheets))
    )


@pytest.mark.parametrize("kind", PUBLIC.values(), ids=PUBLIC)
def test_what_stands_on_a_page_has_its_rules(client, kind):
    assert missing(kind.path, client.get(kind.path).content.decode()) == []


def test_a_class_without_its_sheet_is_noticed():
    page = '<link rel="stylesheet" href="/static/eerstelijn/site.css"><p class="button woods">'

    assert missing("/", page) == ["woods"]


def test_every_stand_has_a_sign_of_its_own():
    sheet = Path(finders.find("eerstelijn/site.css")).read_text()

    signs = re.findall(r"\.stand-([\w-]+) \{ --sign: (\d); \}", sheet)

    # "loopt" has the first of the row, which needs no rule.
    assert {state for state, _ in signs} == {*Standing.State.values} - {Standing.State.RUNNING}
    assert sorted(number for _, number in signs) == ["1", "2", "3", "4", "5"]
