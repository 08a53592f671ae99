"""`make demo`: from nothing to a filled site and back, and a clear sentence when that cannot be."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from io import StringIO
from pathlib import Path

import psutil
import pytest
from django.conf import global_settings
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from concepts.management.commands import demo
from eerstelijn.local.server import LocalServer
from tests.factories import ConceptFactory

PROJECT = Path(__file__).resolve().parent.parent


# The whole road, once


class Demo:
    """A demo in a process of its own, with its own data."""

    def __init__(self, home, port):
        self.home = home
        self.url = f"http://127.0.0.1:{port}"
        environment = os.environ | {"EERSTELIJN_DATA": str(home), "PORT": str(port)}
        del environment["DATABASE_URL"]  # of the tests
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"],
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def await_ready(self):
        """Everything it said until it was ready."""
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                return "".join(said)
        pytest.fail("The demo ended early:\n" + "".join(said))

    def get(self, path):
        return urllib.request.urlopen(self.url + path, timeout=10)  # noqa: S310

    def end(self, number=None):
        """What it said last, and its exit code."""
        if number:
            self.process.send_signal(number)
        last, _ = self.process.communicate(timeout=30)
        return last, self.process.returncode

    def database_processes(self):
        return LocalServer(self.home)._processes()


def a_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def port():
    return a_free_port()


@pytest.fixture
def start(server_home):
    """Start demos on one folder; whatever happens, none is left running."""
    started = []

    def _start(port):
        started.append(Demo(server_home, port))
        return started[-1]

    yield _start
    for each in started:
        if each.process.poll() is None:
            each.end(signal.SIGTERM)
        each.process.stdout.close()


def test_two_demos_start_from_nothing_share_one_database_and_stop_in_order(start, port):
    one, two = start(port), start(a_free_port())
    said = one.await_ready() + two.await_ready()

    # Only the first of them had content to load and editors to make.
    assert said.count("De inhoud wordt geladen") == 1
    assert len(re.findall(r"wachtwoord (?:\w{4}-){3}\w{4}", said)) == 3
    assert said.count("Er waren al redacteurs") == 1

    assert one.get("/gezondheid/").status == 200
    page = one.get("/beheer/account/login/").read().decode()
    style = one.get(re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)[1])
    assert "immutable" in style.headers["Cache-Control"]
    assert "default-src 'none'" in style.headers["Content-Security-Policy"]

    last, code = start(port).end()
    assert re.fullmatch(r"Poort \d+ is al in gebruik.*\n", last)
    assert code == 1

    last, code = one.end(signal.SIGINT)
    assert (last.strip(), code) == ("De site is gestopt.", 0)
    assert two.get("/gezondheid/").status == 200

    children = psutil.Process(two.process.pid).children(recursive=True)
    _, code = two.end(signal.SIGTERM)
    assert code == 128 + signal.SIGTERM
    assert not [child for child in children if child.is_running()]
    assert not two.database_processes()


# What stands in the way


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80 00", "8000.5"])
def test_a_port_that_is_none_is_refused(text):
    with pytest.raises(SystemExit, match=f"PORT={text} is geen poort"):
        demo.free_port(text)


def test_a_port_in_use_is_refused():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SystemExit, match=f"Poort {port} is al in gebruik.*make demo PORT=8000"):
            demo.free_port(str(port))


def test_a_free_port_is_taken(port):
    assert demo.free_port(str(port)) == port


@pytest.mark.parametrize("place", ["127.0.0.1:{port}", "no-such-host.invalid"])
def test_a_database_out_of_reach_is_told_without_its_password(port, place):
    url = f"postgresql://site:geheim@{place.format(port=port)}/site"

    with pytest.raises(SystemExit, match="DATABASE_URL is niet te bereiken") as refusal:
        demo.require_database(url)

    assert "geheim" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_an_old_database_is_refused(monkeypatch):
    monkeypatch.setattr(demo, "OLDEST", 99)

    with pytest.raises(SystemExit, match="nodig is 99 of nieuwer"):
        demo.require_database(os.environ["DATABASE_URL"])


def test_the_command_ends_without_traceback_when_the_database_is_out_of_reach(port):
    ended = subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=PROJECT,
        env=os.environ | {"DATABASE_URL": f"postgresql://127.0.0.1:{port}/x", "PORT": str(port)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("De databank in DATABASE_URL is niet te bereiken")
    assert "Traceback" not in ended.stderr


def test_it_serves_no_other_environment(settings):
    settings.ENVIRONMENT = "productie"

    with pytest.raises(SystemExit, match="alleen met EERSTELIJN_OMGEVING=demo"):
        call_command("demo")


# Its content


@pytest.fixture
def bring_content(monkeypatch, tmp_path):
    """Let the demo look after the content; returns what it asked of laad_gegevens and said."""
    monkeypatch.setenv("EERSTELIJN_DATA", str(tmp_path))

    def bring_content(refusal=None):
        asked, said = [], StringIO()

        def call(name, **options):
            asked.append((name, options.get("vul_aan", False)))
            if refusal:
                raise CommandError(refusal)

        monkeypatch.setattr(demo, "call_command", call)
        demo.Command(stdout=said)._bring_content()
        return asked, said.getvalue()

    return bring_content


@pytest.mark.django_db
def test_content_that_came_with_new_code_is_added_once(bring_content, monkeypatch):
    assert bring_content()[0] == [("laad_gegevens", False)]
    ConceptFactory()
    assert bring_content()[0] == []  # these files were read

    monkeypatch.setattr(demo, "content_digest", lambda database: "other files")
    asked, said = bring_content()

    assert asked == [("laad_gegevens", True)]
    assert "De inhoud wordt aangevuld; wat er staat, blijft zoals het is" in said
    assert bring_content()[0] == []


@pytest.mark.django_db
def test_files_that_are_wrong_do_not_keep_the_demo_from_starting(bring_content):
    ConceptFactory()

    for _ in range(2):  # so it tries again at the next start
        asked, said = bring_content(refusal="Het bestand 02-overheid.json klopt niet.")
        assert asked == [("laad_gegevens", True)]
        assert "02-overheid.json klopt niet" in said


def test_another_database_is_other_content():
    assert demo.content_digest("postgresql://one") == demo.content_digest("postgresql://one")
    assert demo.content_digest("postgresql://one") != demo.content_digest("postgresql://other")


# Its editors


@pytest.fixture
def made():
    said = StringIO()
    call_command("maak_demoredacteurs", stdout=said)
    return dict(re.findall(r"(\w+) +wachtwoord (\S+)", said.getvalue()))


@pytest.fixture
def in_earnest(settings):
    """The hash of passwords that the site has, and other tests have not."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS


