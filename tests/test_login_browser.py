"""The whole road of a first login in a browser: password, phone, codes, out, and in again."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from playwright.sync_api import expect

from tests.browser.window import Window
from tests.desk import editor

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "drie-zonnige-bomen"  # noqa: S105
DESK = "/beheer/concepts/concept/"


@pytest.fixture
def window(live_server, page):
    cache.clear()  # counters stand in a table that no test empties by itself
    return Window(page, live_server.url)


def assert_clean(window):
    for width in (1280, 390):
        window.resize(width)
        assert window.sticking_out() == []
        assert window.violations() == []
    assert window.complaints == []


def fill_in(window, button, **fields):
    for name, value in fields.items():
        window.page.fill(f"[name={name}]", value)
    window.page.get_by_role("button", name=button).click()
    window.page.wait_for_load_state("networkidle")


def assert_prints_the_codes_alone(page):
    """With what they are for and whose they are; the button asks the browser to print."""
    codes = page.locator(".codes li").all_inner_texts()
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes' }")
    page.get_by_role("button", name="Druk af").click()
    assert page.locator("body").get_attribute("data-printed") == "yes"

    page.emulate_media(media="print")
    lines = page.locator("body").inner_text().split("\n")
    page.emulate_media(media="screen")

    assert [line for line in lines if line.strip()] == [
        "Wegwijzer eerste lijn, beheer. Herstelcodes van eindredacteur; elke code werkt één keer.",
        *codes,
    ]


def test_a_first_login_and_the_next(window):
    editor("eindredacteur", password=PASSWORD, second_step=False)
    page = window.page

    window.open(DESK)
    assert_clean(window)
    fill_in(window, "Meld me aan", login="eindredacteur", password="fout")  # noqa: S106
    expect(page.get_by_text("Deze naam en dit wachtwoord horen niet bij elkaar.")).to_be_visible()
    assert_clean(window)

    fill_in(window, "Meld me aan", login="eindredacteur", password=PASSWORD)
    assert window.address == "/beheer/account/2fa/activate/"
    assert page.locator(".qr").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    assert_clean(window)

    secret = page.locator(".sleutel").inner_text()
    counter = int(time.time()) // 30
    fill_in(
        window,
        "Koppel mijn telefoon",
        code=totp.format_hotp_value(totp.hotp_value(secret, counter)),
    )
    expect(page.get_by_text("Je telefoon is gekoppeld.")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    assert_clean(window)
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar als tekst").click()
    assert download.value.suggested_filename == "herstelcodes.txt"
    code = page.locator(".codes li").first.inner_text()
    assert_prints_the_codes_alone(page)

    page.get_by_role("link", name="Ik heb de codes bewaard").click()
    assert window.address == "/beheer/concepts/concept/"
    for path in ("/beheer/account/", "/beheer/account/password/change/"):
        window.open(path)
        assert_clean(window)
    window.open("/beheer/")
    page.get_by_role("button", name="Afmelden").click()

    window.open(DESK)
    fill_in(window, "Meld me aan", login="eindredacteur", password=PASSWORD)
    assert window.address.split("?")[0] == "/beheer/account/2fa/"
    fill_in(window, "Meld me aan", code="000000")
    expect(page.get_by_text("Die code klopt niet of is net vervallen.")).to_be_visible()
    assert_clean(window)
    fill_in(window, "Meld me aan", code=code)
    assert window.address == DESK


def test_the_pages_for_a_password_that_was_forgotten(window):
    window.open("/beheer/account/login/")
    window.page.get_by_role("link", name="Wachtwoord vergeten?").click()
    assert_clean(window)

    fill_in(window, "Stuur me een link", email="niemand@example.org")

    expect(window.page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    assert_clean(window)
