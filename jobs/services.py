"""Putting work down, claiming it, running it, sweeping what was left."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string

from core.masking import mask
from jobs.models import Job, Tick

log = logging.getLogger(__name__)

Handler = TypeVar("Handler", bound=Callable[..., None])
_OUTSIDE: set[Callable[..., None]] = set()

# A job that failed this often is parked for a person to look at.
MAX_ATTEMPTS = 3
KEPT = timedelta(days=7)
_THE_TICK = 1


class _LeaseLost(RuntimeError):
    """Another worker took the job over while this one was at it: its writes are the ones kept."""


def lease() -> timedelta:
    """Return how long a job is its worker's own: longer than an engine lets a task run."""
    return timedelta(seconds=settings.JOBS_LEASE_SECONDS)


def put(
    handler: str, *, payload: dict[str, Any], now: datetime, key: str | None = None
) -> Job | None:
    """Write a job in the caller's transaction and nudge the engine once that commits.

    Args:
        handler: a name in the setting ``JOB_HANDLERS``.
        payload: plain JSON values, handed to the handler as keyword arguments.
        now: the machine's moment; the job is due at once.
        key: the same key twice is one job; the second call returns ``None``.

    Raises:
        KeyError: no such handler.
    """
    if handler not in settings.JOB_HANDLERS:
        raise KeyError(handler)
    if key is not None:
        job, created = Job.objects.get_or_create(
            key=key, defaults={"handler": handler, "payload": payload, "run_after": now}
        )
        if not created:
            return None
    else:
        job = Job.objects.create(handler=handler, payload=payload, run_after=now)
    transaction.on_commit(lambda: nudge(job.pk))
    return job


def put_unless_waiting(handler: str, *, key: str, now: datetime) -> Job | None:
    """Put down work that comes round by itself, unless an earlier round of it still waits.

    Rounds that waited while no worker was there are one round's work, so they do not pile up. One
    that is running does not count: its worker may have died.

    Raises:
        KeyError: no such handler.
    """
    if Job.objects.filter(handler=handler, state=Job.State.WAITING).exists():
        return None
    return put(handler, payload={}, now=now, key=key)


def put_again(*, job_id: int, now: datetime) -> bool:
    """Let a parked job be tried anew, in the caller's transaction; tell whether it was parked."""
    parked = Job.objects.filter(pk=job_id, state=Job.State.PARKED)
    again = parked.update(state=Job.State.WAITING, attempts=0, run_after=now, error="")
    if again:
        transaction.on_commit(lambda: nudge(job_id))
    return bool(again)


def nudge(job_id: int) -> bool:
    """Tell the engine to look at a job, and whether it heard.

    Losing the nudge loses nothing: the sweep comes by.
    """
    send: Callable[[int], None] = import_string(settings.JOBS_NUDGE)
    try:
        send(job_id)
    except Exception:  # whatever the engine's trouble is, the row waits and the request goes on
        log.exception("could not nudge job %s; the sweep will", job_id)
        return False
    return True


def outside_transaction(handler: Handler) -> Handler:
    """Mark a handler that talks to another machine: it must not hold the database meanwhile.

    Such a handler has its own short transactions, and bears being run again after a worker died
    between its work and its end.
    """
    _OUTSIDE.add(handler)
    return handler


def run(job_id: int, *, now: datetime) -> bool:
    """Claim one due job and run it; return whether it was ours and succeeded."""
    claimed = Job.objects.filter(_due(now), pk=job_id).update(
        state=Job.State.RUNNING, attempts=F("attempts") + 1, leased_until=now + lease()
    )
    if not claimed:
        return False
    job = Job.objects.get(pk=job_id)
    ours = Job.objects.filter(pk=job_id, state=Job.State.RUNNING, attempts=job.attempts)
    try:
        handler = import_string(settings.JOB_HANDLERS[job.handler])
        # Inside the handler's transaction: either what it wrote and its end are there, or neither.
        with nullcontext() if handler in _OUTSIDE else transaction.atomic():
            handler(**job.payload)
            _done(ours, now)
    except Exception as error:  # a handler may fail in any way; the job must not be lost by it
        log.exception("job %s (%s) failed, attempt %s", job_id, job.handler, job.attempts)
        _failed(job, ours, error, now)
        return False
    return True


def sweep(*, now: datetime, limit: int = 1000) -> int:
    """Nudge what is due again, and park what died too often; return how many were nudged.

    An engine that does not hear one nudge is not asked for the others.
    """
    Job.objects.filter(
        state=Job.State.RUNNING, leased_until__lt=now, attempts__gte=MAX_ATTEMPTS
    ).update(state=Job.State.PARKED, leased_until=None, error="the worker died each time")
    ids = list(Job.objects.filter(_due(now)).order_by("id").values_list("pk", flat=True)[:limit])
    return sum(1 for _ in takewhile(nudge, ids))


def tidy(*, now: datetime) -> int:
    """Delete what was done more than a week ago; return how many. What is parked stays."""
    old = Job.objects.filter(state=Job.State.DONE, finished_at__lt=now - KEPT)
    deleted, _by_model = old.delete()
    return deleted


def note_tick(*, now: datetime) -> None:
    """Write down that the engine is alive."""
    Tick.objects.update_or_create(pk=_THE_TICK, defaults={"at": now})


def last_tick() -> datetime | None:
    """Return the machine's moment of the engine's last tick; None before the first."""
    return Tick.objects.filter(pk=_THE_TICK).values_list("at", flat=True).first()


def _due(now: datetime) -> Q:
    return Q(attempts__lt=MAX_ATTEMPTS) & (
        Q(state=Job.State.WAITING, run_after__lte=now)
        | Q(state=Job.State.RUNNING, leased_until__lt=now)
    )


def _done(ours: Any, now: datetime) -> None:
    if not ours.update(state=Job.State.DONE, finished_at=now, leased_until=None, error=""):
        raise _LeaseLost


def _failed(job: Job, ours: Any, error: Exception, now: datetime) -> None:
    if job.attempts >= MAX_ATTEMPTS:
        ours.update(state=Job.State.PARKED, leased_until=None, error=_told(error))
    else:
        ours.update(
            state=Job.State.WAITING,
            leased_until=None,
            run_after=now + timedelta(seconds=settings.JOBS_BACK_OFF_SECONDS[job.attempts - 1]),
            error=_told(error),
        )


def _told(error: Exception) -> str:
    """Return what went wrong: a mail server repeats addresses in it, a database its rows."""
    return mask(repr(error))[:500]
