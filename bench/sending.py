"""Sending the digests of a morning, beside a bare loop that writes and sends the same messages.

The people, what is planned for them and the mails come from the product's own rounds. The mail
server is a process of its own on this machine (``tests.smtp_sink``).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.test import override_settings

from bench import data, reminders
from bench.measure import Figure
from bench.sizes import MAILS, SIZES
from branches.models import Branch
from core.mail_connection import Backend
from core.statistics import learn_sizes
from notifications import mails
from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reminder
from notifications.queries.deliveries import told_by
from notifications.services.composing import compose
from notifications.services.planning import plan
from notifications.services.sending import send_due
from process.models import Election, Milestone, TemplateVersion, Timeline
from process.services.roll_out import start

_EACH: Final = 3
"""Of the four people of a branch, so many have something to be told that morning."""

_SLOW: Final = 0.005
_WIDE: Final = 12


@dataclass
class Server:
    """A mail server: its port, and after its end how many connections it had."""

    port: int
    connections: int = 0


@contextmanager
def server(*, pace: float = 0.0) -> Iterator[Server]:
    """Run a mail server that waits ``pace`` seconds before each reply; the settings point at it."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own arguments
            [
                *(sys.executable, "-m", "tests.smtp_sink"),
                *(str(Path(folder) / "mails"), "0", str(pace)),
            ],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        found = Server(port=int(process.stdout.readline()))
        try:
            with override_settings(
                EMAIL_BACKEND="core.mail_connection.Backend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=found.port,
            ):
                yield found
        finally:
            said, _errors = process.communicate(timeout=30)
            found.connections = int(said.split()[-1])


def figures(election: Election, template: TemplateVersion) -> Iterator[Figure]:
    """Measure one process and two, and a server that takes its time over every reply."""
    _compose(election, template)
    where = connection.vendor
    with server():
        floor = bare_loop()
    with server() as one_server:
        one, runs = sent(MAILS)
    again()
    yield Figure(
        name=f"mails, one process, {where}",
        ratio=floor / one,
        floor="a bare loop: write, and send over one connection",
        details={
            "mails": MAILS,
            "seconds": round(one, 2),
            "bare_seconds": round(floor, 2),
            "mails_a_second": round(MAILS / one),
            "connections_per_100": round(one_server.connections / MAILS * 100, 2),
            "tasks_a_mail": round(runs / MAILS, 4),
        },
    )
    with server() as shared:
        two = _by_processes(2, shared.port)
    again()
    yield Figure(
        name=f"mails, two processes, {where}",
        ratio=one / two,
        floor="one process, the same mails",
        details={"seconds": round(two, 2), "mails_a_second": round(MAILS / two)},
    )
    few = min(SIZES.slow_mails, MAILS)
    with server(pace=_SLOW):
        narrow, _runs = sent(few, connections=1)
        again()
        wide, _runs = sent(few, connections=_WIDE)
    again()
    yield Figure(
        name=f"mails, server of 5 ms a reply, {where}",
        ratio=narrow / wide,
        floor="one connection to the same server",
        details={
            "mails": few,
            "connections": _WIDE,
            "seconds": round(wide, 2),
            "seconds_one_connection": round(narrow, 2),
        },
    )


def _compose(election: Election, template: TemplateVersion) -> None:
    ids = data.branches(count=-(-MAILS // _EACH), prefix="M")
    rows = Branch.objects.filter(pk__gte=min(ids), pk__lte=max(ids))
    start(election=election, template=template, by=None, today=data.TODAY, branches=rows)
    reminders.people(ids)
    learn_sizes(Timeline, Milestone)
    plan(today=data.TODAY, now=reminders.NOW)
    compose(local=reminders.LOCAL, now=reminders.NOW)
    learn_sizes(Reminder, Delivery)
    ours = Delivery.objects.filter(state=DeliveryState.WAITING).order_by("pk")
    keep = list(ours.values_list("pk", flat=True)[:MAILS])
    assert len(keep) == MAILS, len(keep)
    # The others went already.
    others = Delivery.objects.exclude(pk__gte=keep[0], pk__lte=keep[-1])
    others.update(state=DeliveryState.SENT)
    Reminder.objects.filter(delivery__in=others).update(state=ReminderState.SENT)


def bare_loop() -> float:
    """Write every mail that waits and send it over one connection; return the seconds."""
    begin = time.perf_counter()
    link = Backend()
    link.open()
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING).select_related(
        "recipient", "branch"
    )
    count = 0
    for one in waiting.iterator(chunk_size=500):
        message = _written(one, today=data.TODAY)
        if message is not None:
            link.send_messages([message])
            count += 1
    link.close()
    assert count == MAILS, count
    return time.perf_counter() - begin


def _written(one: Delivery, *, today: date) -> EmailMessage | None:
    told = list(told_by(deliveries=[one.pk]))
    return mails.message_for(delivery=one, reminders=told, today=today)


def sent(count: int, *, connections: int | None = None) -> tuple[float, int]:
    """Send so many as the product does, run after run; return the seconds and the runs."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING).order_by("pk")
    Delivery.objects.filter(pk__in=list(waiting.values_list("pk", flat=True)[count:])).update(
        state=DeliveryState.PARKED
    )
    begin, runs, gone = time.perf_counter(), 0, 0
    with override_settings(MAIL_CONNECTIONS=connections or settings_of_a_server()):
        while gone < count:
            result = send_due(now=reminders.NOW, local=reminders.LOCAL)
            runs += 1
            assert result.sent, result
            gone += result.sent
    return time.perf_counter() - begin, runs


def settings_of_a_server() -> int:
    """Return how many connections a server uses unless told otherwise."""
    return 4


def _by_processes(count: int, port: int) -> float:
    """Let so many processes send all at once; return the seconds from their start to the end."""
    environment = {**os.environ, "MAIL_PORT": str(port)}
    if connection.vendor == "postgresql":
        address = os.environ["BENCH_DATABASE_URL"].rpartition("/")[0]
        environment["BENCH_DATABASE_URL"] = f"{address}/{connection.settings_dict['NAME']}"
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.sender"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(count)
    ]
    for process in processes:
        # Started, and not sending yet: starting Python is no part of it.
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
    begin = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    gone = sum(int(process.communicate(timeout=900)[0].split()[-1]) for process in processes)
    taken = time.perf_counter() - begin
    assert gone == MAILS, gone
    return taken


def again() -> None:
    """Let the same mails wait anew."""
    ours = Delivery.objects.filter(attempts__gt=0) | Delivery.objects.filter(
        state=DeliveryState.PARKED
    )
    ids = list(ours.values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=ids).update(
        state=DeliveryState.WAITING, attempts=0, sent_at=None, leased_until=None
    )
    Reminder.objects.filter(delivery__in=ids).update(state=ReminderState.WAITING)
