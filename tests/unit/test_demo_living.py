"""What invented branches do as the clock moves: in order, within the days that passed."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from demo.rules.living import OpenStep, lived, wakes_on
from demo.rules.progress import Standing, play
from process.rules import order
from tests.unit.test_demo_progress import POLLING_DAY, STEPS, chance

BEGIN = date(2021, 10, 4)
PHASES = {
    "people_approached": 1,
    "committee_and_commission": 1,
    "programme_adopted": 5,
    "top_ten_agreed": 5,
    "candidate_list_set": 5,
    "candidates_endorse": 5,
}


def phase(key: str, target: date) -> int:
    return PHASES.get(key, 7 if target > POLLING_DAY else 3)


@given(
    seed=st.integers(min_value=0),
    standing=st.sampled_from(Standing),
    jumps=st.lists(st.integers(min_value=1, max_value=200), min_size=1, max_size=6),
)
def test_each_jump_of_the_clock_keeps_the_order_and_its_own_days(
    seed: int, standing: Standing, jumps: list[int]
) -> None:
    done = dict(play(chance=chance(seed), steps=STEPS, standing=standing, today=BEGIN).done)
    since = BEGIN
    for days in jumps:
        until = since + timedelta(days=days)
        new = lived(
            chance=random.Random(seed),  # noqa: S311 - invented data, no secrets
            standing=standing,
            steps=[
                OpenStep(step=step, phase=phase(step.key, step.target))
                for step in STEPS
                if step.key not in done
            ],
            done=done,
            dropped=frozenset(),
            polling_day=POLLING_DAY,
            since=since,
            until=until,
        )
        assert all(since < day <= until for day in new.values())
        assert not set(new) & set(done)
        done |= new
        assert order.problems(days={**done, order.POLLING_DAY: POLLING_DAY}) == ()
        since = until


def test_most_branches_on_time_adopt_before_the_year_is_over() -> None:
    adopted = 0
    for seed in range(40):
        done = play(chance=chance(seed), steps=STEPS, standing=Standing.ON_TIME, today=BEGIN).done
        new = lived(
            chance=chance(seed),
            standing=Standing.ON_TIME,
            steps=[
                OpenStep(step=step, phase=phase(step.key, step.target))
                for step in STEPS
                if step.key not in done
            ],
            done=done,
            dropped=frozenset(),
            polling_day=POLLING_DAY,
            since=BEGIN,
            until=date(2021, 12, 31),
        )
        adopted += "programme_adopted" in new
    assert adopted > 30


def test_a_meeting_that_is_planned_is_the_day_and_a_limit_is_kept() -> None:
    adoption = next(step for step in STEPS if step.key == "programme_adopted")
    done = {
        key: date(2021, 9, 1)
        for key in ("committee_and_commission", "draft_sent", "input_closed", "carry_over_decided")
    }

    def act(**given: date) -> dict[str, date]:
        return lived(
            chance=chance(1),
            standing=Standing.ON_TIME,
            steps=[OpenStep(step=adoption, phase=5, **given)],
            done=done,
            dropped=frozenset(),
            polling_day=POLLING_DAY,
            since=BEGIN,
            until=date(2022, 1, 1),
        )

    assert act(convened=date(2021, 11, 6)) == {"programme_adopted": date(2021, 11, 6)}
    assert act(convened=date(2021, 11, 6), limit=date(2021, 11, 5)) == {}


def test_a_silent_branch_is_reached_later_or_never() -> None:
    days = [
        wakes_on(chance=chance(seed), standing=Standing.SILENT, begin=BEGIN) for seed in range(60)
    ]
    assert None in days
    assert all(day > BEGIN for day in days if day is not None)
    assert wakes_on(chance=chance(1), standing=Standing.LATE, begin=BEGIN) == BEGIN
