"""What a page showed when its editor decided on it: that is done, and nothing else.

The form of a record is put together with what others saved (`eerstelijn.desk.merging`). A page that
asks something (delete this? take it off the site?) has no fields to put together: it says in one
field what it showed. When that is not so any more, nothing is done: the page is shown again with
what is so by now, and with all that was typed.

The same page, as typed, is shown when a session ended meanwhile (`eerstelijn.desk.restoring`). So
there is one question, `decides`: whether this request is an editor who decides. Each page of the
desk that changes something and is no form of a record stands in `asks`; `tests/test_shown.py` goes
along all of them, and fails on one that it does not know.
"""

import hashlib
from functools import wraps

from django.contrib import messages

from eerstelijn.database.locks import only_looking
from eerstelijn.database.turns import READING, in_turn_or_told
from eerstelijn.desk.restoring import NOT_SAVED, RESTORE, tell_saved

#: The field in which a page says what it shows.
SHOWN = "_getoond"

CHANGED = (
    "Intussen wijzigde hier iets. Er is nog niets gebeurd. Hieronder staat hoe het nu is: lees het "
    "na en beslis opnieuw."
)


class Overtaken(Exception):
    """What an editor decided on is not so any more."""


def mark(*said):
    """What a page shows, in a few signs. What says nothing of it has to say the same each time."""
    return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()


def values_of(record):
    """The fields of a record as they were read, by name; for the mark of a page that shows it."""
    left_out = record.get_deferred_fields()
    fields = [each for each in record._meta.concrete_fields if each.attname not in left_out]
    return record._meta.label, [(each.attname, getattr(record, each.attname)) for each in fields]


def decides(request):
    """Whether an editor decides here, and does not only look, or look again."""
    return request.method not in READING and not getattr(request, "is_shown_again", False)


def shows(request, *said):
    """Say what this page shows. Who decided on something else is stopped.

    A request without the field saw no page of ours; it is taken at its word.
    """
    request.shown = mark(*said)
    holds_to(request, request.shown)


def holds_to(request, now):
    """Stop who decided on something else than what this mark stands for."""
    if decides(request) and request.POST.get(SHOWN, now) != now:
        raise Overtaken


def asks(view):
    """A page that asks before it changes something: in its turn, and asked again when overtaken."""
    view = in_turn_or_told(view)

    @wraps(view)
    def page(self, request, *args, **kwargs):
        request.is_shown_again = request.method not in READING and RESTORE in request.POST
        if request.is_shown_again:
            messages.warning(request, NOT_SAVED)
        try:
            answer = view(self, request, *args, **kwargs)
        except Overtaken:
            request.is_shown_again = True
            messages.warning(request, CHANGED)
            with only_looking():
                return view(self, request, *args, **kwargs)
        is_done = decides(request) and answer.status_code == 302
        return tell_saved(request, answer) if is_done else answer

    return page
