"""The test suite: fast, closed, the same everywhere."""

from __future__ import annotations

import os

from config.settings.base import *

SECRET_KEY = "only-for-tests"  # noqa: S105 - a test run has no secrets
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO = True
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
JOB_HANDLERS = {**JOB_HANDLERS, "demo.travel_on": "demo.tasks.travel_on"}
JOBS_NUDGE = "config.engines.nudge_immediately"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_CONNECTIONS = 1
MAILBOX_PRIVATE_HOSTS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# One memory under both names: a test that begins with an empty one has none of either.
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    for name in ("default", "pages")
}
MEDIA_ROOT = STATE_DIR / "test-media" / str(os.getpid())
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

if os.environ.get("TEST_DATABASE_URL"):
    DATABASES = {"default": env.db_url("TEST_DATABASE_URL")}
