"""A queue may say anything in any order: the table decides. Poison, and stopping in the middle."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable

import pytest

from tests.chaos.conftest import ENGINES
from tests.chaos.processes import PATIENCE, wait_until
from tests.chaos.stage import Stage, names

MAILS = 40


@pytest.mark.parametrize("engine", ENGINES)
def test_messages_that_come_three_times_in_no_order_send_each_mail_once(
    engine: str, stage: Callable[..., Stage]
) -> None:
    work = stage(engine)
    work.begin(workers=2)
    work.tell("mail", 0, MAILS)
    work.tell("shuffle", "again")
    work.finish()
    work.tell("shuffle", "anew")
    work.tell("mail", MAILS, 1)
    work.finish()
    assert work.copies() == Counter(dict.fromkeys(names(range(MAILS + 1)), 1)), work.tails()
    assert work.rows("SELECT DISTINCT attempts FROM jobs_job WHERE handler = 'chaos.mail'") == [
        (1,)
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_poison_is_parked_after_three_attempts_and_holds_nobody_up(
    engine: str, stage: Callable[..., Stage]
) -> None:
    work = stage(engine)
    work.begin()
    work.tell("poison")
    work.tell("mail", 0, MAILS)
    wait_until(lambda: work.states()["done"] == MAILS, or_say=work.tails)
    work.finish()
    assert work.rows(
        "SELECT state, attempts, error FROM jobs_job WHERE handler = 'chaos.poison'"
    ) == [("parked", 3, "the worker died each time")]
    # What was in hand beside it may have died with it, and came again.
    assert work.copies().keys() == names(range(MAILS))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_worker_that_is_told_to_stop_ends_what_it_has_in_hand(
    engine: str, stage: Callable[..., Stage]
) -> None:
    work = stage(engine)
    work.begin()
    worker = work.workers[0]
    work.tell("slow", 7, 2)
    wait_until((work.folder / "slow-7").exists, or_say=work.tails)
    worker.signal(signal.SIGTERM)
    wait_until(lambda: not worker.runs, or_say=work.tails)
    assert worker.ended() == 0, work.tails()
    in_hand = work.rows("SELECT state, attempts FROM jobs_job WHERE handler = 'chaos.slow'")
    assert in_hand == [("done", 1)], work.tails()
    # What was put down meanwhile is done by the next one.
    work.tell("mail", 0, 3)
    work.finish(seconds=PATIENCE)
    assert work.copies() == Counter(dict.fromkeys(names([0, 1, 2, 7]), 1))
