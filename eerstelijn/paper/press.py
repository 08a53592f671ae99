"""Has a PDF made: one at a time on a machine, in a process that is ended when it takes too long.

The lock is one on the file of the program itself: it holds between threads and between processes,
needs no place to write, and is gone with whoever held it.
"""

import fcntl
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from eerstelijn import bounded
from eerstelijn.paper import worker

logger = logging.getLogger(__name__)

WORKER = Path(worker.__file__)
#: How Python starts it: without the folder it is asked in, and whatever the environment says.
COMMAND = [sys.executable, "-I", str(WORKER)]
#: What it is told of where it runs: where its fonts are and may be noted down, and no secret of the
#: site. With one arena, threads of Pango set no memory apart.
TOLD = ("HOME", "LANG", "PATH", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
#: Bytes of memory of its own, and seconds of processor. A PDF of ours needs a third of that memory,
#: and at most two thirds of that time.
MOST_MEMORY, MOST_WORK = 300 * 2**20, 5
#: Seconds by the clock that making one takes at most, on a machine that does other work too; and
#: that a reader waits for a turn. A machine
#: that is only busy needs less. Together they stay below the half minute after which web servers
#: give up.
MOST_SECONDS, PATIENCE = 15.0, 11.0
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


#: One thread makes, two may wait; a fourth is told to come back, so that pages keep their threads.
MOST_AT_ONCE = 3
_waiting = threading.BoundedSemaphore(MOST_AT_ONCE)

#: A text in one length or more, the longest first: the first that fits is made.
Lengths = Sequence[str]
#: Of a text that may take as many pages as it needs.
ANY_NUMBER = 10_000


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


def pressed(
    write: Callable[[], Lengths],
    *,
    most_pages: int = ANY_NUMBER,
    made_meanwhile: Callable[[], bytes | None] = lambda: None,
) -> bytes:
    """The PDF of the HTML that `write` gives; it is asked for once it is our turn.

    By then somebody may have had the same made.
    """
    with _turn():
        return made_meanwhile() or _made(write, most_pages)


def _made(write: Callable[[], Lengths], most_pages: int) -> bytes:
    """What the program makes of it; it reads its library in while the HTML is written."""
    limits = {"memory": MOST_MEMORY, "seconds": MOST_WORK}
    with bounded.program(COMMAND, told=_told(), **limits) as started:
        asked = {"lengths": list(write()), "most_pages": most_pages}
        try:
            pdf, said = started.communicate(json.dumps(asked).encode(), timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired as error:
            logger.error("A PDF took more than %s seconds", MOST_SECONDS)
            raise Failed from error
    return _checked(pdf, started.returncode, said.decode(errors="replace").strip()[-1_000:])


def _checked(pdf: bytes, status: int, said: str) -> bytes:
    if status == worker.LACKS_LIBRARY:
        raise Lacking(said)
    if status or not pdf.startswith(b"%PDF-"):
        logger.error("No PDF, status %s: %s", status, said)
        raise Failed(said)
    return pdf
