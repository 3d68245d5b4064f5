"""django-q2: the queue is a table of our own database, so there is nothing else to run."""

from __future__ import annotations

import fcntl
import tempfile
import time
from typing import Any, Self

from django.db import connection


def nudge(job_id: int) -> None:
    """Hand the job's number to django-q2."""
    from django_q.tasks import async_task  # noqa: PLC0415 - only when this engine is chosen

    async_task("config.engines.run_job", job_id, group="jobs")


def write_schedule(**_signal: Any) -> None:
    """Let django-q2 know the tick, once its tables are there; what else it scheduled is removed.

    Written whatever engine is chosen: changing the setting is then enough to change engines.
    """
    from django_q.models import Schedule  # noqa: PLC0415 - tables exist only after the migration

    if "django_q_schedule" not in connection.introspection.table_names():
        return  # another room alone was migrated
    Schedule.objects.update_or_create(
        name="tick",
        defaults={
            "func": "config.engines.tick",
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
            "repeats": -1,
        },
    )
    Schedule.objects.exclude(name="tick").delete()


class ProcessLock:
    """A lock between processes that the kernel takes back from one that dies.

    It stands in for ``multiprocessing.Lock`` in a queue. Such a lock on a file belongs to a
    process, so the file may be opened before the processes part.
    """

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the queue

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:  # noqa: FBT001, FBT002 - as multiprocessing's
        """Take the lock; wait for it when ``block``, for ``timeout`` seconds at most."""
        if block and timeout is None:
            fcntl.lockf(self.file, fcntl.LOCK_EX)
            return True
        until = time.monotonic() + (timeout or 0.0 if block else 0.0)
        while True:
            try:
                fcntl.lockf(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    return False
                time.sleep(0.01)
            else:
                return True

    def release(self) -> None:
        """Give the lock back."""
        fcntl.lockf(self.file, fcntl.LOCK_UN)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()


def survive_deaths() -> None:
    """Give the cluster's queues locks that a killed worker cannot take along into its grave.

    A message is one small write to a pipe, so that nobody finds half of one.
    """
    from django_q import cluster  # noqa: PLC0415 - only in the worker

    original = cluster.Queue

    def queue(*arguments: Any, **options: Any) -> Any:
        made = original(*arguments, **options)
        made._rlock, made._wlock = ProcessLock(), ProcessLock()  # noqa: SLF001 - no other way in
        return made

    cluster.Queue = queue
