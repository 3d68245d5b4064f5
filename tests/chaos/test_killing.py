"""Kill −9 at random, two hundred times, while mail goes out: nothing is lost, little goes twice."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

import pytest

from tests.chaos.conftest import ENGINES
from tests.chaos.stage import Stage, kill, names, pause

KILLS = int(os.environ.get("CHAOS_KILLS", "200"))
SEED = os.environ.get("CHAOS_SEED", "") or str(time.time_ns())
# Work that is always there while processes are killed, and how it is kept there.
AT_HAND, HANDFUL = 40, 60
# Of a hundred kills: so many take a whole session along, or a process that only helps.
WHOLE, HELPER = 4, 4
MOST_ATTEMPTS = 3


@pytest.mark.parametrize("engine", ENGINES)
def test_random_kills_lose_nothing_and_double_no_more_than_they_hit(
    engine: str, stage: Callable[..., Stage]
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a game of chance, no secret
    work = stage(engine)
    work.begin()
    put = killed = 0
    while killed < KILLS:
        if work.unfinished() < AT_HAND:
            work.tell("mail", put, HANDFUL)
            put += HANDFUL
        pause(chance.uniform(0.05, 0.6))
        work.start_again()
        killed += strike(work, chance)
    work.finish(seconds=300)
    report = f"seed {SEED}, {killed} kills, {put} mails, {work.states()}"
    parked = work.rows("SELECT payload, attempts, error FROM jobs_job WHERE state = 'parked'")
    # Nothing is lost: each is done, or stands parked with its reason for a person to see.
    assert sum(work.states().values()) == put, report
    assert {(attempts, error) for _payload, attempts, error in parked} <= {
        (MOST_ATTEMPTS, "the worker died each time")
    }, report
    copies = work.copies()
    assert copies.keys() <= names(range(put)), report
    assert len(names(range(put)) - copies.keys()) <= len(parked), report
    # Each kill can double what its worker had in hand, and nothing else can.
    assert max(copies.values()) <= MOST_ATTEMPTS, report
    assert sum(copies.values()) - len(copies) <= killed, report


def strike(work: Stage, chance: random.Random) -> int:
    """Kill somebody; return how many of those that work were hit (or one, of those that help)."""
    worker = chance.choice(work.workers)
    doing = work.victims(worker)
    luck = chance.randrange(100)
    if luck < WHOLE:
        whole = chance.choice(work.all())
        hit = max(len(doing), 1) if whole is worker else 1
        whole.kill()
        return hit
    if luck < WHOLE + HELPER:
        doing = [pid for pid in worker.descendants() if pid not in doing] or doing
    return int(kill(chance.choice(doing))) if doing else 0
