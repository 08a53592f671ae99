"""What a visitor does by keyboard alone: every control is reached, and shows that it is."""

import pytest
from playwright.sync_api import expect

from tests.browser.finder import with_and_without_script

pytestmark = pytest.mark.django_db


WHERE_WE_ARE = """() => {
    const element = document.activeElement;
    const {outlineStyle, outlineWidth} = getComputedStyle(element);
    const {top, bottom, width, height} = element.getBoundingClientRect();
    return {
        name: element.name || "", value: element.value || "",
        text: element.textContent.trim().slice(0, 40), tag: element.tagName,
        isRinged: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        isInSight: width > 0 && height > 0 && top < innerHeight && bottom > 0,
    };
}"""


def tab_to(page, wanted, most=150):
    """Press Tab until a control has the focus; every stop on the way must show that it has it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE_WE_ARE)
        assert here["isRinged"], here
        assert here["isInSight"], here
        if wanted(here):
            return here
    raise AssertionError(f"not reached in {most} stops; the last is {here}")


@with_and_without_script
def test_a_facet_by_keyboard_alone(finder, script):
    list_ = finder(script=script)
    page = list_.page

    tab_to(page, lambda here: here["text"] == "Naar de inhoud", most=1)
    page.keyboard.press("Enter")
    tab_to(page, lambda here: here["name"] == "partnertype")
    value = page.evaluate("document.activeElement.value")
    page.keyboard.press("Space")
    expect(list_.box("partnertype", value)).to_be_checked()
    page.keyboard.press("Enter")

    list_.is_at(f"/concepten/?partnertype={value}")
    expect(list_.box("partnertype", value)).to_be_checked()
    if script:
        expect(list_.box("partnertype", value)).to_be_focused()
        assert page.evaluate(WHERE_WE_ARE)["isRinged"]


@with_and_without_script
def test_more_options_and_the_button_by_keyboard(finder, script):
    list_ = finder(script=script)
    page = list_.page

    tab_to(page, lambda here: here["text"].startswith("Toon nog") and "partners" in here["text"])
    page.keyboard.press("Enter")
    expect(page.locator("#more-partner")).to_be_visible()
    if script:
        expect(page.locator("#more-partner input").first).to_be_focused()
    value = tab_to(page, lambda here: here["name"] == "partner", most=1)["value"]
    page.keyboard.press("Space")
    tab_to(page, lambda here: here["text"] == "Filter toepassen")
    page.keyboard.press("Enter")

    list_.is_at(f"/concepten/?partner={value}")
    expect(list_.box("partner", value)).to_be_visible()
    expect(list_.box("partner", value)).to_be_checked()
    if script:
        assert page.evaluate("document.activeElement !== document.body")


@with_and_without_script
def test_the_rest_of_a_group_stands_before_the_button_that_hides_it(finder, script):
    list_ = finder("/concepten/?keuzes=partner", script=script)
    page, rest = list_.page, list_.page.locator("#more-partner")
    number = rest.locator("label").count()
    stops = page.locator("#facet-partner :is(input[type=checkbox][name=partner], button)")
    texts = [stop.text_content() or stop.get_attribute("value") for stop in stops.all()]
    assert texts[-1].startswith("Toon minder")
    last = rest.locator("label").nth(number - 1)
    last.locator("input").check()

    page.locator("#facet-partner button.less").press("Enter")

    if script:
        expect(last).to_be_visible()
        assert sum(label.is_visible() for label in rest.locator("label").all()) == 1
        expect(page.locator("#facet-partner button.less")).to_be_focused()
        expect(page.locator("#facet-partner button.less")).to_contain_text("Toon nog")
        page.keyboard.press("Enter")
        assert all(label.is_visible() for label in rest.locator("label").all())
    else:
        assert "keuzes" not in page.url
        expect(rest).to_have_count(0)
        expect(page.locator("#facet-partner button.more")).to_contain_text("Toon nog")
        assert "partner=" in page.url


def test_every_stop_of_a_concept_shows_the_focus(visit):
    page = visit("/concepten/overkop/").page

    tab_to(page, lambda here: here["text"] == "Privacy", most=400)


def test_from_the_top_of_a_concept_a_fold_is_a_few_keys_away(visit):
    page = visit("/concepten/gbo/").page

    for key in ("Tab", "Tab", "Enter"):  # the second skip link
        page.keyboard.press(key)
    contents = page.get_by_role("navigation", name="Op deze pagina")
    expect(contents).to_be_focused()
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(contents.get_by_role("link", name="Meer uitleg")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator(".fold > summary").first).to_be_focused()
