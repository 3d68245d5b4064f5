"""A real server. Everything that must be decided is asked for; what is missing is named at once."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from config.logs import logging_settings
from config.settings import providers
from config.settings.base import *

try:
    _provider = providers.provider(env.str("EMAIL_PROVIDER", default=""))
except providers.UnknownProvider as error:
    raise ImproperlyConfigured(str(error)) from error
_REQUIRED = {
    "SECRET_KEY": "a long random text that stays the same between restarts",
    "ALLOWED_HOSTS": "the host names that people type, separated by commas",
    "SITE_URL": "the address in mails, for example https://rodedraad.example.nl",
    "DATABASE_URL": "for example postgres://user:password@host/name or sqlite:////srv/db.sqlite3",
    **providers.needed(_provider),
    "DEFAULT_FROM_EMAIL": "the sender of every mail",
}
_missing = [name for name in _REQUIRED if not env.str(name, default="")]
if _missing:
    _lines = "\n".join(f"  {name}: {_REQUIRED[name]}" for name in _missing)
    raise ImproperlyConfigured(f"These environment variables are not set:\n{_lines}")
if providers.lacking(_provider):
    raise ImproperlyConfigured(
        f"This provider of mail needs the package {providers.lacking(_provider)}: "
        f'pip install "django-anymail[{env.str("EMAIL_PROVIDER")}]".'
    )
if env.bool("DEMO", default=False):
    raise ImproperlyConfigured("DEMO is for demonstrations; a production server refuses it.")

SECRET_KEY = env.str("SECRET_KEY")
# Keys of before: what they signed still counts, and calendars keep their address.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = env.str("SITE_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATABASES = {"default": env.db_url("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = SQLITE_KEPT_OPEN
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL")
if _provider is None:
    vars().update(providers.for_smtp(env.email_url("EMAIL_URL")))
else:
    vars().update(providers.for_provider(_provider, env.ENVIRON, secret=WEBHOOK_SECRET))

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.static_files.StaticFiles"},
}

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# A container asks itself, without the proxy that holds the certificate.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# How many proxies of ours stand before the web process: without it every visitor has the same
# network address, and the sign-in limits of one are those of all.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

LOGGING = logging_settings(style=env.str("LOG_STYLE", default="json"), requests="INFO")
