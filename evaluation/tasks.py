"""What the worker does for this room (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

from evaluation.services import reporting
from jobs.services import outside_transaction


@outside_transaction
def report_pdf(*, evaluation_id: int, stamp: str, language: str, day: str) -> None:
    """Draw a long report, which takes too long for somebody to wait for a page."""
    reporting.make(evaluation_id=evaluation_id, stamp=stamp, language=language, day=day)
