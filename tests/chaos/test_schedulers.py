"""Two schedulers and two workers, a thousand ticks: nobody is told the same thing twice."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from core.mail import message_id
from tests.chaos.conftest import ENGINES
from tests.chaos.processes import wait_until
from tests.chaos.stage import PYTHON, Stage

TICKS = int(os.environ.get("CHAOS_TICKS", "1000"))
BRANCHES, ON_A_BOARD = 2, 3


@pytest.mark.parametrize("engine", ENGINES)
def test_a_thousand_ticks_of_two_schedulers_and_two_workers_tell_nothing_twice(
    engine: str, stage: Callable[..., Stage]
) -> None:
    # The engines' own processes stand aside: these four take their place, on each one's database.
    # Simulated minutes pass in milliseconds, work does not: here a lease must not run out by that.
    work = stage(engine, CHAOS_LEASE_SECONDS="1000000")
    work.feeder.start(stdin=True)
    work.tell("people", BRANCHES, ON_A_BOARD)
    for role in ("scheduler", "worker"):
        for number in range(2):
            command = (PYTHON, "-m", "tests.chaos.simulating", role, str(number), str(TICKS))
            work.workers.append(work.process(f"{role}{number}", *command))
    for each in work.workers:
        each.start()
    wait_until(lambda: not any(each.runs for each in work.workers), seconds=600, or_say=work.tails)
    assert [each.ended() for each in work.workers] == [0, 0, 0, 0], work.tails()
    sent = work.rows("SELECT key FROM notifications_delivery WHERE state = 'sent'")
    copies = work.copies()
    assert len(sent) >= BRANCHES * ON_A_BOARD
    assert {message_id(key): 1 for (key,) in sent} == dict(copies)
    twice = work.rows(
        "SELECT recipient_id, day, count(*) FROM notifications_delivery"
        " WHERE mail = 'digest' AND state = 'sent' GROUP BY recipient_id, day HAVING count(*) > 1"
    )
    assert twice == []
    # Each round was put down once: two schedulers agree about what is due when.
    rounds = work.one("SELECT count(*) FROM jobs_job WHERE handler = 'notifications.plan'")
    assert 1 <= rounds <= TICKS // 10 + 2
    assert work.one("SELECT count(*) FROM jobs_job WHERE state NOT IN ('done', 'waiting')") == 0
