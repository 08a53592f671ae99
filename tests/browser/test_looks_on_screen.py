"""What a designer stumbles on: dates over texts, torn sources, a window that goes sideways."""

import pytest

pytestmark = pytest.mark.django_db

#: The texts of a timeline that lie over the date or the stop beside them.
OVER_EACH_OTHER = """() => [...document.querySelectorAll(".timeline > li")].filter(line => {
    const text = line.querySelector(":scope > div").getBoundingClientRect();
    const words = document.createRange();
    words.selectNodeContents(line.querySelector(".when"));
    const over = [...words.getClientRects()].some(
        date => date.right > text.left + 1 && date.bottom > text.top + 1);
    const {left, width} = getComputedStyle(line, "::after");
    const start = line.getBoundingClientRect().left + parseFloat(left);
    const date = words.getBoundingClientRect();
    return over || start < date.right - 1 && start + parseFloat(width) > date.left + 1;
}).map(line => line.textContent.trim())"""
#: The names above a table whose middle is not that of their column.
OFF_CENTRE = """() => [...document.querySelectorAll(".overlap thead .upright")].filter(name => {
    const [one, column] = [name, name.closest("th")].map(each => each.getBoundingClientRect());
    return Math.abs(one.left + one.right - column.left - column.right) > 4;
}).map(name => name.textContent.trim())"""
#: The sources of a statement that stand on two lines.
TORN = """() => [...document.querySelectorAll("main .nodes")].filter(
    nodes => nodes.checkVisibility() && new Set([...nodes.querySelectorAll(".node")].map(
        node => Math.round(node.getBoundingClientRect().top))).size > 1
).map(nodes => nodes.closest("tr, li, p").textContent.trim())"""
#: No text is smaller, also not in a drawing that is made narrower.
SMALLEST = 12.5


@pytest.fixture(scope="module")
def with_bars(launch_browser):
    """A browser whose scroll bars take room, as on most computers; that of the tests hides them."""
    browser = launch_browser(ignore_default_args=["--hide-scrollbars"])
    yield browser
    browser.close()


@pytest.mark.parametrize("width", [1280, 1024, 768, 390, 320])
@pytest.mark.parametrize("path", ["/gemeenten/73110-bilzen-hoeselt/", "/concepten/gbo/", "/"])
def test_on_a_timeline_a_date_stands_beside_its_text(visit, path, width):
    page = visit(path, width=width).page

    assert page.locator(".timeline > li").count() >= 2
    assert page.evaluate(OVER_EACH_OTHER) == []


def test_a_name_stands_in_the_middle_above_its_column(visit):
    page = visit("/overlap/").page

    assert page.locator(".overlap thead .upright").count() > 10
    assert page.evaluate(OFF_CENTRE) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_sources_of_a_statement_stay_together(visit, width):
    page = visit("/vergelijk/?c=gbo&c=sociaal-huis&c=1gezin1plan&c=overkop", width=width).page

    assert page.locator("main .nodes").count() > 50
    assert page.evaluate(TORN) == []


def test_the_years_above_promises_can_be_read(visit):
    page = visit("/tijdlijn/beloofd/").page

    sizes = page.evaluate(
        """() => [...document.querySelectorAll("thead .track-years text")].map(
            year => parseFloat(getComputedStyle(year).fontSize) * year.getScreenCTM().a)"""
    )

    assert len(sizes) > 3
    assert min(sizes) >= SMALLEST


@pytest.mark.parametrize("path", ["/", "/concepten/gbo/", "/druk/"])
def test_a_window_with_a_scroll_bar_does_not_scroll_sideways(with_bars, server, path):
    page = with_bars.new_page(viewport={"width": 1280, "height": 900})
    page.goto(server + path)

    shown, whole, window = page.evaluate(
        "[document.documentElement.clientWidth, document.documentElement.scrollWidth, innerWidth]"
    )

    assert shown < window
    assert whole == shown
