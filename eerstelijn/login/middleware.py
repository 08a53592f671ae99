"""What holds for every page of the desk: how long a session lasts, and the second step first."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from eerstelijn.login import second_step

#: In the session: when it began, and when it was last used.
BEGAN, USED = "began", "used"
#: In the session too: where someone was going who had to set up a second step first.
WANTED = "wanted"
#: So many seconds pass before a use is written down again: not every click needs a write.
A_WHILE = 60

WHY = (
    "Wie publiceert of accounts beheert, meldt zich aan met een wachtwoord én een code van de "
    "telefoon. Stel die tweede stap eerst in: dat doe je één keer."
)


class DeskMiddleware:
    """Ends a session that lasted too long, and sends who lacks a second step to set it up.

    Readers are never looked at: outside the desk the session is not read at all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(settings.DESK_PATH):
            return self.get_response(request)
        keep_time(request)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        path, login = request.path, f"{settings.DESK_PATH}account/"
        if not path.startswith(settings.DESK_PATH) or path.startswith(login):
            return None
        if path == reverse("admin:logout") or not request.user.is_staff:
            return None
        if second_step.must_set_up(request.user):
            messages.warning(request, WHY)
            request.session[WANTED] = request.get_full_path()
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return None

    def process_exception(self, request, exception):
        """A second step that cannot be read any more, on a page that only shows it."""
        if isinstance(exception, second_step.Unreadable):
            context = {"why": exception.message}
            return render(request, "account/unreadable.html", context, status=409)
        return None


def lasts(session):
    """How long ago somebody logged in, in seconds."""
    now = int(time.time())
    return now - session.get(BEGAN, now)


def keep_time(request):
    """End a session 12 hours after it began; one that is not used ends by itself."""
    session = request.session
    if "_auth_user_id" not in session:
        return
    now = int(time.time())
    if now - session.setdefault(BEGAN, now) > settings.SESSION_LASTS:
        logout(request)
    elif now - session.get(USED, 0) > A_WHILE:
        session[USED] = now  # a session that changed is kept for SESSION_COOKIE_AGE from now on
