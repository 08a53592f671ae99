"""One settings file for every place; what differs comes from the environment (docs/beheer.md)."""

from pathlib import Path

import pghistory

from eerstelijn import environment
from eerstelijn.database import patience
from eerstelijn.environment import DEMO, DEVELOPMENT, PRODUCTION
from eerstelijn.logs import in_one_line

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = environment.environment()
DEBUG = ENVIRONMENT == DEVELOPMENT

# Who we are

if ENVIRONMENT == PRODUCTION:
    SECRET_KEY = environment.required("SECRET_KEY")
    ALLOWED_HOSTS = environment.names(environment.required("ALLOWED_HOSTS"))
    SECRET_KEY_FALLBACKS = environment.names(environment.optional("SECRET_KEY_FALLBACKS"))
else:
    SECRET_KEY = environment.local_key(environment.data_folder(BASE_DIR))
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

ROOT_URLCONF = "eerstelijn.urls"
WSGI_APPLICATION = "eerstelijn.wsgi.application"

INSTALLED_APPS = [
    "eerstelijn.apps.EerstelijnConfig",
    "governance.apps.GovernanceConfig",
    "concepts.apps.ConceptsConfig",
    "eerstelijn.history.apps.HistoryConfig",  # after those whose changes it keeps
    "eerstelijn.links.apps.LinksConfig",
    "eerstelijn.reports.apps.ReportsConfig",
    "eerstelijn.login.apps.LoginConfig",
    "concepts.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django_filters",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    # First, so that every answer carries the headers: redirects, static files and errors too.
    "eerstelijn.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "eerstelijn.middleware.MethodsMiddleware",
    "eerstelijn.middleware.ReadableRequestMiddleware",
    "eerstelijn.middleware.MarksMiddleware",
    "eerstelijn.middleware.SlipsMiddleware",
    "eerstelijn.pages.keeping.PublicPagesMiddleware",
    "eerstelijn.middleware.NoCookiesMiddleware",
    "eerstelijn.middleware.DeskElsewhereMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "eerstelijn.login.middleware.DeskMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "eerstelijn.pages.day.KeepDayMiddleware",
]

TEMPLATE_LOADERS = [
    "eerstelijn.markup.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "eerstelijn.context.kept_frame",
                "concepts.sources_as_of.in_footer",
            ],
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
        # One for each thread at most (docs/beheer.md): nobody waits for another's. A connection
        # costs PostgreSQL some 10 MB, so what a busy moment asked goes again, one each time.
        "min_size": 2,
        "max_size": most,
        "max_idle": 60,  # seconds
        "connection_class": patience.connections(environment.answer_limit()),
        "timeout": 0.4,  # seconds; then the database is away, and a reader is told so
        "reconnect_timeout": 1,  # then the next reader tries: not ever later, as a pool does
    }

# Public pages, as they went out: each process keeps its own, until the content changes. A page
# takes two entries, and the largest are not kept: some 6 MB, and never more than 16 (record 30).

PAGES_ARE_KEPT = ENVIRONMENT != DEVELOPMENT
PAGE_STORE = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "pages",
    "OPTIONS": {"MAX_ENTRIES": 1_000},
}

#: Whether `controleer_links` also asks addresses inside our own network; for tests.
LINKS_INSIDE = False

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
        "staticfiles": {"BACKEND": "eerstelijn.pages.static_files.PlainSheets"},
    }

# Accounts: editors only, at /beheer/ (eerstelijn.login). Readers have no session, no cookie.

#: The apps with records, and accounts: rights on these are handed out.
APPS_WITH_RIGHTS = ("auth", "governance", "concepts", "links", "reports")

#: The apps of which every change is kept (eerstelijn.history).
APPS_WITH_HISTORY = ("governance", "concepts")
PGHISTORY_FIELD = pghistory.Field(null=True)  # a field that comes later says nothing of before

DESK_PATH = "/beheer/"
SECOND_STEP_REQUIRED = environment.second_step_required(ENVIRONMENT)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "eerstelijn.login.passwords.SimilarityValidator"},
    {"NAME": "eerstelijn.login.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "eerstelijn.login.passwords.CommonValidator"},
    {"NAME": "eerstelijn.login.passwords.NumericValidator"},
    {"NAME": "eerstelijn.login.passwords.DutchValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
CSRF_FAILURE_VIEW = "eerstelijn.pages.errors.unproven_form"

# Names of their own: a browser may still have those of before, that held for the whole site.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "beheer_sessie", "beheer_formulier"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = DESK_PATH
SESSION_COOKIE_AGE = 60 * 60  # seconds without use
SESSION_LASTS = 12 * 60 * 60  # seconds, however much it is used
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# django-allauth counts in the default cache, and marks used codes there: all processes share it,
# and so does the limit on readers' reports. Pages have an alias of their own.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "login_counter",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # no flood of names pushes out who is locked
    },
    "pages": PAGE_STORE,
}

ACCOUNT_ADAPTER = "eerstelijn.login.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "eerstelijn.login.forms.OtherPassword",
    "login": "eerstelijn.login.forms.NameAndPassword",
    "reauthenticate": "eerstelijn.login.forms.PasswordAgain",
    "reset_password": "eerstelijn.login.forms.AskReset",
    "reset_password_from_key": "eerstelijn.login.forms.ForgottenPassword",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Wegwijzer eerste lijn] "
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser too
ACCOUNT_RATE_LIMITS = {
    "login": "60/300s/ip",
    "login_failed": "5/300s/key,20/300s/ip",
    "reset_password": "10/300s/ip,3/300s/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 0

MFA_ADAPTER = "eerstelijn.login.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "eerstelijn.login.forms.Code",
    "reauthenticate": "eerstelijn.login.forms.CodeAgain",
    "activate_totp": "eerstelijn.login.forms.FirstCode",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a beheerder gives the address, nobody signs up with one
MFA_TOTP_ISSUER = "Wegwijzer eerste lijn"
MFA_TOTP_TOLERANCE = 1

# Mail: a link for a password that was forgotten. Outside production it stands on the terminal.

MAIL_IS_SENT = ENVIRONMENT != PRODUCTION
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = "Wegwijzer eerste lijn <beheer@example.org>"

if ENVIRONMENT == PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    if mail := environment.mail():
        MAIL_IS_SENT = True
        EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        EMAIL_HOST, EMAIL_PORT = mail.host, mail.port
        EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail.user, mail.password
        EMAIL_USE_TLS, EMAIL_USE_SSL = mail.starttls, mail.ssl
        DEFAULT_FROM_EMAIL = mail.sender

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
        ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the last address of X-Forwarded-For is the proxy's word

# Logs: in production a line of JSON for each event, on standard output.

IN_ONE_LINE = {"in_one_line": {"()": "django.utils.log.CallbackFilter", "callback": in_one_line}}

if ENVIRONMENT == PRODUCTION:
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": IN_ONE_LINE,
        "formatters": {"json": {"()": "eerstelijn.logs.JsonFormatter"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": list(IN_ONE_LINE),
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
        "filters": IN_ONE_LINE,
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "level": "ERROR",
                "filters": list(IN_ONE_LINE),
            }
        },
        "root": {"handlers": ["console"]},
        "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},  # as in production
    }
