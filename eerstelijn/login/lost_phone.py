"""A lost phone, and the recovery codes lost too: a beheerder takes away a colleague's second step.

It opens an account to whoever knows its password. So it is asked of a beheerder who came in by a
second step, with their own password again; it is on record, the colleague is told by mail, and is
logged out everywhere. Never one's own: who can do that still has the phone, or a recovery code.
"""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.context import request_context
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from eerstelijn.desk.shown import asks, decides, shows
from eerstelijn.login import events, second_step, sessions
from eerstelijn.login.models import LoginEvent
from eerstelijn.login.rights import record_by

#: The address of the page, and the two templates of the mail.
PAGE = "auth_user_second_step"
MAIL = "account/email/second_step_removed"


def take_off(account):
    """Take away the second step and the codes, and log out everywhere; whether there was one."""
    if not second_step.remove(account):
        return False
    sessions.end(account)  # one may be open on the phone that is lost
    return True


class OwnPassword(forms.Form):
    """The password of the one who asks, once more; guesses are counted as at the login."""

    password = forms.CharField(
        label="Je eigen wachtwoord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Typ je eigen wachtwoord."},
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self):
        request, adapter = self.request, get_adapter(self.request)
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            raise ValidationError(adapter.error_messages["rate_limited"])
        if not request.user.check_password(self.cleaned_data["password"]):
            name, address = request.user.get_username(), events.address_of(request)
            events.record(LoginEvent.Kind.FAILED, name, by=name, address=address)
            raise ValidationError(adapter.error_messages["incorrect_password"])
        return self.cleaned_data["password"]


class ResetsSecondStep:
    """The page, on the desk of accounts."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.second_step_view)
        return [path("<id>/tweede-stap/", view, name=PAGE), *super().get_urls()]

    def may_reset(self, request, account):
        """Whether this beheerder may take away the second step of this account."""
        mine = account.pk == request.user.pk
        reach = self.has_change_permission(request, account)
        return reach and not mine and second_step.has_one(request.user)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {**(extra_context or {})}
        account = self.get_object(request, object_id)
        if account and self.may_reset(request, account) and second_step.has_one(account):
            context["second_step_url"] = reverse(f"admin:{PAGE}", args=[account.pk])
        return super().change_view(request, object_id, form_url, context)

    @method_decorator(sensitive_post_parameters())
    @asks
    def second_step_view(self, request, id):
        account = self.get_object(request, id)
        if account is None:
            raise Http404("Dit account bestaat niet.")
        if not self.may_reset(request, account):
            raise PermissionDenied
        if not second_step.has_one(account):
            messages.info(request, f"Het account {account} heeft geen tweede stap.")
            return redirect("admin:auth_user_change", account.pk)
        shows(request, second_step.set_up_at(account))
        form = OwnPassword(request.POST if decides(request) else None, request=request)
        if form.is_valid():
            return self._reset(request, account)
        context = {
            **self.admin_site.each_context(request),
            "title": "Tweede stap wissen",
            "opts": self.opts,
            "account": account,
            "form": form,
            "is_told": settings.MAIL_IS_SENT and bool(account.email),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/auth/user/second_step.html", context, status=status)

    def _reset(self, request, account):
        take_off(account)
        record_by(request, LoginEvent.Kind.SECOND_STEP_REMOVED, account.username)
        self.log_change(request, account, "Tweede stap gewist.")
        text = f"De tweede stap van {account} is gewist."
        if settings.MAIL_IS_SENT and account.email:
            by = request.user.get_full_name() or request.user.get_username()
            transaction.on_commit(lambda: _tell(request, account, by))
            text += " We mailen dat."
        messages.success(request, text)
        return redirect("admin:auth_user_change", account.pk)


def _tell(request, account, by):
    """Mail whose second step it was; once it is sure that it went."""
    with request_context(request):
        context = {"username": account.username, "by": by}
        get_adapter(request).send_mail(MAIL, account.email, context)
