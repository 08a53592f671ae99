"""How an editor gets in and stays in: the way to the desk, the session and its cookies."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from eerstelijn.login.middleware import BEGAN, USED
from eerstelijn.login.models import LoginEvent
from tests import at_the_door
from tests.at_the_door import LOGIN, PASSWORD, Kind, log_in, text
from tests.desk import change_url, editor, list_url, opened, send
from tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db

account = at_the_door.account


# In


def test_the_desk_leads_to_the_login_and_back(client, account):
    page = "/beheer/governance/partner/?q=caw"

    response = client.get(page, follow=True)
    assert response.redirect_chain[-1][0].startswith(LOGIN)
    assert response.context["redirect_field_value"] == page

    assert log_in(client, next=page)["Location"] == page
    assert client.get(page).status_code == 200


def test_a_form_that_is_sent_too_late_leads_back_to_its_page(client, account):
    page = change_url(PartnerFactory())
    client.force_login(account)
    fields = opened(client, page)
    client.cookies.clear()

    response = client.post(page, dict(fields), follow=True)

    assert response.context["redirect_field_value"] == page
    response = log_in(client, next=page)
    assert response["Location"] == page
    assert "messagelist" not in client.get(page).content.decode()  # "ingelogd" looks like a save


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_nobody_is_led_elsewhere(client, account, next_):
    response = client.get("/beheer/login/", {"next": next_})
    assert response["Location"].startswith(LOGIN)

    response = log_in(client, next=next_)

    assert response["Location"] == "/beheer/"


def test_an_account_without_rights_on_the_desk_gets_a_sentence(client):
    User.objects.create_user("lezer", password=PASSWORD)

    response = client.get(log_in(client, "lezer")["Location"], follow=True)

    assert response.status_code == 403
    assert "maar dat account mag niet in het beheer" in text(response)
    client.post("/beheer/account/logout/")
    assert "_auth_user_id" not in client.session


def test_one_who_is_logged_in_does_not_go_on_as_another_by_password_alone(client, account):
    """Django's own login asks no second step and counts no mistakes."""
    editor("eindredacteur", password=PASSWORD)
    client.force_login(account)

    response = client.post("/beheer/login/", {"username": "eindredacteur", "password": PASSWORD})

    assert response["Location"] == "/beheer/"
    assert client.session["_auth_user_id"] == str(account.pk)


def test_nobody_signs_up_and_nothing_else_is_offered(client, account):
    page = client.get(LOGIN).content.decode()
    assert "signup" not in page
    assert "remember" not in page
    client.force_login(account)

    for path in ("signup/", "email/", "login/code/", "3rdparty/", "2fa/webauthn/"):
        assert client.get(f"/beheer/account/{path}").status_code == 404


def test_an_account_that_is_switched_off_is_answered_like_a_wrong_password(client, account):
    User.objects.update(is_active=False)

    assert "horen niet bij elkaar" in text(log_in(client))


def test_one_who_is_logged_in_changes_the_password(client, account):
    client.force_login(account)
    assert client.get("/beheer/password_change/")["Location"] == "/beheer/account/password/change/"

    new = {"oldpassword": PASSWORD, "password1": "vier stille wilde ganzen"}
    response = client.post(
        "/beheer/account/password/change/", new | {"password2": new["password1"]}, follow=True
    )

    assert response.redirect_chain == [("/beheer/", 302)]
    assert "Je wachtwoord is gewijzigd." in text(response)
    account.refresh_from_db()
    assert account.check_password(new["password1"])
    assert LoginEvent.objects.get(kind=Kind.PASSWORD).by == "redacteur"


# The session


def test_a_session_that_is_not_used_ends_after_an_hour(client, account, settings):
    log_in(client)

    assert settings.SESSION_COOKIE_AGE == 3600
    assert client.cookies["beheer_sessie"]["max-age"] == ""  # and with the browser
    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=59) < left <= timedelta(minutes=60)

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")


def test_using_it_makes_it_last_but_not_each_click_writes(client, account):
    log_in(client)
    client.get("/beheer/")
    session = client.session
    session[USED] = int(time.time()) - 90
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))

    client.get("/beheer/")
    lasts_until = Session.objects.get().expire_date
    assert lasts_until > timezone.now() + timedelta(minutes=59)

    client.get("/beheer/")
    assert Session.objects.get().expire_date == lasts_until


def test_no_session_lasts_longer_than_twelve_hours(client, account):
    log_in(client)
    page = list_url(User)
    session = client.session
    session[BEGAN] = int(time.time()) - 12 * 60 * 60 - 1
    session.save()

    response = client.post(page, {"x": "y"}, follow=True)

    assert response.redirect_chain[-1][0].startswith(LOGIN)
    assert response.context["redirect_field_value"] == page
    assert not Session.objects.filter(session_key=session.session_key).exists()


# Cookies: for the desk alone


def test_cookies_hold_for_the_desk_only(client, account):
    client.get(LOGIN)
    log_in(client)
    client.get("/beheer/")

    assert {name: cookie["path"] for name, cookie in client.cookies.items()} == {
        "beheer_sessie": "/beheer/",
        "beheer_formulier": "/beheer/",
    }


@pytest.mark.parametrize("path", ["/", "/partners/", "/over/", "/concepten/", "/bestaat-niet/"])
def test_a_public_page_neither_reads_nor_sets_one(client, account, path):
    """Also with the cookies of an editor, and with those of before."""
    log_in(client)
    request = Client()
    request.cookies["beheer_sessie"] = client.cookies["beheer_sessie"].value
    request.cookies["sessionid"] = request.cookies["csrftoken"] = "x" * 32

    response = request.get(path)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert not response.wsgi_request.session.accessed


def test_what_an_editor_is_told_shows_at_the_desk_and_not_on_the_site(client, account):
    client.force_login(account)
    partner = PartnerFactory()

    send(client, change_url(partner), name="Een andere naam")

    public = client.get(partner.get_absolute_url()).content.decode()
    assert "is opgeslagen" not in public
    assert "is opgeslagen" in client.get("/beheer/").content.decode()


def test_messages_stand_in_the_session(client, account):
    client.force_login(account)

    request = client.get("/beheer/").wsgi_request

    assert isinstance(request._messages, SessionStorage)
