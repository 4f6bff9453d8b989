"""Django settings of a node. What an operator sets comes from the environment and from `node.toml` in the data folder.

`ROGATORY_DATA` (the data folder) · `DATABASE_URL` (PostgreSQL; else SQLite in the data folder) ·
`ROGATORY_PASSPHRASE_FILE` (opens the keys) · `ROGATORY_HOSTS` (names the desk is reached by, separated by commas) ·
`ROGATORY_INSECURE_HTTP` (1: no TLS in front; for loopback and exercises only) · `ROGATORY_PUBLIC` (`law,status`: what
may be read without a log-in) · `ROGATORY_API_REQUESTS` (requests a minute that the HTTP API takes from one asker).
"""

import os
from pathlib import Path

from rogatory.site import database, datafolder, publicparts

DATA = datafolder.data_folder(os.environ)
FACTS = datafolder.node_facts(DATA)
EXERCISE = bool(FACTS.get("exercise", False))

SECRET_KEY = datafolder.secret_key(DATA)
DEBUG = False
INSECURE_HTTP = os.environ.get("ROGATORY_INSECURE_HTTP", "1" if EXERCISE else "") == "1"
ALLOWED_HOSTS = [name for name in os.environ.get("ROGATORY_HOSTS", "").split(",") if name] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
]
API_REQUESTS_A_MINUTE = publicparts.requests_a_minute(os.environ.get("ROGATORY_API_REQUESTS", ""))
PUBLIC_PARTS = publicparts.public_parts(os.environ.get("ROGATORY_PUBLIC", ""))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rogatory.office.apps.OfficeConfig",
    "rogatory.web.apps.WebConfig",
    "rogatory.api.apps.ApiConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rogatory.stores.apps.StoresConfig",
    "rogatory.worker.apps.WorkerConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rogatory.web.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rogatory.site.wiring.node_middleware",
    "rogatory.web.middleware.errors_as_pages",
]

ROOT_URLCONF = "rogatory.site.urls"
WSGI_APPLICATION = "rogatory.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rogatory.web.context.node",
            ],
        },
    }
]

DATABASES = {"default": database.configuration(os.environ.get("DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "rogatory.office.accounts.NoOpenSignup"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/accounts/login/"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [Path(__file__).parent.parent / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = f"rogatory-{str(FACTS.get('state', 'none')).lower()}"
CSRF_COOKIE_NAME = f"rogatory-csrf-{str(FACTS.get('state', 'none')).lower()}"
SESSION_COOKIE_SECURE = not INSECURE_HTTP
CSRF_COOKIE_SECURE = not INSECURE_HTTP
SECURE_PROXY_SSL_HEADER = None if INSECURE_HTTP else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31536000
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
#: Room for what is counted of every device in a large hall (requests, acts, wrong links), so that no count is dropped.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without-secrets": {"()": "rogatory.site.logfilter.WithoutSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without-secrets"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("ROGATORY_LOG", "WARNING")},
}
