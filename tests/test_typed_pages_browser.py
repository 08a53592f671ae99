"""A session that ended while one typed, on the pages of the desk that are no form of a record.

What was typed is shown again after logging in, is not saved by that, and goes on from there.
"""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from concepts import reviewing
from concepts.models import Handover, Review, Status
from concepts.publishing import publish, working_copy
from eerstelijn.reports.models import Outcome, Report
from governance.models import Agency, ChangeEvent, Partner
from tests.desk import at_the_desk, change_url, choose, code_now, editor, log_in, page_url, step_url
from tests.factories import (
    AgencyFactory,
    CitationFactory,
    ConceptVersionFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "vier-lange-woorden-samen"  # noqa: S105 (an account of these tests)
TYPED = "Wat ik een kwartier lang “typte” & <b>niet</b> kwijt wil."


@pytest.fixture
def account():
    return editor("eindredacteur", username="els", password=PASSWORD)


@pytest.fixture
def desk(open_window, account):
    with at_the_desk(open_window, account) as page:
        yield page


@pytest.fixture
def public():
    version = ConceptVersionFactory(described_by=[SourceFactory()])
    PassageFactory(version=version)
    return publish(version)


def go(desk, path):
    desk.goto(desk.home + path)


def press(desk, name):
    desk.get_by_role("button", name=name, exact=True).click()


def session_ends_at(desk, button):
    """Press a button of a form while the session is gone."""
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press(desk, button)
    desk.get_by_text("na het aanmelden staat het weer in het formulier").wait_for()


def comes_back(desk, account, path):
    log_in(desk, account)
    go(desk, path)
    desk.locator(".messagelist, .errornote").get_by_text("Nog niet bewaard").first.wait_for()


def kept(desk):
    return desk.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('getypt:'))")


def test_a_reason_goes_with_the_login_and_back(desk, public):
    """All the way, by the page of the login itself."""
    path = step_url(public.concept, "haal-weg")
    go(desk, path)
    desk.get_by_label("Waarom").fill(TYPED)

    session_ends_at(desk, "Ja, haal van de site")
    desk.locator("[name=login]").fill("els")
    desk.locator("[name=password]").fill(PASSWORD)
    press(desk, "Meld me aan")
    desk.locator("[name=code]").fill(code_now())
    press(desk, "Meld me aan")
    desk.locator(".messagelist, .errornote").get_by_text("Nog niet bewaard").first.wait_for()

    assert desk.url.endswith(path)
    expect(desk.get_by_label("Waarom")).to_have_value(TYPED)
    assert public.concept.versions.published().exists()
    press(desk, "Ja, haal van de site")
    desk.locator(".messagelist .success").wait_for()
    assert public.concept.versions.get().withdrawn_reason == TYPED
    assert kept(desk) == desk.said == desk.warnings == []


@pytest.mark.parametrize(
    ("field", "button", "status"),
    [
        ("Waarom deze versie?", "Publiceer versie 2", Status.PUBLISHED),
        ("Briefje", "Stuur terug", Status.WORKING_COPY),
    ],
    ids=["publish", "send back"],
)
def test_a_decision_comes_back(desk, account, public, field, button, status):
    copy = working_copy(public.concept)
    copy.passages.update(text="Nieuw.")
    reviewing.hand_in(copy, editor("redacteur"))
    path = f"{step_url(copy, 'publiceer')}?vraag="
    go(desk, path)
    desk.get_by_label(field).fill(TYPED)

    session_ends_at(desk, button)
    comes_back(desk, account, path)

    expect(desk.get_by_label(field)).to_have_value(TYPED)
    assert not Handover.objects.exclude(kind=Handover.Kind.HANDED_IN).exists()
    press(desk, button)
    desk.locator(".messagelist .success").wait_for()
    copy.refresh_from_db()
    assert copy.status == status
    assert kept(desk) == desk.said == []


