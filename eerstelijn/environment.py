"""What the settings read from the environment, and what is said when something is missing."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

DEVELOPMENT, DEMO, PRODUCTION = "ontwikkeling", "demo", "productie"
ENVIRONMENTS = (DEVELOPMENT, DEMO, PRODUCTION)

HOW_TO = {
    "SECRET_KEY": (
        "a long random text that stays secret / een lange willekeurige tekst die geheim blijft. "
        "Make one with / maak er een met:\n"
        "    python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    ),
    "ALLOWED_HOSTS": (
        "the host names of this site, comma separated / de namen van deze site, met komma's:\n"
        "    ALLOWED_HOSTS=eerstelijn.example.be,www.eerstelijn.example.be"
    ),
    "DATABASE_URL": (
        "the address of the PostgreSQL database / het adres van de databank:\n"
        "    DATABASE_URL=postgresql://user:password@host:5432/database"
    ),
    "EERSTELIJN_MAIL_VAN": (
        "who our mail is from / van wie onze mail komt:\n"
        "    EERSTELIJN_MAIL_VAN=Wegwijzer eerste lijn <beheer@eerstelijn.example.be>"
    ),
}


class SettingError(ImproperlyConfigured):
    """An environment variable is missing or wrong; the message says which and how to mend it."""


def environment():
    """Which of the three this is; a checkout is for development unless told otherwise."""
    name = os.environ.get("EERSTELIJN_OMGEVING") or DEVELOPMENT
    if name not in ENVIRONMENTS:
        raise SettingError(
            f"EERSTELIJN_OMGEVING={name!r}: unknown / onbekend. Use one of / kies uit: "
            f"{', '.join(ENVIRONMENTS)}."
        )
    return name


def required(name):
    """A variable that production cannot do without."""
    if value := os.environ.get(name, "").strip():
        return value
    raise SettingError(f"{name} is missing / ontbreekt: {HOW_TO[name]}")


def optional(name):
    return os.environ.get(name, "").strip()


def names(value):
    return [name.strip() for name in value.split(",") if name.strip()]


def switch(name):
    """A yes or no, no when absent."""
    value = os.environ.get(name) or "nee"
    if value not in ("ja", "nee"):
        raise SettingError(f"{name}={value!r}: use / gebruik 'ja' of 'nee'.")
    return value == "ja"


def second_step_required(environment):
    """Whether who publishes needs a second step; in production that is no choice."""
    name = "EERSTELIJN_TWEEDE_FACTOR"
    if environment != PRODUCTION:
        return switch(name)
    if os.environ.get(name) and not switch(name):
        raise SettingError(
            f"{name}=nee: the second step cannot be off in production / de tweede stap kan in "
            "productie niet uit. Leave it out / laat dit weg."
        )
    return True


class Mail(NamedTuple):
    """A server that sends our mail."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    ssl: bool
    sender: str


def mail():
    """The mail server, or None when the environment names none."""
    url = optional("EERSTELIJN_MAIL_SERVER")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("smtp", "smtps", "smtp+plain") or not parts.hostname:
        # The address may hold a password, so it is not repeated.
        raise SettingError(
            "EERSTELIJN_MAIL_SERVER does not read as / leest niet als "
            "smtp://user:password@host:587 (STARTTLS) or / of smtps://user:password@host:465."
        )
    return Mail(
        host=parts.hostname,
        port=port or {"smtps": 465, "smtp": 587}.get(parts.scheme, 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp",
        ssl=parts.scheme == "smtps",
        sender=required("EERSTELIJN_MAIL_VAN"),
    )


def number(name, default):
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        raise SettingError(f"{name}={value!r}: not a number / geen getal.")
    return int(value)


def address(name):
    """The address of a page elsewhere, or nothing."""
    value = os.environ.get(name, "").strip()
    if value and not value.startswith(("https://", "http://")):
        raise SettingError(f"{name}={value!r}: no address / geen adres: https://...")
    return value


def local_key(folder):
    """The secret key of a checkout: made at random, kept in a file that only its owner reads.

    Two first starts at once agree on one key: the file gets its name when it is whole.
    """
    file = folder / "geheime-sleutel"
    if not file.exists():
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        draft = folder / f"geheime-sleutel.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "w") as opened:
            opened.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # then the other one was first
            file.hardlink_to(draft)
        draft.unlink()
    return file.read_text()


def database(url):
    """Django's settings for the database at this address."""
    try:
        parts = {"connect_timeout": 5} | conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # The driver's own words repeat the address, password and all.
        raise SettingError(
            f"DATABASE_URL does not read as / leest niet als {HOW_TO['DATABASE_URL']}"
        ) from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
    }


# How long the database may take. The site's own processes set limits; a migration takes its time.

_is_site = False


def serve():
    """Say that this process serves the site; before the settings are read."""
    global _is_site
    _is_site = True


#: Milliseconds that a reader waits for a locked table. Each holds a thread as long, and whoever
#: watches the site waits behind them. Nobody but a migration locks what readers read, and one that
#: takes longer than this takes longer than anyone waits.
READERS_WAIT = 200


def _lock_limit():
    return 1000 * number("EERSTELIJN_SLOT_SECONDEN", 3)


def _question_limit():
    return 1000 * number("EERSTELIJN_VRAAG_SECONDEN", 10)


def answer_limit():
    """Seconds within which PostgreSQL says something, if only that it gives up; None: for ever."""
    return _question_limit() / 1000 + 1 if _is_site and _question_limit() else None


def turn_limit():
    """Milliseconds that who saves waits for others; None outside the processes of the site."""
    return _lock_limit() if _is_site else None


def limit_time(database):
    """Let no reader hang on a slow question or a locked table, in a process of the site.

    As a parameter of the connection, so that it lasts as long: SET would leak through a pool.
    PgBouncer refuses that parameter, and sets the limits itself (docs/beheer.md).
    """
    question, lock = _question_limit(), min(READERS_WAIT, _lock_limit())
    options = database["OPTIONS"]
    if _is_site:
        # Of a machine that fell silent nothing comes back, not even a refusal.
        options.setdefault("tcp_user_timeout", 1000)
    if switch("EERSTELIJN_ACHTER_PGBOUNCER"):
        database["DISABLE_SERVER_SIDE_CURSORS"] = True
    elif _is_site:
        given = options.get("options", "")  # comes last: the last one counts
        limits = f"-c statement_timeout={question} -c lock_timeout={lock} {given}"
        options["options"] = limits.strip()


def data_folder(project):
    """Where a checkout keeps its own data: database, secret key. Not part of the project."""
    return Path(os.environ.get("EERSTELIJN_DATA") or project / ".data").absolute()
