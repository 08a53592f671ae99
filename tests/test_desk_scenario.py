"""One change from the first click to the undo, in two windows: of a redacteur and an eindredacteur.

What the public reads stays byte for byte as it was until somebody else approves; then all of it
follows: the page, search, the counts of the finder, the list of changes and its feed.
"""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from concepts.models import ConceptVersion, Status
from concepts.publishing import publish
from tests.desk import at_the_desk, choose, code_now, editor, open_desk, visit
from tests.factories import (
    CitationFactory,
    ConceptVersionFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pages_kept")]

PASSWORD = "drie-zonnige-bomen"  # noqa: S105
NAME = "Geïntegreerd breed onthaal"
#: What the public reads of a concept, and what is to follow when it changes.
PAGES = (
    *("/concepten/gbo/", "/concepten/gbo.json", "/concepten/", "/concepten/?partner=brug"),
    *("/zoeken/?q=zeepaardje", "/wijzigingen/", "/wijzigingen.atom", "/concepten/gbo/versies/"),
)
LINK, NONE = 'href="/concepten/gbo/"', "<b>Geen concepten</b>"
PAGE, DATA, _, COUNTED, FOUND, CHANGES, FEED, _ = PAGES


@pytest.fixture
def public():
    """A concept on the site, like those that editors keep: two texts, a partner, their sources."""
    source = SourceFactory(short_title="Handleiding")
    version = ConceptVersionFactory(concept__slug="gbo", name=NAME, described_by=[source])
    place = CitationFactory(source=source, section="2.1", heading="Onthaal")
    PassageFactory(version=version, text="Het onthaal luistert.", citations=[place])
    PassageFactory(version=version, kind="taken", text="Luisteren.", citations=[place])
    centre = PartnerFactory(name="Centrum", slug="centrum")
    ParticipationFactory(version=version, partner=centre, citations=[place])
    PartnerFactory(name="De Brug", slug="brug")
    return publish(version)


@pytest.fixture
def nora(browser, browser_context_args, live_server):
    account = editor("redacteur", username="nora", first_name="Nora")
    with open_desk(browser, browser_context_args, live_server) as page, at_the_desk(page, account):
        yield page


@pytest.fixture
def els(browser, browser_context_args, live_server):
    """An eindredacteur who logs in as one does: with a password, and a code of her phone."""
    cache.clear()  # counters stand in a table that no test empties by itself
    editor("eindredacteur", username="els", first_name="Els", password=PASSWORD)
    with open_desk(browser, browser_context_args, live_server) as page:
        page.said, page.warnings = [], []
        visit(page, "/beheer/")
        page.fill("[name=login]", "els")
        page.fill("[name=password]", PASSWORD)
        press(page, "Meld me aan")
        page.fill("[name=code]", code_now())
        press(page, "Meld me aan")
        yield page


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def done(page):
    page.locator(".messagelist .success").wait_for()


def read(page):
    """What a visitor reads, each page as its bytes."""
    return {path: page.request.get(page.home + path).body() for path in PAGES}


def test_a_change_goes_from_hand_to_hand_to_the_public_and_back(nora, els, public):
    before = read(nora)

    # A redacteur changes a text, adds a partner, looks and hands in.
    visit(nora, "/beheer/")
    nora.locator("#nav-sidebar").get_by_text("Concepten en ontwikkelingen").click()
    nora.locator("#result_list").get_by_role("link", name=NAME).click()
    press(nora, "Teksten")
    nora.locator("#passages-0 summary").first.click()
    nora.fill("#id_passages-0-text", "Het onthaal luistert naar het zeepaardje.")
    press(nora, "Opslaan")
    nora.get_by_role("status").get_by_text("Opgeslagen.").wait_for()
    nora.locator(".tabs").get_by_role("link", name="Partners").click()
    nora.get_by_role("button", name="Partner toevoegen").first.click()
    choose(nora, "participations-1-partner", "De Brug")
    nora.select_option("#id_participations-1-role", "regie")
    choose(nora, "participations-1-citations", "Onthaal")
    with nora.context.expect_page() as opened:
        nora.get_by_role("button", name="Voorbeeld (nieuw tabblad)").click()
    preview = opened.value
    preview.on("console", lambda message: nora.said.append(message.text))
    preview.get_by_text("Het onthaal luistert naar het zeepaardje.").first.wait_for()
    expect(preview.get_by_role("link", name="De Brug").first).to_be_visible()
    preview.close()
    press(nora, "Bewaar en dien in")
    done(nora)
    assert read(nora) == before

    # An eindredacteur compares, and sends it back with a note.
    visit(els, "/beheer/")
    follow(els, "Kijk na")
    expect(els.locator(".comparison ins", has_text="zeepaardje")).to_be_visible()
    expect(els.locator(".comparison h4", has_text="De Brug")).to_be_visible()
    follow(els, "Vergelijk versies")
    expect(els.get_by_role("heading", name="Van versie 1 naar versie 2.")).to_be_visible()
    expect(els.locator(".comparison h4", has_text="De Brug")).to_be_visible()
    visit(els, "/beheer/")
    follow(els, "Kijk na")
    els.get_by_label("Briefje").fill("Is de rol van De Brug juist?")
    press(els, "Stuur terug")
    done(els)
    assert read(nora) == before

    # The redacteur finds the note on the start page, goes on where she was, and hands in again.
    visit(nora, "/beheer/")
    expect(nora.get_by_text("Is de rol van De Brug juist?")).to_be_visible()
    follow(nora, "Werk verder")
    nora.get_by_role("heading", name="Partners").wait_for()
    nora.locator("#participations-1 summary").first.click()
    nora.select_option("#id_participations-1-role", "deelnemer")
    press(nora, "Bewaar en dien in")
    done(nora)
    assert read(nora) == before

    # The eindredacteur approves, with a reason; all that the public reads follows.
    visit(els, "/beheer/")
    follow(els, "Kijk na")
    els.get_by_label("Waarom deze versie?").fill("De Brug doet nu mee.")
    press(els, "Publiceer versie 2")
    done(els)
    after = read(nora)
    assert [path for path in PAGES if after[path] == before[path]] == []
    for path, partner in ((PAGE, "De Brug"), (DATA, '"brug"')):
        assert "zeepaardje" in after[path].decode()
        assert partner in after[path].decode()
    assert NONE not in after[COUNTED].decode()
    assert LINK in after[FOUND].decode()
    for path in (CHANGES, FEED):
        assert "De Brug doet nu mee." in after[path].decode()

    # It was a mistake: the former version comes back, as a new one, with what changed undone.
    visit(nora, "/beheer/concepts/concept/")
    nora.locator("#result_list").get_by_role("link", name=NAME).click()
    press(nora, "Maak een werkversie van versie 1")
    done(nora)
    press(nora, "Bewaar en dien in")
    done(nora)
    visit(els, "/beheer/")
    follow(els, "Kijk na")
    expect(els.get_by_label("Waarom deze versie?")).to_have_value("Zoals versie 1")
    press(els, "Publiceer versie 3")
    done(els)
    undone = read(nora)
    for path, partner in ((PAGE, "De Brug"), (DATA, '"brug"')):
        assert "zeepaardje" not in undone[path].decode()
        assert partner not in undone[path].decode()
        assert "Het onthaal luistert." in undone[path].decode()
    assert NONE in undone[COUNTED].decode()
    assert LINK not in undone[FOUND].decode()
    assert "Zoals versie 1" in undone[CHANGES].decode()
    assert dict(ConceptVersion.objects.values_list("number", "status")) == {
        1: Status.FORMER,
        2: Status.FORMER,
        3: Status.PUBLISHED,
    }

    assert nora.said == els.said == []
    assert nora.warnings == els.warnings == []


def test_a_typo_takes_five_clicks_and_a_partner_four(nora, public):
    visit(nora, "/beheer/")
    nora.locator("#nav-sidebar").get_by_text("Concepten en ontwikkelingen").click()  # 1
    nora.locator("#result_list").get_by_role("link", name=NAME).click()  # 2
    press(nora, "Teksten")  # 3
    nora.locator("#passages-0 summary").first.click()  # 4
    nora.fill("#id_passages-0-text", "Het onthaal luistert goed.")
    press(nora, "Bewaar en dien in")  # 5
    done(nora)

    press(nora, "Neem terug")
    done(nora)
    visit(nora, "/beheer/")
    follow(nora, "Werk verder")  # 1
    nora.locator(".tabs").get_by_role("link", name="Partners").click()  # 2
    nora.get_by_role("button", name="Partner toevoegen").first.click()  # 3
    choose(nora, "participations-1-partner", "De Brug")
    nora.select_option("#id_participations-1-role", "regie")
    choose(nora, "participations-1-citations", "Onthaal")
    press(nora, "Opslaan")  # 4
    nora.get_by_role("status").get_by_text("Opgeslagen.").wait_for()

    copy = ConceptVersion.objects.open().get()
    assert copy.passages.first().text == "Het onthaal luistert goed."
    assert copy.participations.filter(partner__slug="brug", role="regie").exists()
    assert nora.said == []
