"""What the worker does for this room (see the setting ``JOB_HANDLERS``).

Both are harmless at any moment, as often as you like and by two at once: a job that was lost, came
twice or died half-way is made good by the next one.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.utils import timezone

from core import clock
from jobs.services import outside_transaction
from notifications.rules.catalogue import RULES
from notifications.services import composing, planning, sending
from process.services import calendar

_AT_ONCE = tuple(rule for rule in RULES if rule.at_once)
# Seconds in which something goes, however slow the rest was.
_AT_LEAST = 5.0


@outside_transaction
def plan() -> None:
    """Bring the outbox in step with all that is to be told (every ten minutes)."""
    local, now = clock.now(), timezone.now()
    planning.plan(today=local.date(), now=now)
    composing.compose(local=local, now=now)


@outside_transaction
def send() -> None:
    """Send what is due (every minute); what cannot wait is not kept for the next ``plan``."""
    began = time.monotonic()
    local, now = clock.now(), timezone.now()
    # An invitation names the SEQUENCE that the feeds name too.
    calendar.refresh_meetings(now=now, today=local.date())
    planning.plan(today=local.date(), now=now, rules=_AT_ONCE)
    composing.compose(local=local, now=now)
    # What comes before takes a second, or many when the database is busy: it counts, so that the
    # last mail is not cut off by the engine.
    left = settings.MAIL_RUN_SECONDS - (time.monotonic() - began)
    sending.send_due(now=timezone.now(), local=local, seconds=max(left, _AT_LEAST))
