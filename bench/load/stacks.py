"""The two stacks as a person starts them, each with a folder and a database of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from bench.processes import megabytes
from config import stack
from config.supervisor import Child

ROOT: Final = Path(__file__).resolve().parents[2]
EMBEDDED, SERVERS = "embedded", "servers"
WORDS: Final = {
    EMBEDDED: "SQLite, django-q2, gunicorn",
    SERVERS: "PostgreSQL, Redis, Celery, gunicorn",
}
_PATIENCE: Final = 60.0
_STOPS_WITHIN: Final = 30.0


def lacking(name: str) -> str:
    """Return what is not installed here for a stack; empty when nothing is."""
    if name == EMBEDDED:
        return ""
    missing = [] if stack.programs() else ["postgresql"]
    missing += [] if shutil.which("redis-server") else ["redis-server"]
    return ", ".join(missing)


@contextmanager
def prepared(name: str, folder: Path) -> Iterator[dict[str, str]]:
    """Let the servers of a stack run; yield the environment for what belongs to it.

    What somebody's own environment says of a database is not looked at: it would be filled.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # PostgreSQL's own user must be able to reach its folder.
    folder.chmod(0o755)
    environment = {
        **{key: value for key, value in os.environ.items() if key not in _NOT_OURS},
        "DJANGO_SETTINGS_MODULE": "bench.load.settings",
        "STATE_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
        "DEMO": "0",
        "DEBUG": "0",
        "TASK_ENGINE": "django-q2",
    }
    with ExitStack() as running:
        if name == SERVERS:
            database, queue = stack.postgresql(folder), stack.redis(folder)
            running.enter_context(stack.running(database))
            running.enter_context(stack.running(queue))
            environment |= {
                "TASK_ENGINE": "celery",
                "DATABASE_URL": database.url,
                "REDIS_URL": queue.url,
            }
        yield environment


_NOT_OURS: Final = ("DATABASE_URL", "TEST_DATABASE_URL", "REDIS_URL", "TASK_ENGINE", "EMAIL_URL")


def _children(name: str, port: int) -> list[Child]:
    web, *engine = stack.children(port=port)
    if name == SERVERS:
        return [web, *engine]
    return [web, Child(name="worker", command=[sys.executable, "manage.py", "qcluster"])]


@dataclass(frozen=True, slots=True)
class Served:
    """What runs: the port, and the numbers of the processes, the web server's first."""

    port: int
    pids: tuple[int, ...]

    @property
    def web(self) -> int:
        """Return the number of the web server's process."""
        return self.pids[0]

    def megabytes(self) -> int:
        """Return what all of them hold, with what they started."""
        return sum(megabytes(pid) for pid in self.pids)


@contextmanager
def serving(name: str, environment: Mapping[str, str], folder: Path) -> Iterator[Served]:
    """Run web and worker while the block lasts."""
    port = stack.free_port()
    running: list[subprocess.Popen[bytes]] = []
    (folder / "static").mkdir(exist_ok=True)
    try:
        for child in _children(name, port):
            with (folder / f"{child.name}.log").open("ab") as log:
                running.append(
                    subprocess.Popen(  # noqa: S603 - our own commands
                        list(child.command),
                        cwd=ROOT,
                        env=dict(environment),
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                    )
                )
        _wait_for(port, running[0])
        yield Served(port, tuple(process.pid for process in running))
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(timeout=_STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()
    message = "the web server did not start; its log is in the folder of the stack"
    raise RuntimeError(message)
