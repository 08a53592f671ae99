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

import psycopg
import pytest

from eerstelijn.local.binaries import SYSTEM_HOME, LocalDatabaseError
from eerstelijn.local.server import THROWAWAY, LocalServer, home_for

PREFIX = "eerstelijn-test-"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    # As in production: editors of the tests have their second step (tests.desk.editor).
    os.environ["EERSTELIJN_TWEEDE_FACTOR"] = "ja"
    if url := os.environ.get("DATABASE_URL"):
        if "PYTEST_XDIST_WORKER" not in os.environ and (refusal := unfit(url)):
            raise pytest.UsageError(refusal)
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


def unfit(url):
    """Why the tests cannot run on the server that the environment names; nothing when they can."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            role, may_make = connection.execute(
                "SELECT rolname, rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error as error:  # its words do not repeat the password
        return f"De server in DATABASE_URL is niet te bereiken. PostgreSQL zegt: {error}"
    if may_make:
        return ""
    return (
        f"De tests maken hun eigen databank, en {role} in DATABASE_URL mag dat niet. "
        "Geef het recht:\n"
        f'    ALTER ROLE "{role}" CREATEDB;\n'
        "of laat DATABASE_URL weg: dan brengen de tests hun eigen server mee."
    )


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
