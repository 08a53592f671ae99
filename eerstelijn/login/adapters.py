"""What django-allauth asks us: our words, our log, our way of keeping a secret."""

import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from eerstelijn.login import events, second_step
from eerstelijn.login.middleware import lasts
from eerstelijn.login.models import LoginEvent

TOO_MANY = "Te veel pogingen. Wacht vijf minuten en probeer het dan opnieuw."

#: It looks as if something was saved, where a form that was sent too late still is not.
UNSAID = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}

logger = logging.getLogger("eerstelijn.login")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a beheerder, and log in with their name."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": "Dit is niet je huidige wachtwoord.",
        "incorrect_password": "Dit is niet je wachtwoord.",
        "rate_limited": TOO_MANY,
        "too_many_login_attempts": TOO_MANY,
        "username_password_mismatch": "Deze naam en dit wachtwoord horen niet bij elkaar.",
    }

    def is_open_for_signup(self, request):
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("admin:index")

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        if message_template not in UNSAID:
            super().add_message(request, level, message_template, *args, **kwargs)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Setting up a second step asks no password again; changing it later does.

        So does setting one up in a session that is open for a while: else whoever sits down at it
        links a phone of their own, and the account is theirs.
        """
        if app == "allauth.mfa":
            is_old = lasts(self.request.session) > second_step.AT_SET_UP
            return is_old or second_step.is_settled(self.request.user)
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_mail(self, template_prefix, email, context):
        """A mail that does not leave is in the log; the page says the same to everyone."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("De mail is niet vertrokken: %s", template_prefix)

    # What happened

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            name = events.known(credentials.get("username", ""))
            events.record_locked(name, self.get_client_ip(request))
            raise

    def authentication_failed(self, request, **credentials):
        name = events.known(credentials.get("username", ""))
        events.record(LoginEvent.Kind.FAILED, name, address=self.get_client_ip(request))

    def login(self, request, user):
        super().login(request, user)
        address = self.get_client_ip(request)
        events.record(LoginEvent.Kind.LOGGED_IN, user.username, by=user.username, address=address)
        if second_step.came_by_recovery_code(request, user):
            self._say_what_now(request, user)

    def _say_what_now(self, request, user):
        """Who came in with a recovery code may have lost the phone: say where to go."""
        left = second_step.codes_left(user)
        codes = "één herstelcode" if left == 1 else f"{left or 'geen'} herstelcodes"
        said = (
            "Je meldde je aan met een herstelcode. Je hebt nog {} over. Is je telefoon kwijt? Ga "
            'naar <a href="{}">Je aanmelding</a>, haal de tweede stap weg en koppel een andere.'
        )
        messages.warning(request, format_html(said, codes, reverse("mfa_index")))


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step by the codes of an app."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": (
            "Die code klopt niet of is net vervallen. Wacht op een nieuwe en probeer opnieuw."
        ),
    }

    def get_totp_label(self, user):
        return user.username

    def encrypt(self, text):
        return second_step.encrypt(text)

    def decrypt(self, encrypted_text):
        return second_step.decrypt(encrypted_text)
