"""Neem mee: the address is copied where that can be, and a link where it cannot."""

import re

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
    take = page.locator(".contents-rail .take")  # that of a phone is not seen here
    formats = take.get_by_role("link", name="BibTeX")
    expect(formats).not_to_be_visible()

    take.get_by_text("Citeer", exact=True).click()

    expect(formats).to_be_visible()
    expect(take.locator(".cite")).to_contain_text("(versie 2)")


def test_on_a_phone_the_contents_of_a_concept_lead_to_its_paper(visit):
    page = visit("/concepten/gbo/", width=390).page
    contents = page.get_by_role("navigation", name="Op deze pagina")
    contents.get_by_text("Op deze pagina").click()

    contents.get_by_role("link", name="Neem mee").click()

    paper = page.get_by_role("link", name="PDF, hoogstens 2 bladzijden")
    expect(paper).to_be_in_viewport()


def test_on_a_phone_a_link_from_elsewhere_leads_to_it_too(visit):
    """As that of the search to how a concept is cited."""
    page = visit("/concepten/gbo/#neem-mee", width=390).page

    expect(page.locator(".contents-rail .take").get_by_text("Citeer")).to_be_in_viewport()


def test_where_what_can_be_taken_stands_beside_the_contents_they_do_not_name_it(visit):
    page = visit("/concepten/gbo/").page

    contents = page.get_by_role("navigation", name="Op deze pagina")

    expect(contents.get_by_role("link", name="Bronnen")).to_be_visible()
    expect(contents.get_by_role("link", name="Neem mee")).to_be_hidden()


def test_what_is_asked_says_of_what_it_is_a_part(visit):
    page = visit("/gevraagd/?partner=ocmw").page

    page.get_by_label("Kruimelpad").get_by_role("link", name="Wat vraagt men van mij?").click()

    expect(page).to_have_url(re.compile("/gevraagd/$"))
    expect(page.get_by_label("Kruimelpad")).to_have_count(0)


#: What can be reached by the keyboard, as one comes to it: what it says, and how high it stands.
REACHED = """() => [...document.querySelectorAll("main :is(a[href], button, summary, input)")]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && one.offsetWidth > 1)
    .map(one => [one.closest(".take") ? "take" : one.closest(".contents") ? "contents" : "text",
                 one.getBoundingClientRect().top])"""


@pytest.mark.parametrize("path", ["/concepten/gbo/", "/ontwikkelingen/regiovorming/"])
def test_on_a_phone_one_comes_to_it_where_one_sees_it(visit, path):
    reached = visit(path, width=390).page.evaluate(REACHED)

    kinds = {kind for kind, _ in reached}
    highest = {kind: min(top for other, top in reached if other == kind) for kind in kinds}
    lowest = {kind: max(top for other, top in reached if other == kind) for kind in kinds}
    assert [kind for kind, _ in reached][-1] == "take"
    assert highest["take"] > lowest["text"] > lowest["contents"]


def test_it_is_there_once_on_every_screen(visit):
    for width in (390, 1280):
        page = visit("/concepten/gbo/", width=width).page

        assert page.get_by_role("heading", name="Neem mee").count() == 1
