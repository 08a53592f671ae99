"""The forms of the login, with our labels; what they check is django-allauth's."""

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.password_validation import password_validators_help_text_html

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "20"}


def relabel(form, name, label, help_text="", **attributes):
    """Give a field our label and help; a placeholder would only repeat the label."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attributes


class NameAndPassword(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "login", "Gebruikersnaam", autofocus=True)
        relabel(self, "password", "Wachtwoord")


class PasswordAgain(ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "password", "Je wachtwoord", autofocus=True)


class OtherPassword(ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "oldpassword", "Je huidige wachtwoord", autofocus=True)
        relabel_new(self)


class ForgottenPassword(ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel_new(self)


def relabel_new(form):
    relabel(form, "password1", "Nieuw wachtwoord", password_validators_help_text_html())
    relabel(form, "password2", "Nieuw wachtwoord, nog eens")


class AskReset(ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "email", "E-mailadres van je account", autofocus=True)


class Code(AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        help_text = "De app toont elke 30 seconden een nieuwe. Een herstelcode telt acht cijfers."
        relabel(self, "code", "Code van de app, of herstelcode", help_text, autofocus=True, **CODE)


class CodeAgain(ReauthenticateByCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "code", "Code van zes cijfers", autofocus=True, **CODE)


class FirstCode(ActivateTOTPForm):
    def clean_code(self):
        """The code that links a phone is used by that: it opens nothing any more."""
        code = super().clean_code()
        TOTP(Authenticator(user=self.user, type=Authenticator.Type.TOTP))._mark_code_used(code)
        return code

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, "code", "Welke zes cijfers toont de app nu?", **CODE)
