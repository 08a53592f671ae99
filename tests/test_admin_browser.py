"""The editors' desk in a browser: readable for all, silent in the console, found by typing."""

from functools import partial

import pytest
from playwright.sync_api import expect

from concepts.models import Concept, Status
from eerstelijn.reports.models import Report
from governance.models import Agency, Partner
from tests.browser.window import WCAG, violations
from tests.desk import (
    add_url,
    at_the_desk,
    change_url,
    choose,
    editor,
    list_url,
    visit,
)
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    KeyFigureFactory,
    MilestoneFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    PolicyDomainFactory,
    ReviewFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(open_window):
    with at_the_desk(open_window, editor("eindredacteur")) as page:
        yield page


@pytest.fixture
def version():
    version = ConceptVersionFactory(described_by=[SourceFactory()])
    ParticipationFactory(version=version, partner=PartnerFactory(name="Huis van de mens"))
    KeyFigureFactory(version=version)
    MilestoneFactory(version=version)
    return version


@pytest.mark.parametrize("width", [1280, 390])
def test_list_and_forms_are_clean(desk, version, width):
    agency = AgencyFactory()
    agency.tasks.create(key="taak", text="Een taak.")
    public = ConceptVersionFactory(published=True)
    report = Report.objects.create(text="De rol klopt niet.", about=public.get_absolute_url())
    review = ReviewFactory(version=ConceptVersionFactory(published=True))
    desk.set_viewport_size({"width": width, "height": 900})
    paths = [
        "/beheer/",
        list_url(Concept),
        add_url(Concept),
        change_url(version.concept),
        change_url(version),
        change_url(version, "partners"),
        change_url(version, "cijfers"),
        change_url(public),
        change_url(public, "teksten"),
        add_url(Agency),
        change_url(agency),
        "/beheer/lijst/nooit-nagekeken/",
        "/beheer/lijst/nooit-nagekeken/?dienst=x&q=niets&pagina=9",
        "/beheer/lijst/meldingen/",
        f"/beheer/nazicht-ongedaan/?nazicht={review.pk}",
        "/beheer/concepts/conceptversion/verwijderd/",
        "/beheer/governance/agency/verandering/",
        "/beheer/governance/coveragearea/fusie/",
        change_url(report),
    ]

    for path in paths:
        visit(desk, path)
        assert desk.said == [], path
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path
        assert violations(desk, WCAG) == [], path
        desk.said.clear()  # the checker itself tries inline style


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_a_wide_list_scrolls_by_itself_and_not_the_page(desk, width):
    name = "Een dienst met een lange naam en een samenstelling van woorden " * 2
    agency = AgencyFactory(name=name[:120], policy_domain=PolicyDomainFactory())
    PartnerFactory(name=name[:100], long_name=name[:100], agency=agency)
    owner = partial(OwnershipFactory, agency=agency)
    ConceptVersionFactory(name=name[:90], published=True, statements=[owner])
    desk.set_viewport_size({"width": width, "height": 900})

    for path in (list_url(Agency), list_url(Partner), "/beheer/lijst/nooit-nagekeken/"):
        visit(desk, path)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path
        room = width - (300 if width > 767 else 0)
        assert desk.locator("#content").bounding_box()["width"] == room, path


def test_the_menu_opens_while_one_types_and_closes_again(desk, version):
    desk.set_viewport_size({"width": 1280, "height": 900})
    visit(desk, change_url(version))
    menu, search = desk.locator("#nav-sidebar"), desk.get_by_label("Zoek in het menu")
    hidden = menu.get_by_role("link", name="Woorddelen")
    expect(hidden).to_be_hidden()

    search.press_sequentially("woordd")

    hidden.wait_for()
    assert menu.locator("th a:visible").all_inner_texts() == ["Woorddelen voor het zoeken"]
    expect(menu.locator(".menu-group:visible")).to_have_count(1)
    search.press("Escape")
    expect(hidden).to_be_hidden()
    expect(menu.locator("details[open]")).to_have_count(0)
    assert desk.said == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_word_of_the_open_menu_is_cut(desk, width):
    desk.set_viewport_size({"width": width, "height": 900})
    visit(desk, list_url(Agency))
    menu = desk.locator("#nav-sidebar" if width > 767 else ".menu-small")
    menu.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")

    for link in menu.locator("a").all():
        assert 24 <= link.bounding_box()["height"] < 48, link.inner_text()  # on one line
        assert link.evaluate("a => a.scrollWidth <= a.clientWidth"), link.inner_text()
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    assert desk.said == []
    assert violations(desk, WCAG) == []
    desk.said.clear()  # the checker itself tries inline style


