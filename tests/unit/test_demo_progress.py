"""What invented branches have done never breaks the order, whatever chance brings."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from demo.rules.progress import SHARES, Standing, Step, draw_standing, play
from process.rules import order
from process.rules.forecast import Pulse, forecast
from process.rules.template import DEFAULT_TEMPLATE

POLLING_DAY = date(2022, 3, 16)


def step(position: int, key: str, weeks: tuple[int, int, int]) -> Step:
    start, target, end = (POLLING_DAY + timedelta(weeks=week) for week in weeks)
    return Step(
        key=key,
        position=position,
        window_start=start,
        target=target,
        deadline=end,
        is_statutory=False,
    )


STEPS = [
    step(place, item.key, (item.start_week, item.target_week, item.end_week))
    for place, item in enumerate(DEFAULT_TEMPLATE)
    if item.start_week is not None and item.target_week is not None and item.end_week is not None
]


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - invented data, no secrets


@given(
    seed=st.integers(min_value=0),
    standing=st.sampled_from(Standing),
    today=st.dates(min_value=date(2020, 12, 1), max_value=date(2022, 6, 1)),
)
def test_the_order_holds_and_nothing_lies_ahead(seed: int, standing: Standing, today: date) -> None:
    progress = play(chance=chance(seed), steps=STEPS, standing=standing, today=today)
    days = {**progress.done, order.POLLING_DAY: POLLING_DAY}
    wrong = [item for item in order.problems(days=days) if item.rule.then != order.POLLING_DAY]
    assert wrong == []
    everything = [*progress.done.values(), *progress.started.values(), *progress.moved.values()]
    assert all(day < today for day in everything)
    again = play(chance=chance(seed), steps=STEPS, standing=standing, today=today)
    assert again == progress


@given(seed=st.integers(min_value=0), standing=st.sampled_from(Standing))
def test_in_october_a_branch_stands_as_it_was_meant_to(seed: int, standing: Standing) -> None:
    today = date(2021, 10, 4)
    progress = play(chance=chance(seed), steps=STEPS, standing=standing, today=today)
    waiting = [item for item in STEPS if item.key not in progress.done]
    first = min(waiting, key=lambda item: (item.deadline, item.position))
    result = forecast(
        pulse=Pulse(
            next_key=first.key,
            next_target=progress.moved.get(first.key, first.target),
            next_deadline=first.deadline,
            last_activity_on=progress.last_activity,
            created_on=date(2020, 12, 14),
        ),
        today=today,
    )
    assert result.outlook == standing.value


def test_the_shares_are_those_of_the_table() -> None:
    source = chance(1)
    drawn = [draw_standing(chance=source) for _ in range(2000)]
    for standing, share in SHARES.items():
        assert abs(drawn.count(standing) / 20 - share) < 4
