"""Workers of django-q2 that stand still are ended; those killed while they wait lock nobody out."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial

from tests.chaos.processes import wait_until
from tests.chaos.stage import Stage, kill, names, pause

MAILS, ROUNDS = 10, 3


def test_workers_that_hang_are_ended_and_their_work_is_done_by_the_next(
    stage: Callable[..., Stage],
) -> None:
    work = stage("django-q2", CHAOS_STUCK_SECONDS="4")
    work.begin()
    worker = work.workers[0]
    hanging = work.victims(worker)
    for pid in hanging:
        os.kill(pid, signal.SIGSTOP)
    work.tell("mail", 0, MAILS)
    wait_until(lambda: not worker.runs, or_say=work.tails)
    assert "The worker stands still" in worker.tail(20_000)
    assert not any(kill(pid) for pid in hanging if pid in worker.descendants())
    work.finish()
    assert work.copies().keys() == names(range(MAILS))


def test_a_worker_that_is_killed_while_it_waits_does_not_lock_out_the_others(
    stage: Callable[..., Stage],
) -> None:
    # The watch stands aside: what holds here is the queue's own lock.
    work = stage("django-q2", CHAOS_STUCK_SECONDS="600")
    work.begin()
    worker = work.workers[0]
    # No ticks: all workers wait for work, one of them with the queue's lock in its hands.
    work.schedulers[0].kill()
    for done in range(ROUNDS):
        pause(2)
        waiting = set(work.victims(worker))
        for pid in waiting:
            kill(pid)
        wait_until(partial(_are_replaced, work, waiting), or_say=work.tails)
        work.tell("mail", done, 1)
        wait_until(partial(_are_done, work, done + 1), or_say=work.tails)
    assert worker.starts == 1
    assert work.copies().keys() == names(range(ROUNDS))


def _are_replaced(work: Stage, dead: set[int]) -> bool:
    return len(set(work.victims(work.workers[0])) - dead) == len(dead)


def _are_done(work: Stage, count: int) -> bool:
    return work.states()["done"] == count
