"""The whole site on this machine, filled and served: what `make demo` runs."""

import ctypes
import errno
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from eerstelijn import environment
from eerstelijn.environment import DEMO
from eerstelijn.local.binaries import OLDEST
from eerstelijn.pages import static_files

ADDRESS = "127.0.0.1"
PR_SET_PDEATHSIG = 1  # linux/prctl.h
PATIENCE = 60  # seconds for the site to answer


class Command(BaseCommand):
    help = "Zet de hele site op deze machine klaar en toont ze op http://127.0.0.1:8000 (PORT=)."
    requires_system_checks = ()  # migrate runs them, when the database is known to answer

    def handle(self, **options):
        if settings.ENVIRONMENT != DEMO:
            sys.exit("De demo draait alleen met EERSTELIJN_OMGEVING=demo, zoals `make demo` doet.")
        port = free_port(os.environ.get("PORT") or "8000")
        with require_database(os.environ["DATABASE_URL"]) as database:
            # A second demo that starts meanwhile waits here, and finds everything done.
            database.execute("SELECT pg_advisory_lock(hashtext('eerstelijn demo'))")
            self._prepare()
        try:
            with site(port) as server:
                self._say_where(port)
                code = server.wait()
        except KeyboardInterrupt:
            self.stdout.write("\nDe site is gestopt.")
        else:
            sys.exit(f"De site is onverwacht gestopt (code {code}).")

    def _prepare(self):
        self._step("De databank wordt bijgewerkt")
        call_command("migrate", verbosity=0)
        self._bring_content()
        self._step("De redacteurs van de demo")
        call_command("maak_demoredacteurs", stdout=self.stdout)
        collect_static(lambda: self._step("Stijlen en beelden worden klaargezet"))
        connection.close_pool()  # the site has its own
        self._step("De site start")

    def _bring_content(self):
        """Load the content; or add what came with new code, unless these very files were read."""
        stamp = environment.data_folder(settings.BASE_DIR) / "inhoud.sha256"
        digest = content_digest(os.environ["DATABASE_URL"])
        if not apps.get_model("concepts", "Concept").objects.exists():
            self._step("De inhoud wordt geladen")
            call_command("laad_gegevens", stdout=self.stdout)
        elif not stamp.exists() or stamp.read_text() != digest:
            self._step("De inhoud wordt aangevuld; wat er staat, blijft zoals het is")
            try:
                call_command("laad_gegevens", vul_aan=True, verbosity=0, stdout=self.stdout)
            except CommandError as error:  # the site can do without; its files are to be mended
                self.stdout.write(f"{error}")
                return
        stamp.write_text(digest)

    def _step(self, text):
        self.stdout.write(f"{text} ...")
        self.stdout.flush()

    def _say_where(self, port):
        home = f"http://{ADDRESS}:{port}"
        self.stdout.write(
            f"\nDe site staat klaar.\n"
            f"  Begin              {home}/\n"
            f"  Alle concepten     {home}/concepten/\n"
            f"  Voor redacteurs    {home}/beheer/\n"
            f"Ctrl-C stopt de site en de databank; de gegevens blijven bewaard.\n"
        )
        self.stdout.flush()


def free_port(text):
    """The port to serve on, or an end with the reason why not."""
    if not (text.isdecimal() and 0 < int(text) < 65536):
        sys.exit(f"PORT={text} is geen poort. Kies een getal van 1 tot 65535, zoals PORT=8001.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            reason = {
                errno.EADDRINUSE: "is al in gebruik, misschien door een demo die nog draait",
                errno.EACCES: "is voorbehouden aan het systeem",
            }.get(error.errno, f"is niet bruikbaar ({error.strerror})")
            other = 8080 if port == 8000 else 8000
            sys.exit(f"Poort {port} {reason}. Kies een andere: make demo PORT={other}")
    return port


def require_database(url):
    """A connection, or an end with a clear sentence when there is none, or to too old a server."""
    try:
        database = psycopg.connect(url, connect_timeout=5, autocommit=True)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        sys.exit(f"De databank in DATABASE_URL is niet te bereiken: {reason}")
    version = database.info.server_version // 10000
    if version < OLDEST:
        database.close()
        sys.exit(f"De databank is PostgreSQL {version}; nodig is {OLDEST} of nieuwer.")
    return database


def content_digest(database):
    """What the fixtures hold, for one database."""
    digest = hashlib.sha256(database.encode())
    for path in sorted((settings.BASE_DIR / "fixtures").rglob("*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def collect_static(announce):
    """Collect the static files, unless what was collected came in this way from the same files."""
    stamp = Path(settings.STATIC_ROOT) / "bron.sha256"
    found = sorted(
        (path, storage.path(path)) for finder in get_finders() for path, storage in finder.list([])
    )
    found.append(("", static_files.__file__))
    sources = [(path, full, Path(full).stat().st_mtime_ns) for path, full in found]
    digest = hashlib.sha256(json.dumps(sources).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    announce()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest)


@contextmanager
def site(port, workers=1):
    """The site, from its first answer until we leave; it is stopped however we leave."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "eerstelijn.wsgi:application"),
            *("--interface", "wsgi", "--host", ADDRESS, "--port", str(port)),
            *("--workers", str(workers), "--blocking-threads", "8", "--log-level", "error"),
        ],
        env={**os.environ, "MALLOC_ARENA_MAX": "1"},  # as in contrib/systemd: threads share memory
        start_new_session=True,  # Ctrl-C is for us: we stop it in order, before the database
        preexec_fn=end_with_parent,
    )
    try:
        _await_answer(server, port)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(timeout=3)
        except subprocess.TimeoutExpired:  # granian can miss a signal while it starts
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def end_with_parent():
    """Have Linux end this process when its parent is killed, so that the port comes free."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _await_answer(server, port):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://{ADDRESS}:{port}/gezondheid/", timeout=5).close()
            return
        except urllib.error.HTTPError as error:
            if error.code == 503 and time.monotonic() < deadline - PATIENCE / 2:
                time.sleep(0.1)  # its first connection is still being made
                continue
            sys.exit(f"De site antwoordt met fout {error.code}. De melding hierboven zegt waarom.")
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    sys.exit("De site start niet. De melding hierboven zegt waarom.")
