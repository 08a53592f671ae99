"""Who changes something, and why, told to the database for as long as a transaction lasts.

The triggers write it beside each change. It is a name and no key, so that it stays when the account
goes; no address, of a page or of a visitor, is part of it. Nobody said so: a command, or somebody
at the database itself.
"""

import json

from django.db import connection

#: The field of a form in which an editor says why.
WHY = "_waarom"
#: The most that is kept of it, in characters.
LONGEST = 300


def acting(request, why=""):
    """Say who makes the changes of this transaction, and why.

    django-pghistory says it again before every statement, by rewriting that. Here a change is one
    transaction that begins at one place, so once is enough.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return
    why = why or request.POST.get(WHY, "")
    said = {
        "user": user.get_username(),
        "name": user.get_full_name(),
        "why": " ".join(why.replace("\0", "").split())[:LONGEST],
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_metadata', %s, true)", [json.dumps(said)]
        )
