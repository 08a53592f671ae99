"""The pages of the login that django-allauth has not, or not as our policy needs them."""

from allauth.account import views as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from eerstelijn.pages import errors


@never_cache
@login_required
def qr(request):
    """The picture of the secret that is being set up: a `data:` image is not let through."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")


def codes_as_text(request):
    """The recovery codes as a file, with a name in Dutch."""
    response = codes.download_recovery_codes(request)
    if response.status_code == 200:
        response["Content-Disposition"] = 'attachment; filename="herstelcodes.txt"'
    return response


def ask_reset(request):
    """Ask for a mail with a link; without a mail server the page says whom to ask instead."""
    if not settings.MAIL_IS_SENT:
        return render(request, "account/password_reset_by_hand.html")
    return account.password_reset(request)


def no_sign_up(request):
    """Accounts are made by a beheerder."""
    raise Http404


def too_many(request):
    """An address that sends forms faster than people do; all our limits hold for five minutes."""
    title = "Te veel aanvragen na elkaar. Wacht vijf minuten."
    response = errors.answer(request, 429, title, "account/429.html")
    response["Retry-After"] = "300"
    return response
