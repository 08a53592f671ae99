"""Neem mee: the address is copied where that can be, and a link where it cannot."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db

NOTED = (
    "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }"
)


def test_the_address_is_copied_and_the_page_stays(visit):
    window = visit("/concepten/gbo/")
    page = window.page
    page.evaluate(NOTED)

    page.get_by_role("link", name="Kopieer het adres").click()

    expect(page.locator(".copied")).to_have_text(" Gekopieerd")
    assert page.evaluate("window.copied") == f"{window.site}/concepten/gbo/"
    assert page.url == f"{window.site}/concepten/gbo/"


def test_without_a_script_it_is_a_link_to_the_address(visit):
    window = visit("/gemeenten/24062-leuven/", java_script_enabled=False)

    link = window.page.get_by_role("link", name="Kopieer het adres")

    expect(link).to_have_attribute("href", f"{window.site}/gemeenten/24062-leuven/")


def test_a_citation_opens_without_a_script(visit):
    page = visit("/concepten/gbo/", java_script_enabled=False).page
    formats = page.get_by_role("link", name="BibTeX")
    expect(formats).not_to_be_visible()

    page.get_by_text("Citeer", exact=True).click()

    expect(formats).to_be_visible()
    expect(page.locator(".cite")).to_contain_text("(versie 2)")
