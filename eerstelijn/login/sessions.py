"""The sessions of an account: those in which it is logged in, and those that are half way.

A login that is half way gave a password and waits for a code. It knows nothing of that password any
more, so who changes one ends those too.
"""

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session


def end(account, but=None):
    """End the sessions of an account, wherever they are; `but` is the key of one that stays."""
    for session in Session.objects.exclude(session_key=but or ""):
        data = session.get_decoded()
        half_way = data.get(LOGIN_SESSION_KEY) or {}
        is_in = data.get(SESSION_KEY) == str(account.pk)
        if is_in or half_way.get("user_pk") == user_pk_to_url_str(account):
            session.delete()
