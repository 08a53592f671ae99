"""The second step at the login: who must have one, what it does, and what a lost phone costs."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from eerstelijn.environment import SettingError, second_step_required
from eerstelijn.login.models import LoginEvent
from eerstelijn.login.second_step import Unreadable, decrypt, encrypt
from tests.desk import SECRET, code_now, editor

pytestmark = pytest.mark.django_db

LOGIN, STEP = "/beheer/account/login/", "/beheer/account/2fa/"
ACTIVATE, CODES = f"{STEP}activate/", f"{STEP}codes/"
PASSWORD = "drie-zonnige-bomen"  # noqa: S105
Kind = LoginEvent.Kind


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def kinds():
    return list(LoginEvent.objects.order_by("pk").values_list("kind", flat=True))


def give_password(client, name, **more):
    return client.post(LOGIN, {"login": name, "password": PASSWORD, **more})


def code_of(page):
    """The code that an app shows for the key on a page."""
    secret = re.search(r'class="sleutel">(\w+)<', page.content.decode())[1]
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


# Who must have one


@pytest.mark.parametrize("who", ["eindredacteur", "beheerder", "superuser"])
def test_who_publishes_sets_it_up_before_anything_else(client, who):
    group = who if who != "superuser" else None
    client.force_login(editor(group, second_step=False, is_superuser=group is None))

    for path in ("/beheer/", "/beheer/concepts/concept/add/", "/beheer/bestaat-niet/"):
        response = client.get(path)
        assert response["Location"] == ACTIVATE
    assert client.post("/beheer/governance/partner/add/", {"name": "x"})["Location"] == ACTIVATE
    assert "Wie publiceert of accounts beheert" in text(client.get(ACTIVATE))

    client.post("/beheer/logout/")
    assert "_auth_user_id" not in client.session


def test_a_redacteur_may_do_without(client):
    client.force_login(editor("redacteur", second_step=False))

    assert client.get("/beheer/").status_code == 200


def test_outside_production_nobody_has_to_and_the_desk_says_so(client, settings):
    settings.SECOND_STEP_REQUIRED = False
    client.force_login(editor("eindredacteur", second_step=False))
    page = client.get("/beheer/")
    assert "In deze demo is de tweede stap niet verplicht." in text(page)
    assert f'href="{ACTIVATE}"' in page.content.decode()

    client.force_login(editor("eindredacteur", username="met"))
    assert "niet verplicht" not in text(client.get("/beheer/"))


@pytest.mark.parametrize(
    ("environment", "value", "required"),
    [
        ("productie", None, True),
        ("productie", "ja", True),
        ("demo", None, False),
        ("demo", "ja", True),
        ("ontwikkeling", "nee", False),
    ],
)
def test_the_environment_decides(monkeypatch, environment, value, required):
    monkeypatch.delenv("EERSTELIJN_TWEEDE_FACTOR", raising=False)
    if value:
        monkeypatch.setenv("EERSTELIJN_TWEEDE_FACTOR", value)

    assert second_step_required(environment) is required


def test_in_production_it_cannot_be_off(monkeypatch):
    monkeypatch.setenv("EERSTELIJN_TWEEDE_FACTOR", "nee")

    with pytest.raises(SettingError, match="kan in productie niet uit"):
        second_step_required("productie")


def test_that_it_is_looked_at_costs_one_query_a_page(client, settings):
    client.force_login(editor("eindredacteur"))
    page = "/beheer/governance/partner/"
    client.get(page)
    counts = []
    for settings.SECOND_STEP_REQUIRED in (False, True):
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))

    assert counts[1] == counts[0] + 1


# Setting it up


def test_a_first_login_sets_up_a_phone_and_gets_codes(client, django_capture_on_commit_callbacks):
    account = editor("eindredacteur", password=PASSWORD, second_step=False)
    give_password(client, "eindredacteur")
    assert client.get("/beheer/concepts/term/?q=zorg")["Location"] == ACTIVATE
    page = client.get(ACTIVATE)
    picture = client.get(f"{STEP}qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert b"style" not in picture.content
    assert "data:" not in page.content.decode()

    wrong = client.post(ACTIVATE, {"code": "000000"})
    assert "Die code klopt niet of is net vervallen." in text(wrong)
    assert code_of(wrong) == code_of(page)  # a mistake does not mean scanning again

    code = code_of(page)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ACTIVATE, {"code": f"{code[:3]} {code[3:]}"})
    assert response["Location"] == CODES

    response = client.get(CODES)
    codes = re.findall(r"<code>(\d{8})</code>", response.content.decode())
    assert len(set(codes)) == 10
    assert 'href="/beheer/concepts/term/?q=zorg">Ik heb de codes' in response.content.decode()
    saved = client.get(f"{CODES}text/").content.decode()
    assert re.findall(r"^\d{8}$", saved, re.M) == codes
    assert client.get("/beheer/").status_code == 200
    assert client.get(f"{STEP}qr.svg").status_code == 404
    assert kinds() == [Kind.LOGGED_IN, Kind.SECOND_STEP_ADDED]
    assert Authenticator.objects.filter(user=account).count() == 2


def test_the_secret_is_not_in_the_database(client):
    editor("eindredacteur")

    (kept,) = Authenticator.objects.values_list("data", flat=True)

    assert SECRET not in str(kept)
    assert decrypt(kept["secret"]) == SECRET


# Using it


@pytest.fixture
def half_way(client):
    """An eindredacteur who gave the password, and not yet a code."""
    account = editor("eindredacteur", password=PASSWORD)
    response = give_password(client, "eindredacteur", next="/beheer/concepts/concept/")
    assert response["Location"].split("?")[0] == STEP
    return account


def test_a_password_alone_opens_nothing(client, half_way):
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")
    assert kinds() == []

    assert client.post(STEP, {"code": code_now()})["Location"] == "/beheer/concepts/concept/"
    assert client.get("/beheer/").status_code == 200
    assert kinds() == [Kind.LOGGED_IN]


def test_a_code_works_once(client, half_way):
    code = code_now()
    client.post(STEP, {"code": code})
    other = Client()
    give_password(other, "eindredacteur")

    assert "Die code klopt niet" in text(other.post(STEP, {"code": code}))


def test_five_wrong_codes_lock_for_five_minutes(client, half_way):
    for _ in range(5):
        assert "Die code klopt niet" in text(client.post(STEP, {"code": "000000"}))

    assert "Te veel pogingen" in text(client.post(STEP, {"code": code_now()}))
    assert kinds() == [Kind.WRONG_CODE] * 5


def test_one_who_stops_half_way_is_out(client, half_way):
    response = client.post("/beheer/account/logout/", follow=True)

    assert response.redirect_chain == [(LOGIN, 302)]
    assert "Gebruikersnaam" in text(response)


def test_a_recovery_code_works_once(client):
    account = editor("eindredacteur", password=PASSWORD)
    client.force_login(account)
    client.post(f"{CODES}new/")
    code = re.search(r"<code>(\d{8})</code>", client.get(CODES).content.decode())[1]

    for number in (1, 2):
        other = Client()
        give_password(other, "eindredacteur")
        response = other.post(STEP, {"code": code})
        assert response.status_code == (302 if number == 1 else 200)


def test_who_came_in_with_one_hears_how_many_are_left_and_where_to_go(client):
    client.force_login(editor("eindredacteur", password=PASSWORD))
    client.post(f"{CODES}new/")
    code = re.search(r"<code>(\d{8})</code>", client.get(CODES).content.decode())[1]
    other = Client()
    give_password(other, "eindredacteur")
    other.post(STEP, {"code": code})

    page = other.get("/beheer/").content.decode()
    assert "Je hebt nog 9 herstelcodes over." in page
    assert 'naar <a href="/beheer/account/">Je aanmelding</a>' in page
    assert "met een herstelcode" not in text(other.get("/beheer/"))


def test_who_came_in_with_a_phone_hears_nothing_of_codes(client, half_way):
    client.post(STEP, {"code": code_now()})

    assert "herstelcode" not in text(client.get("/beheer/"))


# Changing it


def test_changing_it_later_asks_the_password_again(client):
    account = editor("eindredacteur", password=PASSWORD)
    client.force_login(account)
    client.post(f"{CODES}new/")
    assert client.get(CODES).status_code == 200  # just made: shown at once
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    codes.data["viewed_at"] = time.time() - 3600
    codes.save()

    for path in (CODES, f"{CODES}new/", f"{CODES}text/", f"{STEP}deactivate/"):
        assert client.get(path)["Location"].startswith("/beheer/account/reauthenticate/")
    again = client.get(f"{STEP}deactivate/")["Location"]
    assert "Dit is niet je wachtwoord." in text(client.post(again, {"password": "fout"}))
    assert client.post(again, {"password": PASSWORD})["Location"] == f"{STEP}deactivate/"

    client.post(f"{STEP}deactivate/")

    assert not Authenticator.objects.exists()
    assert kinds()[-1] == Kind.SECOND_STEP_REMOVED
    assert client.get("/beheer/")["Location"] == ACTIVATE


def test_the_page_of_ones_own_login(client):
    client.force_login(editor("eindredacteur"))

    page = text(client.get("/beheer/account/"))

    assert "Tweede stap: ingesteld" in page
    assert "Wachtwoord wijzigen" in page


# A phone or a key that is lost


def test_a_lost_phone_is_taken_off_with_its_sessions_and_on_record(client, capsys):
    account = editor("eindredacteur", password=PASSWORD)
    other = editor("beheerder")
    client.force_login(account)
    second = Client()
    second.force_login(other)

    call_command("herstel_tweede_factor", "eindredacteur")

    assert "gewist" in capsys.readouterr().out
    assert not Authenticator.objects.filter(user=account).exists()
    assert Authenticator.objects.filter(user=other).exists()
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")
    assert second.get("/beheer/").status_code == 200
    event = LoginEvent.objects.get(kind=Kind.SECOND_STEP_REMOVED)
    assert (event.account, event.by[:9]) == ("eindredacteur", "manage.py")
    with pytest.raises(CommandError, match="heeft geen tweede stap"):
        call_command("herstel_tweede_factor", "eindredacteur")
    with pytest.raises(CommandError, match="Er is geen account 'niemand'"):
        call_command("herstel_tweede_factor", "niemand")


def test_another_secret_key_is_told_and_breaks_nothing(client, settings):
    editor("eindredacteur", password=PASSWORD)
    settings.SECRET_KEY = "another-key-" * 5
    give_password(client, "eindredacteur")

    response = client.post(STEP, {"code": code_now()})

    assert response.status_code == 200
    assert "herstel_tweede_factor" in text(response)
    assert "_auth_user_id" not in client.session


def test_so_is_it_on_a_page_that_only_shows_the_codes(client, settings):
    client.force_login(editor("eindredacteur"))
    client.post(f"{CODES}new/")
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    codes.data["seed"] = "gAAAAA-of-another-key"
    codes.save()

    response = client.get(CODES)

    assert response.status_code == 409
    assert "herstel_tweede_factor" in text(response)


def test_a_key_that_was_replaced_still_reads_what_it_wrote(settings):
    written = encrypt("geheim")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" * 5
    assert decrypt(written) == "geheim"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unreadable):
        decrypt(written)
