"""Passwords: limits on guessing them, another one by mail, and which ones are refused."""

import re

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from concepts.management.commands import maak_demoredacteurs
from eerstelijn.login.models import LoginEvent
from tests import at_the_door
from tests.at_the_door import LOGIN, PASSWORD, WRONG, Kind, log_in, text
from tests.desk import add_url, change_url, editor, send

pytestmark = pytest.mark.django_db

account = at_the_door.account


RESET = "/beheer/account/password/reset/"


# Guessing


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client, account):
    for _ in range(5):
        assert "horen niet bij elkaar" in text(log_in(client, password=WRONG))

    for password in ("fout", PASSWORD):
        assert "Te veel pogingen. Wacht vijf minuten" in text(log_in(client, password=password))
    assert log_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 200  # the account, from anywhere
    assert "_auth_user_id" not in client.session


def test_an_unknown_account_is_answered_in_the_same_words(client, account):
    def answers(name):
        client = Client(REMOTE_ADDR=f"10.1.1.{len(name)}")
        return [re.sub(r"value=\S+", "", text(log_in(client, name, "fout"))) for _ in range(7)]

    assert answers("redacteur") == answers("bestaat-niet")


def test_twenty_wrong_passwords_from_one_address_close_it_for_every_account(client, account):
    for number in range(20):
        log_in(client, f"naam{number}", "fout")

    assert "Te veel pogingen" in text(log_in(client))
    assert log_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302


def test_what_is_counted_stands_in_a_table_that_all_processes_share(client, account, settings):
    log_in(client, password=WRONG)

    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert cache._table == "login_counter"
    for _ in range(4):
        log_in(client, password=WRONG)
    assert "Te veel pogingen" in text(log_in(client))
    cache.clear()
    assert log_in(client).status_code == 302


def test_an_address_that_sends_faster_than_people_is_told_so(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/300s/ip"}
    for _ in range(2):
        log_in(client)

    response = log_in(client)

    assert response.status_code == 429
    assert response["Retry-After"] == "300"
    assert "Wacht vijf minuten" in text(response)


def test_behind_a_proxy_the_address_is_what_the_proxy_says(client, account, settings):
    def wrong(forwarded):
        client.post(LOGIN, {"login": "x", "password": "x"}, headers={"x-forwarded-for": forwarded})
        return LoginEvent.objects.filter(kind=Kind.FAILED).first().address

    assert wrong("203.0.113.9") == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert wrong("198.51.100.1, 203.0.113.9") == "203.0.113.9"


# A password that was forgotten


def test_a_link_by_mail_gives_another_password(client, account, mailoutbox):
    response = client.post(RESET, {"email": "Anna@example.org"}, follow=True)

    assert "Hoort er een account bij dat adres" in text(response)
    (mail,) = mailoutbox
    assert mail.subject == "[Wegwijzer eerste lijn] Een nieuw wachtwoord kiezen"
    assert "Je gebruikersnaam is redacteur." in mail.body
    link = re.search(r"http://testserver(/beheer/account/\S+)", mail.body)[1]
    form = client.get(link, follow=True)
    assert "Kies een nieuw wachtwoord" in text(form)
    action = form.redirect_chain[-1][0]

    easy = client.post(action, {"password1": "Zomer2026!!!", "password2": "Zomer2026!!!"})
    assert "makkelijk te raden" in text(easy)
    new = "vier stille wilde ganzen"
    done = client.post(action, {"password1": new, "password2": new}, follow=True)

    assert "Je wachtwoord is gewijzigd" in text(done)
    assert log_in(client, password=new).status_code == 302
    assert "Deze link werkt niet meer" in text(Client().get(link, follow=True))


def test_the_answer_does_not_tell_whether_there_is_an_account(client, account, mailoutbox):
    known, unknown = (
        client.post(RESET, {"email": email}, follow=True)
        for email in ("anna@example.org", "niemand@example.org")
    )

    assert text(known) == text(unknown)
    assert [mail.subject for mail in mailoutbox][1].endswith("Geen account met dit adres")
    assert "account/login" not in mailoutbox[1].body
    assert "sign" not in mailoutbox[1].body


def test_a_former_address_gets_no_link_any_more(client, account, mailoutbox):
    client.post(RESET, {"email": "anna@example.org"})
    beheerder = Client()
    beheerder.force_login(editor("beheerder"))

    response = send(beheerder, change_url(account), email="nieuw@example.org")

    assert response.status_code == 302
    for email in ("anna@example.org", "nieuw@example.org"):
        client.post(RESET, {"email": email})
    assert ["Geen account" in mail.subject for mail in mailoutbox] == [False, True, False]


def test_a_mail_that_does_not_leave_is_in_the_log_and_nowhere_else(
    client, account, settings, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    response = client.post(RESET, {"email": "anna@example.org"}, follow=True)

    assert "Hoort er een account bij dat adres" in text(response)
    assert "De mail is niet vertrokken" in caplog.text


def test_without_a_mail_server_the_page_says_whom_to_ask(client, settings):
    settings.MAIL_IS_SENT = False

    for response in (client.get(RESET), client.post(RESET, {"email": "anna@example.org"})):
        assert "Vraag een beheerder om je een nieuw wachtwoord te geven" in text(response)


# Passwords


@pytest.mark.parametrize(
    "password",
    [
        *("Zomer2026!!!", "korenbloem12", "redacteur9999", "welkom12345!", "W3lk0m!!2026"),
        *("azertyuiop12", "qwertyuiop123", "wachtwoord99", "Antwerpen2026", "zomerzomer26"),
        *("eerstelijn2026", "aaaaaaaaaaaa", "123456789012", "é1é2é3é4é5é6", "korte-1"),
        *("!!Februari-2026", "p@ssw0rd2026", "thomas-leuven"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(password):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)

    said = " ".join(refusal.value.messages)
    assert re.search(r"\b([Jj]e|[Dd]it) wachtwoord", said)
    assert not re.search(r"\b[Uu]w?\b", said)


@pytest.mark.parametrize(
    "password", [PASSWORD, "vier stille wilde ganzen", "tk7-qpm-29x-ffz", "Xq7#kd9!mBv2"]
)
def test_a_password_that_is_not_is_taken(password):
    validate_password(password)


def test_a_password_that_looks_like_the_account_is_refused():
    account = User(username="marieke.verhoeven", email="mverhoeven@example.org")

    with pytest.raises(ValidationError, match="lijkt te veel op je naam"):
        validate_password("marieke.verhoeven1", account)


def test_passwords_of_demo_editors_obey():
    for _ in range(20):
        validate_password(maak_demoredacteurs._password())


def test_every_form_that_sets_a_password_refuses_an_easy_one(client, account):
    client.force_login(editor("beheerder"))
    typed = {"password1": "Zomer2026!!!", "password2": "Zomer2026!!!"}

    new = send(client, add_url(User), username="nieuw", email="nieuw@example.org", **typed)
    other = client.post(f"/beheer/auth/user/{account.pk}/password/", typed)

    assert "makkelijk te raden" in text(new)
    assert "makkelijk te raden" in text(other)
