"""Moving the clock: each day passed is lived, and what it would have mailed goes out.

Forward, the clock itself goes from day to day: on each the reminders are planned and sent as on a
real day, into the mailbox page. What takes longer than a page may wait is done by the worker; the
clock's own file says where it is and where it goes, so whoever takes over goes on from there.
"""

from __future__ import annotations

import time as stopwatch
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from core import clock
from demo.models import DemoMail
from demo.services import living
from evaluation.services.ten import following, telling
from jobs import services as jobs
from monitor.models import MonthlyReport
from monitor.services import reports
from notifications.services import composing, forgetting, planning, sending
from process.services import calendar

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
# Every digest hour has passed by then.
_EVENING = time(23)
# Longer than this a worker does not hold on to one job: the next one goes on from the same day.
JOB_SECONDS = 40


def travel(*, before: date, after: date, seconds: float | None) -> None:
    """Bring the demonstration from one day to another (see the setting ``CLOCK_TRAVELLER``).

    Args:
        before: the day on which the clock stands.
        after: where it goes.
        seconds: after so long the worker takes over; ``None``: do all of it now.
    """
    # Stored texts hold dates in words: in Dutch, whatever language the visitor reads.
    with override("nl"):
        if after <= before:
            clock.stand(day=after)
            _take_back(after)
        elif not _walk(before=before, after=after, seconds=seconds):
            jobs.put("demo.travel_on", payload={"until": after.isoformat()}, now=timezone.now())


def travel_on(*, until: date) -> None:
    """Go on where ``travel`` or the last call left off; not when the clock now goes elsewhere."""
    if clock.destination() == until:
        travel(before=clock.today(), after=until, seconds=JOB_SECONDS)


def _walk(*, before: date, after: date, seconds: float | None) -> bool:
    """Live day after day; tell whether the clock arrived before the time was up."""
    begin = stopwatch.monotonic()
    day = before
    clock.stand(day=day, destination=after)
    while day < after:
        if (clock.today(), clock.destination()) != (day, after):
            # Somebody moved it elsewhere meanwhile: that counts.
            return True
        day += _DAY
        clock.stand(day=day, destination=after)
        up = seconds is not None and stopwatch.monotonic() - begin >= seconds
        # Weekly mails tell how the country stands, so it lives on before each of them.
        if day.weekday() == 0 or day == after or up:
            with transaction.atomic():
                # What was done already is not done again, so a week too many does no harm.
                living.live_on(since=max(before, day - _WEEK), until=day)
                reports.take_last_month(today=day)
        _post(day)
        if up and day < after:
            return False
    return True


def _post(day: date) -> None:
    """Send what that day would have sent."""
    local = timezone.make_aware(datetime.combine(day, _EVENING))
    now = timezone.now()
    # Milestones follow with the next minute: they stand in no mail.
    calendar.refresh_meetings(now=now, today=day)
    telling.tell_followers(today=day)
    following.forget(today=day)
    planning.plan(today=day, now=now)
    composing.compose(local=local, now=now, any_hour=True)
    sending.send_due(now=now, local=local)


def _take_back(day: date) -> None:
    """What was told on later days has not been told yet."""
    with transaction.atomic():
        living.take_back(day=day)
        forgetting.forget_after(day=day)
        DemoMail.objects.filter(day__gt=day).delete()
        MonthlyReport.objects.filter(taken_on__gt=day).delete()
