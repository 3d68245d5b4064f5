"""Timing and counting; every figure is a ratio to something measured in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from statistics import median
from typing import Any

from django.test import Client

from bench import urls
from bench.asking import questions


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


def side_by_side(
    act: Callable[[], object], floor: Callable[[], object], *, rounds: int = 9
) -> tuple[float, float]:
    """Return the median times of an act and of its floor, taken in turn.

    A machine that becomes busy half-way then does so for both.
    """
    act()
    floor()
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for one, times in zip((act, floor), taken, strict=True):
            start = time.perf_counter()
            one()
            times.append(time.perf_counter() - start)
    return median(taken[0]), median(taken[1])


def page(client: Client, address: str, *, name: str) -> Figure:
    """Measure a page beside a bare view that asks the same questions and sends the same bytes.

    Whoever is signed in is part of the questions, so the bare view is asked by nobody.
    """
    with questions() as asked:
        answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)
    # What only the first time asks for (a session, a cache) is not part of it.
    with questions() as asked:
        client.get(address)
    urls.bare_same.update(questions=list(asked), content=answer.content)
    nobody = Client()
    assert nobody.get("/bare/same/").content == answer.content
    real, floor = side_by_side(lambda: client.get(address), lambda: nobody.get("/bare/same/"))
    return Figure(
        name=name,
        ratio=floor / real,
        floor="bare view, same questions, same bytes",
        details={
            "milliseconds": round(real * 1000, 1),
            "bare_milliseconds": round(floor * 1000, 1),
            "queries": len(asked),
            "kilobytes": round(len(answer.content) / 1024, 1),
        },
    )
