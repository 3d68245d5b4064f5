"""Processes in sessions of their own, which can be killed alone or with all that they started."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# Nothing that works takes so long; a test that waits longer has failed.
PATIENCE = 120.0


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(
    true: Callable[[], bool], *, seconds: float = PATIENCE, or_say: Callable[[], str] = str
) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, or_say()
        time.sleep(0.1)


class Process:
    """One command, started as often as somebody asks; its output goes to one file."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        folder: Path,
        env: Mapping[str, str],
        user: str | None = None,
    ) -> None:
        self.name, self.command, self.env, self.user = name, list(command), dict(env), user
        self.log = folder / f"{name}.log"
        self.popen: subprocess.Popen[str] | None = None
        self.starts = 0

    def start(self, *, stdin: bool = False) -> None:
        identity: dict[str, Any] = (
            {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}
        )
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                cwd=ROOT if self.user is None else "/",
                env=self.env,
                stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
                stdout=subprocess.PIPE if stdin else log,
                stderr=log,
                text=True,
                start_new_session=True,
                **identity,
            )
        self.starts += 1

    @property
    def pid(self) -> int:
        assert self.popen is not None
        return self.popen.pid

    @property
    def runs(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the first process alone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill all of it, at once, and wait for the first."""
        if self.popen is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.popen.wait(PATIENCE)
        for stream in (self.popen.stdin, self.popen.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def ended(self) -> int | None:
        """Return the exit code, or None while it runs."""
        return None if self.popen is None else self.popen.poll()

    def descendants(self) -> list[int]:
        """Return what it started and what those started, nearest first."""
        found, waiting = [], [self.pid]
        while waiting:
            with contextlib.suppress(OSError):
                for task in Path(f"/proc/{waiting.pop(0)}/task").iterdir():
                    children = [int(pid) for pid in (task / "children").read_text().split()]
                    found += children
                    waiting += children
        return found

    def tail(self, characters: int = 3000) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return f"--- {self.name} ({self.starts} starts)\n{text[-characters:]}"
