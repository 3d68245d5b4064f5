"""Timing and counting; every figure is a ratio to something measured in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import urls


@dataclass
class Figure:
    """One line of the table: what was measured, the ratio, and what it is a ratio of."""

    name: str
    ratio: float
    floor: str
    details: dict[str, Any] = field(default_factory=dict)

    def as_row(self) -> dict[str, Any]:
        """Return it for bench.json."""
        return asdict(self)


def seconds(act: Callable[[], object], *, rounds: int = 9) -> float:
    """Return the median time of an act, after one round to warm up."""
    act()
    taken = []
    for _round in range(rounds):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return median(taken)


def page(client: Client, address: str, *, name: str) -> Figure:
    """Measure a page beside a bare view that renders a template of the same size."""
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
        count = len(queries)
    urls.bare_text["text"] = "x" * len(answer.content)
    real = seconds(lambda: client.get(address))
    floor = seconds(lambda: client.get("/bare/"))
    return Figure(
        name=name,
        ratio=floor / real,
        floor="bare view, template of the same size",
        details={
            "milliseconds": round(real * 1000, 1),
            "bare_milliseconds": round(floor * 1000, 1),
            "queries": count,
            "kilobytes": round(len(answer.content) / 1024, 1),
        },
    )
