"""Trying again what was given up: each attempt asked for by a person, and written down."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from branches import audit
from branches.models import User
from jobs.models import Job
from jobs.services import put_again
from notifications.enums import DeliveryState
from notifications.models import Delivery
from notifications.services import sending

# More at once would keep the person waiting; pressing again takes the next.
AT_ONCE = 500


@transaction.atomic
def retry_job(*, by: User, job_id: int, today: date, now: datetime) -> bool:
    """Let one parked job be tried anew; tell whether it was parked."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None or not put_again(job_id=job_id, now=now):
        return False
    audit.record(
        verb="operations.job_retried",
        by=by,
        branch=None,
        today=today,
        subject=job,
        work=job.handler,
    )
    return True


def retry_mail(*, by: User, delivery_id: int, today: date, now: datetime) -> bool:
    """Let one parked or refused mail be tried anew; tell whether it was one of these."""
    return sending.retry(delivery_id=delivery_id, by=by, today=today, now=now)


def retry_parked(*, by: User, today: date, now: datetime) -> tuple[int, int]:
    """Let all parked jobs and mails be tried anew, ``AT_ONCE`` of each at most; return how many.

    Refused addresses stay refused: the mail server has said why. Each row is its own transaction,
    so one that fails keeps none of the others waiting.
    """
    jobs = Job.objects.filter(state=Job.State.PARKED).order_by("pk")
    mails = Delivery.objects.filter(state=DeliveryState.PARKED).order_by("pk")
    return (
        sum(
            retry_job(by=by, job_id=pk, today=today, now=now)
            for pk in jobs.values_list("pk", flat=True)[:AT_ONCE]
        ),
        sum(
            retry_mail(delivery_id=pk, by=by, today=today, now=now)
            for pk in mails.values_list("pk", flat=True)[:AT_ONCE]
        ),
    )
