"""What stands around the engines: locks that the dead give back, a watch, a queue that is away."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command, get_commands
from django.db import OperationalError

from config.engines import celery_redis, django_q2
from config.engines.django_q2 import ProcessLock, survive_deaths
from config.engines.watching import Watch
from config.stack import free_port
from jobs import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue_is_away(settings: Any) -> Iterator[None]:
    settings.TASK_ENGINE, settings.REDIS_URL = "celery", f"redis://127.0.0.1:{free_port()}/0"
    celery_redis._rest.until = 0.0
    yield
    celery_redis._rest.until = 0.0


@pytest.mark.usefixtures("queue_is_away")
def test_a_queue_that_is_away_is_asked_once_and_then_left_alone(monkeypatch: Any) -> None:
    from config.celery_app import app, run_job  # noqa: PLC0415 - needs the settings of the fixture

    asked: list[tuple[Any, ...]] = []

    def away(*arguments: Any, **options: Any) -> None:
        asked.append((*arguments, options))
        raise ConnectionError

    monkeypatch.setattr(run_job, "apply_async", away)
    with pytest.raises(ConnectionError):
        celery_redis.nudge(7)
    with pytest.raises(celery_redis.QueueIsAway):
        celery_redis.nudge(8)
    assert asked == [((7,), {"retry": False})]
    celery_redis._rest.until = 0.0
    monkeypatch.setattr(run_job, "apply_async", lambda *_arguments, **_options: None)
    celery_redis.nudge(9)
    assert not app.conf.task_reject_on_worker_lost
    assert app.conf.result_backend is None


@pytest.mark.usefixtures("queue_is_away")
def test_celery_runs_the_same_two_tasks(monkeypatch: Any) -> None:
    from config import celery_app  # noqa: PLC0415 - as above

    ran: list[Any] = []
    monkeypatch.setattr("config.engines.run_job", ran.append)
    monkeypatch.setattr("config.engines.tick", lambda: ran.append("tick"))
    celery_app.run_job(7)
    celery_app.tick()
    assert ran == [7, "tick"]
    assert set(celery_app.app.conf.beat_schedule) == {"tick"}


def test_a_lock_is_given_back_by_the_process_that_dies_with_it() -> None:
    lock = ProcessLock()
    reading, writing = os.pipe()
    holder = os.fork()
    if holder == 0:
        lock.acquire()
        os.write(writing, b"held")
        time.sleep(600)
        os._exit(0)
    assert os.read(reading, 4) == b"held"
    assert not lock.acquire(block=False)
    assert not lock.acquire(timeout=0.05)
    os.kill(holder, signal.SIGKILL)
    os.waitpid(holder, 0)
    with lock:
        pass
    assert lock.acquire(timeout=1)
    lock.release()
    lock.file.close()
    os.close(reading)
    os.close(writing)


def test_the_clusters_queues_have_such_locks(monkeypatch: Any) -> None:
    from django_q import cluster  # noqa: PLC0415 - config alone knows engines

    monkeypatch.setattr(cluster, "Queue", SimpleNamespace)
    survive_deaths()
    made = cluster.Queue(maxsize=2)
    assert made.maxsize == 2
    for lock in (made._rlock, made._wlock):
        assert isinstance(lock, ProcessLock)
        lock.file.close()


def test_who_does_not_see_a_tick_for_long_is_stuck_and_whose_database_is_away_is_not(
    monkeypatch: Any,
) -> None:
    moment = 0.0
    ticks: list[datetime | Exception | None] = [None]

    def last_tick() -> datetime | None:
        if isinstance(ticks[-1], Exception):
            raise ticks[-1]
        return ticks[-1]

    monkeypatch.setattr(services, "last_tick", last_tick)
    monkeypatch.setattr("config.engines.watching.connection", SimpleNamespace(close=list))
    watch = Watch(limit=10, monotonic=lambda: moment)
    for at, tick, stuck in [
        (9.0, None, False),
        (10.0, None, True),
        (11.0, datetime(2021, 10, 4, 10, tzinfo=UTC), False),
        (20.0, datetime(2021, 10, 4, 10, tzinfo=UTC), False),
        # A clock of the machine that goes back is a tick as well.
        (20.5, datetime(2021, 10, 4, 9, tzinfo=UTC), False),
        (30.0, OperationalError("away"), False),
        (39.0, datetime(2021, 10, 4, 9, tzinfo=UTC), False),
        (40.0, datetime(2021, 10, 4, 9, tzinfo=UTC), True),
    ]:
        moment = at
        ticks.append(tick)
        assert watch.is_stuck() is stuck, at


def test_our_worker_takes_the_name_of_django_qs() -> None:
    assert get_commands()["qcluster"] == "config"


def test_django_q_is_handed_the_number_and_nothing_else(monkeypatch: Any) -> None:
    handed: list[tuple[Any, ...]] = []
    monkeypatch.setattr("django_q.tasks.async_task", lambda *args, **_kwargs: handed.append(args))
    django_q2.nudge(7)
    assert handed == [("config.engines.run_job", 7)]


def test_django_q_knows_the_tick_and_nothing_else() -> None:
    from django_q.models import Schedule  # noqa: PLC0415 - config alone knows engines

    Schedule.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert Schedule.objects.filter(name="tick").exists(), "so that somebody's worker ticks at all"
    Schedule.objects.create(name="old", func="config.engines.gone", schedule_type="I", minutes=5)
    Schedule.objects.filter(name="tick").update(minutes=7)
    django_q2.write_schedule()
    assert list(Schedule.objects.values_list("name", "func", "minutes", "repeats")) == [
        ("tick", "config.engines.tick", 1, -1)
    ]
