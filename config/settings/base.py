"""What holds in every environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from config import schedules
from config.logs import logging_settings

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
# All state lives in one folder: of a checkout, one that git ignores.
STATE_DIR = Path(env.str("STATE_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
DEMO = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    # Before django_q: it has a worker of the same name, with a watch (see its qcluster command).
    "config",
    "django_q",
    "rules",
    "core",
    "jobs",
    "branches",
    "programmes",
    "process",
    "evaluation",
    "consultation",
    "notifications",
    "monitor",
]

MIDDLEWARE = [
    "config.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.BadTextMiddleware",
    "config.health.HealthMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.ViewerMiddleware",
    "config.middleware.NationalOfficeSecondFactorMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# SQLite in WAL mode takes its write lock at the start of a transaction: readers never wait, and a
# read-then-write cannot fail halfway with "database is locked".
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        # What was deleted is overwritten: somebody who was taken out is in no corner of the file.
        " PRAGMA secure_delete=ON;"
    ),
}
SQLITE_KEPT_OPEN = 60
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": STATE_DIR / "db.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
        # Opening the file anew costs more than most pages read from it.
        "CONN_MAX_AGE": SQLITE_KEPT_OPEN,
    },
}
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    },
    # Drawn pages for everybody, named after the state that they show: what is old is never asked
    # for again. In each process for itself, so that a new version of the product draws anew.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 60 * 60 * 24,
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}

AUTH_USER_MODEL = "branches.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "branches.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# An account's address was proved by its invitation, and every code proves it again.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
# Eight digits, 1234-5678: typed on a phone with the number keys.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
# Three guesses per code and ten codes an hour per address: one guess in a few million.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,10/h/key"}
ACCOUNT_FORMS = {
    "request_login_code": "branches.forms.SignInForm",
    "confirm_login_code": "branches.forms.CodeForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "branches.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Rode Draad"
MFA_FORMS = {
    "authenticate": "branches.forms.SecondStepForm",
    "reauthenticate": "branches.forms.SecondStepAgainForm",
    "activate_totp": "branches.forms.SetUpAppForm",
    "add_webauthn": "branches.forms.PasskeyForm",
    "edit_webauthn": "branches.forms.RenamePasskeyForm",
    "login_webauthn": "branches.passkey_forms.KeyAtSignIn",
    "authenticate_webauthn": "branches.passkey_forms.KeyAsSecondStep",
    "reauthenticate_webauthn": "branches.passkey_forms.KeyOnceMore",
}
# A mail server that does not answer must not hold a page.
EMAIL_TIMEOUT = 10
# A server that looks through a mail before it says yes: too soon, and it arrives twice (seconds).
MAIL_DATA_TIMEOUT = env.int("MAIL_DATA_TIMEOUT", default=60)
# How many connections to the mail server reminders may use at once; with one there are no threads.
MAIL_CONNECTIONS = env.int("MAIL_CONNECTIONS", default=4)
# Where mails that cannot be delivered come back to; without it, to the sender. Its mailbox is read
# when its address is known: imaps://user:password@host/INBOX.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
BOUNCE_IMAP_URL = env.str("BOUNCE_IMAP_URL", default="")
# Mailboxes of branches (IMAP): what people fill in must be a host of the internet, unless the
# operator says that one beside this machine will do. How long a server may be silent, and how long
# one look may take (seconds).
MAILBOX_PRIVATE_HOSTS = env.bool("MAILBOX_PRIVATE_HOSTS", default=False)
MAILBOX_PATIENCE_SECONDS = 10
MAILBOX_RUN_SECONDS = 60
# A provider that takes our mail, by anymail's name, and the secret ("name:password") with which it
# tells us what became of it (config.bounces).
EMAIL_PROVIDER = ""
WEBHOOK_SECRET = env.str("WEBHOOK_SECRET", default="")
# What a provider of mail wants in every mail (config.settings.providers).
MAIL_PROVIDER_HEADERS: dict[str, str] = {}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = STATE_DIR / "media"
# Documents are served by views that check who asks; there is no public media address.
MEDIA_URL = ""

DEFAULT_FROM_EMAIL = "Rode Draad <noreply@localhost>"
SITE_URL = "http://localhost:8000"

# Which clock the product reads (core.clock): the machine's, or one that a demonstration moves.
CLOCK = "core.clock.SystemClock"
# Who lives the days in between when a demonstration's clock is moved; nobody: it jumps.
CLOCK_TRAVELLER = ""
DEMO_CLOCK_FILE = STATE_DIR / "demo-clock.json"
# The first day a demonstration shows.
DEMO_START = "2021-10-04"

# Under this name branches speak to people who do not know them: "PvdA Utrecht".
PARTY_NAME = env.str("PARTY_NAME", default="PvdA")

# R60: the help contact that stands on every page.
HELP_CONTACT = {"name": "CLB", "email": "clb@pvda.nl", "phone": "070-2629720"}

# Who gets back what a person owned when that person leaves: one object per kind of thing owned.
OWNERSHIP = [
    "process.ownership.MilestoneOwnership",
    "evaluation.ownership.PromiseOwnership",
    "evaluation.ownership_ten.PledgeOwnership",
    "consultation.ownership.ContributionOwnership",
    "consultation.ownership.StakeholderOwnership",
]

# Who counts the mails of a meeting's invitation.
MEETING_POST = "notifications.queries.meeting_post.count"

# Who counts what people brought in behind the measures of a programme.
MEASURE_INPUT = "consultation.queries.measures.taken_up_counts"

# What each room knows of a person: found, handed over and taken out from one page.
PERSONAL_DATA = [
    "branches.traces.PeopleTraces",
    "process.traces.ProcessTraces",
    "programmes.traces.ProgrammeTraces",
    "evaluation.traces_promises.PromiseTraces",
    "evaluation.traces.TenTraces",
    "consultation.traces.InputTraces",
    "monitor.traces.OfficeTraces",
]

# Who is told, inside the same transaction, that a programme was written anew or taken back.
PROGRAMME_FOLLOWERS = [
    "evaluation.services.following.ProgrammeFollower",
    "evaluation.services.ten.following_programme.ProgrammeFollower",
]

# Who is told, inside the same transaction, that branches got a timeline to their next election.
TIMELINE_FOLLOWERS = ["evaluation.services.ten.tying.TimelineFollower"]

# Who is told, inside the same transaction, that branches merged or that one ended; and what lets
# their things follow.
BRANCH_FOLLOWERS = [
    "process.services.branch_following.BranchFollower",
    "notifications.services.branch_following.BranchFollower",
    "monitor.services.branch_following.BranchFollower",
]

# Sentences of the history, per room.
AUDIT_WORDS = [
    "branches.audit_words.WORDS",
    "process.audit_words.WORDS",
    "process.audit_words_timeline.WORDS",
    "programmes.audit_words.WORDS",
    "evaluation.audit_words.WORDS",
    "consultation.audit_words.WORDS",
    "monitor.audit_words.WORDS",
    "notifications.audit_words.WORDS",
]

# Which engine runs the work: "django-q2" (nothing else to install) or "celery" (with Redis).
TASK_ENGINE = env.str("TASK_ENGINE", default="django-q2")
REDIS_URL = env.str("REDIS_URL", default="")
TASK_ENGINES = {
    "django-q2": "config.engines.django_q2.nudge",
    "celery": "config.engines.celery_redis.nudge",
}
# How a waiting job is nudged; an engine that is not among these is refused by config.checks.
JOBS_NUDGE = TASK_ENGINES.get(TASK_ENGINE, "")
# After so many seconds an engine stops a task. The lease is a little longer, and lease, back-off
# and tick together stay under five minutes: so long does work wait at most after something died.
TASK_SECONDS = 120
JOBS_LEASE_SECONDS = 150
MAIL_LEASE_SECONDS = 150
# So long after its beginning a run of sending begins no other mail; one may take a minute.
MAIL_RUN_SECONDS = 50
# Before the second and the third attempt of a job that failed.
JOBS_BACK_OFF_SECONDS = (10, 120)
TICK_SECONDS = 60
# A worker in which nothing has ticked for so long is stuck, and makes place for a new one.
STUCK_SECONDS = 240
CELERY_QUEUE = "rodedraad"
SCHEDULES = schedules.SCHEDULES
JOB_HANDLERS = {
    "branches.send_invitation": "branches.tasks.send_invitation",
    "process.roll_out": "process.tasks.roll_out",
    "process.calendars": "process.tasks.calendars",
    "programmes.read": "programmes.tasks.read",
    "evaluation.report_pdf": "evaluation.tasks.report_pdf",
    "evaluation.ten_news": "evaluation.tasks.ten_news",
    "consultation.retention": "consultation.retention_tasks.retention",
    "consultation.take_over_list": "consultation.list_tasks.take_over_list",
    "consultation.mailboxes": "consultation.mail_tasks.mailboxes",
    "consultation.mailbox": "consultation.mail_tasks.mailbox",
    "consultation.mail_files": "consultation.mail_tasks.mail_files",
    "jobs.tidy": "jobs.tasks.tidy",
    "monitor.base_news": "monitor.base_tasks.base_news",
    "monitor.monthly_report": "monitor.report_tasks.monthly_report",
    "notifications.plan": "notifications.tasks.plan",
    "notifications.send": "notifications.tasks.send",
    "notifications.bounces": "notifications.bounce_tasks.bounces",
}
Q_CLUSTER = {
    "name": "rodedraad",
    "orm": "default",
    "workers": 2,
    "queue_limit": 2,
    "bulk": 1,
    "timeout": TASK_SECONDS,
    "retry": 600,
    "max_attempts": 1,
    "ack_failures": True,
    "catch_up": False,
    "poll": 0.5,
    "save_limit": 500,
    "label": "Taken",
}

# "json" or "lines" (config.logs); one line per request is for servers.
LOG_STYLE = env.str("LOG_STYLE", default="lines")
LOGGING: dict[str, Any] = logging_settings(style=LOG_STYLE, requests="WARNING")
