"""Keep what happened at the door: a row for the beheerder, a line in the log for the server.

Where we have a hook or our own code, that calls `record`. For second steps and passwords the
libraries offer signals only, so here, and nowhere else in the project, signals are listened to.

The row of a login that failed goes after 90 days, and so does the internet address of any row: by
then neither helps against guessing. Changes of rights stay.
"""

import getpass
import logging
from datetime import timedelta

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth import get_user_model
from django.dispatch import receiver
from django.utils import timezone

from eerstelijn.login import sessions
from eerstelijn.login.models import LoginEvent

Kind = LoginEvent.Kind

#: How long an address, and a login that failed, are kept.
KEPT = timedelta(days=90)
PASSING = (Kind.LOGGED_IN, Kind.FAILED, Kind.WRONG_CODE, Kind.LOCKED)
#: As long as an account stays locked, that is told once.
LOCK = timedelta(minutes=5)

logger = logging.getLogger("eerstelijn.login")


def record(kind, account, *, by="", address=None, detail=""):
    """Keep one event, and let go of what is too old."""
    LoginEvent.objects.create(kind=kind, account=account, by=by, address=address, detail=detail)
    former = LoginEvent.objects.filter(moment__lt=timezone.now() - KEPT)
    former.filter(kind__in=PASSING).delete()
    former.exclude(address=None).update(address=None)
    parts = [account or "onbekend account", by and f"door {by}", detail, address]
    told = ", ".join(part for part in parts if part)
    level = logging.WARNING if kind in (Kind.FAILED, Kind.WRONG_CODE, Kind.LOCKED) else logging.INFO
    logger.log(level, "%s: %s", Kind(kind).label, told)


def address_of(request):
    """Where a request comes from, behind the number of proxies that the settings trust."""
    from allauth.account.adapter import get_adapter

    return get_adapter(request).get_client_ip(request)


def by_command():
    """Who does something by `manage.py`, as a record tells it."""
    return f"manage.py ({getpass.getuser()})"


def known(name):
    """A name that someone typed, if it is an account's: people type passwords there too."""
    accounts = get_user_model().objects.filter(username=name)
    return accounts.values_list("username", flat=True).first() or ""


def record_locked(account, address):
    """That an account or address has to wait; once for each time it starts waiting."""
    lately = LoginEvent.objects.filter(moment__gt=timezone.now() - LOCK, kind=Kind.LOCKED)
    if not lately.filter(account=account, address=address).exists():
        record(Kind.LOCKED, account, address=address)


@receiver(authentication_failed)
def _wrong_code(request, user, **kwargs):
    record(Kind.WRONG_CODE, user.username, address=address_of(request))


@receiver(authenticator_added)
def _second_step_added(request, user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.TOTP:  # its recovery codes come with it
        record(Kind.SECOND_STEP_ADDED, user.username, by=user.username, address=address_of(request))
        # Who came in elsewhere gave a password alone.
        sessions.end(user, but=request.session.session_key)


@receiver(authenticator_removed)
def _second_step_removed(request, user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.TOTP:
        record(
            Kind.SECOND_STEP_REMOVED, user.username, by=user.username, address=address_of(request)
        )


@receiver(authenticator_reset)
def _codes_renewed(request, user, **kwargs):
    record(Kind.CODES_RENEWED, user.username, by=user.username, address=address_of(request))


@receiver([password_changed, password_reset])
def _password_changed(request, user, **kwargs):
    record(Kind.PASSWORD, user.username, by=user.username, address=address_of(request))
    sessions.end(user, but=request.session.session_key)
