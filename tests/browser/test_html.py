"""Every kind of page is valid HTML, and says in its markup what it shows."""

from collections import Counter
from itertools import pairwise

import html5lib
import pytest
from django.template.loader import render_to_string
from html5lib.constants import E

from tests.browser.kinds import DESK, PUBLIC

pytestmark = pytest.mark.django_db

HTML = "{http://www.w3.org/1999/xhtml}"
IMAGE = f"{HTML}img"
HEADINGS = {f"{HTML}h{level}": level for level in range(1, 7)}
#: Controls that need a name of their own.
CONTROLS = {f"{HTML}{tag}" for tag in ("input", "select", "textarea")}
NAMELESS = {"hidden", "submit", "button", "reset", "image"}


def errors(html):
    """What a strict parser objects to, with the line."""
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return [f"line {line}: {E[code] % details}" for (line, _), code, details in parser.errors]


class Tree:
    """The page as a browser builds it."""

    def __init__(self, html):
        self.root = html5lib.parse(html)
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags):
        wanted = {f"{HTML}{tag}" for tag in tags}
        return [element for element in self.root.iter() if element.tag in wanted]

    def ancestors(self, element):
        while (element := self.parents.get(element)) is not None:
            yield element

    def text(self, element):
        """What it says, pictures included."""
        words = [*element.itertext(), *(image.get("alt", "") for image in element.iter(IMAGE))]
        return " ".join("".join(words).split())

    @property
    def by_id(self):
        return {element.get("id"): element for element in self.root.iter() if element.get("id")}

    def name(self, element):
        """The name of a control or landmark; "" when it has none."""
        if label := element.get("aria-label", "").strip():
            return label
        if ids := element.get("aria-labelledby", "").split():
            return " ".join(self.text(self.by_id[id_]) for id_ in ids)
        labels = [
            label for label in self.all("label") if element.get("id") == label.get("for", "?")
        ]
        labels += [e for e in self.ancestors(element) if e.tag == f"{HTML}label"]
        return " ".join(map(self.text, labels)).strip()


def check(html):
    tree = Tree(html)
    ids = Counter(element.get("id") for element in tree.root.iter() if element.get("id"))
    headings = [
        (HEADINGS[element.tag], tree.text(element))
        for element in tree.root.iter()
        if element.tag in HEADINGS
    ]
    levels = [level for level, _ in headings]

    assert errors(html) == []
    assert [id_ for id_, count in ids.items() if count > 1] == []
    assert tree.root.get("lang", "").startswith("nl")
    assert len(tree.all("title")) >= 1
    assert tree.text(tree.all("title")[0])
    assert levels.count(1) == 1
    assert all(text for _, text in headings)
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert [
        element.attrib
        for element in tree.root.iter()
        if element.tag in CONTROLS
        if element.get("type") not in NAMELESS
        if not tree.name(element)
    ] == []
    assert [element.attrib for element in tree.all("button") if not named(tree, element)] == []
    assert [element.attrib for element in tree.all("img") if element.get("alt") is None] == []
    return tree


def named(tree, element):
    return tree.text(element) or element.get("aria-label")


def references(tree):
    """Ids that attributes name and that do not exist."""
    attributes = ("for", "form", "aria-labelledby", "aria-describedby", "aria-controls")
    wanted = {
        id_
        for element in tree.root.iter()
        for attribute in attributes
        for id_ in element.get(attribute, "").split()
    }
    return wanted - tree.by_id.keys()


def assert_landmarks(tree):
    """One main, one header and one footer of the page, each navigation with a name of its own."""
    assert len(tree.all("main")) == 1
    around = [[e.tag for e in tree.ancestors(el)] for el in tree.all("header", "footer")]
    assert sum(HTML + "main" not in tags for tags in around) == 2
    navigation = [tree.name(element) for element in tree.all("nav")]
    assert all(navigation)
    assert len(navigation) == len(set(navigation))
    sections = [tree.name(e) for e in tree.all("section", "form") if tree.name(e)]
    assert len(sections) == len(set(sections))
    skip = next(element for element in tree.all("a"))
    assert skip.get("href") == f"#{tree.all('main')[0].get('id')}"


@pytest.mark.parametrize("kind", PUBLIC.values(), ids=PUBLIC)
def test_a_page(client, kind):
    response = client.get(kind.path)
    html = response.content.decode(response.charset)

    tree = check(html)

    assert response.status_code == kind.status
    assert html.lower().startswith("<!doctype html>")
    assert tree.root.get("lang") == "nl-BE"
    assert references(tree) == set()
    assert_landmarks(tree)
    if kind.status != 400:  # refused before anything is known of the request
        assert {"Hoofdmenu", "Over deze site"} <= {tree.name(nav) for nav in tree.all("nav")}


@pytest.mark.parametrize("kind", DESK.values(), ids=DESK)
def test_a_page_of_the_desk(desk, kind):
    response = desk.get(kind.path)

    assert response.status_code == kind.status
    check(response.content.decode())


def test_the_page_to_log_in(client):
    check(client.get("/beheer/account/login/").content.decode())


@pytest.mark.parametrize("template", ["500.html", "503.html"])
def test_the_page_for_what_went_wrong_here(template):
    """It is made without a request, for the database may be away."""
    tree = check(render_to_string(template))

    assert references(tree) == set()
    assert len(tree.all("main")) == 1


@pytest.mark.parametrize("template", ["admin/unavailable.html", "admin/read_only.html"])
@pytest.mark.parametrize("fields", [[], [("naam", '"><b>')]])
@pytest.mark.parametrize("posted", [True, False])
def test_the_pages_of_the_desk_when_nothing_can_be_saved(template, fields, posted):
    context = {"reason": "De schijf is vol.", "elsewhere": "https://example.be/beheer/"}

    tree = check(
        render_to_string(template, context | {"posted": posted, "action": "/", "fields": fields})
    )

    assert len(tree.all("main")) == 1
