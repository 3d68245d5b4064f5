"""How the database answers the heaviest statements: ``EXPLAIN``, written to ``var/plans-*.txt``.

Everything that the busiest pages and rounds ask is taken down and timed; of the ten that took
longest the plan is written out, on PostgreSQL with what was really read (``ANALYZE, BUFFERS``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

from bench.asking import Question, questions

HEAVIEST: Final = 10
_SHOWN: Final = 400
_NOT_EXPLAINED: Final = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET ", "BEGIN", "COMMIT", "PRAGMA")


def write(acts: Iterable[tuple[str, Callable[[], Any]]]) -> Path:
    """Do each act, explain what took longest, and return the file.

    Args:
        acts: what it is called, and what to do; each is done twice, for the first time reads disks.
    """
    heaviest: dict[str, tuple[str, Question]] = {}
    for name, act in acts:
        act()
        with questions() as asked:
            act()
        for one in asked:
            if one.sql.lstrip().upper().startswith(_NOT_EXPLAINED):
                continue
            shape = re.sub(r"\d+", "0", one.sql)
            known = heaviest.get(shape)
            if known is None or known[1].seconds < one.seconds:
                heaviest[shape] = (name, one)
    chosen = sorted(heaviest.values(), key=lambda pair: -pair[1].seconds)[:HEAVIEST]
    path: Path = settings.STATE_DIR / f"plans-{connection.vendor}.txt"
    path.write_text("\n\n".join(_explained(*one) for one in chosen) + "\n", encoding="utf-8")
    return path


def _explained(name: str, one: Question) -> str:
    analysed = connection.vendor == "postgresql" and one.sql.lstrip().startswith(("SELECT", "WITH"))
    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    how = "EXPLAIN (ANALYZE, BUFFERS)" if analysed else how
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {one.sql}", one.values)
        rows = cursor.fetchall()
    lines = [str(row[-1]) for row in rows]
    said = " ".join(one.sql.split())
    shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]} …"
    return "\n".join([f"## {name}: {one.seconds * 1000:.0f} ms", shown, *lines])
