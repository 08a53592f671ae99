"""From working copy to public page in a browser: seen before, decided on, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from concepts import reviewing
from concepts.models import ConceptVersion, Status
from concepts.publishing import publish, working_copy
from tests.browser.window import WCAG, violations
from tests.desk import at_the_desk, change_url, editor, log_in, step_url, visit
from tests.factories import (
    CitationFactory,
    ConceptVersionFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def nora():
    return editor("redacteur", username="nora", first_name="Nora")


@pytest.fixture
def desk(open_window, nora):
    with at_the_desk(open_window, nora) as page:
        yield page


@pytest.fixture
def copy():
    """A working copy in which a field, a text and a partner differ from what is public."""
    first = ConceptVersionFactory(concept__slug="gbo", described_by=[SourceFactory()])
    PassageFactory(version=first, text="De tekst op de site.", citations=[CitationFactory()])
    ParticipationFactory(version=first, partner=PartnerFactory(name="Centrum"))
    copy = working_copy(publish(first).concept)
    name = "Wijkgezondheidscentrumsamenwerkingsverband"
    ConceptVersion.objects.filter(pk=copy.pk).update(name=name, reason="Nieuwe naam.")
    copy.passages.update(text="Een andere tekst voor de site.")
    copy.participations.all().delete()
    return ConceptVersion.objects.get(pk=copy.pk)


def is_clean(desk, width, path):
    assert desk.said == [], path
    assert desk.evaluate("document.documentElement.scrollWidth") <= width, path
    assert violations(desk, WCAG) == [], path
    desk.said.clear()  # the checker itself tries inline style


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_the_way_to_publication_are_clean(desk, copy, nora, width):
    desk.set_viewport_size({"width": width, "height": 900})
    compared = f"/beheer/concepts/concept/{copy.concept_id}/vergelijk/"
    preview = f"{change_url(copy).removesuffix('change/')}voorbeeld/"
    reviewing.hand_in(copy, nora)
    for path in (preview, compared, f"{compared}?van=9", change_url(copy)):
        visit(desk, path)
        is_clean(desk, width, path)

    log_in(desk, editor("eindredacteur", username="els"))
    path = f"{step_url(copy, 'publiceer')}?vraag="
    visit(desk, path)
    is_clean(desk, width, path)
    desk.get_by_role("button", name="Stuur terug", exact=True).click()
    desk.locator(".errornote:focus").wait_for()
    is_clean(desk, width, f"{path}, refused")


def test_by_keyboard_it_is_seen_handed_in_sent_back_and_published(desk, copy, nora):
    visit(desk, change_url(copy))
    desk.fill("#id_summary", "Getypt en nog niet bewaard.")
    button = desk.get_by_role("button", name="Voorbeeld (nieuw tabblad)")
    button.focus()
    with desk.context.expect_page() as opened:
        desk.keyboard.press("Enter")
    preview = opened.value
    preview.get_by_text("Getypt en nog niet bewaard.").first.wait_for()
    expect(preview.get_by_role("region", name="Voorbeeld")).to_contain_text(
        "zoals je ze typte", use_inner_text=True
    )
    preview.close()
    assert desk.input_value("#id_summary") == "Getypt en nog niet bewaard."
    press(desk, "Bewaar en dien in")

    els = editor("eindredacteur", username="els", first_name="Els")
    log_in(desk, els)
    visit(desk, change_url(copy))
    desk.get_by_role("link", name="Kijk na en beslis").focus()
    desk.keyboard.press("Enter")
    desk.get_by_label("Briefje").focus()
    desk.keyboard.type("Nog een bron.")
    press(desk, "Stuur terug")

    log_in(desk, nora)
    visit(desk, change_url(copy))
    expect(desk.get_by_text("Nog een bron.")).to_be_visible()
    press(desk, "Bewaar en dien in")

    log_in(desk, els)
    visit(desk, f"{step_url(copy, 'publiceer')}?vraag=")
    expect(desk.get_by_label("Waarom deze versie?")).to_have_value("Nieuwe naam.")
    press(desk, "Publiceer versie 2")
    copy.refresh_from_db()
    assert (copy.status, copy.summary) == (Status.PUBLISHED, "Getypt en nog niet bewaard.")
    assert desk.said == []


def test_a_preview_leaves_the_form_unsaved_and_asks_before_it_is_left(desk, copy):
    visit(desk, change_url(copy))
    desk.fill("#id_summary", "Getypt.")
    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="Voorbeeld (nieuw tabblad)").click()
    opened.value.close()

    visit(desk, change_url(copy, "teksten"))
    assert desk.warnings == ["beforeunload"]

    visit(desk, change_url(copy))  # nothing is put back: it was never sent to be saved
    assert desk.input_value("#id_summary") != "Getypt."
    expect(desk.get_by_text("Nog niet bewaard")).to_have_count(0)


def press(desk, name):
    desk.get_by_role("button", name=name, exact=True).focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    desk.locator(".messagelist .success").wait_for()
