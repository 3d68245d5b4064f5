"""Two readers of one mailbox are killed −9 at random: each mail is there, and there once."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.chaos.processes import ROOT, Process, wait_until
from tests.chaos.servers import PLAIN, Postgres
from tests.imap_server import imap_server
from tests.mails import mail

KILLS = int(os.environ.get("CHAOS_MAIL_KILLS", "20"))
SEED = os.environ.get("CHAOS_SEED") or str(time.time_ns())
BATCH = 10
COUNTED = """
    SELECT count(*), count(DISTINCT c.text),
        (SELECT count(*) FROM consultation_incomingmail WHERE contribution_id IS NULL),
        (SELECT count(*) FROM consultation_attachment WHERE file <> ''),
        (SELECT count(*) FROM consultation_contributor),
        (SELECT count(*) FROM consultation_letter)
    FROM consultation_contribution c
"""


class Counter:
    """Asks a database for one row of numbers."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, sql: str = COUNTED) -> tuple[int, ...]:
        if self.url.startswith("sqlite"):
            with sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=30) as connection:
                found: Any = connection.execute(sql).fetchone()
            connection.close()
        else:
            with psycopg.connect(self.url) as connection_of_server:
                found = connection_of_server.execute(sql.encode()).fetchone()
        return tuple(found)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        copy = tmp_path / "stage.sqlite3"
        shutil.copy(request.getfixturevalue("empty_file"), copy)
        return f"sqlite:///{copy}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.make(f"mail_{uuid4().hex[:12]}", template="empty")


def test_kills_lose_no_mail_and_double_none(database: str, tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a game of chance, no secret
    state = tmp_path / "state"
    state.mkdir()
    with imap_server(tmp_path) as server:
        env = {
            **PLAIN,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", str(ROOT / "var/pycache")),
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "STATE_DIR": str(state),
            "CHAOS_DATABASE_URL": database,
            "SSL_CERT_FILE": str(server.certificate),
        }
        command = (sys.executable, "-m", "tests.chaos.mail_reader")
        told = subprocess.run(  # noqa: S603 - our own command
            [*command, "set-up", str(server.port)],
            cwd=ROOT, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
        number = told.stdout.split()[-1]
        readers = [
            Process(f"reader{n}", (*command, "read", number), folder=tmp_path, env=env)
            for n in range(2)
        ]
        counted = Counter(database)
        put = killed = 0
        try:
            while killed < KILLS:
                if counted()[0] > put - BATCH // 2:
                    server.put(letters(put, BATCH))
                    put += BATCH
                for reader in readers:
                    if not reader.runs:
                        reader.start()
                # Most die at work; some while they start.
                seen, patience = counted()[0], time.monotonic() + chance.uniform(0.2, 3)
                wait_for(lambda seen=seen: counted()[0] > seen, until=patience)  # type: ignore[misc]
                time.sleep(chance.uniform(0, 0.3))
                chance.choice(readers).kill()
                killed += 1
            for reader in readers:
                if not reader.runs:
                    reader.start()
            report = f"seed {SEED}, {killed} kills, {put} mails"
            wait_until(lambda: counted()[0] >= put, or_say=lambda: f"{report}: {counted()}")
            wait_until(lambda: server.seen() == put, or_say=lambda: f"{report}: not marked")
        finally:
            for reader in readers:
                reader.kill()
        rows, texts, without, kept, people, answers = counted()
        assert (rows, texts, without) == (put, put, 0), report
        assert (kept, people, answers) == (put, put, put), report
        files = [one for one in state.rglob("*.pdf") if one.is_file()]
        assert len(files) == put, f"{report}: {len(files)} files"


def letters(first: int, count: int) -> list[bytes]:
    return [
        mail(
            f"Wens nummer {number}.",
            sender=f"Persoon {number} <persoon{number}@voorbeeld.nl>",
            message_id=f"<{number}@voorbeeld.nl>",
            files=(("plan.pdf", b"%PDF-1.4\n" + b"x" * 50_000 + b"\n%%EOF"),),
        )
        for number in range(first, first + count)
    ]


def wait_for(true: Callable[[], bool], *, until: float) -> None:
    while time.monotonic() < until and not true():
        time.sleep(0.02)
