"""What a visitor does: filter, go back, search, by hand or by keyboard, and on a phone.

What is done with the script is done without it as well: the addresses are the same.
"""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db

CAW = ["1Gezin1Plan", "Geïntegreerd breed onthaal", "Ketenaanpak", "OverKop"]

with_and_without_script = pytest.mark.parametrize(
    "script", [True, False], ids=["with the script", "without"]
)


def asks(url):
    """What an address asks; an empty value asks nothing."""
    parts = urlsplit(url)
    return parts.path, sorted(parse_qsl(parts.query))


class Finder:
    """A list as a visitor handles it."""

    def __init__(self, window):
        self.window, self.page = window, window.page
        self.form = self.page.locator("#finder")
        self.sentence = self.page.locator("#sentence")
        self.rows = self.page.locator("#results .rows h3")
        self.chips = self.page.get_by_role("list", name="Gekozen filters").get_by_role("link")
        self.word = self.form.get_by_role("searchbox")

    def box(self, key, value):
        return self.form.locator(f"input[name={key}][value='{value}']")

    def ask_for_all(self, key):
        """Have the page give every choice of a group."""
        self.form.locator(f"button.more[value={key}]").click()
        expect(self.form.locator(f"#more-{key}")).to_be_visible()

    def reveal(self, control):
        """Unfold whatever hides a control."""
        folded = control.locator("xpath=ancestor::details[not(@open)]/summary")
        while not control.is_visible():
            folded.filter(visible=True).first.click()

    def tick(self, key, value):
        box = self.box(key, value)
        if not box.count():
            self.ask_for_all(key)
        self.reveal(box)
        box.check()

    def apply(self):
        self.form.get_by_role("button", name="Filter toepassen").click()

    def is_at(self, address):
        """Wait until we are at an address, whatever the order of its parts."""
        self.page.wait_for_url(lambda url: asks(url) == asks(address))

    def names(self):
        return sorted(self.rows.all_inner_texts())


def assert_found(finder, names):
    expect(finder.rows).to_have_count(len(names))
    for found, name in zip(finder.names(), sorted(names), strict=True):
        assert found.startswith(name)


@pytest.fixture
def finder(visit):
    def finder(path="/concepten/", script=True, **options):
        return Finder(visit(path, java_script_enabled=script, **options))

    return finder


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


# A phone


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


# The keyboard


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
