"""A checkout's settings, with a day that stands still and mails that go nowhere."""

from __future__ import annotations

from config.settings.development import *

# Noon on 4 October 2021: in the thick of the 2022 cycle.
CLOCK = "tests.clock.FixedClock"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
