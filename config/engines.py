"""The one place that knows a task engine. An engine only nudges; ``jobs`` holds the truth."""

from __future__ import annotations

from django.utils import timezone

from jobs import services


def run_job(job_id: int) -> None:
    """Run one job now (called inside a worker)."""
    services.run(job_id, now=timezone.now())


def sweep() -> None:
    """Look for what was left behind (called every minute by the schedule)."""
    services.sweep(now=timezone.now())


def nudge_immediately(job_id: int) -> None:
    """Run in the caller's own process: for tests and commands."""
    run_job(job_id)


def nudge_django_q(job_id: int) -> None:
    """Hand the job's number to django-q2."""
    from django_q.tasks import async_task  # noqa: PLC0415 - only when this engine is chosen

    async_task("config.engines.run_job", job_id, group="jobs")
