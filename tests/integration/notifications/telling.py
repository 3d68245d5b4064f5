"""For the tests of planning: one milestone, people, and what the outbox says of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from branches.enums import Role
from branches.models import Branch, User
from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reminder
from notifications.services.composing import compose
from notifications.services.planning import Planned, plan
from process.models import Milestone
from tests.clock import AMSTERDAM, FIRST_DAY
from tests.factories import MembershipFactory
from tests.process_factories import TimelineFactory

TODAY = FIRST_DAY
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def days(number: int) -> date:
    """Return the day so many days after today."""
    return TODAY + timedelta(days=number)


def only_milestone(key: str = "people_approached", **values: Any) -> Milestone:
    """Return a timeline's milestone of ``key``, without other ones, of a branch that is at work."""
    timeline = TimelineFactory(**values.pop("timeline", {}))
    timeline.last_activity_on = TODAY
    timeline.save(update_fields=["last_activity_on"])
    timeline.milestones.exclude(key=key).delete()
    if "target" in values:
        values.setdefault("deadline", values["target"])
    timeline.milestones.update(**values)
    return Milestone.objects.select_related("timeline__branch", "definition").get(timeline=timeline)


def somebody(branch: Branch, role: Role = Role.BOARD, **values: Any) -> User:
    """Return somebody with a role in a branch."""
    user: User = MembershipFactory(branch=branch, role=role, **values).user
    return user


def plan_on(day: date = TODAY, **given: Any) -> Planned:
    """Plan as on that day."""
    return plan(today=day, now=NOW, **given)


def compose_on(day: date = TODAY, *, hour: int = 12, **given: Any) -> int:
    """Make the mails of that day and hour in Amsterdam."""
    return compose(local=datetime.combine(day, time(hour), tzinfo=AMSTERDAM), now=NOW, **given)


def told(
    *rules: str, to: User | None = None, state: ReminderState = ReminderState.WAITING
) -> list[tuple[str, date]]:
    """Return rule and day of what stands in the outbox, in order of the day."""
    rows = Reminder.objects.filter(state=state)
    if rules:
        rows = rows.filter(rule__in=rules)
    if to is not None:
        rows = rows.filter(recipient=to)
    return list(rows.order_by("due_on", "rule").values_list("rule", "due_on"))


def readers(rule: str) -> set[User]:
    """Return who waits to be told by a rule."""
    rows = Reminder.objects.filter(rule=rule, state=ReminderState.WAITING)
    return {row.recipient for row in rows.select_related("recipient")}


def mails(state: DeliveryState = DeliveryState.WAITING) -> list[str]:
    """Return the keys of the mails in a state, in order."""
    return sorted(Delivery.objects.filter(state=state).values_list("key", flat=True))


def send_all() -> list[str]:
    """Mark all mails as sent, with what they tell; return their keys."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    keys = sorted(waiting.values_list("key", flat=True))
    Reminder.objects.filter(delivery__in=waiting, state=ReminderState.WAITING).update(
        state=ReminderState.SENT
    )
    waiting.update(state=DeliveryState.SENT, sent_at=NOW)
    return keys
