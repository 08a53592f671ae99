"""The design holds in the fonts that readers have: nobody's page rests on the width of one family.

A browser is started for each common family that this machine has, and sees no other.
"""

import os
import re
from pathlib import Path

import pytest

from concepts.places.drawing.lettering import SIZES, width_of
from tests.browser.kinds import MAIN, PLACES
from tests.browser.window import AXE, Window

pytestmark = pytest.mark.django_db

#: Where Linux and who installs fonts for oneself keep them.
FOLDERS = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
#: A family as its files are called; the regular and the bold face of its two kinds of letters.
FAMILIES = {
    family: [f"{family}{kind}-{face}.ttf" for kind in ("Sans", "Serif") for face in faces]
    for family, faces in (
        ("Noto", ("Regular", "Bold")),
        ("Liberation", ("Regular", "Bold")),
    )
} | {"DejaVu": ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"]}
ONLY = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<dir>{folder}</dir>
<cachedir>{folder}/cache</cachedir>
<alias binding="same"><family>sans-serif</family>
    <prefer><family>{family} Sans</family></prefer></alias>
<alias binding="same"><family>serif</family>
    <prefer><family>{family} Serif</family></prefer></alias>
</fontconfig>
"""
KINDS = [
    MAIN["home"],
    MAIN["list"],
    MAIN["concept"],
    PLACES["municipality with a long name"],
]
TARGETS = """() => axe.run({
    runOnly: {type: "rule", values: ["target-size"]}, resultTypes: ["violations"], preload: false,
}).then(({violations}) => violations.flatMap(
    ({nodes}) => nodes.map(({html}) => html.slice(0, 120))))
"""
LETTERS = """name => [...document.querySelectorAll(`.map .${name} text`)].map(
    text => [text.textContent, text.getComputedTextLength()])"""
PAGE = re.compile(rb"/Type\s*/Page\b")


def files_of(family):
    """The files of a family on this machine; None when one is missing."""
    found = {path.name: path for folder in FOLDERS for path in folder.rglob(f"{family}*.ttf")}
    paths = [found.get(name) for name in FAMILIES[family]]
    return None if None in paths else paths


PRESENT = [family for family in FAMILIES if files_of(family)]


@pytest.fixture(scope="module", params=PRESENT or ["whatever there is"])
def letters(request, launch_browser, browser_context_args, server, tmp_path_factory):
    """A window in one family."""
    environment = dict(os.environ)
    if request.param in FAMILIES:
        folder = tmp_path_factory.mktemp("letters")
        for path in files_of(request.param):
            (folder / path.name).symlink_to(path)
        only = folder / "fonts.conf"
        only.write_text(ONLY.format(folder=folder, family=request.param))
        environment["FONTCONFIG_FILE"] = str(only)
    browser = launch_browser(env=environment)
    window = Window(browser.new_context(**browser_context_args).new_page(), server)
    window.open("/")
    drawn = families_of(window.page)
    assert drawn  # without letters nothing is proven
    if request.param in FAMILIES:
        assert all(name.startswith(request.param) for name in drawn), drawn
    yield window
    browser.close()


def families_of(page):
    """The families that the browser draws the first heading and paragraph in."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    names = set()
    for selector in ("h1", "main p"):
        of = {"nodeId": root, "selector": selector}
        node = session.send("DOM.querySelector", of)["nodeId"]
        drawn = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})
        names |= {font["familyName"] for font in drawn["fonts"]}
    session.detach()
    return names


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.path)
def test_links_can_be_hit_and_nothing_sticks_out(letters, kind):
    letters.open(kind.path)
    letters.page.evaluate(AXE)

    for width in (1280, 390, 320):
        letters.resize(width)
        assert letters.sticking_out() == []
        assert letters.page.evaluate(TARGETS) == []


@pytest.mark.parametrize(
    "path",
    [
        "/gemeenten/11002-antwerpen/",  # in four zones
        "/gemeenten/11056-zwijndrecht/?peildatum=2023-03-13",  # the most changes
    ],
)
def test_a_municipality_prints_on_two_pages(letters, path):
    letters.open(path)

    pages = letters.page.pdf(prefer_css_page_size=True)

    assert len(PAGE.findall(pages)) == 2


@pytest.mark.parametrize(("name", "width"), [("wide", 1280), ("narrow", 390)])
def test_no_name_on_the_map_is_broader_than_its_place(letters, name, width):
    letters.open(PLACES["municipality with a long name"].path)
    letters.resize(width)

    names = letters.page.evaluate(LETTERS, name)

    assert len(names) >= 4
    assert all(length > 0 for _, length in names)
    for text, length in names:
        assert length <= width_of(text, SIZES[name]), text


def test_the_estimate_holds_for_every_letter_of_a_name(letters):
    """Not only those of the map at hand: all municipalities can be chosen."""
    letters.open("/gemeenten/")

    wider = letters.page.evaluate(
        """() => {
            const pen = document.createElement("canvas").getContext("2d");
            pen.font = `700 100px ${getComputedStyle(document.body).fontFamily}`;
            const names = [...document.querySelectorAll(".index li a")].map(
                link => link.textContent.trim());
            return names.map(name => [name, pen.measureText(name).width]);
        }"""
    )

    assert len(wider) > 250
    assert [name for name, width in wider if width > width_of(name, 100)] == []
