"""No question, step or login falls over by the content of a record, or shows it as markup.

What an editor is asked before something changes, what is answered when it has, and the pages of an
account, all with hostile texts and a hostile name. The pages that only show records are in
tests/test_hostile_content.py.
"""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape

from concepts.models import Alias
from governance.models import ChangeEvent, Partner, Source
from tests import hostile
from tests.desk import (
    SURE,
    add_url,
    change_url,
    code_now,
    editor,
    list_url,
    opened,
    seen,
    send,
    step_url,
)
from tests.everything import everything

pytestmark = pytest.mark.django_db

#: What every page that asks says on its button, or above what is decided.
ASKS = ("Ja, ", "Jouw besluit")
PASSWORD = "drie-zonnige-bomen"  # noqa: S105


def wrong_in(answers):
    """What is wrong in answers, by what was done."""
    found = {name: hostile.faults(answer) for name, answer in answers.items()}
    return {name: faults for name, faults in found.items() if faults}


@pytest.fixture
def draft():
    """An open version in a site of which every text is hostile."""
    for group in ("redacteur", "eindredacteur"):
        editor(group)
    editor(username="alles", is_superuser=True)
    draft = everything()
    hostile.fill("markup")
    hostile.reindex()
    draft.refresh_from_db()
    return draft


@pytest.fixture
def desk(draft, client):
    client.force_login(User.objects.get(is_superuser=True))
    return client


# What is asked first


def delete_url(record):
    return change_url(record).replace("/change/", "/delete/")


def on_a_list(desk, action, record):
    url = list_url(type(record))
    return desk.post(url, {"action": action, ACTION_CHECKBOX_NAME: [record.pk]})


def test_no_question_falls_over_or_is_changed(draft, desk):
    event, kind = ChangeEvent.objects.get(), ChangeEvent.Kind.RENAMING
    assert event.kind != kind
    steps = {
        "publish": desk.post(step_url(draft, "publiceer")),
        "publish, from a tab": desk.get(f"{step_url(draft, 'publiceer')}?vraag=teksten"),
        "withdraw": desk.post(step_url(draft.concept, "haal-weg")),
        "throw away": desk.get(delete_url(draft)),
        "rename a service": send(desk, change_url(event), kind=kind, date_label="mei 2022"),
    }
    deletions = {
        f"delete {model._meta.model_name}": on_a_list(
            desk, "delete_selected", model.objects.order_by("pk").first()
        )
        for model in (Alias, Partner, Source, User)
    }
    answers = steps | deletions

    pages = {name: answer.content.decode() for name, answer in answers.items()}

    assert wrong_in(answers) == {}
    assert [name for name, page in pages.items() if hostile.MARK not in page] == []
    assert [name for name in steps if not any(ask in pages[name] for ask in ASKS)] == []


def test_who_may_not_decide_reads_the_names_of_who_may(draft, client):
    client.force_login(User.objects.earliest("pk"))  # the redacteur; the groups have other names

    page = client.get(add_url(ChangeEvent))

    assert "Vraag het aan" in page.content.decode()
    assert wrong_in({"page": page}) == {}


# What is answered when it is done


def test_no_step_falls_over_or_is_changed(draft, desk):
    """From working copy to public page and off it again, or to the words that refuse it."""
    page, concept = change_url(draft), draft.concept
    fields = opened(desk, page)

    def step(record, name, **data):
        return desk.post(step_url(record, name), data, follow=True)

    answers = {
        "save and hand in": send(desk, page, _stap="dien-in"),
        "hand in": step(draft, "dien-in"),
        "take back": step(draft, "neem-terug"),
        "hand in again": step(draft, "dien-in"),
        "send back without a note": step(draft, "stuur-terug", zeker="ja"),
        "send back": step(draft, "stuur-terug", zeker="ja", note=f"<b>{hostile.MARK}&"),
        "publish with a colleague": step(draft, "publiceer", zeker="ja"),
    }
    User.objects.filter(is_superuser=False).update(is_active=False)
    answers |= {
        "save and publish": send(desk, page, _stap="publiceer"),
        "publish": step(draft, "publiceer", **SURE, **seen(draft)),
        "withdraw": step(concept, "haal-weg", zeker="ja", reason=f"<{hostile.MARK}>"),
        "start again": step(concept, "werkversie"),
        "throw away": desk.post(
            delete_url(concept.versions.open().get()), {"post": "yes"}, follow=True
        ),
        "save what is gone": send(desk, page, fields),
    }

    assert wrong_in(answers) == {}
    assert {answer.status_code for answer in answers.values()} <= {200, 302}
    assert "Intussen" in answers["save what is gone"].content.decode()


# Who logs in


@pytest.fixture(params=["markup", "attributes"])
def account(request, settings):
    """An account with a second step, whose name, address and all is hostile."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    account = editor("eindredacteur", password=PASSWORD, first_name="An", email="an@example.org")
    RecoveryCodes.activate(account)
    hostile.fill(request.param)
    account.refresh_from_db()
    return account


LOGIN, STEP = "/beheer/account/login/", "/beheer/account/2fa/"
PAGES = [
    *("/beheer/", "/beheer/account/", "/beheer/account/password/change/"),
    *(f"{STEP}codes/", f"{STEP}codes/new/", f"{STEP}codes/text/"),
    *(f"{STEP}activate/", f"{STEP}deactivate/", "/beheer/account/reauthenticate/"),
]


def test_no_page_of_the_login_falls_over_or_is_changed(account):
    client, stranger = Client(), Client()

    def give(browser, **data):
        return browser.post(LOGIN, {"login": account.username, **data}, follow=True)

    answers = {
        "a wrong password": give(stranger, password="fout"),  # noqa: S106
        "a password": give(client, password=PASSWORD),
        "a wrong code": client.post(STEP, {"code": "000000"}, follow=True),
        "a code": client.post(STEP, {"code": code_now()}, follow=True),
        **{page: client.get(page, follow=True) for page in PAGES},
        "new codes": client.post(f"{STEP}codes/new/", follow=True),
        "no password that is asked": client.post("/beheer/account/password/change/", {}),
        "a lost password": stranger.post(
            "/beheer/account/password/reset/", {"email": account.email}, follow=True
        ),
    }

    assert wrong_in(answers) == {}
    assert escape(account.username) in answers["/beheer/account/"].content.decode()
    assert escape(account.username) in answers[f"{STEP}codes/"].content.decode()
    assert answers["a wrong password"].status_code == 200
