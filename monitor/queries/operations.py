"""How the machinery does: what waits, what is parked, when it last ticked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from branches.models import Invitation, User
from core.masking import mask
from jobs.models import Job
from jobs.services import last_tick
from notifications.enums import LEFT_BEHIND, DeliveryState, ReminderState
from notifications.models import Delivery, Preference, Reader, Reminder
from notifications.queries.deliveries import up_to_us
from notifications.services.planning import LOOKS_BACK

# So long a reminder may wait for its mail: somebody's hour, and a day of trouble.
STUCK: Final = timedelta(days=2)
DAYS_SHOWN: Final = 7
# More stand in the table than anybody goes through one by one.
LISTED: Final = 50
# A tick is due every minute.
TICK_MAY_BE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """The state in numbers. Seconds and days are ages; None: there is none.

    Attributes:
        tick_seconds: since a worker last looked around.
        reminder_days: that the oldest due reminder which is in no mail yet has been due.
        reminders_stuck: how many of those wait longer than an hour of somebody's can explain.
        delivery_seconds: since the oldest mail that waits was made.
        sent_seconds: since a mail server last took one.
    """

    tick_seconds: int | None
    reminder_days: int | None
    reminders_stuck: int
    delivery_seconds: int | None
    sent_seconds: int | None
    jobs_waiting: int
    jobs_parked: int
    mails_waiting: int
    mails_parked: int

    @property
    def ticks(self) -> bool:
        """Tell whether a worker ticked a moment ago."""
        seconds = self.tick_seconds
        return seconds is not None and seconds <= TICK_MAY_BE.total_seconds()


VITAL_NAMES: Final = tuple(field.name for field in fields(Vitals))


def vitals(*, now: datetime, today: date) -> Vitals:
    """Return the numbers: five queries.

    Args:
        now: the machine's moment (ages of jobs, mails and ticks).
        today: the product's day (days of reminders).
    """
    jobs = by_state(Job.objects.all())
    mails = Delivery.objects.aggregate(
        waiting=Count("pk", filter=Q(state__in=(DeliveryState.WAITING, DeliveryState.SENDING))),
        parked=Count("pk", filter=Q(state=DeliveryState.PARKED)),
        last=Max("sent_at"),
        # Not ``send_after``: each refusal moves that on.
        oldest=Min("created_at", filter=Q(pk__in=up_to_us(today=today).values("pk"))),
    )
    reminders = _sendable(today=today).aggregate(
        oldest=Min("due_on"),
        stuck=Count("pk", filter=Q(due_on__lt=today - STUCK, planned_at__lt=now - STUCK)),
    )
    tick, oldest = last_tick(), reminders["oldest"]
    return Vitals(
        tick_seconds=_age(tick, now=now),
        reminder_days=(today - oldest).days if oldest else None,
        reminders_stuck=reminders["stuck"],
        delivery_seconds=_age(mails["oldest"], now=now),
        sent_seconds=_age(mails["last"], now=now),
        jobs_waiting=jobs.get(Job.State.WAITING, 0) + jobs.get(Job.State.RUNNING, 0),
        jobs_parked=jobs.get(Job.State.PARKED, 0),
        mails_waiting=mails["waiting"],
        mails_parked=mails["parked"],
    )


def _sendable(*, today: date) -> QuerySet[Reminder]:
    """Return the reminders that nothing but our own machinery keeps waiting."""
    a_while_ago = today - STUCK
    resting = Reader.objects.filter(paused_until__gte=a_while_ago).values("user")
    resting_here = Preference.objects.filter(paused_until__gte=a_while_ago)
    return (
        Reminder.objects.filter(
            state=ReminderState.WAITING,
            due_on__lte=today,
            due_on__gte=today - LOOKS_BACK,
            recipient__is_active=True,
            recipient__mail_refused_on=None,
        )
        .exclude(recipient__in=resting)
        .exclude(recipient__in=resting_here.values("user"))
    )


def _age(moment: datetime | None, *, now: datetime) -> int | None:
    return max(0, int((now - moment).total_seconds())) if moment else None


def by_state(rows: QuerySet[Any]) -> dict[str, int]:
    """Return state → number of rows: one query."""
    return dict(rows.order_by().values_list("state").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A job that failed too often; ``error`` is masked, since it may repeat anything."""

    pk: int
    handler: str
    attempts: int
    since: datetime
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOn:
    """One day's mails."""

    day: date
    sent: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All of the operators' page."""

    engine: str
    vitals: Vitals
    # (label, number) per state, in the order of the states.
    jobs: list[tuple[str, int]]
    mails: list[tuple[str, int]]
    failing: int
    parked_jobs: list[Parked]
    held_mails: list[Delivery]
    held_total: int
    days: list[SentOn]
    refused_people: list[User]
    refused_total: int
    refused_invitations: int

    @property
    def anything_parked(self) -> bool:
        """Tell whether "retry all parked" has something to do."""
        return bool(self.vitals.jobs_parked or self.vitals.mails_parked)


def board(*, now: datetime, today: date) -> Board:
    """Return the page's facts; as many queries for much trouble as for none."""
    refused = User.objects.filter(is_active=True, mail_refused_on__isnull=False)
    held = Delivery.objects.filter(state__in=LEFT_BEHIND)
    parked = Job.objects.filter(state=Job.State.PARKED).order_by("-pk")[:LISTED]
    mail_states = by_state(Delivery.objects.all())
    return Board(
        engine=settings.TASK_ENGINE,
        vitals=vitals(now=now, today=today),
        jobs=_labelled(Job.State.choices, by_state(Job.objects.all())),
        mails=_labelled(DeliveryState.choices, mail_states),
        failing=Job.objects.filter(state=Job.State.WAITING, attempts__gt=0).count(),
        parked_jobs=[
            Parked(
                pk=job.pk,
                handler=job.handler,
                attempts=job.attempts,
                since=job.created_at,
                error=mask(job.error),
            )
            for job in parked
        ],
        held_mails=list(
            held.select_related("recipient", "branch", "letter", "bulletin").order_by("-pk")[
                :LISTED
            ]
        ),
        held_total=sum(mail_states.get(state, 0) for state in LEFT_BEHIND),
        days=_days(now=now),
        refused_people=list(refused.order_by("-mail_refused_on", "pk")[:LISTED]),
        refused_total=refused.count(),
        refused_invitations=Invitation.objects.filter(mail_refused_on__isnull=False).count(),
    )


def _labelled(choices: Iterable[tuple[str, Any]], numbers: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(label), numbers.get(state, 0)) for state, label in choices]


def _days(*, now: datetime) -> list[SentOn]:
    """Return the last seven days, today first, by the machine's own days in Amsterdam."""
    last = timezone.localdate(now)
    first = last - timedelta(days=DAYS_SHOWN - 1)
    sent = dict(
        Delivery.objects.filter(state=DeliveryState.SENT, sent_at__date__gte=first)
        .order_by()
        .values_list("sent_at__date")
        .annotate(n=Count("pk"))
    )
    refused = dict(
        Delivery.objects.filter(state=DeliveryState.REFUSED, send_after__date__gte=first)
        .order_by()
        .values_list("send_after__date")
        .annotate(n=Count("pk"))
    )
    days = [last - timedelta(days=n) for n in range(DAYS_SHOWN)]
    return [SentOn(day=day, sent=sent.get(day, 0), refused=refused.get(day, 0)) for day in days]
