"""What an editor sent and was not saved comes back as it was typed.

The desk's script (restore.js) keeps a form in its tab from the moment that it is sent. When a
session ended, a token was too old, we failed or the connection broke, it sends the form again from
its own page, marked with RESTORE: that is never saved, only shown. It forgets a form when it hears
that this very sending was saved: the script gives each a name, and the answer to a save carries it
in a cookie that lives until the script has read it. Without the script: no name, and no cookie.
"""

import re

from django.urls import reverse
from django.utils.html import format_html

#: The field of a form that only wants to be shown again.
RESTORE = "_herstel"
#: The field with the name that the script gave this sending.
SENT = "_verzending"
#: How the cookie's name begins; the name of the sending follows.
SAVED = "bewaard-"

NOT_SAVED = format_html(
    '<strong class="unsaved">{}</strong> {}',
    "Nog niet bewaard.",
    "Dit is wat je typte: kijk het na en bewaar het.",
)


def tell_saved(request, response):
    """Let the script know that what it sent was saved, and need not be kept any more."""
    name = request.POST.get(SENT, "")
    if re.fullmatch(r"[0-9a-f]{1,32}", name):
        response.set_cookie(
            f"{SAVED}{name}",
            "1",
            max_age=60 * 60,
            path=reverse("admin:index"),
            secure=request.is_secure(),
            samesite="Strict",
        )
    return response
