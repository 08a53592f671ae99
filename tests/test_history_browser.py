"""Who did what, in a browser: an editor sees what changed and puts it back."""

import pytest

from governance.models import Partner
from tests.browser.window import WCAG, violations
from tests.desk import at_the_desk, change_url, editor, list_url, visit
from tests.factories import PartnerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("history")]


@pytest.fixture
def desk(open_window):
    with at_the_desk(open_window, editor("eindredacteur")) as page:
        yield page


def test_an_editor_says_why_reads_what_changed_and_puts_it_back(desk):
    caw = PartnerFactory(slug="caw", name="CAW")
    visit(desk, change_url(caw))
    desk.fill("#id_name", "CAW Vlaanderen")
    desk.get_by_label("Waarom", exact=True).fill("Nieuwe naam sinds mei.")
    desk.click("input[name=_save]")

    desk.click("text=Geschiedenis")
    assert desk.locator(".why").first.inner_text() == "Waarom: Nieuwe naam sinds mei."
    for width in (1280, 390):
        desk.set_viewport_size({"width": width, "height": 720})
        assert not violations(desk, WCAG)
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.click("text=Zet terug")

    assert "Naam teruggezet" in desk.inner_text(".messagelist")
    caw.refresh_from_db()
    assert caw.name == "CAW"
    assert desk.said == []


def test_a_deleted_record_comes_back_from_the_list(desk):
    caw = PartnerFactory(slug="caw", name="CAW")
    visit(desk, f"{change_url(caw)[: -len('change/')]}delete/")
    desk.get_by_label("Waarom", exact=True).fill("Dubbel.")
    desk.click("input[type=submit]")

    visit(desk, list_url(Partner))
    desk.click("text=Verwijderd")
    desk.set_viewport_size({"width": 390, "height": 720})
    assert not violations(desk, WCAG)
    desk.click("text=Zet terug")

    assert "staat er opnieuw" in desk.inner_text(".messagelist")
    assert Partner.objects.get().pk == caw.pk
    assert desk.said == []
