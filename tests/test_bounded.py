"""A program of its own is held to what it may cost, also where we are held to less ourselves."""

import subprocess
import sys
from pathlib import Path

import pytest

from eerstelijn import bounded

PROJECT = Path(__file__).resolve().parent.parent
MEGABYTE = 2**20
#: Tells its limits once it is asked, for they are set after it starts.
TELLS = """
import resource
input()
print(*(resource.getrlimit(what) for what in (resource.RLIMIT_DATA, resource.RLIMIT_CPU)))
"""
HELD_OURSELVES = f"""
import resource, sys
from eerstelijn import bounded
resource.setrlimit(resource.RLIMIT_DATA, ({200 * MEGABYTE}, {200 * MEGABYTE}))
with bounded.program([sys.executable, "-c", {TELLS!r}], memory={300 * MEGABYTE}, seconds=5) as one:
    print(one.communicate(b"\\n")[0].decode())
"""


def told(code):
    with bounded.program([sys.executable, "-c", code], memory=300 * MEGABYTE, seconds=5) as one:
        return one.communicate(b"\n", timeout=60)


def test_is_held_to_memory_and_processor():
    answer, _ = told(TELLS)

    most = 300 * MEGABYTE
    assert answer.decode().strip() == f"({most}, {most}) (5, 5)"


def test_ends_when_it_takes_more():
    answer, complaint = told(f"input(); x = bytearray({300 * MEGABYTE}); print('kept')")

    assert not answer
    assert b"MemoryError" in complaint


def test_is_ended_when_we_leave():
    with (
        pytest.raises(ZeroDivisionError),
        bounded.program([sys.executable, "-c", "input()"], memory=MEGABYTE * 300, seconds=5) as one,
    ):
        raise ZeroDivisionError

    assert one.wait(timeout=60) == -9


def test_is_held_to_what_we_are_held_to_where_that_is_less():
    """As in a container."""
    done = subprocess.run(
        [sys.executable, "-c", HELD_OURSELVES], cwd=PROJECT, capture_output=True, text=True
    )

    most = 200 * MEGABYTE
    assert done.stdout.strip() == f"({most}, {most}) (5, 5)", done.stderr
