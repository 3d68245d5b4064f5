"""A clock that jumps an hour, and the two nights on which it is meant to: told once, on the day.

A stream of ticks: on each the outbox is planned, mails are made and what is due is sent, as the
machine's clock says at that moment. The clock may be an hour wrong for a while, in both directions.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reader, Reminder
from notifications.rules.catalogue import BY_KEY
from notifications.services.composing import compose
from notifications.services.planning import plan
from process.models import Milestone, Timeline
from tests.clock import AMSTERDAM
from tests.integration.notifications.telling import only_milestone, somebody
from tests.process_factories import MeetingFactory

pytestmark = pytest.mark.django_db

AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)
HOUR = timedelta(hours=1)
RULES = [
    BY_KEY[key]
    for key in (
        "milestone.soon",
        "milestone.today",
        "meeting.soon",
        "meeting.planned",
        "meeting.moved",
        "week.branch",
    )
]
# So many days around the night; somebody looks every few hours.
BEFORE, AFTER = 1, 2
steps = st.lists(st.integers(60, 200), min_size=1, max_size=12)
wrong = st.lists(st.tuples(st.integers(0, 30), st.sampled_from([-1, 1])), max_size=3)
few = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(params=[AUTUMN, SPRING], ids=["autumn", "spring"])
def night(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    milestone = only_milestone("people_approached", target=day + timedelta(days=7))
    Timeline.objects.update(polling_day=day + timedelta(days=200), last_activity_on=day)
    other = Milestone.objects.get()
    other.pk, other.key, other.position = None, "input_open", 9
    other.target = other.deadline = day
    other.save()
    branch = milestone.timeline.branch
    somebody(branch)
    Reader.objects.create(user=somebody(branch), digest_hour=18)
    for shift in range(-1, 2):
        on = day + timedelta(days=shift)
        MeetingFactory(branch=branch, day=on + timedelta(days=2), planned_on=on)
        MeetingFactory(branch=branch, day=on + timedelta(days=30), moved_on=on, news=1)
    return day


def ticks(day: date, gaps: list[int], jumps: list[tuple[int, int]]) -> list[datetime]:
    """Return what the machine's clock says at each tick, in UTC."""
    begin = datetime.combine(day - timedelta(days=BEFORE), time(), tzinfo=AMSTERDAM)
    end = datetime.combine(day + timedelta(days=AFTER), time(), tzinfo=AMSTERDAM)
    moment, last, number, found = begin.astimezone(UTC), end.astimezone(UTC), 0, []
    # Each jump lasts three ticks; then somebody sets the clock right.
    offsets = {place + more: hours for place, hours in jumps for more in range(3)}
    while moment < last:
        found.append(moment + offsets.get(number, 0) * HOUR)
        moment += timedelta(minutes=gaps[number % len(gaps)])
        number += 1
    return found


def send(now: datetime, local: datetime) -> list[tuple[int, date, int]]:
    """Send what is due by the machine's clock; return reminder, day and hour of each."""
    due = Delivery.objects.filter(state=DeliveryState.WAITING, send_after__lte=now)
    told = Reminder.objects.filter(delivery__in=due, state=ReminderState.WAITING)
    sent = [(pk, local.date(), local.hour) for pk in told.values_list("pk", flat=True)]
    keys = list(due.values_list("pk", flat=True))
    told.update(state=ReminderState.SENT)
    Delivery.objects.filter(pk__in=keys).update(state=DeliveryState.SENT)
    return sent


@given(gaps=steps, jumps=wrong)
@few
def test_each_reminder_is_sent_once_and_on_its_own_day(
    night: date, gaps: list[int], jumps: list[tuple[int, int]]
) -> None:
    with transaction.atomic():
        sent: list[tuple[int, date, int]] = []
        for now in ticks(night, gaps, jumps):
            local = now.astimezone(AMSTERDAM)
            plan(today=local.date(), now=now, rules=RULES)
            compose(local=local, now=now)
            sent += send(now, local)
        first = night - timedelta(days=BEFORE)
        last = night + timedelta(days=AFTER - 1)
        rows = {row.pk: row for row in Reminder.objects.filter(due_on__range=(first, last))}
        assert {row.rule for row in rows.values()} == {rule.key for rule in RULES}
        days = {pk: day for pk, day, _hour in sent if pk in rows}
        assert set(Counter(pk for pk, _day, _hour in sent).values()) == {1}
        assert {pk: rows[pk].due_on for pk in rows} == days
        hours = {pk: hour for pk, _day, hour in sent}
        for pk, row in rows.items():
            at = getattr(getattr(row.recipient, "reader", None), "digest_hour", 8)
            assert row.rule == "meeting.moved" or hours[pk] >= at
        digests = Delivery.objects.filter(mail="digest")
        assert digests.count() == len(set(digests.values_list("recipient", "day")))
        transaction.set_rollback(True)
