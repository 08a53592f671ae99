"""The throwaway PostgreSQL and the settings of the tests, as a pytest plugin.

pyproject.toml names it with `-p`: pytest-django reads the settings before any conftest.py is
loaded, and the settings need the server's address. With DATABASE_URL set the tests use that
server.
"""

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

from eerstelijn.local.binaries import SYSTEM_HOME, LocalDatabaseError
from eerstelijn.local.server import THROWAWAY, LocalServer, home_for

PREFIX = "eerstelijn-test-"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    # As in production: editors of the tests have their second step (tests.desk.editor).
    os.environ["EERSTELIJN_TWEEDE_FACTOR"] = "ja"
    if os.environ.get("DATABASE_URL"):
        return
    _clear_killed_runs()
    home = new_home()
    early_config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    server = LocalServer(home, settings=THROWAWAY)
    try:
        server.acquire()
    except LocalDatabaseError as error:
        raise pytest.UsageError(str(error)) from error
    early_config.add_cleanup(server.release)
    os.environ["DATABASE_URL"] = server.url
    # Without this a SIGTERM would end us at once, and leave the server behind.
    signal.signal(signal.SIGTERM, lambda number, frame: pytest.exit("SIGTERM", 128 + number))


def new_home(prefix=PREFIX):
    """A new folder for a throwaway server."""
    wanted = Path(tempfile.mkdtemp(prefix=prefix))
    wanted.chmod(0o711)  # root's server runs as another account, which must get through
    home = home_for(wanted)
    if home != wanted:
        wanted.rmdir()
    return home


def _clear_killed_runs():
    """Stop and remove what an earlier run left behind when it was killed."""
    for parent in (Path(tempfile.gettempdir()), SYSTEM_HOME):
        for home in parent.glob(f"{PREFIX}*"):
            started = (home / "gebruikers.lock").exists() and os.access(home, os.W_OK)
            if started and LocalServer(home).stop_when_unused():
                shutil.rmtree(home, ignore_errors=True)
