"""A PostgreSQL server of our own, for when DATABASE_URL names none.

`make demo`, the tests and every manage.py command in a checkout use it. It lives as long as
someone uses it: each user holds a shared lock, and the last one out stops the server. Locks
vanish with their process, so after a kill -9 the next user finds the server running, or its
data whole, and goes on.
"""

import fcntl
import hashlib
import os
import re
import secrets
import shlex
import shutil
import signal
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from eerstelijn import environment
from eerstelijn.local.binaries import SYSTEM_HOME, Account, LocalDatabaseError, find

NAME = "eerstelijn"
PORT = "5432"  # only part of the socket's file name: the server listens on no network
LONGEST_PATH = 107 - len(f"/.s.PGSQL.{PORT}")  # what the system allows for a socket
BORROWED = "/tmp"  # where a socket goes whose path would be longer  # noqa: S108
PATIENCE = 60  # seconds; a server that recovers from a crash may need them

# A server for one site, on a machine that does other work: the content fits in what the system
# keeps of its files, so PostgreSQL need not keep it a second time; nor compile questions over few
# rows, for which it would load a compiler into each connection.
MODEST = {"shared_buffers": "16MB", "max_connections": "40", "jit": "off"}

# What a throwaway server may skip: nothing in it has to survive a crash, or to be kept in shape;
# and a question over a few rows is no faster when it is compiled first.
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",  # as that level demands
    "autovacuum": "off",
    "jit": "off",
}