def test_a_change_of_services_comes_back_on_both_its_pages(desk, account):
    AgencyFactory(name="Dienst Oud")
    AgencyFactory(name="Afdeling", parent=Agency.objects.get())
    CitationFactory(section="", heading="Aankondiging")
    path = page_url(Agency, "service_change")
    go(desk, path)
    desk.get_by_label("Dienst wordt vervangen").check()
    choose(desk, "before", "Dienst Oud")
    desk.get_by_label("Bestaat ze nog niet?").fill("Dienst Nieuw (DN)")
    desk.get_by_label("Vanaf").fill("1 juni 2026")
    desk.get_by_label("Is gebeurd").check()
    choose(desk, "citations", "Aankondiging")

    session_ends_at(desk, "Toon wat dit raakt")
    comes_back(desk, account, path)

    expect(desk.get_by_label("Bestaat ze nog niet?")).to_have_value("Dienst Nieuw (DN)")
    expect(desk.locator("#id_before option:checked")).to_have_text("Dienst Oud")
    press(desk, "Toon wat dit raakt")
    box = desk.get_by_role("checkbox").first
    was = box.is_checked()
    box.set_checked(not was)
    session_ends_at(desk, "Voer door")
    comes_back(desk, account, path)

    assert desk.get_by_role("checkbox").first.is_checked() is not was
    assert not ChangeEvent.objects.exists()
    press(desk, "Voer door")
    desk.locator(".messagelist .success").wait_for()
    assert ChangeEvent.objects.exists()
    assert kept(desk) == desk.said == []


def test_a_queue_comes_back_as_it_was_ticked(desk, account, public):
    path = reverse("admin:queue", args=["nooit-nagekeken"])
    go(desk, path)
    desk.locator("[name=rows]").first.check()
    desk.get_by_label("Door").fill("Wij samen")

    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.locator("#queue_form button[type=submit]").first.click()
    desk.get_by_text("na het aanmelden staat het weer in het formulier").wait_for()
    comes_back(desk, account, path)

    expect(desk.get_by_label("Door")).to_have_value("Wij samen")
    expect(desk.locator("[name=rows]").first).to_be_checked()
    assert not Review.objects.exists()
    desk.locator("#queue_form button[type=submit]").first.click()
    desk.locator(".messagelist .success").wait_for()
    assert Review.objects.get().reviewer == "Wij samen"
    assert kept(desk) == desk.said == []


def test_an_answer_to_a_report_comes_back(desk, account):
    report = Report.objects.create(about="/concepten/gbo/", text="Dit klopt niet.")
    go(desk, change_url(report))
    desk.select_option("#id_decision", "niet-gevolgd")
    desk.locator("#id_why").fill(TYPED)
    desk.locator("#id_subject").fill("Onthaal")

    session_ends_at(desk, "Opslaan")
    comes_back(desk, account, change_url(report))

    expect(desk.locator("#id_why")).to_have_value(TYPED)
    assert not Outcome.objects.exists()
    press(desk, "Opslaan")
    desk.locator(".messagelist .success").wait_for()
    assert Outcome.objects.get().why == TYPED
    assert kept(desk) == desk.said == []


def test_why_something_is_deleted_comes_back(desk, account):
    partner = PartnerFactory(slug="caw", name="CAW")
    path = page_url(partner, "delete", partner.pk)
    go(desk, path)
    desk.get_by_label("Waarom").fill(TYPED)

    session_ends_at(desk, "Ja, verwijder het")
    comes_back(desk, account, path)

    expect(desk.get_by_label("Waarom")).to_have_value(TYPED)
    assert Partner.objects.exists()
    press(desk, "Ja, verwijder het")
    desk.locator(".messagelist .success").wait_for()
    assert not Partner.objects.exists()
    assert kept(desk) == desk.said == []


def test_a_password_is_never_kept(desk, account):
    """Nor is what a beheerder types to wipe a second step."""
    keeper = editor("beheerder", username="ria", password=PASSWORD)
    log_in(desk, keeper)
    for page, fields in (
        ("password_change", ("password1", "password2")),
        ("second_step", ("password",)),
    ):
        nora = editor("redacteur", username=f"nora-{page}")
        go(desk, reverse(f"admin:auth_user_{page}", args=[nora.pk]))
        for name in fields:
            desk.locator(f"[name={name}]").fill(PASSWORD)
        desk.locator(f"[name={fields[0]}]").press("Enter")
        desk.wait_for_load_state()

        assert kept(desk) == []
