"""Celery with Redis: for an installation that has several machines."""

from __future__ import annotations

import threading
import time

# A queue that did not answer is left alone for a while: nobody's page waits for it twice.
REST_SECONDS = 10.0
_rest = threading.local()


class QueueIsAway(ConnectionError):
    """Redis did not answer a moment ago; the job waits in its table for the sweep."""


def nudge(job_id: int) -> None:
    """Hand the job's number to Celery: one attempt, of a second or two at most.

    Raises:
        QueueIsAway: it did not answer less than ``REST_SECONDS`` ago.
        OperationalError: (kombu's) it does not answer now.
    """
    from config.celery_app import run_job  # noqa: PLC0415 - only when this engine is chosen

    if time.monotonic() < getattr(_rest, "until", 0.0):
        raise QueueIsAway
    try:
        run_job.apply_async((job_id,), retry=False)
    except Exception:
        _rest.until = time.monotonic() + REST_SECONDS
        raise
