"""Has a PDF made: one at a time on a machine, in a process that is ended when it takes too long.

The lock is one on the file of the program itself: it holds between threads and between processes,
needs no place to write, and is gone with whoever held it.
"""

import fcntl
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from eerstelijn.paper import worker

logger = logging.getLogger(__name__)

WORKER = Path(worker.__file__)
#: How Python starts it: without the folder it is asked in, and whatever the environment says.
COMMAND = [sys.executable, "-I", str(WORKER)]
#: What it is told of where it runs: where its fonts are and may be noted down, and no secret of the
#: site. With one arena, threads of Pango set no memory apart.
TOLD = ("HOME", "LANG", "PATH", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
#: Seconds by the clock that making one takes at most, on a machine that does other work too (the
#: worker holds itself to fewer of the processor); and that one other reader waits for a turn.
MOST_SECONDS, PATIENCE = 10.0, 4.0
#: Seconds between looking whether it is our turn.
STEP = 0.05


class NotMade(Exception):
    """There is no PDF now; `is_lasting` where there will be none until somebody installs it."""

    is_lasting = False


class Busy(NotMade):
    """Others are having theirs made."""


class Failed(NotMade):
    """It took too long or too much memory, or it broke."""


class Lacking(NotMade):
    """The system has no Pango, or there is no WeasyPrint."""

    is_lasting = True


#: One thread makes, one may wait; a third is told to come back, so that pages keep their threads.
_waiting = threading.BoundedSemaphore(2)


@contextmanager
def _turn() -> Iterator[None]:
    """In here nobody else on this machine has one made."""
    if not _waiting.acquire(blocking=False):
        raise Busy
    try:
        with WORKER.open("rb") as lock:
            until = time.monotonic() + PATIENCE
            while not _locked(lock.fileno()):
                if time.monotonic() > until:
                    raise Busy
                time.sleep(STEP)
            yield
    finally:
        _waiting.release()


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _told() -> dict[str, str]:
    known = {name: os.environ[name] for name in TOLD if name in os.environ}
    return known | {"MALLOC_ARENA_MAX": "1"}


def pressed(write: Callable[[], str]) -> bytes:
    """The PDF of the HTML that `write` gives; it is asked for once it is our turn."""
    with _turn():
        html = write()
        try:
            done = subprocess.run(
                COMMAND,
                input=html.encode(),
                capture_output=True,
                timeout=MOST_SECONDS,
                env=_told(),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            logger.error("A PDF took more than %s seconds", MOST_SECONDS)
            raise Failed from error
    said = done.stderr.decode(errors="replace").strip()[-1_000:]
    if done.returncode == worker.LACKS_LIBRARY:
        raise Lacking(said)
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        logger.error("No PDF, status %s: %s", done.returncode, said)
        raise Failed(said)
    return done.stdout