class LocalServer:
    """One server and its data, below one folder.

    The folder is ours and holds the locks; `postgres/` in it belongs to the account that runs
    the server, and holds the data, the password and the socket.
    """

    def __init__(self, home, settings=None):
        self.home = Path(home).resolve()
        self.settings = settings or {}
        self.folder = self.home / "postgres"
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.password = self.folder / "wachtwoord"
        self.account = Account.for_folder(self.folder)
        self._use = None

    @property
    def url(self):
        """The server's address, in a form that DATABASE_URL takes."""
        return self._address(NAME)

    @property
    def postmaster(self):
        """The number of its main process, as long as it runs."""
        return self._postmaster()

    def acquire(self):
        """Become a user of the server, and start it when it does not run."""
        self._make_folders()
        with self._turn():
            use = self._lock("gebruikers.lock", fcntl.LOCK_SH)
            try:
                self._ensure_running()
            except BaseException:
                use.close()
                raise
            self._use = use

    def release(self):
        """Stop being a user."""
        self._use.close()
        self.stop_when_unused()

    def stop_when_unused(self):
        """Stop the server unless someone still works with it; tell whether it is stopped."""
        with self._turn():
            try:
                self._lock("gebruikers.lock", fcntl.LOCK_EX | fcntl.LOCK_NB).close()
            except BlockingIOError:
                return False
            self._stop()
            return True

    # Folders and locks

    def _make_folders(self):
        try:
            self.home.mkdir(mode=0o711, parents=True, exist_ok=True)
            with self._turn():  # nobody enters a folder that is not its account's yet
                if not self.folder.exists():
                    self.folder.mkdir(mode=0o700)
                    self.account.own(self.folder)
            next(self.folder.iterdir(), None)  # are we let in?
        except OSError as error:
            raise LocalDatabaseError(
                f"De map {self.folder} is niet bruikbaar ({error.strerror}). Werk als de gebruiker "
                "van wie ze is, of noem een andere plek in EERSTELIJN_DATA."
            ) from error

    def _lock(self, name, kind):
        file = os.fdopen(os.open(self.home / name, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            fcntl.flock(file, kind)
        except BlockingIOError:
            file.close()
            raise
        return file

    @contextmanager
    def _turn(self):
        """One at a time starts or stops the server."""
        with self._lock("beurt.lock", fcntl.LOCK_EX):
            yield

    # The server's life; whoever calls these has the turn

    def _ensure_running(self):
        deadline = time.monotonic() + PATIENCE
        while processes := self._processes():
            if self._postmaster() in processes and self._answers():
                return
            # It recovers or shuts down, or these are the last of a killed server.
            if time.monotonic() > deadline:
                raise LocalDatabaseError(self._complaint("PostgreSQL antwoordt niet"))
            time.sleep(0.05)
        self._clear_remains()
        self._start()

    def _start(self):
        version = self.data / "PG_VERSION"
        binaries = find(self.account, int(version.read_text()) if version.exists() else None)
        if not version.exists():
            self._initialise(binaries)
        options = ["-p", PORT, "-k", self._new_socket_folder()]
        for name, value in {"listen_addresses": "", **self.settings}.items():
            options += ["-c", f"{name}={value}"]
        started = self.account.run(
            *(binaries / "pg_ctl", "start", "--wait", f"--timeout={PATIENCE}"),
            *("-D", self.data, "-l", self.log, "-o", shlex.join(options)),
        )
        if started.returncode:
            raise LocalDatabaseError(self._complaint("PostgreSQL start niet"))
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [NAME])
            if not found.rowcount:
                connection.execute(f"CREATE DATABASE {NAME}")

    def _initialise(self, binaries):
        """Make the data in a draft folder, so that an interrupted start leaves no half database."""
        draft = self.data.with_name("data.nieuw")
        shutil.rmtree(draft, ignore_errors=True)
        self.password.unlink(missing_ok=True)
        with os.fdopen(os.open(self.password, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        self.account.own(self.password)
        made = self.account.run(
            *(binaries / "initdb", "-D", draft, f"--username={NAME}", "--auth=scram-sha-256"),
            *(f"--pwfile={self.password}", "--encoding=UTF8", "--locale=C.UTF-8"),
            *(["--no-sync"] if self.settings.get("fsync") == "off" else []),
        )
        if made.returncode:
            raise LocalDatabaseError(f"PostgreSQL kan geen databank maken:\n{made.stdout}")
        draft.rename(self.data)

    def _stop(self):
        postmaster = self._postmaster()
        socket_folder = self._socket_folder()
        if postmaster in self._processes():
            os.kill(postmaster, signal.SIGINT)  # what pg_ctl calls a fast stop
            deadline = time.monotonic() + PATIENCE
            while self._processes() and time.monotonic() < deadline:
                time.sleep(0.02)
        self._remove_borrowed(socket_folder)

    def _clear_remains(self):
        """Clear what a killed server left that would stop the next one.

        PostgreSQL itself sees that the process named in a lock file is gone, but refuses to
        start when another program has got that number by now, and when the file is empty.
        """
        import psutil  # here only: production starts no server, and does without

        self._remove_borrowed(self._socket_folder())
        for lock in (self.data / "postmaster.pid", self.folder / f".s.PGSQL.{PORT}.lock"):
            holder = _first_number(lock)
            if holder is None or psutil.pid_exists(holder):
                lock.unlink(missing_ok=True)

    # What runs

    def _postmaster(self):
        return _first_number(self.data / "postmaster.pid")

    def _processes(self):
        """The server processes that stand in our data folder, as all of a server do."""
        import psutil

        data = os.fspath(self.data)
        found = set()
        for process in psutil.process_iter():
            try:
                if process.name().startswith("postgres") and process.cwd() == data:
                    found.add(process.pid)
            except psutil.Error:
                continue  # gone by now, or another user's and so not ours
        return found

    def _answers(self):
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _complaint(self, what):
        last = _lines(self.log)[-5:]
        return "\n".join([f"{what}. Het logboek staat in {self.log} en eindigt zo:", *last])

    # Where it listens

    def _address(self, database):
        return make_conninfo(
            host=self._socket_folder() or os.fspath(self.folder),
            port=PORT,
            user=NAME,
            password=self.password.read_text(),
            dbname=database,
        )

    def _socket_folder(self):
        """Where a server that runs, or was killed, has its socket.

        A folder that was copied from a running server holds the lock file of that other server.
        """
        lines = _lines(self.data / "postmaster.pid")
        return lines[4] if len(lines) > 4 and lines[1] == os.fspath(self.data) else None

    def _new_socket_folder(self):
        """Our own folder, or a borrowed short one when its path is too long for a socket."""
        path = os.fspath(self.folder)
        # A comma or quote would read as several folders, to the server and to its clients.
        if len(os.fsencode(path)) <= LONGEST_PATH and re.fullmatch(r"[\w./ -]+", path):
            return path
        borrowed = tempfile.mkdtemp(prefix=f"{NAME}-socket-", dir=BORROWED)
        self.account.own(borrowed)
        return borrowed

    def _remove_borrowed(self, socket_folder):
        if socket_folder and socket_folder.startswith(f"{BORROWED}/{NAME}-socket-"):
            for file in Path(socket_folder).glob(".s.PGSQL.*"):
                file.unlink()
            Path(socket_folder).rmdir()


def _lines(file):
    return file.read_text(errors="replace").splitlines() if file.exists() else []


def _first_number(lock):
    """The process named in a lock file; None when there is no file, or nothing in it."""
    lines = _lines(lock)
    return int(lines[0]) if lines and lines[0].isdecimal() else None


def home_for(wanted):
    """Where the data can live: as wanted, or where root's unprivileged account can get at it."""
    wanted.mkdir(mode=0o711, parents=True, exist_ok=True)
    account = Account.for_folder(wanted / "postgres")
    if account.reaches(wanted):
        return wanted
    digest = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    return SYSTEM_HOME / f"{wanted.name.lstrip('.')}-{digest}"


@contextmanager
def session():
    """Set DATABASE_URL to the local server for as long as the work lasts.

    Nothing happens where the environment names a database, or must (production).
    """
    if os.environ.get("DATABASE_URL") or environment.environment() == environment.PRODUCTION:
        yield
        return
    project = Path(__file__).resolve().parents[2]
    server = LocalServer(home_for(environment.data_folder(project)), settings=MODEST)
    server.acquire()
    os.environ["DATABASE_URL"] = server.url
    try:
        yield
    finally:
        server.release()
