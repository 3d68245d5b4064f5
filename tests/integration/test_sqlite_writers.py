"""Eight writers on one real SQLite file, with the product's own options: nobody waits in vain."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from config.settings import base

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 8
# More by option; somebody who waits gives up after twenty seconds, however many there are.
ROUNDS = int(os.environ.get("SQLITE_ROUNDS", "200"))

WRITER = """
import sys
from django.conf import settings
from config.settings import base
settings.configure(
    DATABASES={"default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1], "OPTIONS": base.SQLITE_OPTIONS,
    }},
)
import django
django.setup()
from django.db import connection, transaction
print("ready", flush=True)
sys.stdin.readline()
for _round in range(int(sys.argv[2])):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT value FROM counter")
        value = cursor.fetchone()[0]
        cursor.execute("UPDATE counter SET value = %s", [value + 1])
"""


def test_read_then_write_by_eight_processes_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "writers.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE counter (value INTEGER NOT NULL)")
        database.execute("INSERT INTO counter VALUES (0)")
    database.close()
    writers = [
        subprocess.Popen(  # noqa: S603 - our own interpreter, our own arguments
            [sys.executable, "-c", WRITER, str(path), str(ROUNDS)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _writer in range(WRITERS)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    errors = []
    for writer in writers:
        # All have started; let them loose together.
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _output, error = writer.communicate(timeout=60 + ROUNDS)
        errors.append((writer.returncode, error))
    assert errors == [(0, "")] * WRITERS
    database = sqlite3.connect(path)
    assert database.execute("SELECT value FROM counter").fetchone() == (WRITERS * ROUNDS,)
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_the_options_are_the_ones_that_make_this_hold() -> None:
    assert base.SQLITE_OPTIONS["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in base.SQLITE_OPTIONS["init_command"]
    assert base.SQLITE_OPTIONS["timeout"] >= 20
