"""What the worker does for this room (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

import logging

from django.utils import timezone

from branches.services import place_limits
from core import clock
from evaluation.services import reporting
from evaluation.services.ten import following, proposals, telling
from jobs.services import outside_transaction

log = logging.getLogger(__name__)


@outside_transaction
def report_pdf(*, evaluation_id: int, stamp: str, language: str, day: str) -> None:
    """Draw a long report, which takes too long for somebody to wait for a page."""
    reporting.make(evaluation_id=evaluation_id, stamp=stamp, language=language, day=day)


@outside_transaction
def ten_news() -> None:
    """Once a day: tell who follows a top ten what is new, and let go of what was kept long enough.

    Each step is a transaction of its own; done twice, nothing is told or deleted twice.
    """
    today = clock.today()
    asked = telling.tell_followers(today=today)
    gone = following.forget(today=today)
    dropped = proposals.forget(today=today)
    telling.forget_sent(today=today)
    place_limits.forget(now=timezone.now())
    if asked or gone or dropped:
        log.info(
            "top tens: %s mails of news; let go of %s addresses, %s tips", asked, gone, dropped
        )
