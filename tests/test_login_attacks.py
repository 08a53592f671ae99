"""The login under attack: each way in that somebody could try, and that it stays shut."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from eerstelijn.login.middleware import BEGAN
from tests.desk import add_url, code_now, editor
from tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db

ACCOUNT = "/beheer/account/"
LOGIN, STEP = f"{ACCOUNT}login/", f"{ACCOUNT}2fa/"
ACTIVATE, CODES, AWAY = f"{STEP}activate/", f"{STEP}codes/", f"{STEP}deactivate/"
AGAIN = f"{STEP}reauthenticate/"
PASSWORD, OTHER = "drie-zonnige-bomen", "vier stille wilde ganzen"
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def els():
    return editor("eindredacteur", username="els", password=PASSWORD)


def half_way(name="els", password=PASSWORD, **more):
    """A browser in which a password was given, and no code yet."""
    client = Client()
    client.post(LOGIN, {"login": name, "password": password, **more})
    return client


def logged_in(account):
    client = half_way(account.username)
    assert client.post(STEP, {"code": code_now()}).status_code == 302
    Authenticator.objects.filter(user=account).update(last_used_at=timezone.now())
    totp.cache.clear()  # the code of now may be used once more by who comes next
    return client


def is_in(client):
    return client.get("/beheer/").status_code == 200


def settled(account):
    """As if the second step was set up long ago."""
    long_ago = timezone.now() - timezone.timedelta(days=30)
    Authenticator.objects.filter(user=account).update(created_at=long_ago)


# Codes


def test_a_code_of_a_colleague_opens_nothing(els):
    thief = editor("eindredacteur", username="dirk", password=PASSWORD, second_step=False)
    other = totp.generate_totp_secret()
    totp.TOTP.activate(thief, other)
    code = totp.format_hotp_value(totp.hotp_value(other, int(time.time()) // 30))
    client = half_way()

    client.post(STEP, {"code": code})

    assert not is_in(client)


def test_the_code_that_linked_a_phone_does_not_log_in():
    editor("eindredacteur", username="els", password=PASSWORD, second_step=False)
    client = half_way()
    secret = re.search(r'class="sleutel">(\w+)<', client.get(ACTIVATE).content.decode())[1]
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    assert client.post(ACTIVATE, {"code": code}).status_code == 302
    other = half_way()

    other.post(STEP, {"code": code})

    assert not is_in(other)


def test_guesses_count_for_the_account_whatever_browser_makes_them(els):
    for _ in range(5):
        half_way().post(STEP, {"code": "000000"})
    client = half_way()

    answer = client.post(STEP, {"code": code_now()})

    assert "Te veel pogingen" in answer.content.decode()
    assert not is_in(client)


def test_guesses_at_the_page_that_asks_again_count_as_well(els):
    client = logged_in(els)
    settled(els)
    for _ in range(5):
        client.post(AGAIN, {"code": "000000"})

    answer = client.post(AGAIN, {"code": code_now()})

    assert "Te veel pogingen" in answer.content.decode()
    assert client.get(AWAY)["Location"].startswith(f"{ACCOUNT}reauthenticate/")


def test_recovery_codes_are_guessed_no_more_often_than_those_of_a_phone(els):
    mine = logged_in(els)
    mine.post(f"{CODES}new/")
    [code, *_] = re.findall(r"<code>(\d{8})</code>", mine.get(CODES).content.decode())
    for _ in range(5):
        half_way().post(STEP, {"code": "00000000"})
    client = half_way()

    client.post(STEP, {"code": code})

    assert not is_in(client)


# A login that is half way


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *[("post", add_url(PartnerFactory._meta.model)), ("get", "/beheer/alles.zip")],
        *[("post", ACTIVATE), ("get", ACTIVATE), ("get", f"{STEP}qr.svg"), ("get", CODES)],
        *[("post", f"{CODES}new/"), ("post", AWAY), ("post", f"{ACCOUNT}password/change/")],
        *[("post", f"{ACCOUNT}reauthenticate/"), ("post", AGAIN), ("get", ACCOUNT)],
    ],
)
def test_past_the_step_there_is_no_way(els, method, path):
    client = half_way()
    fields = {"name": "x", "password": PASSWORD, "code": code_now(), "oldpassword": PASSWORD}
    fields |= {"password1": OTHER, "password2": OTHER}

    getattr(client, method)(path, fields)

    assert not is_in(client)
    assert Authenticator.objects.filter(user=els).exists()
    assert User.objects.get(pk=els.pk).check_password(PASSWORD)


def test_who_has_to_set_one_up_does_nothing_else_first():
    editor("eindredacteur", username="els", password=PASSWORD, second_step=False)
    client = half_way()
    before = PartnerFactory().type

    client.post(add_url(type(before)), {"name": "Nieuw", "slug": "nieuw"})

    assert not type(before).objects.filter(slug="nieuw").exists()


def test_an_account_that_was_switched_off_half_way_stays_out(els):
    client = half_way()
    User.objects.filter(pk=els.pk).update(is_active=False)

    client.post(STEP, {"code": code_now()})

    assert not is_in(client)


@pytest.mark.parametrize("by", ["its owner", "a beheerder"])
def test_another_password_ends_a_login_that_is_half_way(els, by):
    """Whose password leaked changes it: who gave the former one does not get in with it."""
    mine = logged_in(els)
    thief = half_way()

    if by == "its owner":
        fields = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
        assert mine.post(f"{ACCOUNT}password/change/", fields).status_code == 302
    else:
        keeper = Client()
        keeper.force_login(editor("beheerder"))
        page = f"/beheer/auth/user/{els.pk}/password/"
        fields = {"password1": OTHER, "password2": OTHER}
        els.groups.set(Group.objects.filter(name="redacteur"))
        assert keeper.post(page, fields).status_code == 302
    thief.post(STEP, {"code": code_now()})

    assert not is_in(thief)


# Sessions


def test_another_password_ends_the_other_sessions_and_not_ones_own(els):
    mine, other = logged_in(els), logged_in(els)
    fields = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}

    mine.post(f"{ACCOUNT}password/change/", fields)

    assert is_in(mine)
    assert not is_in(other)


def test_a_second_step_ends_the_sessions_that_came_in_without(django_capture_on_commit_callbacks):
    account = editor("redacteur", username="nora", password=PASSWORD, second_step=False)
    mine, thief = half_way("nora"), half_way("nora")
    assert is_in(thief)
    secret = re.search(r'class="sleutel">(\w+)<', mine.get(ACTIVATE).content.decode())[1]
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))

    with django_capture_on_commit_callbacks(execute=True):
        mine.post(ACTIVATE, {"code": code})

    assert Authenticator.objects.filter(user=account).exists()
    assert is_in(mine)
    assert not is_in(thief)


def test_a_session_that_was_planted_is_another_after_each_step(els):
    client = Client()
    client.get(LOGIN)
    client.cookies[COOKIE] = "geplantgeplantgeplantgeplant1234"

    client.post(LOGIN, {"login": "els", "password": PASSWORD})
    between = client.cookies[COOKIE].value
    client.post(STEP, {"code": code_now()})
    after = client.cookies[COOKIE].value

    assert is_in(client)
    assert len({"geplantgeplantgeplantgeplant1234", between, after}) == 3
    for known in ("geplantgeplantgeplantgeplant1234", between):
        client.cookies[COOKIE] = known
        assert not is_in(client)


@pytest.mark.parametrize("codes", ["never shown", "made anew"])
@pytest.mark.parametrize("path", [AWAY, CODES, f"{CODES}new/", f"{CODES}text/"])
def test_a_stolen_session_does_not_touch_the_second_step(els, path, codes):
    client = logged_in(els)
    if codes == "made anew":
        client.post(f"{CODES}new/")
    else:
        RecoveryCodes.activate(els)
    settled(els)
    before = Authenticator.objects.get(user=els, type=Authenticator.Type.RECOVERY_CODES).data
    session = client.session
    session[BEGAN] = int(time.time()) - 3600
    session["account_authentication_methods"] = []  # the password was given long ago
    session.save()

    assert client.get(path)["Location"].startswith(f"{ACCOUNT}reauthenticate/")
    assert client.post(path).status_code in (302, 405)
    kept = Authenticator.objects.get(user=els, type=Authenticator.Type.RECOVERY_CODES).data
    assert kept == before
    assert Authenticator.objects.filter(user=els, type=Authenticator.Type.TOTP).exists()


def test_a_stolen_session_links_no_phone_of_its_own():
    account = editor("redacteur", username="nora", password=PASSWORD, second_step=False)
    client = half_way("nora")
    session = client.session
    session[BEGAN] = int(time.time()) - 3600
    session["account_authentication_methods"] = []
    session.save()

    assert client.get(ACTIVATE)["Location"].startswith(f"{ACCOUNT}reauthenticate/")
    assert client.post(ACTIVATE, {"code": "123456"}).status_code == 302
    assert not Authenticator.objects.filter(user=account).exists()


# Led elsewhere


@pytest.mark.parametrize(
    "elsewhere",
    [
        *("https://evil.example/", "//evil.example/", "///evil.example", r"\\evil.example"),
        *("/\\evil.example", "https:evil.example", "javascript:alert(1)", "//evil.example/beheer/"),
        *("\thttps://evil.example", "http:///evil.example", "/%09/evil.example"),
    ],
)
@pytest.mark.parametrize("page", ["login", "step", "again", "logout"])
def test_nobody_is_led_elsewhere(els, page, elsewhere):
    if page == "login":
        editor("redacteur", username="nora", password=PASSWORD, second_step=False)
        answer = Client().post(LOGIN, {"login": "nora", "password": PASSWORD, "next": elsewhere})
    elif page == "step":
        answer = half_way(next=elsewhere).post(STEP, {"code": code_now(), "next": elsewhere})
    else:
        client = logged_in(els)
        path = f"{ACCOUNT}reauthenticate/" if page == "again" else f"{ACCOUNT}logout/"
        answer = client.post(path, {"password": PASSWORD, "next": elsewhere})

    place = answer["Location"]
    assert place.startswith("/beheer/") or re.fullmatch(r"/(?![/\\]).*evil.example", place)


def test_a_redacteur_resets_nobodys_second_step(els):
    client = Client()
    client.force_login(editor("redacteur", password=PASSWORD))
    page = f"/beheer/auth/user/{els.pk}/tweede-stap/"

    answers = [client.get(page), client.post(page, {"password": PASSWORD})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert Authenticator.objects.filter(user=els).exists()
