"""Changes, uses and tables at the desk in a browser: readable for all, silent, few steps."""

import pytest
from playwright.sync_api import expect

from governance.models import Agency, ChangeEvent, CoverageArea, Partner
from tests.browser.window import WCAG, violations
from tests.desk import at_the_desk, change_url, choose, editor, visit
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    CitationFactory,
    ConceptVersionFactory,
    MunicipalityFactory,
    PartnerFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(open_window):
    with at_the_desk(open_window, editor("eindredacteur")) as page:
        yield page


def assert_good(page):
    """Axe finds nothing, nothing is refused by the policy, nothing sticks out, wide and narrow."""
    assert page.said == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 720})
        assert violations(page, WCAG) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.set_viewport_size({"width": 1280, "height": 720})
    page.said.clear()  # axe itself lays styles on the page, which the policy refuses aloud


def test_a_merger_of_services_takes_eight_steps(desk):
    old, other = AgencyFactory(name="Oude dienst"), AgencyFactory(name="Tweede dienst")
    AgencyFactory(name="Nieuwe dienst")
    AgencyFactory(name="Afdeling", parent=old)
    AliasFactory(text="Oudje", agency=other)
    CitationFactory(source=SourceFactory(short_title="Staatsblad"))
    visit(desk, "/beheer/governance/agency/verandering/")
    assert_good(desk)

    desk.get_by_label("Diensten gaan samen").check()  # 1
    choose(desk, "before", "Oude dienst")  # 2
    choose(desk, "before", "Tweede dienst")  # 3
    choose(desk, "after", "Nieuwe dienst")  # 4
    desk.get_by_label("Vanaf").fill("1 juni 2023")  # 5
    choose(desk, "citations", "Staatsblad")  # 6
    desk.get_by_role("button", name="Toon wat dit raakt").click()  # 7
    desk.get_by_role("heading", name="Wat dit raakt").wait_for()
    assert_good(desk)
    assert not ChangeEvent.objects.exists()

    desk.get_by_role("button", name="Voer door").click()  # 8
    desk.get_by_text("Doorgevoerd").wait_for()

    assert ChangeEvent.objects.get().name == "Oude dienst en Tweede dienst worden Nieuwe dienst"
    assert Agency.objects.get(name="Afdeling").parent.name == "Nieuwe dienst"


def test_what_is_wrong_has_the_focus_and_leads_to_its_field(desk):
    visit(desk, "/beheer/governance/agency/verandering/")

    desk.get_by_role("button", name="Toon wat dit raakt").click()
    desk.get_by_role("heading", name="Er is niets bewaard").wait_for()

    assert desk.evaluate("document.activeElement.className") == "errornote"
    assert_good(desk)


def test_municipalities_merge_by_keyboard(desk):
    MunicipalityFactory(name="Oudegem")
    MunicipalityFactory(name="Nieuwerkerke")
    CitationFactory(source=SourceFactory(short_title="Staatsblad"))
    visit(desk, "/beheer/governance/coveragearea/fusie/")
    assert_good(desk)

    choose(desk, "old", "Oudegem")
    choose(desk, "old", "Nieuwerkerke")
    desk.locator("#id_name").focus()
    for text in ("Samen", "99999", "1/1/2024"):
        desk.keyboard.type(text)
        desk.keyboard.press("Tab")
    choose(desk, "citations", "Staatsblad")
    desk.get_by_role("button", name="Toon wat dit raakt").press("Enter")
    desk.get_by_role("heading", name="Wat dit raakt").wait_for()
    assert_good(desk)
    desk.get_by_role("button", name="Voer door").press("Enter")
    desk.get_by_text("Kijk de nieuwe gemeente nog na").wait_for()

    assert CoverageArea.objects.filter(nis="99999").exists()


def test_uses_and_tables_are_readable(desk, tmp_path):
    caw = PartnerFactory(name="CAW", slug="caw", type__slug="welzijn")
    ConceptVersionFactory(name="GBO", partners=[caw])
    visit(desk, change_url(caw))
    desk.locator("details.uses > summary").press("Enter")
    expect(desk.get_by_role("link", name="GBO (versie 1, werkversie)")).to_be_visible()
    assert_good(desk)

    visit(desk, "/beheer/governance/partner/tabel/")
    assert_good(desk)
    table = tmp_path / "tabel.csv"
    table.write_text("adres;naam\ncaw;CAW Nieuw\n")
    desk.get_by_label("Bestand").set_input_files(table)
    desk.get_by_role("button", name="Kijk na").click()
    desk.get_by_text("Nog niets ingevoerd").wait_for()
    assert_good(desk)
    desk.get_by_role("button", name="Voer in").click()
    desk.get_by_text("De tabel is ingevoerd").wait_for()

    assert Partner.objects.get().name == "CAW Nieuw"


def test_a_table_of_areas_is_readable_before_and_after_the_look(desk, tmp_path):
    MunicipalityFactory(nis="24038", name="Herent")
    SourceFactory(name="Provincies in Cijfers", slug="provincies")
    table = tmp_path / "gemeenten.csv"
    table.write_text("refnis,naam\n24038,Groot Herent\n")
    visit(desk, "/beheer/governance/coveragearea/tabel/")
    assert_good(desk)
    desk.get_by_role("button", name="Kijk na").click()
    desk.get_by_role("heading", name="Er is niets bewaard").wait_for()
    assert_good(desk)

    desk.get_by_label("Tabel").set_input_files(table)
    desk.get_by_label("Vanaf").fill("1/1/2027")
    choose(desk, "bron", "Provincies")
    desk.get_by_role("button", name="Kijk na").click()
    desk.get_by_text("Nog niets ingevoerd").wait_for()
    assert_good(desk)
    desk.get_by_role("button", name="Voer in").click()
    desk.get_by_text("De tabel is ingevoerd").wait_for()

    assert CoverageArea.objects.get(nis="24038").name == "Groot Herent"