#: Sizes are judged on the page at rest, above: an open list lies over what is below it, over how
#: many pixels of a link depends on the letters.
OPEN_LIST = {
    "runOnly": [*WCAG["runOnly"], "best-practice"],
    "rules": {"target-size": {"enabled": False}},
}


@pytest.mark.parametrize("width", [1280, 390])
def test_an_open_search_list_is_clean(desk, version, width):
    for number in range(3):
        CitationFactory(section=f"2.{number}")
    desk.set_viewport_size({"width": width, "height": 900})
    visit(desk, change_url(version, "partners"))
    desk.get_by_role("button", name="Partner toevoegen").first.click()

    for field in ("participations-1-partner", "participations-0-citations"):  # one, and several
        desk.locator(f"#id_{field} + .select2").click()
        desk.locator(".select2-results__option[role=option]").first.wait_for()

        assert desk.said == []
        assert violations(desk, OPEN_LIST) == [], field
        for choice in desk.locator(".select2-results__option[role=option]").all():
            assert choice.bounding_box()["height"] >= 24, field
        listed = desk.locator(".select2-results__options").bounding_box()
        box = desk.locator(f"#id_{field} + .select2").bounding_box()
        assert abs(listed["x"] - box["x"]) <= 2, field  # it hangs under its own field
        assert 0 <= listed["y"] - (box["y"] + box["height"]) < 60, field
        desk.said.clear()  # the checker itself tries inline style
        desk.keyboard.press("Escape")


def test_an_editor_adds_a_partner_with_its_source_by_typing(desk, version):
    partner = PartnerFactory(name="Centrum algemeen welzijnswerk", slug="caw")
    place = CitationFactory(section="2.1.4", heading="Onthaal")
    visit(desk, change_url(version, "partners"))

    desk.get_by_role("button", name="Partner toevoegen").first.click()
    choose(desk, "participations-1-partner", "algemeen welz")
    desk.select_option("#id_participations-1-role", "regie")
    choose(desk, "participations-1-citations", "Onthaal")
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    desk.get_by_role("status").get_by_text("Opgeslagen.").wait_for()

    row = version.participations.get(key="caw")
    assert (row.partner, row.role, row.position) == (partner, "regie", 1)
    assert list(row.citations.all()) == [place]
    assert desk.said == []


def test_the_address_of_a_new_concept_follows_its_name(desk):
    visit(desk, add_url(Concept))

    desk.get_by_label("Naam:").press_sequentially("Huis van het Kind")

    expect(desk.get_by_label("Adres:")).to_have_value("huis-van-het-kind")


def test_an_empty_new_concept_says_what_it_lacks_and_a_long_name_fits(desk):
    name = "Wijkgezondheidscentrumsamenwerkingsverband"
    desk.set_viewport_size({"width": 390, "height": 900})
    visit(desk, add_url(Concept))
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    desk.locator(".errornote:focus").wait_for()

    desk.get_by_label("Naam:").fill(name)
    desk.select_option("#id_kind", "netwerk")
    desk.get_by_label("In één zin:").fill("Eén zin.")
    desk.get_by_label("Adres:").fill("wijk")
    desk.get_by_role("button", name="Opslaan", exact=True).click()

    desk.get_by_text(f"“{name}” is opgeslagen.").wait_for()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
    assert desk.said == []


def test_the_buttons_never_hide_the_field_that_has_the_focus(desk):
    """Four buttons stand on three lines here, over the end of the page."""
    public = ConceptVersionFactory(published=True)
    version = ConceptVersionFactory(concept=public.concept, status=Status.WORKING_COPY)
    desk.set_viewport_size({"width": 768, "height": 700})
    visit(desk, change_url(version))
    fields = desk.locator(".form-row :is(input, textarea, select):visible")
    desk.locator("#id_name").focus()

    for _ in range(fields.count() - 1):
        desk.keyboard.press("Tab")
        field = desk.evaluate("document.activeElement.getBoundingClientRect().bottom")
        bar = desk.evaluate("document.querySelector('.submit-row').getBoundingClientRect().top")
        inside = desk.evaluate("!!document.activeElement.closest('.submit-row')")
        assert inside or field <= bar


def test_a_save_far_down_a_tab_stays_there_and_says_so(desk, version):
    for number in range(6):
        PassageFactory(version=version, key=f"p{number}", position=number, kind="doelstelling")
    visit(desk, change_url(version, "teksten"))
    desk.get_by_role("button", name="Open alle rijen").click()
    desk.fill("#id_passages-5-text", "Ver naar onder.")
    field = desk.locator("#id_passages-5-text")
    assert desk.evaluate("scrollY") > 900  # more than a screen down
    before = field.bounding_box()["y"]

    desk.get_by_role("button", name="Opslaan", exact=True).click()
    desk.get_by_role("status").get_by_text("Opgeslagen.").wait_for()
    desk.wait_for_load_state("load")

    expect(field).to_be_in_viewport()
    assert abs(field.bounding_box()["y"] - before) < 300, (before, field.bounding_box()["y"])
    assert desk.said == []


