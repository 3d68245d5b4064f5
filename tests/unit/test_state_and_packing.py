"""How a milestone looks, from its dates and from its packed token: the same answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from process.rules.packing import Packable, pack, unpack
from process.rules.state import State, shown_state

POLLING_DAY = date(2022, 3, 16)
START = date(2021, 10, 1)
DEADLINE = date(2021, 10, 31)

days = st.integers(min_value=-2_000, max_value=2_000).map(lambda n: POLLING_DAY + timedelta(days=n))
statuses = st.sampled_from(["planned", "started", "done", "dropped"])
packables = st.builds(
    Packable,
    status=statuses,
    is_statutory=st.booleans(),
    window_start=days,
    shown_day=days,
    deadline=days,
)


def state(status: str, today: date, *, by_law: bool = False) -> State:
    return shown_state(
        status=status, is_statutory=by_law, window_start=START, deadline=DEADLINE, today=today
    )


@pytest.mark.parametrize("status", ["planned", "started"])
@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2021, 9, 30), State.PLANNED),
        (date(2021, 10, 1), State.CURRENT),
        (date(2021, 10, 31), State.CURRENT),
        (date(2021, 11, 1), State.LATE),
    ],
)
def test_an_open_milestone_follows_its_window(status: str, today: date, shown: State) -> None:
    assert state(status, today) is shown


def test_a_day_of_the_law_comes_and_has_been_but_is_never_late() -> None:
    assert state("planned", date(2021, 9, 30), by_law=True) is State.PLANNED
    assert state("planned", DEADLINE, by_law=True) is State.CURRENT
    assert state("planned", date(2021, 11, 1), by_law=True) is State.DONE


@pytest.mark.parametrize("today", [date(2021, 9, 1), date(2021, 10, 5), date(2022, 1, 1)])
def test_what_is_done_or_does_not_apply_stays_so(today: date) -> None:
    assert state("done", today) is State.DONE
    assert state("dropped", today) is State.SKIPPED
    assert state("dropped", today, by_law=True) is State.SKIPPED


@given(items=st.lists(packables, max_size=35), today=days, polling_day=days)
def test_packed_states_are_the_states_shown_on_any_day(
    items: list[Packable], today: date, polling_day: date
) -> None:
    found = unpack(
        packed=pack(milestones=items, polling_day=polling_day),
        days_to_go=(polling_day - today).days,
    )
    assert found == [
        (
            shown_state(
                status=item.status,
                is_statutory=item.is_statutory,
                window_start=item.window_start,
                deadline=item.deadline,
                today=today,
            ),
            (item.shown_day - polling_day).days,
        )
        for item in items
    ]


def test_a_token_is_as_it_is_described() -> None:
    item = Packable(
        status="planned",
        is_statutory=False,
        window_start=POLLING_DAY - timedelta(days=448),
        shown_day=POLLING_DAY - timedelta(days=406),
        deadline=POLLING_DAY - timedelta(days=350),
    )
    by_law = Packable(
        status="started",
        is_statutory=True,
        window_start=POLLING_DAY,
        shown_day=POLLING_DAY,
        deadline=POLLING_DAY,
    )
    assert pack(milestones=[item, by_law], polling_day=POLLING_DAY) == "p-448/-406/-350 w0/0/0"


def test_nothing_packs_to_nothing() -> None:
    assert pack(milestones=[], polling_day=POLLING_DAY) == ""
    assert unpack(packed="", days_to_go=3) == []
