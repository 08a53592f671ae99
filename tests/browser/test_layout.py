"""Where things stand on a screen: no holes, and what is asked most is seen first."""

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import LISTS, OTHERS, PLACES, RECORDS

pytestmark = pytest.mark.django_db

BOTTOMS = """() => [...document.querySelectorAll(".place-answers > div")].map(
    column => column.lastElementChild.getBoundingClientRect().bottom)"""
#: The headings of chapters that nearly touch what stands above them: the room, and both.
CROWDED = """() => {
    const seen = element => element.checkVisibility() && element.offsetWidth > 1;
    const kinds = "a, p, li, table, form, dd, summary, figure, h1, h2, button";
    const above = [...document.querySelector("main").querySelectorAll(kinds)].filter(seen);
    return [...document.querySelectorAll("main h2:not(.visually-hidden)")].filter(seen).flatMap(
        heading => {
            const {top, left, right} = heading.getBoundingClientRect();
            const room = above.filter(one => !one.contains(heading) && !heading.contains(one))
                .map(one => one.getBoundingClientRect())
                .filter(box => box.bottom <= top + 1 && box.right > left && box.left < right)
                .map(box => top - box.bottom);
            return Math.min(...room) < 20 ? [heading.textContent.trim()] : [];
        });
}"""
#: How much of a column may stay empty beside the other: about two concepts.
MOST_EMPTY = 320


@pytest.mark.parametrize(
    "path",
    [
        "/gemeenten/24062-leuven/",
        "/gemeenten/73110-bilzen-hoeselt/",
        "/gemeenten/21004-brussel/",
        PLACES["municipality"].path,
        PLACES["municipality with a long name"].path,
        PLACES["municipality on a day"].path,
    ],
)
def test_what_is_certain_and_who_is_asked_leave_no_hole(visit, path):
    left, right = visit(path).page.evaluate(BOTTOMS)

    assert abs(left - right) < MOST_EMPTY


def test_what_has_no_place_takes_the_whole_width_in_short_lines(visit):
    page = visit("/gemeenten/24062-leuven/").page
    rows = page.locator(".place-unstated .reached > li")

    boxes = [row.bounding_box() for row in rows.all()]

    assert len(boxes) > 8
    assert len({round(box["x"]) for box in boxes}) == 3
    assert max(box["height"] for box in boxes) < 160


def test_on_a_phone_a_municipality_says_what_is_sure_then_who_is_asked(visit):
    page = visit("/gemeenten/24062-leuven/", width=390).page

    tops = [
        page.get_by_role("heading", level=2, name=name).bounding_box()["y"]
        for name in ("Zeker in Leuven", "Wie wordt hier gevraagd", "Plaats niet", "Waar Leuven")
    ]

    assert tops == sorted(tops)


def test_the_first_screen_of_the_finder_shows_its_three_questions(visit):
    page = visit("/concepten/").page
    button = page.get_by_role("button", name="Filter toepassen")
    edge = button.locator("xpath=..").bounding_box()["y"]

    for name in ("facet-domein", "facet-partnertype"):
        box = page.locator(f"#{name}").bounding_box()
        assert box["y"] + box["height"] < edge
    for part in ("#facet-waar > legend", "#waar", "#waar-hint"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= edge


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_offered_first_can_be_hit_apart(visit, width):
    page = visit("/zoeken/?q=ocmw+leuven", width=width).page
    offers = page.locator(".place-hits a")

    expect(offers).to_have_count(2)
    first, second = (offer.bounding_box() for offer in offers.all())
    assert second["y"] - (first["y"] + first["height"]) >= 24


def test_the_places_that_the_home_page_names_lead_to_the_place(visit):
    page = visit("/").page
    places = page.locator(".versus .claims a, .news .aside a")
    assert places.count() >= 8

    for place in places.all():
        assert "#plaats-" in place.get_attribute("href")
    places.first.click()

    expect(page.locator(".source-place:target")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path",
    [
        RECORDS["term"].path,
        PLACES["municipality"].path,
        PLACES["municipality that merged"].path,
        OTHERS["overlap"].path,
        OTHERS["versus"].path,
        OTHERS["about"].path,
        "/zoeken/?q=overlap+1Gezin1Plan",
    ],
)
def test_no_chapter_begins_against_the_end_of_another(visit, path, width):
    assert visit(path, width=width).page.evaluate(CROWDED) == []


@pytest.mark.parametrize("kind", ["terms", "domains"])
def test_a_list_without_filters_stands_below_its_title(visit, kind):
    page = visit(LISTS[kind].path).page

    starts = {
        round(page.locator(found).first.bounding_box()["x"]) for found in ("h1", "#q", ".sentence")
    }

    assert len(starts) == 1


def test_on_a_phone_the_order_of_a_list_takes_one_line(visit):
    page = visit("/concepten/", width=390).page

    select, button = (
        page.locator(f".sort {found}").bounding_box() for found in ("select", "button")
    )

    assert select["y"] < button["y"] + button["height"] / 2 < select["y"] + select["height"]


def test_on_a_phone_the_municipalities_stand_in_two_columns(visit):
    page = visit(PLACES["municipalities"].path, width=390).page

    columns = page.eval_on_selector_all(
        ".index li", "all => [...new Set(all.map(one => one.getBoundingClientRect().x))]"
    )

    assert len(columns) == 2


@pytest.mark.parametrize("kind", ["comparison of areas", "overlap"])
def test_no_remark_runs_over_the_whole_width(visit, kind):
    page = visit(OTHERS[kind].path).page

    widths = page.eval_on_selector_all("main p.aside", "all => all.map(one => one.offsetWidth)")

    # 38rem: about eighty letters.
    assert 0 < max(widths) <= 38 * 16


def test_sources_that_only_name_a_record_are_not_said_to_be_silent(visit):
    said = visit(RECORDS["area"].path).page.locator(".sheet-body > .prose").inner_text()

    assert said.startswith("Genoemd in de bronnen")
    assert said.endswith("Wat dit is: niet vermeld in de bronnen.")
