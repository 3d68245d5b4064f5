"""Letting go of names, once an hour (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

import logging

from django.utils import timezone

from branches.services import place_limits
from consultation.services.retention import let_go
from core import clock
from jobs.services import outside_transaction

log = logging.getLogger(__name__)


@outside_transaction
def retention() -> None:
    """Let go of everybody whose day has come; each step is a transaction of its own."""
    done = let_go(today=clock.today())
    place_limits.forget(now=timezone.now())
    if done.people or done.consultations:
        log.info("names let go of: %s people, %s branches", done.people, done.consultations)
