"""Starts a program of its own for work that may cost no more than so much memory and time.

What it is given comes from outside, or what it uses is large: neither is to weigh on the processes
that answer readers.
"""

import resource
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager


@contextmanager
def program(
    command: Sequence[str], *, memory: int, seconds: int, told: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A program with its input and outputs as pipes, ended when we leave.

    It is held to `memory` bytes of its own and `seconds` of processor, where the system knows how
    (Linux); whoever waits for it limits the time by the clock. `told` is its whole environment.
    """
    piped = subprocess.PIPE
    with subprocess.Popen(command, stdin=piped, stdout=piped, stderr=piped, env=told) as started:
        try:
            _hold(started.pid, memory, seconds)
            yield started
        finally:
            started.kill()  # of no consequence when it has ended


def _hold(pid: int, memory: int, seconds: int) -> None:
    if not hasattr(resource, "prlimit"):
        return
    for what, most in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, allowed = resource.prlimit(pid, what)  # what we are held to ourselves
        if allowed != resource.RLIM_INFINITY:
            most = min(most, allowed)
        resource.prlimit(pid, what, (most, most))
