"""Alive and ready: what a container engine and a monitor are told, whatever is away."""

from __future__ import annotations

import io
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from config import health
from jobs.models import Job, Tick
from jobs.services import note_tick
from notifications.enums import DeliveryState
from notifications.models import Delivery, Reader, Reminder
from tests.at_once import AT_ONCE, at_once
from tests.clock import FIRST_DAY
from tests.factories import UserFactory


def delivery(**values: Any) -> Delivery:
    user = UserFactory()
    given = {
        "recipient": user,
        "mail": "digest",
        "key": f"digest:{user.pk}:2021-10-04",
        "day": FIRST_DAY,
        "send_after": timezone.now(),
        "created_at": timezone.now(),
    }
    made: Delivery = Delivery.objects.create(**(given | values))
    return made


def reminder(*, due: date, **values: Any) -> Reminder:
    given = {
        "recipient": values.pop("recipient", None) or UserFactory(),
        "rule": "milestone.soon",
        "subject_id": 1,
        "due_on": due,
        "planned_at": timezone.now() - timedelta(days=9),
    }
    made: Reminder = Reminder.objects.create(**(given | values))
    return made


@pytest.fixture
def ticking(db: None) -> None:
    del db
    note_tick(now=timezone.now())


def test_alive_needs_no_database_no_host_and_no_session(client: Client, settings: Any) -> None:
    """There is no ``db`` here: any query would be refused."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
    client.cookies[settings.SESSION_COOKIE_NAME] = "some-session-that-cannot-be-read"
    response = client.get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


def test_ready_when_somebody_ticks(client: Client, ticking: None) -> None:
    del ticking
    response = client.get("/readyz", headers={"host": "10.0.0.7:8000"})
    told = response.json()
    assert response.status_code == 200
    assert told["ready"] is True
    assert (told["database"], told["queue"], told["engine"]) == ("ok", "ok", "django-q2")
    assert told["tick_seconds"] < 60
    assert (told["delivery_seconds"], told["reminder_days"], told["why"]) == (None, None, [])
    assert not response.cookies


@pytest.mark.django_db
def test_not_ready_before_a_worker_ever_ran(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["why"] == ["no tick yet: has a worker ever run?"]


def test_not_ready_when_the_worker_stopped(client: Client, ticking: None) -> None:
    del ticking
    Tick.objects.update(at=timezone.now() - timedelta(minutes=6))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "is a worker running?" in response.json()["why"][0]


def test_waiting_and_parked_work_is_counted_and_is_no_illness(
    client: Client, ticking: None
) -> None:
    del ticking
    for state in (Job.State.WAITING, Job.State.RUNNING, Job.State.PARKED, Job.State.DONE):
        Job.objects.create(handler="x", state=state, run_after=timezone.now())
    delivery()
    delivery(state=DeliveryState.PARKED)
    response = client.get("/readyz")
    told = response.json()
    assert response.status_code == 200
    assert (told["jobs_waiting"], told["jobs_parked"]) == (2, 1)
    assert (told["mails_waiting"], told["mails_parked"]) == (1, 1)


def test_a_mail_that_waits_long_is_an_illness(client: Client, ticking: None) -> None:
    del ticking
    before = timezone.now() - timedelta(minutes=31)
    # It was refused a moment ago and is tried later again: it waits all the same.
    delivery(created_at=before, send_after=timezone.now() + timedelta(minutes=9))
    delivery(created_at=before, sent_at=before, state=DeliveryState.SENT)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["delivery_seconds"] >= 31 * 60
    assert "does the mail server answer?" in response.json()["why"][0]


def test_one_full_mailbox_among_mail_that_arrives_is_none(client: Client, ticking: None) -> None:
    del ticking
    delivery(created_at=timezone.now() - timedelta(hours=5))
    delivery(sent_at=timezone.now() - timedelta(minutes=2), state=DeliveryState.SENT)
    assert client.get("/readyz").status_code == 200


def test_a_reminder_that_is_in_no_mail_for_days_is_an_illness(
    client: Client, ticking: None
) -> None:
    del ticking
    reminder(due=FIRST_DAY - timedelta(days=1))
    assert client.get("/readyz").status_code == 200
    reminder(due=FIRST_DAY - timedelta(days=5))
    told = client.get("/readyz").json()
    assert (told["ready"], told["reminder_days"], told["reminders_stuck"]) == (False, 5, 1)


def test_whoever_rests_has_left_or_cannot_be_reached_makes_nobody_ill(
    client: Client, ticking: None
) -> None:
    del ticking
    due = FIRST_DAY - timedelta(days=5)
    reminder(due=due, recipient=UserFactory(is_active=False))
    reminder(due=due, recipient=UserFactory(mail_refused_on=FIRST_DAY))
    resting = UserFactory()
    Reader.objects.create(user=resting, paused_until=FIRST_DAY + timedelta(days=3))
    reminder(due=due, recipient=resting)
    # Planned a moment ago about something long due: it goes out in the next mail.
    reminder(due=due, planned_at=timezone.now())
    told = client.get("/readyz").json()
    assert (told["ready"], told["reminders_stuck"]) == (True, 0)


@pytest.mark.django_db
def test_a_database_that_is_away_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_asked: object) -> None:
        raise OperationalError("connection to jan@voorbeeld.nl refused")

    monkeypatch.setattr("monitor.queries.operations.vitals", away)
    response = client.get("/readyz")
    told = response.json()
    assert response.status_code == 503
    assert told["database"] == "not reachable"
    assert told["jobs_waiting"] is None
    assert "voorbeeld" not in response.content.decode()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Return a port where connections are taken and never answered."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_redis_that_is_away_is_said(client: Client, ticking: None, settings: Any) -> None:
    del ticking
    settings.TASK_ENGINE = "celery"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
    told = client.get("/readyz").json()
    assert told["queue"] == "not reachable"
    assert told["database"] == "ok"
    assert told["why"] == ["the queue: not reachable"]


def test_redis_that_is_silent_is_waited_for_a_moment_only(
    client: Client, ticking: None, settings: Any, silent_port: int
) -> None:
    del ticking
    settings.TASK_ENGINE = "celery"
    settings.REDIS_URL = f"redis://127.0.0.1:{silent_port}/0"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["queue"] in {"no answer", "not reachable"}


def test_many_who_ask_at_once_are_all_told_that_it_is_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 60)
    asked = []

    def probe() -> bool:
        asked.append(1)
        time.sleep(0.01)
        return True

    answers = at_once(lambda _number: health._within("queue", probe))
    assert answers == [(True, "")] * AT_ONCE
    assert len(asked) == AT_ONCE


def test_a_part_that_hangs_is_not_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    asked, end = [], threading.Event()

    def hang() -> None:
        asked.append(1)
        end.wait(20)

    assert health._within("queue", hang) == (None, "no answer")
    assert health._within("queue", hang) == (None, "no answer")
    assert len(asked) == 1
    end.set()
    deadline = time.monotonic() + 20
    while health._PROBING["queue"].locked() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert health._within("queue", lambda: 7) == (7, "")


@pytest.mark.django_db
def test_the_same_without_a_web_server() -> None:
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("ready", stdout=said)
    assert ended.value.code == 1
    assert json.loads(said.getvalue())["tick_seconds"] is None
    note_tick(now=timezone.now())
    said = io.StringIO()
    call_command("ready", stdout=said)
    assert json.loads(said.getvalue())["ready"] is True


@pytest.mark.django_db
def test_whether_work_is_done_is_another_question_than_whether_mail_goes_out() -> None:
    with pytest.raises(SystemExit):
        call_command("ready", "--work", stdout=io.StringIO())
    note_tick(now=timezone.now())
    delivery(created_at=timezone.now() - timedelta(hours=5))
    call_command("ready", "--work", stdout=io.StringIO())
    with pytest.raises(SystemExit):
        call_command("ready", stdout=io.StringIO())


def test_mail_that_waits_for_its_reader_makes_nobody_ill(client: Client, ticking: None) -> None:
    del ticking
    long_ago = timezone.now() - timedelta(days=1)
    delivery(created_at=long_ago, recipient=UserFactory(mail_refused_on=FIRST_DAY))
    delivery(created_at=long_ago, recipient=UserFactory(is_active=False))
    resting = UserFactory()
    Reader.objects.create(user=resting, paused_until=FIRST_DAY + timedelta(days=3))
    delivery(created_at=long_ago, recipient=resting)
    # Yesterday's, never taken: it is folded into today's when its hour comes.
    delivery(created_at=long_ago, day=FIRST_DAY - timedelta(days=1))
    told = client.get("/readyz").json()
    assert (told["ready"], told["delivery_seconds"], told["mails_waiting"]) == (True, None, 4)
