"""What a visitor does on a phone: open the filters and the menu, and read on narrow lines."""

import pytest
from playwright.sync_api import expect

from tests.browser.finder import CAW, assert_found, with_and_without_script

pytestmark = pytest.mark.django_db


@with_and_without_script
def test_on_a_phone_one_button_opens_the_filters_and_counts_them(finder, script):
    list_ = finder(script=script, width=390)
    button = list_.form.locator(".filters > summary")
    apply = list_.form.get_by_role("button", name="Filter toepassen")
    expect(button).to_have_text("Filters")
    expect(button).to_be_visible()
    expect(apply).to_be_hidden()

    button.click()
    list_.tick("partner", "caw")
    list_.tick("partnertype", "algemeen-welzijnswerk")
    list_.apply()

    expect(button).to_have_text("Filters\u00a0(2)")
    expect(apply).to_be_hidden()
    expect(list_.sentence).to_be_in_viewport()
    assert_found(list_, CAW)


def test_the_hidden_heading_of_the_results_stays_hidden_when_it_takes_the_focus(finder):
    list_ = finder(width=390)
    list_.tick("partner", "caw")

    list_.apply()

    list_.is_at("/concepten/?partner=caw")
    heading = list_.page.locator("#results-title")
    expect(heading).to_be_focused()
    assert heading.bounding_box()["height"] <= 1


@with_and_without_script
def test_on_a_phone_the_menu_opens(visit, script):
    page = visit("/concepten/gbo/", width=390, java_script_enabled=script).page
    link = page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Naslag")
    expect(link).to_be_hidden()

    page.get_by_text("Menu", exact=True).click()
    link.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Naslag")


def test_on_a_phone_a_partner_has_the_whole_line(visit):
    page = visit("/concepten/gbo/", width=320).page

    # Those that support it run on in one line.
    shares = page.locator(".roles ul:not(.in-line) > li > span:first-child").evaluate_all(
        "names => names.map(name => name.offsetWidth / name.parentElement.offsetWidth)"
    )

    assert shares
    assert min(shares) == 1


@pytest.mark.parametrize("width", [390, 960])
def test_logo_and_menu_button_stand_on_one_line(visit, width):
    page = visit("/", width=width).page

    middles = [
        box["y"] + box["height"] / 2
        for box in (
            page.locator("header .logo").bounding_box(),
            page.get_by_text("Menu", exact=True).bounding_box(),
        )
    ]

    assert abs(middles[0] - middles[1]) <= 1


@pytest.mark.parametrize(("width", "rows"), [(1280, [6]), (1100, [3, 3]), (700, [3, 3])])
def test_the_owners_stand_in_whole_rows(visit, width, rows):
    tops = (
        visit("/", width=width)
        .page.locator(".owner")
        .evaluate_all(
            "owners => owners.map(owner => Math.round(owner.getBoundingClientRect().top))"
        )
    )

    assert [tops.count(top) for top in sorted(set(tops))] == rows
