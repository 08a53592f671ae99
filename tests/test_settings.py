"""One settings file, three environments: what each demands, and what it says when it lacks it."""

import json
import logging
import os
import re
import secrets
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import TooManyFieldsSent
from django.db import OperationalError
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import formats

from eerstelijn import environment
from eerstelijn.environment import SettingError
from eerstelijn.logs import JsonFormatter, in_one_line

PROJECT = Path(__file__).resolve().parent.parent

PRODUCTION = {
    "EERSTELIJN_OMGEVING": "productie",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "eerstelijn.example.be, www.eerstelijn.example.be",
    "DATABASE_URL": "postgresql://site:geheim@db.example.be:5433/site?sslmode=require",
}

SHOW = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()},
                 default=str))
"""


def run(*command, **variables):
    """Run Python in the project with only these variables of ours set."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env=kept | variables | {"DJANGO_SETTINGS_MODULE": "eerstelijn.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def production():
    shown = run("-c", f"import django; django.setup()\n{SHOW}", **PRODUCTION)
    assert shown.returncode == 0, shown.stderr
    return json.loads(shown.stdout)


# Production


def test_production_passes_the_deployment_checks():
    checked = run("manage.py", "check", "--deploy", "--fail-level", "INFO", **PRODUCTION)

    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("SECRET_KEY", "secrets.token_urlsafe"),
        ("ALLOWED_HOSTS", "ALLOWED_HOSTS=eerstelijn.example.be"),
        ("DATABASE_URL", "DATABASE_URL=postgresql://"),
    ],
)
def test_production_says_what_is_missing_and_how_to_make_it(name, hint):
    rest = {key: value for key, value in PRODUCTION.items() if key != name}

    refused = run("manage.py", "check", **rest)

    assert refused.returncode == 1
    assert f"{name} is missing / ontbreekt" in refused.stderr
    assert hint in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("command", ["migrate", "laad_gegevens", "exporteer_gegevens"])
def test_a_command_says_in_a_sentence_that_the_database_cannot_be_reached(command):
    nobody = "postgresql://site:geheim@127.0.0.1:1/site"

    refused = run("manage.py", command, DATABASE_URL=nobody)

    assert refused.returncode == 1
    assert "De databank in DATABASE_URL is niet te bereiken" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "geheim" not in refused.stderr


def test_production_shows_nothing_and_keeps_to_https(production):
    assert production["DEBUG"] is False
    assert production["ALLOWED_HOSTS"] == ["eerstelijn.example.be", "www.eerstelijn.example.be"]
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] == 31_536_000
    assert production["SESSION_COOKIE_SECURE"] is True
    assert production["CSRF_COOKIE_SECURE"] is True


