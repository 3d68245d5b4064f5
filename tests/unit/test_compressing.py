"""A late start: the proposal keeps the order, is possible, and says truly what it gives up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from process.queries.timelines import limit_of
from process.rules import timetable as law
from process.rules.compressing import (
    NEEDS_MEETING,
    STRETCHES,
    Impossible,
    Proposal,
    compress,
)
from process.rules.moving import Item
from process.rules.order import predecessors, problems
from process.rules.planning import plan
from process.rules.restdays import NO_REST, RestDays, rest_days
from process.rules.template import DEFAULT_TEMPLATE

POLLING = date(2022, 3, 16)
NOMINATION = date(2022, 1, 31)
ELECTION_PHASE = 6


@cache
def region(name: str) -> RestDays:
    return rest_days(school_region=name, years=(2019, 2020, 2021, 2022, 2023))


@cache
def fresh() -> tuple[Item, ...]:
    """Return the internal milestones before the election of 2022, all open."""
    timetable = law.timetable_for_polling_day(polling_day=POLLING)
    days = plan(
        definitions=DEFAULT_TEMPLATE,
        polling_day=POLLING,
        statutory={found.key.value: found.date for found in timetable},
        rest=region("midden"),
    )
    return tuple(
        Item(
            key=each.key,
            target=days[each.key].target,
            window_start=days[each.key].window_start,
            window_end=days[each.key].window_end,
            is_open=True,
            limit=limit_of(
                key=each.key, phase=each.phase, polling_day=POLLING, nomination=NOMINATION
            ),
        )
        for each in DEFAULT_TEMPLATE
        if each.phase < ELECTION_PHASE
    )


def propose(
    items: Sequence[Item], today: date, *, notice_days: int = 14, rest: RestDays = NO_REST
) -> Proposal:
    return compress(items=items, today=today, notice_days=notice_days, rest=rest)


def with_done(*keys: str, on: date) -> list[Item]:
    return [
        replace(item, is_open=False, done_on=min(item.target, on)) if item.key in keys else item
        for item in fresh()
    ]


def new_days(items: Sequence[Item], found: Proposal) -> dict[str, date]:
    new = {move.key: move.new for move in found.moves}
    return {
        item.key: new.get(item.key, item.done_on or item.target)
        for item in items
        if item.is_open or item.done_on
    }


def test_who_is_not_behind_needs_no_proposal() -> None:
    first = min(item.target for item in fresh())
    assert propose(fresh(), first) == Proposal()
    assert propose(fresh(), first + timedelta(days=1)).moves


def test_nothing_open_needs_no_proposal() -> None:
    closed = [replace(item, is_open=False, done_on=item.target) for item in fresh()]
    assert propose(closed, date(2022, 1, 10)) == Proposal()
    by_law = [replace(item, is_statutory=True) for item in fresh()]
    assert propose(by_law, date(2022, 1, 10)) == Proposal()


def test_a_start_in_october_keeps_the_adoption_in_its_window() -> None:
    found = propose(fresh(), date(2021, 10, 4))
    days = new_days(fresh(), found)
    adoption = next(item for item in fresh() if item.key == "programme_adopted")
    assert found.impossible is None
    assert days["committee_and_commission"] == date(2021, 10, 19)
    assert days["programme_adopted"] <= adoption.window_end
    assert days["candidate_list_set"] <= NOMINATION
    assert {(each.first, each.then) for each in found.gives_up} >= {
        ("committee_and_commission", "draft_sent"),
        ("input_open", "input_closed"),
    }


def test_what_is_given_up_is_counted_in_days_before_and_after() -> None:
    found = propose(fresh(), date(2021, 10, 4))
    days = new_days(fresh(), found)
    old = {item.key: item.target for item in fresh()}
    told = {(each.first, each.then): (each.before, each.after) for each in found.gives_up}
    for first, then in STRETCHES:
        before, after = (old[then] - old[first]).days, (days[then] - days[first]).days
        assert told.get((first, then)) == ((before, after) if after < before else None)


def test_a_stretch_from_something_that_does_not_apply_is_not_mourned() -> None:
    items = [replace(item, is_open=False) if item.key == "input_open" else item for item in fresh()]
    found = propose(items, date(2021, 10, 4))
    assert found.moves
    assert "input_open" not in {each.first for each in found.gives_up}


def test_the_input_never_closes_before_it_opens() -> None:
    for weeks in range(30):
        today = date(2021, 6, 1) + timedelta(weeks=weeks)
        found = propose(fresh(), today)
        if found.impossible is None:
            days = new_days(fresh(), found)
            assert days["input_open"] <= days["input_closed"]


def test_days_set_the_wrong_way_round_are_put_right() -> None:
    items = [
        replace(item, target=date(2021, 8, 2), set_by_hand=True)
        if item.key == "programme_adopted"
        else item
        for item in fresh()
    ]
    found = propose(items, date(2021, 8, 9))
    assert found.impossible is None
    assert problems(days=new_days(items, found)) == ()


def test_without_time_for_a_notice_it_says_so_and_names_the_last_day() -> None:
    found = propose(fresh(), NOMINATION - timedelta(days=14))
    assert found.moves == ()
    assert found.impossible is Impossible.NO_TIME_FOR_NOTICE
    assert found.impossible_key == "programme_adopted"
    assert found.impossible_day == NOMINATION


def test_a_day_earlier_it_just_fits() -> None:
    found = propose(fresh(), NOMINATION - timedelta(days=15))
    days = new_days(fresh(), found)
    assert found.impossible is None
    assert days["programme_adopted"] == days["candidate_list_set"] == NOMINATION


def test_after_the_last_day_it_says_that_it_has_passed() -> None:
    found = propose(fresh(), NOMINATION + timedelta(days=1))
    assert (found.impossible, found.impossible_day) == (Impossible.LIMIT_PASSED, NOMINATION)


def test_what_needs_no_meeting_can_still_be_done_on_the_last_day() -> None:
    keys = [item.key for item in fresh() if item.key != "candidates_endorse"]
    items = with_done(*keys, on=date(2022, 1, 28))
    last = POLLING - timedelta(days=1)
    found = propose(items, last)
    assert found.impossible is None
    assert [(move.key, move.new) for move in found.moves] == [("candidates_endorse", last)]
    assert propose(items, POLLING).impossible is Impossible.LIMIT_PASSED


def test_no_limits_no_end() -> None:
    items = [replace(item, limit=None) for item in fresh()]
    found = propose(items, POLLING + timedelta(days=100))
    assert found.impossible is None
    assert problems(days=new_days(items, found)) == ()


def test_what_is_done_and_what_does_not_apply_never_moves() -> None:
    items = with_done("people_approached", "committee_and_commission", on=date(2021, 3, 20))
    items = [
        replace(item, is_open=False) if item.key == "base_update_seen" else item for item in items
    ]
    moved = {move.key for move in propose(items, date(2021, 10, 4)).moves}
    assert moved
    assert moved.isdisjoint({"people_approached", "committee_and_commission", "base_update_seen"})


def test_working_days_are_chosen_where_there_are_any() -> None:
    rest = region("noord")
    found = propose(fresh(), date(2021, 9, 6), rest=rest)
    assert found.moves
    assert [move for move in found.moves if rest.reason(move.new)] == []


KEYS = [item.key for item in fresh()]
todays = st.integers(min_value=-470, max_value=5).map(lambda n: POLLING + timedelta(days=n))


@st.composite
def late_starts(draw: st.DrawFn) -> tuple[list[Item], date]:
    """Draw a day, and a timeline of which some is done (in order), left out, or set by hand."""
    today = draw(todays)
    items: dict[str, Item] = {}
    for item in fresh():
        kind = draw(st.sampled_from(["open", "open", "done", "dropped", "own day"]))
        before = [items[name] for name in predecessors(key=item.key) if name in items]
        own = item
        if kind == "done" and not any(each.is_open for each in before):
            first = max((each.done_on or each.target for each in before), default=item.target)
            day = max(first, min(item.target, today))
            own = replace(item, is_open=False, done_on=day) if day <= today else item
        elif kind == "dropped":
            own = replace(item, is_open=False)
        elif kind == "own day":
            shift = draw(st.integers(min_value=-60, max_value=60))
            own = replace(item, target=item.target + timedelta(days=shift), set_by_hand=True)
        items[item.key] = own
    return list(items.values()), today


def earliest(items: Sequence[Item], today: date, notice_days: int) -> Mapping[str, date]:
    """Return the earliest day of each open milestone, by brute force: today, or after a notice."""
    notice = today + timedelta(days=notice_days + 1)
    found: dict[str, date] = {}
    for _round in items:
        for item in items:
            if item.is_open:
                base = notice if item.key in NEEDS_MEETING else today
                before = [found[key] for key in predecessors(key=item.key) if key in found]
                found[item.key] = max([base, *before])
    return found


@given(
    start=late_starts(),
    notice_days=st.integers(min_value=1, max_value=90),
    rest=st.sampled_from(["noord", "midden", "zuid"]).map(region) | st.just(NO_REST),
)
def test_a_proposal_is_true_and_possible_or_says_that_it_cannot_be(
    start: tuple[list[Item], date], notice_days: int, rest: RestDays
) -> None:
    items, today = start
    found = propose(items, today, notice_days=notice_days, rest=rest)
    by_key = {item.key: item for item in items}
    waiting = [item for item in items if item.is_open]
    behind = any(item.target < today for item in waiting)
    first_days = earliest(items, today, notice_days)
    too_late = {
        item.key: item.limit
        for item in waiting
        if item.limit is not None and first_days[item.key] > item.limit
    }
    if not behind:
        assert found == Proposal()
        return
    if found.impossible is not None:
        assert found.moves == ()
        assert found.impossible_day == too_late[found.impossible_key]
        passed = found.impossible_day < today
        assert passed is (found.impossible is Impossible.LIMIT_PASSED)
        return
    assert too_late == {}
    days = new_days(items, found)
    dropped = {item.key for item in items if not item.is_open and item.done_on is None}
    assert problems(days=days, dropped=dropped) == ()
    assert all(by_key[move.key].is_open and move.new != move.old for move in found.moves)
    notice = today + timedelta(days=notice_days + 1)
    for item in waiting:
        assert days[item.key] >= (notice if item.key in NEEDS_MEETING else today)
        assert item.limit is None or days[item.key] <= item.limit
    old_days = {item.key: item.target for item in waiting}
    if not problems(days=old_days, dropped=by_key.keys() - old_days.keys()):
        in_old_order = sorted(waiting, key=lambda item: item.target)
        kept = [days[item.key] for item in in_old_order]
        assert kept == sorted(kept)
    for each in found.gives_up:
        assert (each.first, each.then) in STRETCHES
        planned = (by_key[each.then].target - by_key[each.first].target).days
        left = (days[each.then] - days[each.first]).days
        assert each.before == planned
        assert each.after == max(left, 0)
        assert left < planned


@pytest.mark.parametrize("notice_days", [1, 14, 28])
def test_the_number_of_days_of_notice_is_the_branchs_own(notice_days: int) -> None:
    today = date(2021, 11, 1)
    days = new_days(fresh(), propose(fresh(), today, notice_days=notice_days))
    assert days["committee_and_commission"] >= today + timedelta(days=notice_days + 1)
    limit = NOMINATION - timedelta(days=notice_days + 1)
    assert propose(fresh(), limit, notice_days=notice_days).impossible is None
    assert propose(fresh(), limit + timedelta(days=1), notice_days=notice_days).impossible
