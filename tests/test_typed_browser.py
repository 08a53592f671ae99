"""What an editor types is read back at once, in a browser: a place in a source, and a date."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from governance.models import Citation
from tests.browser.window import WCAG, violations
from tests.desk import at_the_desk, change_url, editor, visit
from tests.factories import (
    CitationFactory,
    ConceptVersionFactory,
    MilestoneFactory,
    ParticipationFactory,
    PartnerFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

ROW = "id_participations-0-"


@pytest.fixture
def desk(open_window):
    with at_the_desk(open_window, editor("redacteur")) as page:
        yield page


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_of_a_lost_phone_is_clean_and_does_what_it_says(open_window, width):
    els = editor("eindredacteur", username="els")
    keeper = editor("beheerder", password="drie-zonnige-bomen")  # noqa: S106
    with at_the_desk(open_window, keeper) as desk:
        desk.set_viewport_size({"width": width, "height": 900})
        visit(desk, change_url(els))

        desk.get_by_role("link", name="Wis de tweede stap").click()
        desk.get_by_label("Je eigen wachtwoord").fill("drie-zonnige-bomen")
        assert desk.said == []
        assert violations(desk, WCAG) == []
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
        desk.get_by_role("button", name="Wis de tweede stap").click()

        expect(desk.locator(".messagelist")).to_contain_text("De tweede stap van els is gewist.")
    assert not Authenticator.objects.filter(user=els).exists()


@pytest.fixture
def row():
    source = SourceFactory(slug="tekst", name="Druk op de eerste lijn", short_title="Tekst")
    CitationFactory(source=source, section="2.1.1", heading="Sociaal Huis")
    return ParticipationFactory(
        version=ConceptVersionFactory(), partner=PartnerFactory(name="CAW"), citations=[]
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_a_place_is_made_in_the_row_by_keyboard(desk, row, width):
    desk.set_viewport_size({"width": width, "height": 900})
    visit(desk, change_url(row.version, "partners"))
    fold = desk.locator("summary", has_text="Nieuwe plaats in een bron").first

    fold.focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.type("tekst")
    places = desk.locator(f"#{ROW}new_place_suggesties option")
    expect(places).to_have_attribute("value", "2.1.1 Sociaal Huis")
    desk.keyboard.press("Tab")
    desk.keyboard.type("2.1.1")
    said = desk.locator(f"#{ROW}new_place_gelezen")
    expect(said).to_have_text("Deze plaats bestaat al, we gebruiken ze: Tekst, 2.1.1 Sociaal Huis.")
    desk.keyboard.type(" Nieuw")
    expect(said).to_contain_text("Je bedoelt: Tekst, rubriek 2.1.1")
    assert desk.said == []
    assert violations(desk, WCAG) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    desk.said.clear()  # the checker itself tries inline style
    desk.keyboard.press("Enter")

    expect(desk.locator(".messagelist .saved")).to_be_visible()
    assert [place.place for place in row.citations.all()] == ["2.1.1 Nieuw"]
    assert Citation.objects.count() == 2
    assert desk.said == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_place_is_made_with_a_record_by_keyboard(desk, row, width):
    partner = row.partner
    desk.set_viewport_size({"width": width, "height": 900})
    visit(desk, change_url(partner))

    desk.locator("summary", has_text="Nieuwe plaats in een bron").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.type("tekst")
    desk.keyboard.press("Tab")
    desk.keyboard.type("2.2 Partners")
    expect(desk.locator("#id_new_place_gelezen")).to_contain_text("Je bedoelt: Tekst, rubriek 2.2")
    assert desk.said == []
    assert violations(desk, WCAG) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    desk.said.clear()  # the checker itself tries inline style
    desk.keyboard.press("Enter")

    expect(desk.locator(".messagelist .saved")).to_be_visible()
    assert [place.place for place in partner.citations.all()] == ["2.2 Partners"]
    assert desk.said == []


def test_each_list_of_a_row_takes_the_sources_above_it(desk, row):
    """What was chosen there, and what was typed there but is not saved yet."""
    place = Citation.objects.get()
    first, second = (
        MilestoneFactory(
            version=row.version,
            title=f"{name} belofte",
            is_announced=True,
            outcome="gehaald",
            citations=[],
        )
        for name in ("Eerste", "Tweede")
    )
    first.outcome_citations.set([place])
    visit(desk, change_url(row.version, "cijfers"))
    desk.get_by_role("button", name="Open alle rijen").first.click()
    desk.locator("#milestones-0 summary", has_text=re.compile("in een bron\\s*$")).click()
    desk.fill("#id_milestones-0-new_source", "Tekst")
    desk.fill("#id_milestones-0-new_place", "3.1")

    for button in desk.locator("#milestones-1 [data-row=cite]").all():
        button.click()
    expect(desk.locator("#id_milestones-1-new_place")).to_have_value("3.1")
    expect(desk.locator("#milestones-group .rows-told")).to_contain_text("Tekst, 3.1")
    desk.get_by_role("button", name="Opslaan", exact=True).click()

    expect(desk.locator(".messagelist .saved")).to_be_visible()
    for each in (first, second):
        assert [found.place for found in each.citations.all()] == ["3.1"]
        assert list(each.outcome_citations.all()) == [place]
    assert desk.said == []


def test_a_new_row_has_its_own_suggestions(desk, row):
    visit(desk, change_url(row.version, "partners"))

    desk.locator("[data-rows=add]").click()
    added = desk.locator("#participations-1")
    added.locator("summary", has_text="Nieuwe plaats in een bron").click()
    added.get_by_label("Bron:", exact=True).fill("tek")

    expect(desk.locator("#id_participations-1-new_source_suggesties option")).to_have_attribute(
        "value", "Tekst"
    )
    expect(desk.locator(f"#{ROW}new_source_suggesties")).to_have_count(0)
    assert desk.said == []


def test_a_date_is_read_back_while_one_types(desk, row):
    visit(desk, change_url(row.version, "partners"))
    field, said = desk.locator(f"#{ROW}start_label"), desk.locator(f"#{ROW}start_label_gelezen")

    field.press_sequentially("1/1/2019")
    expect(said).to_have_text("Je bedoelt: 1 januari 2019.")
    field.fill("31/4/2019")
    expect(said).to_contain_text("bestaat niet")
    expect(said).to_have_class("help reading unread")
    field.fill("")

    expect(said).to_have_text("")
    assert desk.said == []


def test_what_django_fills_in_is_read_back_too(desk, row):
    visit(desk, change_url(row.version, "partners"))
    desk.locator("#participations-0 summary", has_text="Grenzen van de data").click()
    field = desk.locator(f"#{ROW}start_earliest")

    field.locator("xpath=..").get_by_role("link", name="Vandaag").click()

    expect(desk.locator(f"#{ROW}start_earliest_gelezen")).to_contain_text("Je bedoelt: ")
    assert desk.said == []


def test_a_server_that_does_not_answer_says_nothing_and_loses_nothing(desk, row):
    visit(desk, change_url(row.version, "partners"))
    field, said = desk.locator(f"#{ROW}start_label"), desk.locator(f"#{ROW}start_label_gelezen")
    field.press_sequentially("2019")
    expect(said).to_contain_text("Je bedoelt: 2019")

    desk.route("**/gelezen/**", lambda route: route.abort())
    field.fill("2020")

    expect(said).to_have_text("")
    expect(field).to_have_value("2020")
