"""A first start without a network says so in a sentence, at once, and stops."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import chromium

PROJECT = Path(__file__).resolve().parent.parent
#: Refuses every connection, without a network.
NOWHERE = "http://127.0.0.1:9/"


@pytest.fixture
def checkout(tmp_path):
    """The Makefile with a virtual environment that misses one package, which is nowhere."""
    shutil.copy(PROJECT / "Makefile", tmp_path)
    needed = f"eerstelijn-bestaat-niet==1.0 --hash=sha256:{'0' * 64}\n"
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(needed)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (tmp_path / ".venv/made.stamp").touch()
    return tmp_path


@pytest.mark.parametrize("target", ["demo", "test"])
def test_packages_that_cannot_be_fetched_are_told_before_the_words_of_pip(checkout, target):
    others = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}

    made = subprocess.run(
        ["make", target],
        cwd=checkout,
        env=others | {"PIP_INDEX_URL": NOWHERE, "PIP_CONFIG_FILE": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )

    assert made.returncode == 2  # of make
    told, last, more, *_ = made.stderr.splitlines()
    assert told.startswith("Voor de eerste start is internet nodig: de pakketten in requirements")
    assert last == "ERROR: No matching distribution found for eerstelijn-bestaat-niet==1.0"
    assert "pip.log" in more
    assert not list((checkout / ".venv").glob("de*.stamp"))  # so the next start tries again


def test_a_browser_that_cannot_be_fetched_is_told_before_the_words_of_apt(tmp_path, monkeypatch):
    apt = tmp_path / "apt-get"
    apt.write_text(
        '#!/bin/sh\nfor last; do :; done\n[ "$last" = update ] && exit 0\n'
        'printf "W: one\\nE: Unable to locate package chromium\\n" >&2\nexit 100\n'
    )
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.delenv("EERSTELIJN_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "NAMES", ("no-such-browser",))
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    with pytest.raises(SystemExit) as refusal:
        chromium.main()

    told, last = str(refusal.value).splitlines()
    assert "internet nodig" in told
    assert last == "apt-get zegt: E: Unable to locate package chromium"
