"""One settings file for every place; what differs comes from the environment (docs/beheer.md)."""

from pathlib import Path

from eerstelijn import environment
from eerstelijn.environment import DEMO, DEVELOPMENT, PRODUCTION

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = environment.environment()
DEBUG = ENVIRONMENT == DEVELOPMENT

# Who we are

if ENVIRONMENT == PRODUCTION:
    SECRET_KEY = environment.required("SECRET_KEY")
    ALLOWED_HOSTS = environment.names(environment.required("ALLOWED_HOSTS"))
else:
    SECRET_KEY = environment.local_key(environment.data_folder(BASE_DIR))
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

ROOT_URLCONF = "eerstelijn.urls"
WSGI_APPLICATION = "eerstelijn.wsgi.application"

INSTALLED_APPS = [
    "eerstelijn.apps.EerstelijnConfig",
    "governance.apps.GovernanceConfig",
    "concepts.apps.ConceptsConfig",
    "eerstelijn.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django_filters",
]

MIDDLEWARE = [
    # First, so that every answer carries the headers: redirects, static files and errors too.
    "eerstelijn.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "eerstelijn.middleware.ReadableRequestMiddleware",
    "eerstelijn.middleware.DeskElsewhereMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "eerstelijn.context.site",
            ]
        },
    }
]

# The database. manage.py and the tests name their own server when the environment names none.

DATABASES = {"default": environment.database(environment.required("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
environment.limit_time(DATABASES["default"])

# A standby serves readers; its editors find on it where the desk is.

READ_ONLY = environment.switch("EERSTELIJN_ALLEEN_LEZEN")
DESK_ADDRESS = environment.address("EERSTELIJN_BEHEER_ADRES")

if ENVIRONMENT != DEVELOPMENT:
    # Threads share the connections of their process; one that broke is replaced, not handed out.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    most = environment.number("EERSTELIJN_VERBINDINGEN", 8)
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": min(4, most),  # one for each thread: nobody waits for one to be made
        "max_size": most,
        "timeout": 0.5,  # seconds; then the database is away, and a reader is told so
        "reconnect_timeout": 1,  # then the next reader tries: not ever later, as a pool does
    }

# Language and time: a Dutch site, written directly, for readers in Flanders and Brussels.

LANGUAGE_CODE = "nl-be"
LANGUAGES = [("nl-be", "Nederlands")]
FORMAT_MODULE_PATH = ["eerstelijn.formats"]
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True

# Static files: from the apps while developing, collected, compressed and with a name that
# changes with the content where granian serves them.

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"

if ENVIRONMENT == DEMO:
    STATIC_ROOT = environment.data_folder(BASE_DIR) / "staticfiles"
if ENVIRONMENT != DEVELOPMENT:
    MIDDLEWARE.insert(
        MIDDLEWARE.index("eerstelijn.middleware.ReadableRequestMiddleware") + 1,
        "whitenoise.middleware.WhiteNoiseMiddleware",
    )
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# Accounts: editors only, at /beheer/.

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "eerstelijn.views.unproven_form"

# What only a site behind https can promise.

if ENVIRONMENT == PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^gezondheid/$"]  # asked over http, by a watcher on this machine
    SECURE_HSTS_SECONDS = environment.number("EERSTELIJN_HSTS_SECONDEN", 365 * 24 * 60 * 60)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # W005, W021: the header speaks for this host only; the other hosts of the domain are not ours.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    if environment.switch("EERSTELIJN_ACHTER_PROXY"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logs: in production a line of JSON for each event, on standard output.

if ENVIRONMENT == PRODUCTION:
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "eerstelijn.logs.JsonFormatter"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "json",
            }
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        # Django's own handlers would write each line a second time, or send mail.
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # Whoever asks for another host gets a 400; the log need not tell it with a traceback.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
elif ENVIRONMENT == DEMO:  # a page that breaks shows on the terminal, a page not found does not
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler", "level": "ERROR"}},
        "root": {"handlers": ["console"]},
    }
