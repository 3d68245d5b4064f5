"""The national page beside the same table in a plain template loop, and beside bytes that are kept.

The loop is what a template would do by itself: rows, their milestones beside them, a link each.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from statistics import median

from django.core.cache import caches
from django.db import connection
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import data, urls
from bench.measure import Figure, seconds
from process.models import Election, Milestone, TemplateMilestone, Timeline
from process.queries.timelines import state_of

GRID = "?beeld=raster"
ROUNDS = 5
IN_TURN = 25


def figures(client: Client, election: Election) -> Iterator[Figure]:
    """Measure the grid and the threads, drawn and kept.

    Args:
        client: on which somebody of the office is signed in.
        election: with 350 timelines or so.
    """
    address = reverse("monitor:national")
    loop = seconds(lambda: _plain_loop(election), rounds=ROUNDS)
    branches = Timeline.objects.filter(election=election).count()
    for name, query in (("grid", GRID), ("threads", "")):
        yield _drawn(client, address + query, loop, name=f"national {name}, {branches} branches")
        yield _kept(client, address + query, name=f"national {name}, kept")


def many(client: Client, *, small: Figure) -> Iterator[Figure]:
    """Measure the first answer with many more branches beside that with few.

    Args:
        client: see ``figures``.
        small: what ``figures`` gave for the grid.
    """
    address = reverse("monitor:national") + GRID
    taken = seconds(lambda: _afresh(client, address), rounds=ROUNDS)
    few = small.details["milliseconds"] / 1000
    yield Figure(
        name=f"national grid, {Timeline.objects.count()} branches",
        ratio=few / taken,
        floor="the grid with few branches, drawn; the goal is a third",
        details={"milliseconds": round(taken * 1000, 1), "times_as_long": round(taken / few, 2)},
    )


def _drawn(client: Client, address: str, loop: float, *, name: str) -> Figure:
    with CaptureQueriesContext(connection) as queries:
        answer = _afresh(client, address)
        asked = len(queries)
    taken = seconds(lambda: _afresh(client, address), rounds=ROUNDS)
    return Figure(
        name=name,
        ratio=loop / taken,
        floor="the same table in a plain template loop, by itself",
        details={
            "milliseconds": round(taken * 1000, 1),
            "loop_milliseconds": round(loop * 1000, 1),
            "queries": asked,
            "kilobytes": round(len(answer) / 1024),
        },
    )


def _kept(client: Client, address: str, *, name: str) -> Figure:
    urls.bare_kept["text"] = client.get(address).content
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
        asked = len(queries)
    floor, taken = _in_turn(lambda: client.get("/bare/kept/"), lambda: client.get(address))
    return Figure(
        name=name,
        ratio=floor / taken,
        floor="the same bytes, kept, for the same person signed in",
        details={
            "milliseconds": round(taken * 1000, 2),
            "bare_milliseconds": round(floor * 1000, 2),
            "queries": asked,
        },
    )


def _in_turn(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the median time of both; in turns, so that what else the machine does is shared."""
    one()
    other()
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(IN_TURN):
        for act, times in zip((one, other), taken, strict=True):
            start = time.perf_counter()
            act()
            times.append(time.perf_counter() - start)
    return median(taken[0]), median(taken[1])


def _afresh(client: Client, address: str) -> bytes:
    caches["pages"].clear()
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    return answer.content


def _plain_loop(election: Election) -> str:
    milestones = Milestone.objects.select_related("definition").order_by("position")
    timelines = list(
        Timeline.objects.filter(election=election)
        .select_related("branch")
        .prefetch_related(Prefetch("milestones", milestones))
        .order_by("branch__name")
    )
    for timeline in timelines:
        for row in timeline.milestones.all():
            row.state = state_of(row, today=data.TODAY).value  # type: ignore[attr-defined]
            row.day = row.done_on or row.target  # type: ignore[attr-defined]
    definitions = TemplateMilestone.objects.filter(version=timelines[0].template_id)
    context = {"timelines": timelines, "definitions": definitions}
    return render_to_string("bench_matrix.html", context)
