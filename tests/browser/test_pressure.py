"""The pressure on partners on a wide screen, on a phone and on paper."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db


def test_the_head_stays_in_sight_and_hides_no_focus(visit):
    page = visit("/druk/?per=partner").page
    head = page.locator(".matrix thead")
    last = page.locator(".matrix tbody tr:nth-last-child(2) .cell").first

    last.scroll_into_view_if_needed()
    assert head.bounding_box()["y"] == pytest.approx(0, abs=1)

    page.locator(".matrix tbody tr:nth-child(3) .cell").first.focus()
    box = page.locator(".cell:focus").bounding_box()
    assert box["y"] >= head.bounding_box()["y"] + head.bounding_box()["height"]


def test_between_phone_and_desk_the_table_scrolls_by_itself_and_keeps_its_names(visit):
    page = visit("/druk/", width=768).page
    region = page.get_by_role("region", name="Tabel: wie wordt waarin gevraagd")

    region.evaluate("region => region.scrollTo(400, 0)")

    assert page.evaluate("document.documentElement.scrollWidth") == 768
    name = region.get_by_role("rowheader", name="Lokaal bestuur").bounding_box()
    assert name["x"] == pytest.approx(region.bounding_box()["x"], abs=1)


def test_a_phone_has_a_list_with_the_first_row_open(visit):
    page = visit("/druk/", width=390).page

    expect(page.locator(".matrix")).to_be_hidden()
    rows = page.locator(".press-list details")
    assert rows.count() > 5
    assert [row.get_attribute("open") is not None for row in rows.all()[:3]] == [True, False, False]
    expect(page.locator(".press-once")).to_contain_text("Ziekenfondsen")


def test_a_cell_leads_to_the_statement(visit):
    page = visit("/druk/?per=partner").page

    page.get_by_role("row", name="DMW").get_by_role("link", name="V moet").click()

    expect(page).to_have_url(re.compile(r"/concepten/gbo/#deelname-"))
    expect(page.locator("li:target")).to_contain_text("DMW")
    expect(page.locator("li:target")).to_be_in_viewport()


def test_it_prints_on_one_landscape_page(visit):
    page = visit("/druk/").page

    page.emulate_media(media="print")

    pages = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == 1
    (width, height) = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pages).groups()
    assert float(width) > float(height)
    expect(page.locator(".press-list")).to_be_hidden()
