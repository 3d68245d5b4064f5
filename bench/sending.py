"""Sending the digests of a day, beside a bare loop that sends the same messages and nothing else.

The mail server is a process of its own on this machine (``tests.smtp_sink``).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.test import override_settings

from bench import data
from bench.measure import Figure
from branches.models import Branch, User
from core.mail_connection import Backend
from notifications import mails
from notifications.enums import DeliveryState
from notifications.models import Delivery, Reminder
from notifications.queries.deliveries import told_by
from notifications.services import planning
from notifications.services.sending import send_due

DIGESTS = 500
SLOW = 0.02
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@contextmanager
def server(*, delay: float = 0.0) -> Iterator[None]:
    """Run a mail server, and let the settings point at it."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own arguments
            [sys.executable, "-m", "tests.smtp_sink", str(Path(folder) / "mails"), str(delay)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        port = int(process.stdout.readline())
        try:
            with override_settings(
                EMAIL_BACKEND="core.mail_connection.Backend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=port,
            ):
                yield
        finally:
            process.communicate(timeout=30)


def write(branch: Branch, *, count: int) -> list[User]:
    """Let so many members be told something today; what is planned for them is composed."""
    first = User.objects.count()
    people = User.objects.bulk_create(
        User(email=f"lezer-{number}@voorbeeld.nl", name=f"Lezer {number}")
        for number in range(first, first + count)
    )
    digests = Delivery.objects.bulk_create(
        Delivery(
            recipient=person,
            mail="digest",
            key=f"digest:{person.pk}:{data.TODAY}",
            branch=branch,
            day=data.TODAY,
            send_after=NOW,
            created_at=NOW,
        )
        for person in people
    )
    subjects = list(
        branch.timelines.values_list("milestones", flat=True).order_by("milestones__position")[:3]
    )
    Reminder.objects.bulk_create(
        Reminder(
            recipient=digest.recipient,
            branch=branch,
            rule="milestone.soon",
            subject_id=subject,
            due_on=data.TODAY,
            delivery=digest,
            planned_at=NOW,
        )
        for digest in digests
        for subject in subjects
    )
    return people


def rendered() -> list[EmailMessage]:
    """Write all mails that wait, as sending does."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING).select_related(
        "recipient", "branch"
    )
    made = [
        mails.message_for(
            delivery=one, reminders=list(told_by(deliveries=[one.pk])), today=data.TODAY
        )
        for one in waiting
    ]
    return [message for message in made if message is not None]


def bare_loop(messages: list[EmailMessage]) -> float:
    """Send messages over one connection that stays open; return the seconds."""
    connection = Backend()
    begin = time.perf_counter()
    connection.open()
    for message in messages:
        connection.send_messages([message])
    connection.close()
    return time.perf_counter() - begin


def sent(*, connections: int) -> float:
    """Send what is due; return the seconds."""
    local = datetime.combine(data.TODAY, datetime.min.time(), tzinfo=UTC)
    begin = time.perf_counter()
    with override_settings(MAIL_CONNECTIONS=connections):
        result = send_due(now=NOW, local=local, seconds=600)
    taken = time.perf_counter() - begin
    assert result.sent == DIGESTS, result
    return taken


@contextmanager
def planning_left_out() -> Iterator[None]:
    """Leave planning out: these people are told what they have no role for."""
    real = planning.plan

    def nothing(**_values: object) -> planning.Planned:
        return planning.Planned(planned=0, withdrawn=0)

    planning.plan = nothing
    try:
        yield
    finally:
        planning.plan = real


def again() -> None:
    """Let all mails wait anew."""
    Delivery.objects.update(state=DeliveryState.WAITING, attempts=0, sent_at=None)
    Reminder.objects.update(state="waiting")


def figures(branch: Branch) -> Iterator[Figure]:
    """Measure sending with a quick and with a slow mail server."""
    write(branch, count=DIGESTS)
    begin = time.perf_counter()
    messages = rendered()
    writing = time.perf_counter() - begin
    assert len(messages) == DIGESTS
    with planning_left_out():
        for name, delay in (("", 0.0), (", server of 20 ms", SLOW)):
            with server(delay=delay):
                floor = bare_loop(messages)
                one = sent(connections=1)
                again()
                four = sent(connections=4)
                again()
            yield Figure(
                name=f"sending {DIGESTS} digests{name}",
                ratio=floor / four,
                floor="a bare loop over one connection, the same messages",
                details={
                    "seconds": round(four, 2),
                    "seconds_one_connection": round(one, 2),
                    "bare_seconds": round(floor, 2),
                    "seconds_to_write_them": round(writing, 2),
                },
            )
    Delivery.objects.all().delete()
    Reminder.objects.all().delete()
    User.objects.filter(email__startswith="lezer-").delete()
