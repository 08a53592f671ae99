"""From a statement to its source: what a link to a place shows, also inside a fold."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db

CONCEPT, SOURCE = "/concepten/gbo/", "/bronnen/tekst/"


@pytest.mark.parametrize("script", [True, False], ids=["with the script", "without"])
def test_a_node_leads_to_its_place_which_unfolds_and_is_marked(visit, script):
    page = visit(CONCEPT, java_script_enabled=script).page
    node = page.locator(f"#waarvoor a.node[href^='{SOURCE}#']").first
    anchor = node.get_attribute("href").partition("#")[2]

    node.click()

    place = page.locator(f"[id='{anchor}']")
    expect(place).to_be_visible()
    expect(place).to_be_in_viewport()
    expect(page.locator("details.source-chapter[open]")).to_have_count(1)
    border = (
        "e => [getComputedStyle(e).borderInlineStartWidth, getComputedStyle(e, '::before').content]"
    )
    width, sign = place.evaluate(border)
    assert width == "4px"  # not by colour alone
    assert "Dit is de aangehaalde plaats" in sign


@pytest.mark.parametrize("width", [1280, 390])
def test_a_source_is_a_table_of_contents(visit, width):
    page = visit(SOURCE, width=width).page

    chapters = page.locator("details.source-chapter")
    assert chapters.count() > 15
    expect(page.locator("details.source-chapter[open]")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollHeight") < 6000

    chapters.nth(2).locator("summary").click()

    expect(chapters.nth(2).locator(".source-place").first).to_be_visible()


def test_the_pdf_opens_on_its_page(visit):
    page = visit(CONCEPT).page

    links = page.locator(".sources a[href*='.pdf']").evaluate_all("a => a.map(e => e.href)")

    assert links
    assert all(re.search(r"\.pdf#page=\d+$", link) for link in links)
