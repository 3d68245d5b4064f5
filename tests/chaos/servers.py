"""Servers of a test's own: mail, Redis, PostgreSQL. They can be killed and started again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest

from config.stack import free_port
from tests.chaos.processes import ROOT, Process, listens, wait_until

PLAIN = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def lacking(what: str) -> NoReturn:
    """Skip the test where somebody has no such server; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is lacking, and CI must have it")
    pytest.skip(f"{what} is not installed here")


class Sink(Process):
    """The mail server that writes down what it accepted."""

    def __init__(self, folder: Path) -> None:
        self.port, self.path = free_port(), folder / "accepted.txt"
        self.path.touch()
        command = [sys.executable, "-m", "tests.chaos.sink", str(self.port), str(self.path)]
        super().__init__("sink", command, folder=folder, env={**PLAIN, "PYTHONPATH": str(ROOT)})

    def begin(self) -> None:
        self.start()
        wait_until(lambda: listens(self.port), or_say=self.tail)

    def accepted(self) -> list[tuple[str, str, float]]:
        """Return (Message-ID, recipient, moment) of each message, in order."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return [
            (name, to, float(moment)) for name, to, moment in (line.split("\t") for line in lines)
        ]


class Redis(Process):
    """A Redis that remembers nothing when it is killed."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server")
        if program is None:
            lacking("redis-server")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        command = [program, "--port", str(self.port), "--save", "", "--appendonly", "no"]
        command += ["--bind", "127.0.0.1", "--dir", str(folder)]
        super().__init__("redis", command, folder=folder, env=PLAIN)

    def begin(self) -> None:
        self.start()
        wait_until(lambda: listens(self.port), or_say=self.tail)


def _postgres_programs() -> Path | None:
    """Debian keeps the server's programs out of PATH, in a folder for each version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    return next(
        (
            folder
            for folder in [*folders, *([Path(found).parent] if found else [])]
            if (folder / "initdb").exists() and (folder / "postgres").exists()
        ),
        None,
    )


class Postgres(Process):
    """A PostgreSQL that keeps what it committed when it is killed (but not when power fails)."""

    def __init__(self, folder: Path) -> None:
        programs = _postgres_programs()
        if programs is None:
            lacking("PostgreSQL")
        self.port = free_port()
        # PostgreSQL refuses to run as root; its package has made a user for it.
        user = "postgres" if os.geteuid() == 0 else None
        self.data = Path(tempfile.mkdtemp(prefix="rodedraad-postgres-"))
        if user:
            shutil.chown(self.data, user, user)
        identity = {"user": user, "group": user, "extra_groups": []} if user else {}
        subprocess.run(  # noqa: S603 - Debian's program
            [
                *(programs / "initdb", "-D", self.data, "-U", "chaos", "-A", "trust"),
                *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            cwd="/",
            env=PLAIN,
            check=True,
            capture_output=True,
            **identity,  # type: ignore[call-overload]
        )
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.data),
            "fsync": "off",
            "max_connections": "60",
        }
        command = [str(programs / "postgres"), "-D", str(self.data)]
        command += [part for item in options.items() for part in ("-c", "=".join(item))]
        super().__init__("postgres", command, folder=folder, env=PLAIN, user=user)

    def url(self, database: str) -> str:
        return f"postgres://chaos@127.0.0.1:{self.port}/{database}"

    def begin(self) -> None:
        """Start it; what a killed one left behind may be in the way for a moment."""

        def up() -> bool:
            if not self.runs:
                self.start()
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                return False
            return True

        wait_until(up, or_say=self.tail)

    def make(self, database: str, *, template: str = "template1") -> str:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def end(self) -> None:
        self.kill()
        shutil.rmtree(self.data, ignore_errors=True)
