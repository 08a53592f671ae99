"""A site to practise on: the demo, on a database of its own that is thrown away."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

from eerstelijn.local.testdb import new_home
from tests.manual.guide import PROJECT

ACCOUNT = re.compile(r"^\s*(\w+)\s+wachtwoord (\S+)$")
READY = "De site staat klaar."


@contextmanager
def practice_site():
    """Its address, and the passwords of its editors by name. As in production, who publishes has
    a second step."""
    home = new_home("eerstelijn-handleiding-")
    port = _free_port()
    own = {
        "EERSTELIJN_OMGEVING": "demo",
        "EERSTELIJN_DATA": str(home),
        "EERSTELIJN_TWEEDE_FACTOR": "ja",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=PROJECT,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        passwords, said = {}, []
        for line in process.stdout:
            said.append(line)
            if account := ACCOUNT.match(line):
                passwords[account[1]] = account[2]
            if READY in line:
                break
        else:
            sys.exit("De oefensite start niet:\n" + "".join(said[-20:]))
        yield f"http://127.0.0.1:{port}", passwords
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        shutil.rmtree(home, ignore_errors=True)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
