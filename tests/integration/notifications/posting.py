"""Mails and reminders for the tests of sending, and the two rooms beside it held still."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from branches.models import User
from core import mail
from notifications import mails
from notifications.enums import ReminderState
from notifications.models import Delivery, Reminder
from notifications.services import planning
from notifications.services.sending import Sent, send_due
from tests.clock import FIRST_DAY
from tests.factories import MembershipFactory
from tests.smtp_sink import Sink, smtp_sink

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
LOCAL = datetime(2021, 10, 4, 13, 0, tzinfo=UTC)
BACKEND = "core.mail_connection.Backend"


def delivery(
    user: User | None = None, *, reminders: int = 1, day: date = FIRST_DAY, **values: Any
) -> Delivery:
    """Write one waiting digest with reminders."""
    user = user or MembershipFactory().user
    membership = user.memberships.first()
    branch = membership.branch if membership else None
    made: Delivery = Delivery.objects.create(
        **{
            "recipient": user,
            "mail": "digest",
            "key": f"digest:{user.pk}:{day}",
            "day": day,
            "send_after": NOW,
            "created_at": NOW,
        }
        | values
    )
    for number in range(reminders):
        Reminder.objects.create(
            recipient=user,
            branch=branch,
            rule="milestone.soon",
            subject_id=made.pk * 10 + number,
            due_on=day,
            delivery=made,
            planned_at=NOW,
        )
    return made


def person_of(made: Delivery) -> User:
    """Return to whom a mail goes that is no letter."""
    assert made.recipient is not None
    return made.recipient


def deliveries(count: int) -> list[Delivery]:
    """Write waiting digests for so many people of one branch: persoon-0@…, persoon-1@…"""
    branch = MembershipFactory().branch
    return [
        delivery(
            MembershipFactory(branch=branch, user__email=f"persoon-{number}@voorbeeld.nl").user
        )
        for number in range(count)
    ]


def plain_message(
    *, delivery: Delivery, reminders: Sequence[Reminder], today: date
) -> EmailMultiAlternatives | None:
    """Write a small mail; the real ones have tests of their own."""
    del today
    message = EmailMultiAlternatives(
        subject=mail.one_line(f"Voor {delivery.recipient}"),
        body=f"{len(reminders)} herinneringen\n",
        to=[person_of(delivery).email],
        headers={"Message-ID": mail.message_id(delivery.key)},
    )
    message.attach_alternative("<p>Hallo</p>", "text/html")
    return message


@dataclass
class Planner:
    """Stands in for planning: withdraws what a test says is no longer right."""

    gone: Callable[[Collection[int]], None] | None = None
    asked: list[set[int]] = field(default_factory=list)

    def plan(
        self, *, today: date, now: datetime, recipients: Collection[int] | None = None
    ) -> planning.Planned:
        del today, now
        assert recipients is not None
        self.asked.append(set(recipients))
        if self.gone is not None:
            self.gone(recipients)
        return planning.Planned(planned=0, withdrawn=0)


@pytest.fixture
def planner(monkeypatch: pytest.MonkeyPatch) -> Planner:
    """Hold planning and the mails still; a test may change what they do."""
    stand_in = Planner()
    monkeypatch.setattr(planning, "plan", stand_in.plan)
    monkeypatch.setattr(mails, "message_for", plain_message)
    return stand_in


@contextmanager
def sending_to(settings: Any, sink: Sink | None = None, **server: Any) -> Iterator[Sink]:
    """Run a mail server and let the settings point at it."""
    with smtp_sink(sink, **server) as running:
        settings.EMAIL_BACKEND = BACKEND
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """Run a mail server that takes everything until a test asks otherwise."""
    with sending_to(settings) as running:
        yield running


def send(*, minutes: float = 0, seconds: float = 50, days: int = 0) -> Sent:
    """Send what is due so many minutes (or days) after everything was written."""
    return send_due(
        now=NOW + timedelta(minutes=minutes, days=days),
        local=LOCAL + timedelta(minutes=minutes, days=days),
        seconds=seconds,
    )


def states() -> list[str]:
    """Return the states of all mails, in order."""
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def told() -> list[str]:
    """Return the states of all reminders, in order."""
    return list(Reminder.objects.order_by("pk").values_list("state", flat=True))


SENT, WAITING = ReminderState.SENT.value, ReminderState.WAITING.value
