"""What happened at the door is kept, and so are the accounts of who did something."""

import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from eerstelijn.login.models import LoginEvent
from eerstelijn.login.rights import LAST, why_kept
from tests import at_the_door
from tests.at_the_door import PASSWORD, WRONG, Kind, log_in, text
from tests.desk import add_url, change_url, editor, list_url, opened, send

pytestmark = pytest.mark.django_db

account = at_the_door.account


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
