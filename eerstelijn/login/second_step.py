"""The second step: who must have one, and how its secret is kept.

Someone who publishes, or hands out rights, logs in with a password and a code of a telephone. The
secret behind that code is encrypted with a key that follows from SECRET_KEY: whoever reads the
database alone cannot make codes.
"""

import time
from base64 import urlsafe_b64encode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from eerstelijn.login.groups import BEHEERDER, EINDREDACTEUR

#: The groups whose members cannot do without; superusers neither.
REQUIRED_FOR = (EINDREDACTEUR, BEHEERDER)
#: So long after they were first shown, recovery codes are shown without asking a password.
AT_SET_UP = 10 * 60

STEPS = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)


class Unreadable(ValidationError):
    """A secret that was encrypted with another SECRET_KEY than the present one."""

    def __init__(self):
        super().__init__(
            "We kunnen de tweede stap van dit account niet meer lezen. Vraag wie de server beheert "
            "om hem te wissen met manage.py herstel_tweede_factor; daarna stel je hem opnieuw in.",
            code="unreadable",
        )


def must_set_up(account):
    """Whether an account has to set up a second step before anything else."""
    if not settings.SECOND_STEP_REQUIRED:
        return False
    holder = Q(is_superuser=True) | Q(groups__name__in=REQUIRED_FOR)
    return get_user_model().objects.filter(holder, ~Exists(STEPS), pk=account.pk).exists()


def has_one(account):
    return Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()


def set_up_at(account):
    """When the second step of an account was set up; None without one."""
    rows = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP)
    return rows.values_list("created_at", flat=True).first()


def is_settled(account):
    """Whether a second step stands for a while: who changes it then, gives the password again.

    It counts from when the recovery codes were shown; never shown, from when it was set up.
    """
    since = set_up_at(account)
    if since is None:
        return False
    codes = Authenticator.objects.filter(
        user=account, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    seen = codes and codes.data.get("viewed_at")
    return time.time() - (seen or since.timestamp()) > AT_SET_UP


def came_by_recovery_code(request, account):
    """Whether the second step of this login was a recovery code and not a phone."""
    records = get_authentication_records(request, account)
    used = [record for record in records if record["method"] == "mfa"]
    return bool(used) and used[-1].get("type") == Authenticator.Type.RECOVERY_CODES


def codes_left(account):
    """How many recovery codes still work."""
    codes = Authenticator.objects.filter(
        user=account, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


def remove(account):
    """Take away the second step and its recovery codes; whether there was one."""
    count, _ = Authenticator.objects.filter(user=account).delete()
    return bool(count)


def encrypt(text):
    return _fernet().encrypt(text.encode()).decode()


def decrypt(text):
    try:
        return _fernet().decrypt(text.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def _fernet():
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret):
    """A key for this use alone: nothing else that is made of SECRET_KEY opens it."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"eerstelijn.second_step")
    return urlsafe_b64encode(derived.derive(secret.encode()))
