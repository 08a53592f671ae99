"""What a process of the site loads before its first request, and never looks through again."""

import json
import subprocess
import sys

from django.conf import settings

LOADED = """
import gc, json, sys, eerstelijn.wsgi
print(json.dumps([gc.get_freeze_count(), len(gc.get_objects()), "concepts.home" in sys.modules]))
"""


def test_what_lives_as_long_as_the_process_is_left_out_of_garbage_collections():
    told = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    left_out, looked_through, has_views = json.loads(told.stdout)
    assert has_views
    assert left_out > 100 * looked_through
