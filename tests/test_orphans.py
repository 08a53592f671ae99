"""A web server whose main process is killed leaves nobody on its port."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

PROJECT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "EERSTELIJN_OMGEVING": "productie",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "localhost",
    "DATABASE_URL": "postgresql://localhost:1/nergens",  # the page that is asked needs none
}


def a_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server():
    """The site as docs/beheer.md serves it, on `server.port`; whatever happens, it is stopped."""
    port = a_free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "eerstelijn.wsgi:application"),
            *("--interface", "wsgi", "--port", str(port), "--workers", "2"),
            *("--blocking-threads", "4", "--respawn-failed-workers"),
        ],
        cwd=PROJECT,
        env=os.environ | PRODUCTION,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server.port, server.workers = port, []
    yield server
    for process in server.workers:
        if process.is_running():
            process.kill()
    server.kill()
    server.communicate()


def await_workers(server):
    started = 0
    for line in server.stdout:
        started += "Started worker" in line
        if started == 2:
            break
    server.workers = psutil.Process(server.pid).children(recursive=True)


def test_workers_end_when_the_main_process_is_killed(server):
    await_workers(server)
    assert len(server.workers) == 2

    server.send_signal(signal.SIGKILL)

    gone, alive = psutil.wait_procs(server.workers, timeout=20)
    assert len(gone) == 2
    assert not alive
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0


def test_outside_a_server_nobody_is_watched():
    """A command that imports the application lives as long as it likes."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import eerstelijn.wsgi, threading; print(threading.active_count())",
        ],
        cwd=PROJECT,
        env=os.environ | PRODUCTION,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout == "1\n"
