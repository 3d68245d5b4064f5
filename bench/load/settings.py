"""A checkout's settings, with a day that stands still and mails that go nowhere."""

from __future__ import annotations

from config.settings.development import *
from config.settings.development import DATABASES, SQLITE_KEPT_OPEN

# Noon on 4 October 2021: in the thick of the 2022 cycle.
CLOCK = "tests.clock.FixedClock"
# As production has it: a connection anew for each page costs more than most pages ask.
DATABASES["default"]["CONN_MAX_AGE"] = SQLITE_KEPT_OPEN
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
