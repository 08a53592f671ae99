"""An editor makes a concept in the browser and publishes it; every part of the site shows it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import EDITOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scratch")]

NAME, SLUG = "Warme Wijken", "warme-wijken"
SUMMARY = "Buren en diensten zoeken samen wie hulp nodig heeft, zodat niemand uit beeld raakt."
WHAT = "Warme Wijken is een samenwerking van buren en diensten in één wijk."


class Desk:
    """The forms of the desk as an editor fills them in."""

    def __init__(self, window):
        self.page = window.page

    def log_in(self, name, password):
        self.page.get_by_label("Gebruikersnaam").fill(name)
        self.page.get_by_label("Wachtwoord").fill(password)
        self.page.get_by_role("button", name="Aanmelden").click()

    def go_to(self, group):
        tabs = self.page.get_by_role("navigation", name="Onderdelen van deze versie")
        tabs.get_by_role("link", name=group).click()

    def add_row(self, prefix):
        """One more row under the version; returns the beginning of its field names."""
        number = self.page.locator(f"#id_{prefix}-TOTAL_FORMS").input_value()
        self.page.locator(f"#{prefix}-group .add-row a").click()
        return f"{prefix}-{number}"

    def field(self, name):
        return self.page.locator(f"#id_{name}")

    def choose(self, name, wanted, typed=""):
        """Find a record by typing part of its name."""
        box = self.page.locator(f"#id_{name} + .select2")
        box.click()
        search = self.page.locator(".select2-container--open .select2-search__field").last
        search.press_sequentially(typed or wanted)
        options = self.page.locator(".select2-results__option")
        options.filter(has_text=re.compile(f"^{re.escape(wanted)}")).first.click()
        expect(box).to_contain_text(wanted)

    def save(self):
        self.page.get_by_role("button", name="Opslaan", exact=True).first.click()
        expect(self.page.locator(".messagelist .success").first).to_be_visible()

    def take(self, step):
        self.page.get_by_role("button", name=step, exact=True).click()


def write_a_concept(desk):
    """The first lines, a passage, a partner and a place, each with its source."""
    page = desk.page
    page.get_by_role("link", name="Concepten en ontwikkelingen").first.click()
    page.get_by_role("link", name=re.compile("toevoegen", re.IGNORECASE)).first.click()
    desk.field("name").press_sequentially(NAME)
    expect(desk.field("slug")).to_have_value(SLUG)
    desk.field("kind").select_option("samenwerkingsverband")
    desk.field("summary").fill(SUMMARY)
    desk.save()

    desk.choose("described_by", "Druk op de eerste lijn. Geïntegreerde concepten")
    page.get_by_role("button", name=re.compile("opnieuw bewerken|verder", re.IGNORECASE)).click()

    desk.go_to("Teksten")
    row = desk.add_row("passages")
    desk.field(f"{row}-kind").select_option("wat")
    desk.field(f"{row}-text").fill(WHAT)
    desk.choose(f"{row}-citations", "Tekst, 2.1.5 Buurtgerichte zorg", "Buurtgerichte")
    desk.save()

    desk.go_to("Partners")
    row = desk.add_row("participations")
    desk.choose(f"{row}-partner", "CAW")
    desk.field(f"{row}-role").select_option("verplicht")
    desk.choose(f"{row}-citations", "Poster, Blok GBO", "Blok GBO")
    desk.save()

    desk.go_to("Werkingsgebied")
    row = desk.add_row("coverages")
    desk.choose(f"{row}-scale", "referentieregio")
    desk.field(f"{row}-extent").select_option("enkel-de-genoemde")
    desk.choose(f"{row}-territory", "Kempen")
    desk.choose(f"{row}-citations", "Poster, Blok GBO", "Blok GBO")
    desk.save()


def count_of(page, key, value):
    """The number beside an option of a facet."""
    label = page.locator(f"label:has(input[name={key}][value='{value}'])")
    return int(label.locator("i").text_content())


def test_from_the_first_line_to_the_public_page(visit, password):
    reader = visit("/concepten/?partner=caw")
    public = reader.page
    sentence = public.locator("#sentence")
    expect(sentence).to_have_text("4\u00a0concepten met partner CAW")
    kinds = count_of(public, "partnertype", "algemeen-welzijnswerk")
    desk = Desk(visit("/beheer/"))
    desk.log_in(EDITOR, password)

    write_a_concept(desk)

    assert reader.open(f"/concepten/{SLUG}/").status == 404
    reader.open("/concepten/?partner=caw")
    expect(sentence).to_have_text("4\u00a0concepten met partner CAW")

    desk.take("Publiceer")
    expect(desk.page.locator("#content")).to_contain_text("Iedereen ziet dit meteen op de site.")
    desk.take("Ja, publiceer")
    expect(desk.page.locator(".messagelist")).to_contain_text("staat op de site")

    # In the list, and in its counts
    reader.open("/concepten/?partner=caw")
    expect(sentence).to_have_text("5\u00a0concepten met partner CAW")
    link = public.locator("#results").get_by_role("link", name=NAME, exact=True)
    expect(link).to_be_visible()
    assert count_of(public, "partner", "caw") == 5
    assert count_of(public, "partnertype", "algemeen-welzijnswerk") == kinds + 1
    reader.open("/concepten/?gebied=regio-kempen")
    expect(link).to_be_visible()
    reader.open("/concepten/?schaal=referentieregio&partner=caw&rol=verplicht")
    expect(link).to_be_visible()

    # In the search, with a word of its summary and without a letter of its name
    for words in ("warme+wijken", "buren+beeld", "warme+wijkn"):
        reader.open(f"/zoeken/?q={words}")
        expect(public.locator("main").get_by_role("link", name=NAME, exact=True)).to_be_visible()

    # On its page, with the sources, and on the pages of what it names
    reader.open(f"/concepten/{SLUG}/")
    main = public.locator("main")
    expect(public.get_by_role("heading", level=1)).to_contain_text(NAME)
    for words in (SUMMARY, WHAT, "CAW", "Kempen", "Blok GBO", "Buurtgerichte zorg"):
        expect(main).to_contain_text(words)
    for path in ("/partners/caw/", "/gebieden/regio-kempen/", "/bronnen/poster/"):
        reader.open(path)
        expect(main.get_by_role("link", name=NAME, exact=True).first).to_be_visible()
    shown = public.request.get(f"{reader.site}/concepten/{SLUG}.json").json()
    assert {statement["soort"] for statement in shown["uitspraken"]} == {
        *("passage", "deelname", "dekking")
    }
    assert all(statement["bronnen"] for statement in shown["uitspraken"])


def test_a_concept_that_lacks_something_stays_off_the_site(visit, session):
    window = visit("/beheer/concepts/concept/add/", cookie=session)
    desk = Desk(window)
    desk.field("name").press_sequentially("Half werk")
    desk.field("kind").select_option("project")
    desk.field("summary").fill("Er is nog niets over gezegd.")
    desk.save()

    desk.take("Publiceer")
    expect(desk.page.locator("#content")).to_contain_text("Er is nog geen passage “Wat het is”.")
    desk.take("Ja, publiceer")

    expect(desk.page.locator(".messagelist .error")).to_contain_text("dit kan nog niet")
    assert visit("/").open("/concepten/half-werk/").status == 404
