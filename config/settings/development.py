"""A checkout on somebody's own machine: nothing to set, demonstration on unless DEMO=0."""

from __future__ import annotations

import secrets

from config.settings.base import *

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=True)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

STATE_DIR.mkdir(exist_ok=True)
_key_file = STATE_DIR / "secret-key"
if not _key_file.exists():
    # Kept between starts: a new key would silently drop queued tasks and everybody's session.
    _key_file.write_text(secrets.token_urlsafe(64), encoding="ascii")
    _key_file.chmod(0o600)
SECRET_KEY = _key_file.read_text(encoding="ascii")

if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("DATABASE_URL")}
    if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{env.str('PORT', default='8000')}")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

if DEMO:
    INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
    CLOCK = "core.clock.FileClock"
    # As the days go by, the invented branches live on and the reminders of each day go out.
    CLOCK_TRAVELLER = "demo.services.travel.travel"
    JOB_HANDLERS = {**JOB_HANDLERS, "demo.travel_on": "demo.tasks.travel_on"}
    # Every mail lands in the mailbox page of the demonstration; nothing leaves the machine.
    EMAIL_BACKEND = "demo.mailbox.MailboxBackend"
    # The mailbox is a table, and the database belongs to one thread.
    MAIL_CONNECTIONS = 1