@pytest.mark.parametrize("width", [1280, 390])
def test_two_texts_side_by_side_are_readable_and_chosen_without_a_mouse(desk, version, width):
    row = PassageFactory(version=version, text="Eerst.", kind="doelstelling")
    desk.set_viewport_size({"width": width, "height": 900})
    visit(desk, change_url(version, "teksten"))
    row.text = "Van een collega."
    row.save()
    desk.fill("#id_passages-0-text", "Van mij.")
    desk.get_by_role("button", name="Opslaan", exact=True).click()

    desk.locator(".errornote:focus").wait_for()
    assert violations(desk, WCAG) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    desk.said.clear()  # the checker itself tries inline style
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.press("ArrowDown")  # the second of the two
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    desk.get_by_role("status").get_by_text("Opgeslagen.").wait_for()

    row.refresh_from_db()
    assert row.text == "Van een collega."
    assert desk.said == []


@pytest.mark.parametrize("width", [1280, 390])
def test_sources_are_added_ordered_and_removed_by_the_keyboard_alone(desk, width):
    places = [CitationFactory(section=f"2.{number}") for number in (1, 2, 3)]
    event = ChangeEventFactory()
    event.citations.set(places[:2])
    desk.set_viewport_size({"width": width, "height": 900})
    visit(desk, change_url(event))
    chosen, keys = desk.locator("#id_citations + .select2"), desk.keyboard
    assert chosen.bounding_box()["width"] > 240  # room for the name of a place

    desk.locator("#id_description").focus()
    keys.press("Tab")
    edge = chosen.locator(".select2-selection")
    assert edge.evaluate("e => getComputedStyle(e).outlineWidth") == "3px"
    keys.type("2.3")
    desk.locator(".select2-results__option--highlighted", has_text="2.3").wait_for()
    keys.press("Enter")
    send(desk)
    assert sections(event) == ["2.1", "2.2", "2.3"]

    visit(desk, change_url(event))
    desk.locator("#id_description").focus()
    keys.press("Tab")
    keys.press("Tab")
    keys.type("3 1")
    send(desk)
    assert sections(event) == ["2.3", "2.1", "2.2"]

    visit(desk, change_url(event))
    desk.locator("#id_description").focus()
    keys.press("Tab")
    keys.press("Backspace")
    keys.press("Escape")
    send(desk)
    assert sections(event) == ["2.3", "2.1"]


def send(desk):
    """Press the button that keeps what was filled in."""
    desk.get_by_role("button", name="Opslaan", exact=True).focus()
    desk.keyboard.press("Enter")
    desk.locator(".messagelist .success").wait_for()


def sections(record):
    return list(record.citations.values_list("section", flat=True))


def test_rows_are_added_on_top_moved_and_cited_without_a_mouse(desk, version):
    place = CitationFactory(section="2.1.4", heading="Onthaal")
    first = version.participations.get()
    first.citations.set([place])
    for number, name in enumerate(["Tweede", "Derde"], start=first.position + 1):
        ParticipationFactory(
            version=version, partner=PartnerFactory(name=name), position=number, citations=[]
        )
    visit(desk, change_url(version, "partners"))
    expect(desk.locator(".row > details[open]:visible")).to_have_count(0)

    desk.locator("#participations-2 summary").first.press("Enter")
    desk.locator("#participations-2 [data-row=up]").press("Enter")
    desk.locator("#participations-2 [data-row=up]").press("Enter")
    expect(desk.locator(".rows-told").first).to_contain_text(
        "Derde staat nu op plaats 1 van 3.", use_inner_text=True
    )
    expect(desk.locator("#participations-2 [data-row=up]")).to_be_hidden()
    desk.locator("#participations-1 summary").first.press("Enter")
    desk.locator("#participations-1 [data-row=cite]").press("Enter")
    expect(desk.locator(".rows-told").first).to_contain_text(
        "Overgenomen van Huis van de mens", use_inner_text=True
    )
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    desk.get_by_role("status").get_by_text("Opgeslagen.").wait_for()

    rows = version.participations.order_by("position")
    assert [row.partner.name for row in rows] == ["Derde", "Huis van de mens", "Tweede"]
    assert list(rows[2].citations.all()) == [place]
    # What was open before the save is open after it.
    expect(desk.locator("#participations-0 > details[open]")).to_have_count(1)
    expect(desk.locator("#participations-1 > details[open]")).to_have_count(0)
    assert desk.said == []
