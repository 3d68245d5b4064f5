"""What the clock does for the monthly report (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

import logging

from core import clock
from monitor.services import reports

log = logging.getLogger(__name__)


def monthly_report() -> None:
    """Each day: take the report of last month if it is not there yet."""
    report = reports.take_last_month(today=clock.today())
    if report is not None:
        log.info("monthly report %s taken of %s branches", report, report.figures["branches"])
