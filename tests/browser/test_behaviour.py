"""What a visitor does: filter, go back, search, follow what was found.

What is done with the script is done without it as well: the addresses are the same.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.finder import CAW, asks, assert_found, with_and_without_script

pytestmark = pytest.mark.django_db


# Filters


@with_and_without_script
def test_a_box_and_the_button_filter_the_list(finder, script):
    list_ = finder(script=script)

    list_.tick("partner", "caw")
    list_.is_at("/concepten/")  # nothing is sent before the button
    list_.apply()

    list_.is_at("/concepten/?partner=caw")
    expect(list_.sentence).to_have_text("4\u00a0concepten met partner CAW")
    assert_found(list_, CAW)
    expect(list_.box("partner", "caw")).to_be_checked()
    expect(list_.chips).to_have_count(2)  # CAW, and "Alles wissen"


@with_and_without_script
def test_a_second_value_of_a_facet_widens_and_another_facet_narrows(finder, script):
    list_ = finder("/concepten/?partner=caw", script)

    list_.tick("partner", "clb")
    list_.apply()
    list_.is_at("/concepten/?partner=caw&partner=clb")
    expect(list_.sentence).to_contain_text("met partner CAW of CLB")

    list_.tick("partnertype", "ziekenfondsen")
    list_.apply()
    expect(list_.sentence).to_contain_text("1\u00a0concept ")
    assert_found(list_, ["Geïntegreerd breed onthaal"])


@with_and_without_script
def test_a_chip_takes_one_choice_away(finder, script):
    list_ = finder("/concepten/?partner=caw&partnertype=ziekenfondsen", script)
    assert_found(list_, ["Geïntegreerd breed onthaal"])

    list_.chips.filter(has_text="Ziekenfondsen").click()

    list_.is_at("/concepten/?partner=caw")
    assert_found(list_, CAW)
    expect(list_.box("partnertype", "ziekenfondsen")).to_have_count(0)  # with the rest again
    expect(list_.box("partner", "caw")).to_be_checked()


@with_and_without_script
def test_everything_can_be_cleared_at_once(finder, script):
    list_ = finder("/concepten/?partner=caw&q=gezin", script)

    list_.chips.filter(has_text="Alles wissen").click()

    list_.is_at("/concepten/")
    expect(list_.sentence).to_have_text(re.compile("^20\u00a0concepten"))
    expect(list_.word).to_have_value("")
    expect(list_.form.locator("input:checked")).to_have_count(0)


@with_and_without_script
def test_back_and_forward_restore_boxes_and_word(finder, script):
    list_ = finder(script=script)
    list_.word.fill("gezin")
    list_.word.press("Enter")
    list_.is_at("/concepten/?q=gezin")
    words = list_.sentence.inner_text()
    list_.tick("partner", "caw")
    list_.apply()
    list_.is_at("/concepten/?q=gezin&partner=caw")

    list_.page.go_back()
    list_.is_at("/concepten/?q=gezin")
    expect(list_.sentence).to_have_text(words)
    expect(list_.word).to_have_value("gezin")
    expect(list_.box("partner", "caw")).not_to_be_checked()

    list_.page.go_back()
    list_.is_at("/concepten/")
    expect(list_.word).to_have_value("")
    expect(list_.sentence).to_have_text(re.compile("^20\u00a0concepten"))

    list_.page.go_forward()
    list_.page.go_forward()
    list_.is_at("/concepten/?q=gezin&partner=caw")
    expect(list_.word).to_have_value("gezin")
    expect(list_.box("partner", "caw")).to_be_checked()
    expect(list_.sentence).to_contain_text("met partner CAW")


@with_and_without_script
def test_the_order_can_be_changed(finder, script):
    list_ = finder(script=script)
    first = list_.rows.first.inner_text()

    list_.page.get_by_label("Sorteer op").select_option("-naam")
    list_.page.get_by_role("button", name="Sorteer", exact=True).click()

    expect(list_.page).to_have_url(re.compile("sorteer=-naam"))
    expect(list_.rows.last).to_have_text(first)


@with_and_without_script
def test_nothing_found_says_what_costs_the_result(finder, script):
    list_ = finder("/concepten/?partner=caw&partnertype=ziekenfondsen&q=zeppelin", script)

    expect(list_.sentence).to_contain_text("Geen concepten")
    list_.page.get_by_role("link", name="Zonder zoekterm").click()

    assert_found(list_, ["Geïntegreerd breed onthaal"])


def test_what_the_list_does_not_know_is_named(finder):
    list_ = finder("/concepten/?partner=niemand&kleur=groen")

    notices = " ".join(list_.page.locator("#results .notice").all_inner_texts())

    assert "niemand" in notices
    assert "kleur" in notices
    expect(list_.sentence).to_have_text(re.compile("^20\u00a0concepten"))


def test_the_count_is_announced(finder):
    """The same element stays and changes its words: that is what a screen reader hears."""
    list_ = finder()
    status = list_.page.get_by_role("status").and_(list_.sentence)
    same = status.element_handle()

    list_.tick("partner", "caw")
    list_.apply()

    expect(status).to_contain_text("4\u00a0concepten met partner CAW")
    assert same.evaluate("element => element.isConnected")
    assert "CAW" in same.inner_text()


def test_what_was_found_is_in_view_after_the_button_far_below(finder):
    list_ = finder("/concepten/")
    box = list_.box("partner", "clb")
    box.scroll_into_view_if_needed()
    box.check()

    list_.apply()

    list_.is_at("/concepten/?partner=clb")
    expect(list_.page.locator("#results-title")).to_be_focused()
    expect(list_.sentence).to_be_in_viewport()


@with_and_without_script
def test_a_place_in_words_leads_to_the_place(finder, script):
    list_ = finder(script=script)
    field = list_.page.get_by_label("Gemeente, postcode, zone, regio of provincie")

    field.fill("9880")
    list_.apply()

    list_.page.wait_for_url(
        lambda url: asks(url)[1] in ([("gemeente", "44084")], [("waar", "9880")])
    )
    expect(list_.sentence).to_contain_text("zeker in Aalter")
    expect(field).to_have_value("Aalter")


def test_places_are_suggested_once_a_reader_is_about_to_type(finder):
    list_ = finder("/concepten/")
    suggested = list_.page.locator("#plaatsen option")
    expect(suggested).to_have_count(0)

    list_.page.locator("#waar").focus()

    expect(suggested.filter(has_text="Bilzen-Hoeselt")).to_have_count(1)
    expect(suggested.filter(has_text="Gent (eerstelijnszone)")).to_have_count(1)


def test_a_long_group_is_narrowed_while_typing(finder):
    list_ = finder()
    field = list_.page.get_by_label(re.compile("Zoek in .* partners"))

    field.fill("KENNIS")
    field.press("Enter")

    shown = list_.form.locator("#facet-partner label:visible").filter(has_not_text="samen")
    expect(shown).to_have_count(0)
    field.fill("steunpunt")
    expect(shown.first).to_contain_text("teunpunt")
    list_.is_at("/concepten/")  # nothing is sent


def test_without_the_script_there_is_no_field_that_does_nothing(finder):
    list_ = finder(script=False)

    expect(list_.page.get_by_label(re.compile("Zoek in .* partners"))).to_be_hidden()


# Search


@with_and_without_script
def test_search_says_when_another_name_matched(visit, script):
    window = visit("/", java_script_enabled=script)
    page = window.page

    page.get_by_role("link", name="Zoeken", exact=True).click()
    page.get_by_role("searchbox").fill("1G1P")
    page.get_by_role("searchbox").press("Enter")

    expect(page).to_have_url(f"{window.site}/zoeken/?q=1G1P")
    expect(page.locator("main")).to_contain_text("1G1P is de afkorting van 1Gezin1Plan")
    concepts = page.get_by_role("region", name="Concepten")
    concepts.get_by_role("link", name="1Gezin1Plan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1Gezin1Plan")


@with_and_without_script
def test_the_home_page_leads_to_a_search(visit, script):
    page = visit("/", java_script_enabled=script).page

    box = page.locator("main").get_by_role("searchbox")
    box.fill("huisen van het kind")
    box.press("Enter")

    expect(
        page.locator("main").get_by_role("link", name="Huizen van het Kind").first
    ).to_be_visible()
