"""Everyone can use every kind of page: what axe finds, and what sticks out of a narrow window."""

import pytest

from tests.browser.kinds import DESK, MAIN, PUBLIC
from tests.browser.window import COLOUR_RULES, RULES

pytestmark = pytest.mark.django_db

WIDE, PHONE, NARROW = 1280, 390, 320


def assert_clean(window, width, rules=RULES):
    """Nothing is wrong with the open page at a width; the narrowest differs in its width only."""
    window.resize(width)
    assert window.sticking_out() == []
    if width != NARROW:
        assert window.violations(rules) == []
    assert window.complaints == []


@pytest.mark.parametrize("kind", PUBLIC.values(), ids=PUBLIC)
def test_a_page(window, kind, subtests):
    assert window.open(kind.path).status == kind.status

    for width in (WIDE, PHONE, NARROW):
        with subtests.test(width):
            assert_clean(window, width)


@pytest.mark.parametrize("kind", MAIN.values(), ids=MAIN)
def test_a_page_in_the_dark(window, kind, subtests):
    """Only colours differ in the dark; the rest of the same pages is judged in the light."""
    window.page.emulate_media(color_scheme="dark")
    window.open(kind.path)

    for width in (WIDE, PHONE):
        with subtests.test(width):
            assert_clean(window, width, COLOUR_RULES)
    window.page.emulate_media(color_scheme="light")


def test_everything_unfolded(window, subtests):
    """Menu, filters and all options open: what readers see after a few presses."""
    window.open("/concepten/?partner=caw")
    window.page.evaluate(
        "document.querySelectorAll('details').forEach(one => { one.open = true; })"
    )

    for width in (WIDE, PHONE, NARROW):
        with subtests.test(width):
            assert_clean(window, width)


def test_a_list_that_the_script_refreshed(window):
    window.open("/concepten/?partner=caw&partner=clb")
    window.page.get_by_role("list", name="Gekozen filters").get_by_text("CLB").click()
    window.page.wait_for_url("**/concepten/?partner=caw")

    assert_clean(window, WIDE)


# What axe found fine it is not asked again (looks.js): a fault stays one, whatever was fine before.
FAULTS = {
    "letters too pale": "text.style.color = '#999'",
    "a darker ground": "text.parentElement.style.backgroundColor = '#777'",
    "half transparent": "text.parentElement.style.opacity = '.5'",
    "another thing underneath": """
        const box = document.createElement("div");
        Object.assign(box.style, {
            position: "absolute", background: "#666", zIndex: -1,
            top: `${text.offsetTop}px`, left: `${text.offsetLeft}px`,
            width: `${text.offsetWidth}px`, height: `${text.offsetHeight}px`,
        });
        text.offsetParent.append(box);
    """,
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_read_is_found_though_its_like_was_fine(window, fault):
    window.page.emulate_media(reduced_motion="reduce")  # colours change at once
    window.open("/over/")
    assert window.violations() == []

    window.page.evaluate(f"() => {{ const text = document.querySelector('main p'); {fault} }}")

    assert [found for found in window.violations() if found.startswith("color-contrast: ")]
    window.page.emulate_media(reduced_motion="no-preference")


def test_a_link_that_looks_like_the_text_around_it_is_found(window):
    window.open("/over/")
    assert window.violations() == []

    window.page.evaluate("""() => {
        const link = document.querySelector("main p a");
        Object.assign(link.style, {
            textDecoration: "none", border: "0", font: "inherit",
            color: getComputedStyle(link.parentElement).color,
        });
    }""")

    assert [found for found in window.violations() if found.startswith("link-in-text-block: ")]


def test_the_desk(new_window, session, subtests):
    window = new_window("/beheer/account/login/")
    assert window.page.get_by_label("Wachtwoord").is_visible()
    for width in (WIDE, PHONE):
        with subtests.test("login", width=width):
            assert_clean(window, width)

    window.page.context.add_cookies([session | {"url": window.site}])
    for name, kind in DESK.items():
        assert window.open(kind.path).status == 200
        window.page.wait_for_load_state("networkidle")
        for width in (WIDE, PHONE):
            with subtests.test(name, width=width):
                assert_clean(window, width)


# WCAG 1.4.12: text that a reader spaces more widely is neither cut off nor pushed out. A style
# sheet made by the script of the test is not inline, so the policy of the site lets it through.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {
        line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important;
    } p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(element => {
    const {overflowX, overflowY, clip, clipPath} = getComputedStyle(element);
    if (clip !== "auto" || clipPath !== "none" || !element.textContent.trim()) return false;
    const hides = [overflowX, overflowY].some(value => value === "hidden" || value === "clip");
    return hides && element.clientWidth > 0 && (element.scrollWidth > element.clientWidth + 1 ||
        element.scrollHeight > element.clientHeight + 1);
}).map(element => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("kind", MAIN.values(), ids=MAIN)
def test_text_can_be_spaced_and_enlarged(window, kind, subtests):
    window.open(kind.path)
    window.page.evaluate(SPACED)

    for width in (WIDE, WIDE // 2, PHONE):  # half as wide is what 200 % leaves
        with subtests.test(width):
            window.resize(width)
            assert window.sticking_out() == []
            assert window.page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("kind", MAIN.values(), ids=MAIN)
def test_nothing_moves_when_motion_is_unwelcome(window, kind):
    window.page.emulate_media(reduced_motion="reduce")
    window.open(kind.path)

    moving = window.page.evaluate("""() => [...document.querySelectorAll("*")].filter(element => {
        const {animationName, animationDuration, transitionDuration} = getComputedStyle(element);
        return (animationName !== "none" && parseFloat(animationDuration) > 0.01) ||
            transitionDuration.split(",").some(duration => parseFloat(duration) > 0.01);
    }).map(element => element.outerHTML.slice(0, 80))""")

    assert moving == []
    window.page.emulate_media(reduced_motion="no-preference")
