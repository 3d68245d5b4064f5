"""One installation under test: a database, an engine's processes, a mail server, and its feeder."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.chaos.processes import PATIENCE, ROOT, Process, wait_until
from tests.chaos.servers import PLAIN, Sink

PYTHON = sys.executable
# What is due (by the product's day, which is the last day that a mail was made for) and in no mail.
LEFT = """
    SELECT count(*) FROM notifications_reminder WHERE state = 'waiting' AND delivery_id IS NULL
    AND due_on <= (SELECT max(day) FROM notifications_delivery)
"""
WORKERS = {
    # The line in which each engine tells the number of a process that does the work.
    "django-q2": re.compile(r"ready for work at (\d+)"),
    "celery": None,
}

READY = {"django-q2": "running.", "celery": " ready."}


class Stage:
    """See the module. ``engine`` is a value of ``TASK_ENGINE``."""

    def __init__(
        self, *, engine: str, folder: Path, database: str, sink: Sink, **settings: str
    ) -> None:
        self.engine, self.folder, self.database, self.sink = engine, folder, database, sink
        self.env = {
            **PLAIN,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", str(ROOT / "var/pycache")),
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "STATE_DIR": str(folder),
            "TASK_ENGINE": engine,
            "CHAOS_DATABASE_URL": database,
            "CHAOS_SMTP_PORT": str(sink.port),
            **settings,
        }
        self.workers: list[Process] = []
        self.schedulers: list[Process] = []
        self.feeder = self.process("feeder", PYTHON, "-m", "tests.chaos.feeding")

    def process(self, name: str, *command: str) -> Process:
        return Process(name, command, folder=self.folder, env=self.env)

    # --- The engine ------------------------------------------------------------------------------

    def begin(self, *, workers: int = 1, schedulers: int = 1) -> None:
        """Start the engine, each process in a session of its own, and wait for its first tick."""
        for number in range(workers):
            self.workers.append(self.process(f"worker{number}", *self._worker()))
        for number in range(schedulers):
            self.schedulers.append(self.process(f"scheduler{number}", *self._scheduler(number)))
        for each in self.all():
            each.start()
        self.feeder.start(stdin=True)
        wait_until(
            lambda: self.one("SELECT count(*) FROM jobs_tick") == 1, seconds=60, or_say=self.tails
        )

    def _worker(self) -> Sequence[str]:
        if self.engine == "celery":
            return (
                *(PYTHON, "-m", "celery", "-A", "config.celery_app", "worker"),
                # It looks for dead children every five seconds: with two of them, a test that
                # kills two hundred would mostly wait.
                *("--concurrency", "6", "--loglevel", "INFO"),
            )
        return (PYTHON, "manage.py", "qcluster")

    def _scheduler(self, number: int) -> Sequence[str]:
        if self.engine == "celery":
            schedule = str(self.folder / f"beat-{number}")
            return (
                *(PYTHON, "-m", "celery", "-A", "config.celery_app", "beat"),
                *("--schedule", schedule, "--pidfile", "", "--loglevel", "INFO"),
            )
        return (PYTHON, "-m", "tests.chaos.ticking")

    def all(self) -> list[Process]:
        return [*self.workers, *self.schedulers]

    def start_again(self) -> None:
        """Do what a supervisor does: what ended is started again, and leaves nothing behind."""
        for each in self.all():
            if not each.runs:
                each.kill()
                each.start()

    def victims(self, worker: Process) -> list[int]:
        """Return the processes of a worker that do the work now."""
        if worker.log.read_text(errors="replace").count(READY[self.engine]) < worker.starts:
            return []  # Celery gives up when those that it has just started die before they work
        alive = worker.descendants()
        pattern = WORKERS[self.engine]
        if pattern is None:
            return alive
        ready = {int(pid) for pid in pattern.findall(worker.tail(100_000))}
        return [pid for pid in alive if pid in ready]

    def end(self) -> None:
        for each in [*self.all(), self.feeder]:
            each.kill()

    def tails(self) -> str:
        return "\n".join(each.tail() for each in [*self.all(), self.feeder])

    # --- Work ------------------------------------------------------------------------------------

    def tell(self, *words: object) -> float:
        """Let the feeder do something; return the seconds that it took."""
        pipe = self.feeder.popen
        assert pipe is not None
        assert pipe.stdin is not None
        assert pipe.stdout is not None
        pipe.stdin.write(" ".join(map(str, words)) + "\n")
        pipe.stdin.flush()
        answer = pipe.stdout.readline().split()
        assert answer, self.feeder.tail()
        assert answer[0] == "done"
        return float(answer[1])

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database, past Django."""
        if self.database.startswith("sqlite"):
            path = self.database.removeprefix("sqlite:///")
            with contextlib.closing(sqlite3.connect(path, timeout=20)) as connection:
                return connection.execute(sql).fetchall()
        with psycopg.connect(self.database, connect_timeout=5) as connection:
            return connection.execute(sql).fetchall()

    def one(self, sql: str) -> Any:
        return self.rows(sql)[0][0]

    def states(self) -> Counter[str]:
        sql = "SELECT state, count(*) FROM jobs_job WHERE handler LIKE 'chaos.%' GROUP BY state"
        return Counter(dict(self.rows(sql)))

    def unfinished(self) -> int:
        """Return how many jobs of these tests wait or run."""
        sql = "SELECT count(*) FROM jobs_job WHERE state NOT IN ('done', 'parked')"
        return int(self.one(f"{sql} AND handler LIKE 'chaos.%'"))

    def unsent(self) -> int:
        """Return how many reminders and mails are still to go."""
        mails = "SELECT count(*) FROM notifications_delivery WHERE state IN ('waiting', 'sending')"
        return int(self.one(mails)) + int(self.one(LEFT))

    def finish(self, *, seconds: float = PATIENCE, and_mails: int = 0) -> None:
        """Wait until nothing waits (and so many mails were made), starting again what ended."""

        def empty() -> bool:
            self.start_again()
            made = self.one("SELECT count(*) FROM notifications_delivery")
            return bool(made >= and_mails and self.unfinished() + self.unsent() == 0)

        wait_until(empty, seconds=seconds, or_say=lambda: f"{self.states()}\n{self.tails()}")

    def copies(self) -> Counter[str]:
        """Return how often each Message-ID was accepted."""
        return Counter(name for name, _to, _moment in self.sink.accepted())


def names(numbers: Iterable[int]) -> set[str]:
    """Return the Message-IDs of these mails."""
    return {f"<{number}@chaos.example>" for number in numbers}


def kill(pid: int) -> bool:
    """Kill −9; tell whether there was such a process."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def pause(seconds: float) -> None:
    """Let things happen."""
    time.sleep(seconds)
