"""Jobs a second, beside the bare queue of the same engine with the same worker, in one run."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone

from bench.measure import Figure
from jobs import services
from jobs.models import Job

COUNT = 300
WARM_UP = 10
PATIENCE = 120.0


def nothing() -> None:
    """Do nothing: what remains is what the queue itself costs."""


def figures() -> Iterator[Figure]:
    """Measure both engines; Celery only where there is a redis-server."""
    yield _django_q2()
    program = shutil.which("redis-server")
    if program is None:
        print("jobs on Celery: not measured, there is no redis-server here")
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        tempfile.TemporaryDirectory() as folder,
        _process(program, "--port", str(port), "--save", "", "--dir", folder),
    ):
        yield _celery(f"redis://127.0.0.1:{port}/0")


def _django_q2() -> Figure:
    from django_q.models import OrmQ  # noqa: PLC0415 - an application by then
    from django_q.tasks import async_task  # noqa: PLC0415 - as above

    with (
        _process(sys.executable, "manage.py", "qcluster"),
        override_settings(JOBS_NUDGE=settings.TASK_ENGINES["django-q2"]),
    ):
        return _measure(
            "jobs on django-q2",
            bare=lambda: str(async_task("bench.jobs.nothing")),
            empty=lambda: not OrmQ.objects.exists(),
        )


def _celery(url: str) -> Figure:
    environment = {"TASK_ENGINE": "celery", "REDIS_URL": url}
    command = ("-m", "celery", "-A", "bench.celery_bare", "worker", "--loglevel", "ERROR")
    with (
        override_settings(JOBS_NUDGE=settings.TASK_ENGINES["celery"], REDIS_URL=url),
        _process(sys.executable, *command, **environment),
    ):
        from config.celery_app import app  # noqa: PLC0415 - reads REDIS_URL when it is imported

        channel = app.connection_for_read().channel()
        queue = settings.CELERY_QUEUE
        return _measure(
            "jobs on Celery with Redis",
            bare=lambda: str(app.send_task("bench.nothing")),
            empty=lambda: not channel.client.llen(queue) and not channel.client.hlen("unacked"),
        )


def _measure(name: str, *, bare: Callable[[], str], empty: Callable[[], bool]) -> Figure:
    def bare_round(count: int) -> None:
        for _message in range(count):
            bare()
        _wait(empty)

    def round_of_jobs(count: int) -> None:
        with transaction.atomic():
            for _job in range(count):
                services.put("bench.nothing", payload={}, now=timezone.now())
        _wait(lambda: not Job.objects.exclude(state=Job.State.DONE).exists())

    taken = []
    for act in (bare_round, round_of_jobs):
        act(WARM_UP)
        begin = time.perf_counter()
        act(COUNT)
        taken.append(time.perf_counter() - begin)
    Job.objects.all().delete()
    floor, real = taken
    return Figure(
        name=name,
        ratio=floor / real,
        floor="messages on the bare queue, to a task that does nothing",
        details={"jobs_a_second": round(COUNT / real), "bare_a_second": round(COUNT / floor)},
    )


def _wait(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "the worker does not get through"
        time.sleep(0.02)


@contextlib.contextmanager
def _process(*command: str, **environment: str) -> Iterator[None]:
    running = subprocess.Popen(  # noqa: S603 - our own commands
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