@pytest.mark.django_db
def test_each_group_gets_an_editor_whose_password_works(in_earnest, made):
    assert list(made) == ["redacteur", "eindredacteur", "beheerder"]
    assert len(set(made.values())) == 3
    for name, password in made.items():
        user = authenticate(username=name, password=password)
        assert user.password.startswith("pbkdf2_sha256$")
        assert user.is_staff
        assert user.email == f"{name}@example.org"
        assert not user.is_superuser
        assert [group.name for group in user.groups.all()] == [name]


@pytest.mark.django_db
def test_a_second_time_leaves_them_as_they_are(made):
    get_user_model().objects.get(username="beheerder").delete()
    said = StringIO()

    call_command("maak_demoredacteurs", stdout=said)

    assert re.findall(r"(\w+) +wachtwoord \S+-", said.getvalue()) == ["beheerder"]
    assert "changepassword" in said.getvalue()
    assert authenticate(username="redacteur", password=made["redacteur"])


@pytest.mark.django_db
def test_production_gets_no_demo_editors(settings):
    settings.ENVIRONMENT = "productie"

    with pytest.raises(CommandError, match="niet op een site in productie"):
        call_command("maak_demoredacteurs")

    assert not get_user_model().objects.exists()


class Unplugged(StringIO):
    """A terminal that is gone before the third password is shown."""

    def write(self, text):
        if "beheerder" in text:
            raise KeyboardInterrupt
        return super().write(text)


@pytest.mark.django_db
def test_passwords_that_were_not_all_shown_are_made_anew():
    said = Unplugged()
    with pytest.raises(KeyboardInterrupt):
        call_command("maak_demoredacteurs", stdout=said)
    unseen = dict(re.findall(r"(\w+) +wachtwoord (\S+)", said.getvalue()))
    assert list(unseen) == ["redacteur", "eindredacteur"]

    said = StringIO()
    call_command("maak_demoredacteurs", stdout=said)

    made = dict(re.findall(r"(\w+) +wachtwoord (\S+)", said.getvalue()))
    assert len(made) == 3
    assert "changepassword" not in said.getvalue()
    for name in made:
        assert authenticate(username=name, password=made[name])
    assert not authenticate(username="redacteur", password=unseen["redacteur"])


@pytest.mark.django_db
def test_an_editor_without_a_password_gets_one_and_keeps_the_account(made):
    user = get_user_model().objects.get(username="redacteur")
    user.set_unusable_password()
    user.save()
    said = StringIO()

    call_command("maak_demoredacteurs", stdout=said)

    assert re.findall(r"(\w+) +wachtwoord \S+-", said.getvalue()) == ["redacteur"]
    assert get_user_model().objects.get(username="redacteur").pk == user.pk
    assert authenticate(username="beheerder", password=made["beheerder"])
