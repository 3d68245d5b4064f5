"""Kill −9 at random, two hundred times, while mail goes out: nothing is lost, little goes twice."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

import pytest

from core.mail import message_id
from tests.chaos.conftest import ENGINES
from tests.chaos.processes import wait_until
from tests.chaos.stage import Stage, kill, names, pause

KILLS = int(os.environ.get("CHAOS_KILLS", "200"))
SEED = os.environ.get("CHAOS_SEED") or str(time.time_ns())
# Jobs that are always there while processes are killed, and how they are kept there.
AT_HAND, HANDFUL = 20, 40
# Readers of real reminders; each has a digest a week.
BRANCHES, ON_A_BOARD = 4, 6
# Of a hundred kills: so many take a whole session along, or a process that only helps.
WHOLE, HELPER = 4, 4
MOST_ATTEMPTS = 3
MAILS = "SELECT count(*) FROM notifications_delivery"
# A worker that sends has so many mails in hand (MAIL_CONNECTIONS).
IN_HAND = 4


@pytest.mark.parametrize("engine", ENGINES)
def test_random_kills_lose_nothing_and_double_no_more_than_they_hit(
    engine: str, stage: Callable[..., Stage]
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a game of chance, no secret
    work = stage(engine)
    work.begin()
    work.tell("people", BRANCHES, ON_A_BOARD)
    people = BRANCHES * ON_A_BOARD
    wait_until(lambda: work.one(MAILS) >= people, seconds=300, or_say=work.tails)
    put = killed = weeks = 0
    while killed < KILLS:
        if work.unfinished() < AT_HAND:
            work.tell("mail", put, HANDFUL)
            put += HANDFUL
        # The next week comes when this one's news is made and gone: one that is jumped over tells
        # nothing afterwards.
        if work.one(MAILS) >= people * (weeks + 1) and work.unsent() == 0:
            weeks += 1
            work.tell("day", weeks * 7)
        pause(chance.uniform(0.05, 0.5))
        work.start_again()
        killed += strike(work, chance)
    # Each week's news is told to each reader, by whoever is alive.
    work.finish(seconds=300, and_mails=people * (weeks + 1))
    rounds = work.rows("SELECT handler, state, error, count(*) FROM jobs_job GROUP BY 1, 2, 3")
    report = f"seed {SEED}, {killed} kills, {put} mails, {weeks} weeks, {rounds}"
    look_at_jobs(work, put=put, killed=killed, report=report)
    look_at_mails(work, weeks=weeks, killed=killed, report=report)


def strike(work: Stage, chance: random.Random) -> int:
    """Kill somebody; return how many of those that work were hit (or one, of those that help)."""
    worker = chance.choice(work.workers)
    doing = work.victims(worker)
    if not doing:
        return 0  # it is still starting
    luck = chance.randrange(100)
    if luck < WHOLE:
        whole = chance.choice(work.all())
        whole.kill()
        return len(doing) if whole is worker else 1
    if luck < WHOLE + HELPER:
        doing = [pid for pid in worker.descendants() if pid not in doing] or doing
    return int(kill(chance.choice(doing)))


def look_at_jobs(work: Stage, *, put: int, killed: int, report: str) -> None:
    """Each is done, or stands parked with its reason for a person to see."""
    parked = work.rows(
        "SELECT attempts, error FROM jobs_job WHERE state = 'parked' AND handler LIKE 'chaos.%'"
    )
    assert sum(work.states().values()) == put, report
    assert set(parked) <= {(MOST_ATTEMPTS, "the worker died each time")}, report
    copies = {name: n for name, n in work.copies().items() if name in names(range(put))}
    assert len(names(range(put)) - copies.keys()) <= len(parked), report
    # Each kill can double what its worker had in hand, and nothing else can.
    assert max(copies.values()) <= MOST_ATTEMPTS, report
    assert sum(copies.values()) - len(copies) <= killed, report


def look_at_mails(work: Stage, *, weeks: int, killed: int, report: str) -> None:
    """Each real mail went, or stands parked; each that went was accepted under its own name."""
    rows = work.rows("SELECT key, state, doubts, mail FROM notifications_delivery")
    copies = work.copies()
    people = BRANCHES * ON_A_BOARD
    assert len(rows) >= people * (weeks + 1), report
    assert {state for _key, state, _doubts, _mail in rows} <= {"sent", "parked", "withdrawn"}, (
        report
    )
    assert {doubts for _key, state, doubts, _mail in rows if state == "parked"} <= {3}, report
    extra = 0
    for key, state, doubts, _mail in rows:
        times = copies.get(message_id(key), 0)
        assert times >= (state == "sent"), (key, state, report)
        assert times <= doubts + 1, (key, state, report)
        extra += max(times - 1, 0)
    assert extra <= killed * IN_HAND, report
    # A digest is one mail for a person on a day; who was told a thing once, is not told it anew.
    told = "SELECT count(*) FROM notifications_reminder WHERE state = 'sent'"
    assert work.one(told) >= people, report
