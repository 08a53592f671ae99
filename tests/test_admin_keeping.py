"""What an editor typed is not lost: leaving warns, and a form that was not saved comes back."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from concepts.models import Review, Term
from governance.admin.agencies import AgencyAdmin
from tests.desk import TYPED, add_url, at_the_desk, change_url, choose, code_now, editor, log_in
from tests.factories import (
    AgencyFactory,
    CitationFactory,
    ConceptVersionFactory,
    ParticipationFactory,
    PartnerFactory,
    SourceFactory,
    TermFactory,
)

PASSWORD = "vier-lange-woorden-samen"  # noqa: S105 (an account of these tests)


@pytest.fixture
def account():
    return editor("eindredacteur", password=PASSWORD)


@pytest.fixture
def desk(open_window, account):
    with at_the_desk(open_window, account) as page:
        yield page


@pytest.fixture
def version():
    version = ConceptVersionFactory(described_by=[SourceFactory()])
    ParticipationFactory(version=version, partner=PartnerFactory(name="Huis van de mens"))
    return version


def go(desk, path):
    desk.goto(desk.home + path)


def save(desk):
    desk.get_by_role("button", name="Opslaan", exact=True).first.click()
    desk.wait_for_load_state()


def kept(desk):
    return desk.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('getypt:'))")


def stands_unsaved(desk):
    desk.get_by_text("Nog niet bewaard").first.wait_for()


#: Leaves room for a few letters.
FILL_STORAGE = """() => {
    for (let size = 5 * 1024 * 1024; ; size -= 100) {
        try { return sessionStorage.setItem("vol", "x".repeat(size)); } catch { continue; }
    }
}"""

TAB = ".tabs a >> text=Teksten"


def add_partner(desk):
    desk.get_by_role("button", name="Partner toevoegen").first.click()


@pytest.mark.django_db(transaction=True)
def test_leaving_with_a_change_warns_and_without_one_does_not(desk, version):
    PartnerFactory(name="Advocatuur")
    page = change_url(version)

    def leaves_with(do, path=page, warned=True):
        go(desk, path)
        do()
        desk.warnings.clear()
        desk.locator(TAB).click()
        desk.wait_for_url("**/teksten/")
        assert desk.warnings == (["beforeunload"] if warned else [])

    summary = desk.locator("#id_summary")
    partners = change_url(version, "partners")
    leaves_with(lambda: desk.locator("h1").first.click(), warned=False)
    leaves_with(lambda: summary.fill("Anders."))
    leaves_with(lambda: (summary.fill("A"), summary.fill(version.summary)), warned=False)
    leaves_with(lambda: choose(desk, "participations-0-partner", "Advocatuur"), partners)
    leaves_with(lambda: add_partner(desk), partners)
    leaves_with(lambda: desk.locator("#id_participations-0-DELETE").check(), partners)
    leaves_with(
        lambda: (
            add_partner(desk),
            desk.locator("#participations-1 .inline-deletelink").click(),
        ),
        partners,
        warned=False,
    )
    assert desk.said == []


@pytest.mark.django_db(transaction=True)
def test_a_date_and_a_record_added_in_a_window_count_as_changes(desk, version):
    go(desk, add_url(Review))
    # "Vandaag", of the day on which it comes back: that of today stands there already.
    desk.locator(".datetimeshortcuts").nth(1).locator("a").first.click()
    desk.locator("#site-name a").click()
    desk.wait_for_url("**/beheer/")
    assert desk.warnings == ["beforeunload"]

    desk.warnings.clear()
    go(desk, change_url(version))
    with desk.expect_popup() as window:
        desk.locator("#add_id_described_by").click()
    popup = window.value
    popup.locator("#id_name").fill("Een nieuwe bron")
    popup.locator("#id_short_title").fill("Nieuw")
    popup.locator("#id_slug").fill("nieuw")
    popup.select_option("#id_kind", index=1)
    popup.select_option("#id_origin", index=1)
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Opslaan", exact=True).click()
    desk.locator("#id_described_by option", has_text="Nieuw").wait_for(state="attached")
    desk.locator(TAB).click()
    desk.wait_for_url("**/teksten/")
    assert desk.warnings == ["beforeunload"]
    assert desk.said == []


@pytest.mark.django_db(transaction=True)
def test_after_saving_nothing_warns_and_nothing_is_kept(desk):
    term = TermFactory()
    go(desk, change_url(term))

    desk.locator("#id_definition").fill("Bewaard.")
    save(desk)
    desk.get_by_text("is opgeslagen").first.wait_for()
    go(desk, change_url(term))

    assert desk.warnings == []
    expect(desk.locator("#id_definition")).to_have_value("Bewaard.")
    assert kept(desk) == []
    names = [cookie["name"] for cookie in desk.context.cookies()]
    assert not [name for name in names if name.startswith("bewaard-")]
    expect(desk.get_by_text("Nog niet bewaard")).to_have_count(0)


@pytest.mark.django_db(transaction=True)
def test_a_form_with_an_error_counts_as_unsaved_from_the_start(desk):
    term = TermFactory()
    go(desk, change_url(term))
    desk.locator("#id_name").fill("")
    save(desk)
    desk.locator(".errornote").wait_for()
    assert kept(desk) == []  # it stands on the page

    desk.locator("#site-name a").click()
    desk.wait_for_url("**/beheer/")

    assert desk.warnings == ["beforeunload"]


@pytest.mark.django_db(transaction=True)
def test_a_session_that_ended_gives_everything_back_after_logging_in(desk, version, account):
    PartnerFactory(name="Advocatuur")
    place = CitationFactory(section="2.1.4", heading="Onthaal")
    go(desk, change_url(version, "partners"))
    desk.locator("#id_participations-0-note").fill(TYPED)
    add_partner(desk)
    choose(desk, "participations-1-partner", "Advocatuur")
    choose(desk, "participations-1-citations", "Onthaal")
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    save(desk)
    desk.get_by_text("na het aanmelden staat het weer in het formulier").wait_for()
    desk.locator("[name=login]").fill(account.username)
    desk.locator("[type=password]").fill(PASSWORD)
    desk.locator("[type=password]").press("Enter")
    desk.get_by_text("na het aanmelden staat het weer in het formulier").wait_for()
    desk.locator("[name=code]").fill(code_now())
    desk.locator("[name=code]").press("Enter")
    stands_unsaved(desk)

    assert desk.url.endswith("/partners/")
    expect(desk.locator("#id_participations-0-note")).to_have_value(TYPED)
    row = desk.locator("#participations-1")
    expect(row).to_contain_text("Advocatuur", use_inner_text=True)
    expect(row).to_contain_text("Onthaal", use_inner_text=True)
    assert version.participations.count() == 1
    desk.select_option("#id_participations-1-role", "regie")
    save(desk)
    go(desk, change_url(version, "partners"))
    expect(desk.get_by_text("Nog niet bewaard")).to_have_count(0)
    assert [*version.participations.get(partner__name="Advocatuur").citations.all()] == [place]
    assert version.participations.get(partner__name="Huis van de mens").note == TYPED
    assert desk.warnings == []
    assert desk.said == []


@pytest.mark.django_db(transaction=True)
def test_a_session_that_ended_while_the_version_was_thrown_away_loses_nothing(desk, account):
    public = ConceptVersionFactory(published=True)
    version = ConceptVersionFactory(concept=public.concept)
    url = change_url(version)
    go(desk, url)
    desk.locator("#id_summary").fill("Wat ik typte.")
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    save(desk)
    desk.get_by_text("Wat je typte, is niet weg").wait_for()
    version.delete()
    log_in(desk, account)

    go(desk, url)
    desk.get_by_role("button", name="Zet het terug in het formulier").click()

    desk.get_by_text("Intussen weggegooid").first.wait_for()
    expect(desk.locator("#id_summary")).to_have_value("Wat ik typte.")


@pytest.mark.django_db(transaction=True)
def test_a_token_that_is_too_old_gives_everything_back(desk):
    go(desk, add_url(Term))
    desk.locator("#id_name").fill("Een begrip")
    desk.locator("#id_definition").fill(TYPED)
    desk.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)

    save(desk)
    desk.get_by_text("Dit formulier is te oud").wait_for()
    assert "kopieer wat je schreef" not in desk.locator("main").inner_text()
    desk.get_by_role("link", name="Terug naar het formulier").click()
    stands_unsaved(desk)

    expect(desk.locator("#id_definition")).to_have_value(TYPED)
    assert not Term.objects.exists()
    save(desk)
    desk.get_by_text("is opgeslagen").first.wait_for()
    assert Term.objects.get().definition == TYPED
    assert kept(desk) == []


@pytest.mark.django_db(transaction=True)
def test_an_error_of_ours_or_a_lost_connection_gives_everything_back(desk, monkeypatch):
    agency = AgencyFactory()
    path = change_url(agency)
    fails = [True, True]

    def save_model(self, *args, **kwargs):
        if fails:
            fails.pop()
            raise RuntimeError("the view breaks")
        return original(self, *args, **kwargs)

    original = AgencyAdmin.save_model
    monkeypatch.setattr(AgencyAdmin, "save_model", save_model)
    go(desk, path)
    desk.locator("#id_description").fill(TYPED)

    save(desk)
    desk.get_by_role("link", name="Terug naar het formulier").click()
    stands_unsaved(desk)
    expect(desk.locator("#id_description")).to_have_value(TYPED)

    fails.clear()
    desk.route("**/change/", lambda route: route.abort("connectionreset"))
    save(desk)
    desk.unroute_all()
    desk.said.clear()  # what the browser says of a connection that it lost
    go(desk, path)
    stands_unsaved(desk)

    expect(desk.locator("#id_description")).to_have_value(TYPED)
    save(desk)
    desk.get_by_text("is opgeslagen").first.wait_for()
    agency.refresh_from_db()
    assert agency.description == TYPED
    assert kept(desk) == []
    assert desk.said == []


@pytest.mark.django_db(transaction=True)
def test_what_fails_twice_is_offered_and_not_sent_for_ever(desk):
    term = TermFactory(definition="Zoals het was.")
    path = change_url(term)
    go(desk, path)
    desk.locator("#id_definition").fill(TYPED)
    desk.route(
        "**/change/",
        lambda route: (
            route.fulfill(status=503, body="weg")
            if route.request.method == "POST"
            else route.fallback()
        ),
    )
    save(desk)

    for _ in range(2):
        go(desk, path)
    desk.get_by_text("Toon wat je schreef").click()

    expect(desk.locator("#id_definition")).to_have_value("Zoals het was.")
    assert desk.locator(".kept dd").all_inner_texts() == [TYPED]
    desk.unroute_all()
    desk.get_by_role("button", name="Zet het terug in het formulier").click()
    stands_unsaved(desk)
    expect(desk.locator("#id_definition")).to_have_value(TYPED)


@pytest.mark.django_db(transaction=True)
def test_what_is_too_large_is_offered_at_once_and_not_sent_again(desk):
    term = TermFactory()
    go(desk, change_url(term))
    desk.evaluate("document.querySelector('#id_definition').value = 'x'.repeat(2700000)")
    save(desk)
    desk.get_by_role("heading", name="Dit formulier is te groot").wait_for()

    desk.get_by_role("link", name="Terug naar het formulier").click()

    desk.get_by_text("Wat je hier eerder schreef, is nog niet bewaard.").wait_for()
    desk.get_by_text("Toon wat je schreef").click()
    assert len(desk.locator(".kept dd").text_content()) == 2700000


@pytest.mark.django_db(transaction=True)
def test_logging_out_clears_and_another_editor_gets_nothing(desk, account):
    one, other = TermFactory(), TermFactory()

    def lose(term):
        go(desk, change_url(term))
        desk.locator("#id_definition").fill(TYPED)
        desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        save(desk)
        assert len(kept(desk)) == 1

    lose(one)
    log_in(desk, account)
    go(desk, "/beheer/")
    desk.locator("#logout-form button").click()
    desk.wait_for_load_state()
    assert kept(desk) == []

    log_in(desk, account)
    lose(other)
    log_in(desk, editor("redacteur"))
    go(desk, change_url(other))
    assert kept(desk) == []
    assert desk.locator("#id_definition").input_value() != TYPED


@pytest.mark.django_db(transaction=True)
def test_a_form_that_the_browser_cannot_keep_says_so_once(desk):
    term = TermFactory()
    go(desk, change_url(term))
    desk.evaluate(FILL_STORAGE)
    desk.locator("#id_definition").fill("Toch bewaard.")

    save(desk)
    desk.get_by_role("alert").filter(has_text="te groot").wait_for()
    assert kept(desk) == []
    term.refresh_from_db()
    assert term.definition != "Toch bewaard."

    save(desk)
    desk.get_by_text("is opgeslagen").first.wait_for()
    term.refresh_from_db()
    assert term.definition == "Toch bewaard."
