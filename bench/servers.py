"""The same parts on PostgreSQL: a server of their own, and a process that uses it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.measure import Figure
from config import stack

ROOT = Path(__file__).resolve().parents[1]


def on_postgresql(parts: Sequence[str]) -> list[Figure]:
    """Measure these parts on a PostgreSQL that is started for it; none where there is none."""
    if stack.programs() is None:
        print("on PostgreSQL: not measured, it is not installed here")
        return []
    with tempfile.TemporaryDirectory(prefix="rodedraad-bench-") as name:
        folder = Path(name)
        # Its own user must be able to reach its folder.
        folder.chmod(0o755)
        server, answer = stack.postgresql(folder), folder / "figures.json"
        environment = {**os.environ, "BENCH_DATABASE_URL": server.url}
        with stack.running(server):
            subprocess.run(  # noqa: S603 - our own
                [sys.executable, "-m", "bench", "--only-here", "--into", str(answer), *parts],
                cwd=ROOT,
                env=environment,
                check=False,
            )
        if not answer.exists():
            print("on PostgreSQL: it broke off, see above")
            return []
        return [Figure(**row) for row in json.loads(answer.read_text(encoding="utf-8"))["figures"]]
