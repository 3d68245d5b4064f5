"""The settings of processes that will be killed: the product's, in a hurry.

Leases, back-off and ticks are seconds instead of minutes. Everything else that matters here (the
engines' own settings, SQLite's options, who claims what when) is the product's.
"""

from __future__ import annotations

from config.logs import logging_settings
from config.settings import base
from config.settings.test import *
from tests.chaos.clock import Seconds

DATABASES = {"default": base.env.db_url("CHAOS_DATABASE_URL")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = base.SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = base.SQLITE_KEPT_OPEN
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# One folder for all of them: what one that died left behind, the next one finds.
MEDIA_ROOT = base.STATE_DIR / "media"

CLOCK = "tests.chaos.clock.DayInAFile"
JOBS_NUDGE = base.JOBS_NUDGE
CELERY_QUEUE = base.env.str("CHAOS_QUEUE", default="chaos")
TASK_SECONDS = 10
JOBS_LEASE_SECONDS = MAIL_LEASE_SECONDS = base.env.int("CHAOS_LEASE_SECONDS", default=12)
MAIL_RUN_SECONDS = 6
JOBS_BACK_OFF_SECONDS = (1, 2)
TICK_SECONDS = base.env.int("CHAOS_TICK_SECONDS", default=1)
STUCK_SECONDS = base.env.int("CHAOS_STUCK_SECONDS", default=15)
Q_CLUSTER = {**base.Q_CLUSTER, "timeout": TASK_SECONDS, "retry": 60, "poll": 0.1}
JOB_HANDLERS = {
    **base.JOB_HANDLERS,
    "chaos.mail": "tests.chaos.work.mail",
    "chaos.poison": "tests.chaos.work.poison",
    "chaos.slow": "tests.chaos.work.slow",
}
SCHEDULES = {"notifications.plan": Seconds(10), "notifications.send": Seconds(2)}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", base.env.int("CHAOS_SMTP_PORT", default=1)
LOGGING = logging_settings(style="lines", requests="WARNING")
