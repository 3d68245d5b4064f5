"""The test settings on a database file of their own, without debug aids."""

from __future__ import annotations

from config.settings.test import *
from config.settings.test import (
    BASE_DIR,
    JOB_HANDLERS,
    Q_CLUSTER,
    SQLITE_OPTIONS,
    STATE_DIR,
    TEMPLATES,
    env,
)

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": STATE_DIR / "bench.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
        "TEST": {"NAME": STATE_DIR / "bench.sqlite3"},
    },
}
# Another server (bench.servers), and then its own database by name.
if env.str("BENCH_DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("BENCH_DATABASE_URL")}
    DATABASES["default"]["TEST"] = {"NAME": "bench"}
# Noon on 4 October 2021: in the thick of the 2022 cycle.
CLOCK = "tests.clock.FixedClock"
ROOT_URLCONF = "bench.urls"
# Measuring what a queue costs needs a job that does nothing.
JOB_HANDLERS = {**JOB_HANDLERS, "bench.nothing": "bench.jobs.nothing"}
# It says each task that it takes.
Q_CLUSTER = {**Q_CLUSTER, "log_level": "WARNING"}
LOGGING = {"version": 1, "disable_existing_loggers": True}
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench" / "templates"]}]