def test_a_proxy_is_believed_only_when_it_is_said_to_be_there(production):
    behind = json.loads(run("-c", SHOW, **PRODUCTION, EERSTELIJN_ACHTER_PROXY="ja").stdout)

    assert production["SECURE_PROXY_SSL_HEADER"] is None
    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert production["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
    assert behind["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_production_demands_a_second_step_and_cannot_leave_it(production):
    refused = run("manage.py", "check", **PRODUCTION, EERSTELIJN_TWEEDE_FACTOR="nee")

    assert production["SECOND_STEP_REQUIRED"] is True
    assert refused.returncode == 1
    assert "kan in productie niet uit" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_production_sends_mail_when_it_knows_a_server(production):
    assert production["MAIL_IS_SENT"] is False
    assert production["EMAIL_BACKEND"].endswith("dummy.EmailBackend")

    variables = {
        "EERSTELIJN_MAIL_SERVER": "smtp://site:gehe%40im@mail.example.be",
        "EERSTELIJN_MAIL_VAN": "Wegwijzer <beheer@example.be>",
        "SECRET_KEY_FALLBACKS": "vroeger, nog vroeger",
    }
    mailing = json.loads(run("-c", SHOW, **PRODUCTION, **variables).stdout)

    assert mailing["MAIL_IS_SENT"] is True
    assert mailing["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (mailing["EMAIL_HOST"], mailing["EMAIL_PORT"]) == ("mail.example.be", 587)
    assert (mailing["EMAIL_HOST_USER"], mailing["EMAIL_HOST_PASSWORD"]) == ("site", "gehe@im")
    assert (mailing["EMAIL_USE_TLS"], mailing["EMAIL_USE_SSL"]) == (True, False)
    assert mailing["DEFAULT_FROM_EMAIL"] == "Wegwijzer <beheer@example.be>"
    assert mailing["SECRET_KEY_FALLBACKS"] == ["vroeger", "nog vroeger"]


@pytest.mark.parametrize("url", ["mail.example.be", "http://u:geheim@h", "smtp://u:geheim@h:poort"])
def test_a_mail_server_that_is_none_is_refused_without_repeating_a_password(monkeypatch, url):
    monkeypatch.setenv("EERSTELIJN_MAIL_SERVER", url)

    with pytest.raises(SettingError, match="EERSTELIJN_MAIL_SERVER") as refusal:
        environment.mail()

    assert "geheim" not in str(refusal.value)


def test_production_reads_the_database_and_shares_its_connections(production):
    database = production["DATABASES"]["default"]

    assert database["HOST"] == "db.example.be"
    assert database["PORT"] == "5433"
    assert database["NAME"] == "site"
    assert database["PASSWORD"] == "geheim"  # noqa: S105
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["max_size"] == 8
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["CONN_MAX_AGE"] == 0  # Django's rule for a pool


def test_production_gives_static_files_names_that_change_with_their_content(production):
    middleware = production["MIDDLEWARE"]
    whitenoise = middleware.index("whitenoise.middleware.WhiteNoiseMiddleware")

    # It would answer before those that follow: headers come before it, sessions after.
    assert middleware[:whitenoise] == [
        "eerstelijn.middleware.SecurityHeadersMiddleware",
        "django.middleware.security.SecurityMiddleware",
        "eerstelijn.middleware.MethodsMiddleware",
        "eerstelijn.middleware.ReadableRequestMiddleware",
    ]
    assert production["STORAGES"]["staticfiles"]["BACKEND"] == (
        "eerstelijn.pages.static_files.PlainSheets"
    )


def test_production_logs_a_line_of_json_for_each_event():
    logged = run(
        "-c",
        "import django, logging; django.setup();"
        "logging.getLogger('django.request').warning('Gemeente %s', 'Geel')",
        **PRODUCTION,
    )

    line = json.loads(logged.stdout)
    assert line["message"] == "Gemeente Geel"
    assert line["level"] == "WARNING"
    assert line["logger"] == "django.request"
    assert line["time"].endswith("+00:00")
    assert logged.stderr == ""


@pytest.mark.parametrize("place", ["productie", "demo"])
def test_a_request_for_another_host_is_no_traceback_in_the_log(place):
    logged = run(
        "-c",
        "import django, logging; django.setup();"
        "logging.getLogger('django.security.DisallowedHost').error('x', exc_info=ValueError())",
        **PRODUCTION | {"EERSTELIJN_OMGEVING": place},
    )

    assert (logged.returncode, logged.stdout, logged.stderr) == (0, "", "")


# The variables


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EERSTELIJN_OMGEVING", "acceptatie", "ontwikkeling, demo, productie"),
        ("EERSTELIJN_ACHTER_PROXY", "true", "'ja' of 'nee'"),
        ("EERSTELIJN_VERBINDINGEN", "veel", "geen getal"),
        ("EERSTELIJN_BEHEER_ADRES", "beheer.example.be", "geen adres"),
        ("EERSTELIJN_ALLEEN_LEZEN", "yes", "'ja' of 'nee'"),
        ("EERSTELIJN_SLOT_SECONDEN", "lang", "geen getal"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(name, value, said):
    refused = run("manage.py", "check", **PRODUCTION | {name: value})

    assert refused.returncode == 1
    assert name in refused.stderr
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("url", ["nonsense", "mysql://u:p@h/d", "postgresql://h:port/d?x=y"])
def test_an_address_that_is_none_is_refused_without_repeating_a_password(url):
    with pytest.raises(SettingError, match="DATABASE_URL") as refusal:
        environment.database(url)

    assert "u:p@" not in str(refusal.value)


def test_a_database_is_waited_for_five_seconds_at_most():
    assert environment.database("postgresql://host/name")["OPTIONS"] == {"connect_timeout": 5}
    asked = environment.database("postgresql://host/name?connect_timeout=9")
    assert asked["OPTIONS"] == {"connect_timeout": "9"}


# How long the database may take


#: What the process that serves the site does, before it reads the settings.
SERVE = "from eerstelijn import environment; environment.serve()\n"


def options(code, **variables):
    shown = run("-c", code + SHOW, **PRODUCTION, **variables)
    assert shown.returncode == 0, shown.stderr
    return json.loads(shown.stdout)["DATABASES"]["default"]["OPTIONS"]


def test_the_site_limits_how_long_a_question_takes_and_a_command_does_not(production):
    assert "options" not in production["DATABASES"]["default"]["OPTIONS"]
    assert options(SERVE)["options"] == "-c statement_timeout=10000 -c lock_timeout=200"


def test_the_limits_can_be_changed_and_an_address_that_sets_its_own_wins():
    url = PRODUCTION["DATABASE_URL"] + "&options=-c%20lock_timeout%3D7"
    variables = {"EERSTELIJN_VRAAG_SECONDEN": "20", "EERSTELIJN_SLOT_SECONDEN": "1"}

    shown = run("-c", SERVE + SHOW, **PRODUCTION | variables | {"DATABASE_URL": url})

    assert json.loads(shown.stdout)["DATABASES"]["default"]["OPTIONS"]["options"] == (
        "-c statement_timeout=20000 -c lock_timeout=200 -c lock_timeout=7"
    )


def test_behind_pgbouncer_no_parameter_is_sent_that_it_refuses():
    assert "options" not in options(SERVE, EERSTELIJN_ACHTER_PGBOUNCER="ja")


def test_the_process_of_the_site_says_what_it_is():
    serve = "import eerstelijn.wsgi\n"

    assert "statement_timeout=10000" in options(serve)["options"]


def test_a_visitor_waits_less_than_half_a_second_for_a_database_that_is_away(production):
    assert production["DATABASES"]["default"]["OPTIONS"]["pool"]["timeout"] == 0.4


def test_there_is_a_connection_for_each_thread_of_the_service(production):
    """Else visitors of a busy site wait for each other's, and are told that it is away."""
    unit = (PROJECT / "contrib" / "systemd" / "eerstelijn.service").read_text()
    threads = int(re.search(r"--blocking-threads (\d+)", unit)[1])
    pool = production["DATABASES"]["default"]["OPTIONS"]["pool"]

    assert pool["max_size"] == threads


def test_connections_that_nobody_needs_go_again(production):
    """PostgreSQL pays some 10 MB for each."""
    pool = production["DATABASES"]["default"]["OPTIONS"]["pool"]

    assert pool["min_size"] == 2
    assert 0 < pool["max_idle"] <= 120  # seconds


def test_a_checkout_keeps_its_own_random_key_to_itself(tmp_path):
    first = environment.local_key(tmp_path / "data")

    assert len(first) >= 50
    assert environment.local_key(tmp_path / "data") == first
    assert environment.local_key(tmp_path / "other") != first
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["geheime-sleutel"]
    file = tmp_path / "data" / "geheime-sleutel"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


# Language


def test_dates_and_numbers_read_as_in_flanders():
    day = date(2023, 3, 3)

    assert formats.date_format(day) == "3 maart 2023"
    assert formats.date_format(day, "SHORT_DATE_FORMAT") == "03/03/2023"
    assert formats.number_format(1234.5, force_grouping=True) == "1.234,5"


@pytest.mark.parametrize("text", ["3/3/2023", "03/03/2023", "3-3-2023", "3.3.2023", "2023-03-03"])
def test_forms_take_the_dates_that_people_type(text):
    assert forms.DateField(localize=True).clean(text) == date(2023, 3, 3)


# Logs


def test_a_log_line_tells_the_request_and_the_exception():
    try:
        raise ValueError("é")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "Fout: %s", ("é",), sys.exc_info()
        )
    record.status_code = 500
    record.request = RequestFactory().get("/concepten/?q=geheim")

    line = json.loads(JsonFormatter().format(record))

    assert line["message"] == "Fout: é"
    assert (line["status"], line["method"], line["path"]) == (500, "GET", "/concepten/")
    assert "ValueError: é" in line["exception"]
    assert "geheim" not in json.dumps(line)


def test_a_database_that_is_away_is_a_line_without_a_traceback():
    try:
        raise OperationalError("server closed the connection\n\tunexpectedly")
    except OperationalError:
        told = sys.exc_info()
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Weg: %s", ("/a%b/",), told)
    record.status_code, record.request = 503, RequestFactory().get("/a%b/")

    assert in_one_line(record)

    line = json.loads(JsonFormatter().format(record))
    assert line["message"] == "Weg: /a%b/: server closed the connection"
    assert "exception" not in line


def test_a_form_with_too_many_fields_is_a_line_without_a_traceback():
    request = RequestFactory().post("/beheer/")
    request.path = "/beheer/a\nb/"
    try:
        QueryDict("&".join(f"a{number}=x" for number in range(1_500)))
    except TooManyFieldsSent as error:
        told, text = sys.exc_info(), str(error)
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, text, (), told)
    record.status_code, record.request = 400, request

    assert in_one_line(record)

    line = json.loads(JsonFormatter().format(record))
    assert line["message"] == f"{text} (POST /beheer/a%0Ab/)"
    assert "exception" not in line


def test_a_log_line_is_one_line():
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "one\ntwo", (), None)

    assert "\n" not in JsonFormatter().format(record)
