"""The WSGI application that granian serves."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from eerstelijn import environment
from eerstelijn.orphans import end_with_main_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eerstelijn.settings")

environment.serve()
end_with_main_process()
application = get_wsgi_application()


#: Seconds after which a thread that computes lets another go first. By default 5 ms: a kept page,
#: which asks for its turn several times, waited as often for every page that was being made.
TURN = 0.001


def settle():
    """Load what the first request would load, and let no garbage collection look through it again.

    A full collection looks at every object that lives. A hundred thousand of them live as long as
    the process, which cost some reader's request some 60 ms now and then.
    """
    get_resolver().reverse_dict  # noqa: B018 -- reading it imports every view
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(TURN)


settle()
