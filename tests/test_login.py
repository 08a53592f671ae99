"""How an editor gets in: password, limits on guessing, reset by mail, session, cookies, record."""

import logging
import re
import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from concepts.management.commands import maak_demoredacteurs
from eerstelijn.login.middleware import BEGAN, USED
from eerstelijn.login.models import LoginEvent
from eerstelijn.login.rights import LAST, why_kept
from tests.desk import add_url, change_url, editor, list_url, opened, send
from tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db

LOGIN = "/beheer/account/login/"
RESET = "/beheer/account/password/reset/"
PASSWORD, WRONG = "drie-zonnige-bomen", "fout"
Kind = LoginEvent.Kind


@pytest.fixture
def account():
    return editor("redacteur", password=PASSWORD, email="anna@example.org", second_step=False)


def log_in(client, name="redacteur", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": name, "password": password, **more})


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


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


# What happened


def test_what_happens_at_the_door_is_kept_and_logged(client, account, caplog):
    with caplog.at_level(logging.INFO, logger="eerstelijn.login"):
        log_in(client, password=WRONG)
        log_in(client, name="mijn-wachtwoord", password=WRONG)
        log_in(client)

    kept = LoginEvent.objects.order_by("pk").values_list("kind", "account", "by", "address")
    assert list(kept) == [
        ("mislukt", "redacteur", "", "127.0.0.1"),
        ("mislukt", "", "", "127.0.0.1"),  # what was typed may be a password
        ("aangemeld", "redacteur", "redacteur", "127.0.0.1"),
    ]
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING", "INFO"]
    assert "verkeerd wachtwoord: redacteur, 127.0.0.1" in caplog.text
    assert "mijn-wachtwoord" not in caplog.text


def test_a_lock_is_kept_once(client, account):
    for _ in range(9):
        log_in(client, password=WRONG)

    assert LoginEvent.objects.filter(kind=Kind.FAILED).count() == 5
    assert LoginEvent.objects.get(kind=Kind.LOCKED).account == "redacteur"


def test_after_ninety_days_addresses_and_failures_go_and_changes_stay(client, account):
    old = timezone.now() - timedelta(days=91)
    for kind in (Kind.FAILED, Kind.LOGGED_IN, Kind.RIGHTS):
        LoginEvent.objects.create(kind=kind, account="x", address="10.0.0.1", moment=old)

    log_in(client)

    kept = LoginEvent.objects.order_by("pk").values_list("kind", "address")
    assert list(kept) == [(Kind.RIGHTS, None), (Kind.LOGGED_IN, "127.0.0.1")]


def test_a_beheerder_reads_it_and_changes_nothing(client):
    event = LoginEvent.objects.create(kind=Kind.FAILED, account="redacteur", address="10.0.0.7")
    client.force_login(editor("beheerder"))

    assert "10.0.0.7" in text(client.get(list_url(LoginEvent), {"q": "redacteur"}))
    assert client.get(change_url(event)).status_code == 200
    for path in (add_url(LoginEvent), change_url(event), f"{change_url(event)[:-7]}delete/"):
        assert client.post(path, {"account": "x"}).status_code == 403

    client.force_login(editor("eindredacteur"))
    assert client.get(list_url(LoginEvent)).status_code == 403


def test_changes_of_rights_are_kept(client, account):
    client.force_login(editor("beheerder"))
    group = Group.objects.get(name="eindredacteur")

    send(client, change_url(account), groups=[group.pk], first_name="Anna")
    fields = [pair for pair in opened(client, change_url(account)) if pair[0] != "is_active"]
    send(client, change_url(account), fields)
    send(client, change_url(account), first_name="Annabel")
    new = {"password1": "vier stille wilde ganzen", "password2": "vier stille wilde ganzen"}
    client.post(f"/beheer/auth/user/{account.pk}/password/", new)

    kept = LoginEvent.objects.filter(account="redacteur").order_by("pk")
    assert list(kept.values_list("kind", "by", "detail")) == [
        (Kind.RIGHTS, "beheerder", "groepen: redacteur → eindredacteur"),
        (Kind.RIGHTS, "beheerder", "actief: ja → nee"),
        (Kind.PASSWORD, "beheerder", ""),
    ]


def test_a_new_account_is_kept_and_has_an_address_of_its_own(client, account):
    client.force_login(editor("beheerder"))
    typed = {"username": "nieuw", "password1": PASSWORD, "password2": PASSWORD}

    missing = send(client, add_url(User), **typed)
    double = send(client, add_url(User), email="ANNA@example.org", **typed)
    assert "Dit veld is verplicht" in text(missing)
    assert "Een ander account heeft dit e-mailadres al." in text(double)

    send(client, add_url(User), email="nieuw@example.org", **typed)
    assert LoginEvent.objects.get(kind=Kind.ACCOUNT_ADDED).account == "nieuw"


def test_a_beheerder_gives_another_password_and_cannot_take_it_away(client, account):
    client.force_login(editor("beheerder"))
    page = f"/beheer/auth/user/{account.pk}/password/"

    assert "usable_password" not in text(client.get(page))
    refused = client.post(page, {"usable_password": "false", "unset-password": "1"})
    assert "Dit veld is verplicht" in text(refused)

    account.refresh_from_db()
    assert account.check_password(PASSWORD)


@pytest.mark.parametrize("page", ["add/", "{}/change/", "{}/password/", "{}/delete/", ""])
def test_a_change_of_an_account_takes_its_turn(client, account, page):
    client.force_login(editor("beheerder"))

    with CaptureQueriesContext(connection) as queries:
        client.post(f"/beheer/auth/user/{page.format(account.pk)}", {"action": "delete_selected"})

    asked = [query["sql"] for query in queries if "session" not in query["sql"]]
    turn = next(number for number, sql in enumerate(asked) if "pg_advisory_xact_lock" in sql)
    assert not any(sql.startswith(("INSERT", "UPDATE", "DELETE")) for sql in asked[:turn])
    assert "FOR UPDATE" not in " ".join(asked[:turn])


def test_what_the_command_line_does_is_kept_too(monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda **prompt: "vier stille wilde ganzen")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    call_command("createsuperuser", username="hoofd", email="a@example.org", interactive=False)
    call_command("changepassword", "hoofd")

    assert User.objects.get(username="hoofd").check_password("vier stille wilde ganzen")
    kept = LoginEvent.objects.filter(account="hoofd", by__startswith="manage.py (")
    assert set(kept.values_list("kind", "detail")) == {
        (Kind.ACCOUNT_ADDED, "superuser"),
        (Kind.PASSWORD, ""),
    }


# Accounts that stay


def test_an_account_that_did_something_is_not_deleted(client, account):
    log_in(client)
    client.force_login(editor(username="hoofd", is_superuser=True))
    unused = editor("redacteur", username="ongebruikt")
    page = f"{change_url(account)[:-7]}delete/"

    response = client.post(page, {"post": "yes"})
    assert "deed al iets in het beheer" in text(response)
    chosen = {"action": "delete_selected", "_selected_action": [account.pk], "post": "yes"}
    assert "deed al iets in het beheer" in text(client.post(list_url(User), chosen))
    client.post(f"{change_url(unused)[:-7]}delete/", {"post": "yes"})

    assert set(User.objects.values_list("username", flat=True)) == {"hoofd", "redacteur"}


@pytest.mark.parametrize("field", ["is_active", "is_staff", "groups"])
def test_the_last_beheerder_stays_one(client, field):
    last = editor("beheerder")
    editor("beheerder", username="vroeger", is_active=False)
    client.force_login(last)
    fields = [pair for pair in opened(client, change_url(last)) if pair[0] != field]

    response = send(client, change_url(last), fields)

    assert "Dit is de laatste die accounts beheert." in text(response)

    editor("beheerder", username="tweede")
    assert send(client, change_url(last), fields).status_code == 302


def test_the_last_who_keep_the_accounts_are_not_deleted():
    """Also where someone's own rights would let them delete accounts."""
    keepers = [editor(username="hoofd", is_superuser=True), editor("beheerder")]

    assert why_kept(keepers) == [LAST]
    assert why_kept(keepers[:1]) == []
