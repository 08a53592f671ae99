"""What a process of the site loads before its first request, and never looks through again."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

LOADED = """
import gc, json, sys, eerstelijn.wsgi
print(json.dumps([gc.get_freeze_count(), len(gc.get_objects()), *sys.modules]))
"""


@pytest.fixture(scope="module")
def told():
    """How many objects are left out, how many are not, and the modules that were loaded."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    return json.loads(ran.stdout)


def test_what_lives_as_long_as_the_process_is_left_out_of_garbage_collections(told):
    left_out, looked_through, *modules = told

    assert "concepts.home" in modules
    assert left_out > 100 * looked_through


@pytest.mark.parametrize("library", ["openpyxl", "PIL", "weasyprint", "psutil"])
def test_what_readers_never_need_is_not_loaded_for_them(told, library):
    assert library not in told
