"""The examples for a server say what the site takes (`make contrib`: programs read them)."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
CONTRIB = PROJECT / "contrib"
DOCKERFILE = (CONTRIB / "Dockerfile").read_text(encoding="utf-8")
FILES = [path for path in sorted(CONTRIB.rglob("*")) if path.is_file()]
#: What a production site must be told, for a start that asks no database.
TOLD = {
    "EERSTELIJN_OMGEVING": "productie",
    "SECRET_KEY": "x" * 25 + "y" * 25 + "abcdefghijklmnop",
    "ALLOWED_HOSTS": "localhost",
    "DATABASE_URL": "postgresql://localhost/eerstelijn",
}


def command_of(text):
    """The arguments of granian as a unit or a Dockerfile gives them, its address apart."""
    words = [word for word in shlex.split(text.replace("\\\n", " ")) if word != "\\"]
    words = words[words.index("granian") + 1 :]
    address = words.index("--host")
    return words[:address] + words[address + 2 :]


def test_the_container_starts_the_site_as_the_service_does():
    unit = (CONTRIB / "systemd" / "eerstelijn.service").read_text(encoding="utf-8")
    service = re.search(r"^ExecStart=((?:.*\\\n)*.*)$", unit, re.MULTILINE)[1]
    container = re.search(r"^CMD \[((?:.*\\\n)*.*)\]$", DOCKERFILE, re.MULTILINE)[1]

    assert command_of(service) == command_of(container.replace(",", " "))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one_that_the_site_reads(path):
    source = (PROJECT / "eerstelijn" / "environment.py").read_text(encoding="utf-8")
    source += (PROJECT / "eerstelijn" / "settings.py").read_text(encoding="utf-8")
    named = set(
        re.findall(
            r"\b(?:EERSTELIJN_[A-Z_]+|SECRET_KEY|ALLOWED_HOSTS|DATABASE_URL)\b", path.read_text()
        )
    )

    assert [name for name in sorted(named) if name not in source] == []


def test_the_services_get_what_production_must_be_told():
    compose = (CONTRIB / "compose.yaml").read_text(encoding="utf-8")

    assert [name for name in TOLD if f"{name}:" not in compose] == ["EERSTELIJN_OMGEVING"]
    assert "EERSTELIJN_OMGEVING=productie" in DOCKERFILE


def test_what_the_container_takes_over_is_all_that_the_site_needs(tmp_path):
    """Its files alone, by themselves: the site reads its settings and every address in them.

    And which release it is, without which no page is kept.
    """
    last_stage = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    for line in re.findall(r"^COPY ([^-].*)$", last_stage, re.MULTILINE):
        *sources, _ = line.split()
        for source in sources:
            copy = shutil.copytree if (PROJECT / source).is_dir() else shutil.copy
            copy(PROJECT / source, tmp_path / Path(source).name)
    code = (
        "import eerstelijn.wsgi; from django.core.management import call_command as c; c('check'); "
        "from eerstelijn.release import release; release()"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]} | TOLD,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_web_server_keeps_no_page_under_the_name_of_another():
    """Whoever asks for `?q=zorggzip` without gzip decided what others got for `?q=zorg` with it."""
    site = (CONTRIB / "nginx" / "eerstelijn.conf").read_text(encoding="utf-8")
    name = re.search(r'proxy_cache_key "(.*)";', site)[1]
    asked = [
        {"scheme": scheme, "host": "site.be", "request_uri": uri, "eerstelijn_codering": coding}
        for scheme in ("http", "https")
        for uri in ("/", "/gzip", "/zoeken/?q=zorg", "/zoeken/?q=zorggzip", "/zoeken/?q=gzip zorg")
        for coding in ("", "gzip")
    ]

    names = {re.sub(r"\$(\w+)", lambda word, a=a: a[word[1]], name) for a in asked}

    assert len(names) == len(asked)


def test_the_web_server_compresses_nothing_itself():
    """Debian's nginx does, also the desk: there a secret stands beside what somebody sent."""
    site = (CONTRIB / "nginx" / "eerstelijn.conf").read_text(encoding="utf-8")
    inside = site[site.index("server {") : site.index("location / {")]

    assert re.findall(r"^ *gzip .*$", inside, re.MULTILINE) == ["    gzip off;"]
    assert re.findall(r"^ *gzip", site, re.MULTILINE) == ["    gzip"]


def test_every_file_is_told_of():
    told = (CONTRIB / "README.md").read_text(encoding="utf-8")
    ours = {"README.md", "alive.py", "Dockerfile.dockerignore", "eerstelijn-kopie.timer"}

    assert [path.name for path in FILES if path.name not in told and path.name not in ours] == []
