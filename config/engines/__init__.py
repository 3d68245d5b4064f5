"""The one place that knows task engines. An engine only nudges; ``jobs`` holds the truth.

The work is defined once, here: run one job, and tick once a minute. ``django_q2`` and
``celery_redis`` each hand these two to their engine; the setting ``TASK_ENGINE`` chooses.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from config import schedules
from jobs import services


def run_job(job_id: int) -> None:
    """Run one job now (called inside a worker)."""
    services.run(job_id, now=timezone.now())


def tick() -> None:
    """Put down what has become due and look for what was left behind (called every minute).

    Ticking twice, late, or from two machines at once does what one tick does.
    """
    now = timezone.now()
    for handler, key in schedules.due(settings.SCHEDULES, now=now):
        services.put_unless_waiting(handler, key=key, now=now)
    services.sweep(now=now)
    services.note_tick(now=now)


def nudge_immediately(job_id: int) -> None:
    """Run in the caller's own process: for tests and commands."""
    run_job(job_id)
