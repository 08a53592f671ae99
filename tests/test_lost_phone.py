"""A beheerder takes away a colleague's second step: what it takes, who hears of it, who may not."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from eerstelijn.login.lost_phone import PAGE
from eerstelijn.login.models import LoginEvent
from tests.answers import text
from tests.desk import change_url, editor

pytestmark = pytest.mark.django_db

PASSWORD = "drie-zonnige-bomen"  # noqa: S105
Kind = LoginEvent.Kind


@pytest.fixture(autouse=True)
def _nobody_guessed_anything():
    cache.clear()


@pytest.fixture
def els():
    return editor("eindredacteur", username="els", first_name="Els", email="els@example.org")


@pytest.fixture
def desk(client):
    client.force_login(editor("beheerder", password=PASSWORD, first_name="Nora"))
    return client


def page_of(account):
    return reverse(f"admin:{PAGE}", args=[account.pk])


def reset(client, account, password=PASSWORD):
    return client.post(page_of(account), {"password": password}, follow=True)


def has_one(account):
    return Authenticator.objects.filter(user=account).exists()


class TestReset:
    def test_takes_the_second_step_and_every_session(self, desk, els):
        hers = Client()
        hers.force_login(els)

        response = reset(desk, els)

        assert "De tweede stap van els is gewist. We mailen dat." in text(response)
        assert not has_one(els)
        assert hers.get("/beheer/")["Location"].startswith("/beheer/login/")
        assert desk.get("/beheer/").status_code == 200

    def test_is_on_record(self, desk, els):
        reset(desk, els)

        event = LoginEvent.objects.get(kind=Kind.SECOND_STEP_REMOVED)
        assert (event.account, event.by, event.address) == ("els", "beheerder", "127.0.0.1")
        assert "Tweede stap gewist." in text(
            desk.get(reverse("admin:auth_user_history", args=[els.pk]))
        )

    def test_is_told_to_whose_it_was(
        self, desk, els, mailoutbox, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            reset(desk, els)

        [mail] = mailoutbox
        assert mail.to == ["els@example.org"]
        assert mail.subject == "[Wegwijzer eerste lijn] Je tweede stap is gewist"
        assert "Nora wiste de tweede stap van je account els" in mail.body

    @pytest.mark.parametrize("lacks", ["mail", "address"])
    def test_says_that_nobody_is_told(
        self, desk, els, lacks, settings, mailoutbox, django_capture_on_commit_callbacks
    ):
        if lacks == "mail":
            settings.MAIL_IS_SENT = False
        else:
            els.email = ""
            els.save()

        page = text(desk.get(page_of(els)))
        with django_capture_on_commit_callbacks(execute=True):
            reset(desk, els)

        assert "Er gaat geen mail: zeg het zelf." in page
        assert not has_one(els)
        assert mailoutbox == []

    def test_a_mail_that_does_not_leave_stops_nothing(
        self, desk, els, settings, django_capture_on_commit_callbacks
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

        with django_capture_on_commit_callbacks(execute=True):
            response = reset(desk, els)

        assert response.status_code == 200
        assert not has_one(els)

    def test_stands_at_the_account(self, desk, els):
        assert f'href="{page_of(els)}"' in desk.get(change_url(els)).content.decode()

        reset(desk, els)

        assert f'href="{page_of(els)}"' not in desk.get(change_url(els)).content.decode()
        assert "Het account els heeft geen tweede stap." in text(
            desk.get(page_of(els), follow=True)
        )


class TestRefused:
    @pytest.mark.parametrize(
        ("password", "said"),
        [("", "Typ je eigen wachtwoord."), ("fout", "Dit is niet je wachtwoord.")],
    )
    def test_without_ones_own_password(self, desk, els, password, said):
        response = reset(desk, els, password)

        assert response.status_code == 422
        assert said in text(response)
        assert has_one(els)

    def test_a_wrong_password_is_on_record(self, desk, els):
        reset(desk, els, "fout")

        assert LoginEvent.objects.get(kind=Kind.FAILED).account == "beheerder"

    def test_after_too_many_guesses_the_right_one_too(self, desk, els):
        for _ in range(12):
            reset(desk, els, "fout")

        response = reset(desk, els)

        assert "Te veel pogingen." in text(response)
        assert has_one(els)

    def test_ones_own(self, desk, els):
        own = Authenticator.objects.exclude(user=els).get(type=Authenticator.Type.TOTP).user

        assert page_of(own) not in desk.get(change_url(own)).content.decode()
        assert desk.get(page_of(own)).status_code == 403
        assert reset(desk, own).status_code == 403
        assert has_one(own)

    @pytest.mark.parametrize("group", ["redacteur", "eindredacteur", "lezer"])
    def test_to_who_keeps_no_accounts(self, client, els, group):
        client.force_login(editor(group, username="iemand", password=PASSWORD))

        assert client.get(page_of(els)).status_code == 403
        assert reset(client, els).status_code == 403
        assert has_one(els)

    def test_to_a_beheerder_without_a_second_step(self, client, els, settings):
        settings.SECOND_STEP_REQUIRED = False
        client.force_login(editor("beheerder", password=PASSWORD, second_step=False))

        assert page_of(els) not in client.get(change_url(els)).content.decode()
        assert reset(client, els).status_code == 403
        assert has_one(els)

    def test_of_a_superuser(self, desk):
        above = editor(username="boven", is_superuser=True)

        assert reset(desk, above).status_code == 403
        assert has_one(above)

    def test_to_who_is_not_logged_in(self, client, els):
        assert client.post(page_of(els), {"password": PASSWORD}).status_code == 302
        assert has_one(els)

    @pytest.mark.parametrize("number", ["0", "x", "999999"])
    def test_of_an_account_that_is_not_there(self, desk, number):
        assert desk.get(f"/beheer/auth/user/{number}/tweede-stap/").status_code == 404
