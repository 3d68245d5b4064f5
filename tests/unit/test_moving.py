"""Moving one's own days: what moves along, what stands in the way, what is never touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from process.rules.moving import Hindrance, Item, Move, MovePlan, Obstacle, Remark, plan_move
from process.rules.order import POLLING_DAY, predecessors, problems
from process.rules.restdays import NO_REST, RestDays

POLLING = date(2022, 3, 16)
NOMINATION = date(2022, 1, 31)
TODAY = date(2021, 10, 4)
TARGETS = {
    "committee_and_commission": date(2021, 3, 10),
    "input_open": date(2021, 6, 30),
    "carry_over_decided": date(2021, 6, 16),
    "input_closed": date(2021, 9, 1),
    "draft_sent": date(2021, 9, 22),
    "programme_adopted": date(2021, 11, 3),
    "candidate_list_set": date(2021, 12, 1),
    "top_ten_agreed": date(2021, 12, 1),
    "nomination": NOMINATION,
    POLLING_DAY: POLLING,
}
LIMITS = {"programme_adopted": NOMINATION, "candidate_list_set": NOMINATION}
BY_LAW = {"nomination", POLLING_DAY}
INTERNAL = [key for key in TARGETS if key not in BY_LAW]


def item(key: str, target: date) -> Item:
    by_law = key in BY_LAW
    return Item(
        key=key,
        target=target,
        window_start=target - timedelta(days=14),
        window_end=target + timedelta(days=14),
        is_open=True,
        is_statutory=by_law,
        limit=None if by_law else LIMITS.get(key, POLLING - timedelta(days=1)),
    )


ITEMS: Mapping[str, Item] = {key: item(key, day) for key, day in TARGETS.items()}


def done(key: str, day: date) -> Item:
    return replace(ITEMS[key], is_open=False, done_on=day)


def plan(
    key: str, day: date, *, rest: RestDays = NO_REST, today: date = TODAY, **changed: Item
) -> MovePlan:
    return plan_move(items={**ITEMS, **changed}, key=key, day=day, today=today, rest=rest)


def obstacles(found: MovePlan) -> list[tuple[Obstacle, str, str, date | None]]:
    return [(each.obstacle, each.key, each.other, each.day) for each in found.hindrances]


def test_a_move_between_its_neighbours_moves_nothing_else() -> None:
    found = plan("draft_sent", date(2021, 10, 6))
    assert found.is_possible
    assert found.moves == (Move(key="draft_sent", old=date(2021, 9, 22), new=date(2021, 10, 6)),)


def test_what_comes_later_moves_along_to_the_first_good_day() -> None:
    sunday = date(2021, 12, 5)
    found = plan("draft_sent", sunday, rest=RestDays({date(2021, 12, 6): "school:Sint"}))
    assert found.is_possible
    assert {move.key: move.new for move in found.moves} == {
        "draft_sent": sunday,
        "programme_adopted": date(2021, 12, 7),
        "candidate_list_set": date(2021, 12, 7),
    }
    assert {move.key: move.old for move in found.moves} == {
        key: TARGETS[key] for key in ("draft_sent", "programme_adopted", "candidate_list_set")
    }


def test_the_same_day_as_what_comes_later_moves_nothing_along() -> None:
    found = plan("draft_sent", TARGETS["programme_adopted"])
    assert [move.key for move in found.moves] == ["draft_sent"]
    assert found.is_possible


def test_two_ways_to_one_milestone_give_it_one_move() -> None:
    # The committee reaches the adoption directly and over the draft.
    saturday = date(2021, 11, 6)
    found = plan("committee_and_commission", saturday)
    keys = [move.key for move in found.moves]
    assert len(keys) == len(set(keys))
    assert {move.key: move.new for move in found.moves if move.key != keys[0]} == dict.fromkeys(
        ("input_open", "draft_sent", "programme_adopted"), date(2021, 11, 8)
    )


def test_without_a_working_day_before_the_limit_what_follows_moves_to_the_same_day() -> None:
    rest = RestDays({NOMINATION: "school:Vrij"})
    found = plan("programme_adopted", date(2022, 1, 29), rest=rest)
    assert found.is_possible
    assert {move.key: move.new for move in found.moves}["candidate_list_set"] == date(2022, 1, 29)


@pytest.mark.parametrize("key", sorted(BY_LAW))
def test_a_day_of_the_law_does_not_move(key: str) -> None:
    found = plan(key, date(2022, 3, 9))
    assert (Obstacle.FIXED_BY_LAW, key, "", TARGETS[key]) in obstacles(found)
    assert not found.is_possible


def test_what_is_done_does_not_move_and_its_day_is_named() -> None:
    day = date(2021, 9, 20)
    found = plan("draft_sent", date(2021, 10, 6), draft_sent=done("draft_sent", day))
    assert obstacles(found) == [(Obstacle.ALREADY_DONE, "draft_sent", "", day)]


def test_what_does_not_apply_does_not_move_either() -> None:
    found = plan(
        "input_closed",
        date(2021, 9, 2),
        input_closed=replace(ITEMS["input_closed"], is_open=False),
    )
    assert obstacles(found) == [(Obstacle.ALREADY_DONE, "input_closed", "", None)]


def test_before_what_must_come_first_is_refused_with_its_day() -> None:
    found = plan("draft_sent", date(2021, 8, 31))
    assert obstacles(found) == [
        (Obstacle.BEFORE_PREDECESSOR, "draft_sent", "input_closed", date(2021, 9, 1))
    ]


def test_the_same_day_as_what_must_come_first_is_allowed() -> None:
    assert plan("draft_sent", TARGETS["input_closed"]).is_possible


def test_for_a_predecessor_that_is_done_its_real_day_counts() -> None:
    early = done("input_closed", date(2021, 8, 20))
    assert plan("draft_sent", date(2021, 8, 31), input_closed=early).is_possible
    late = done("input_closed", date(2021, 9, 24))
    assert obstacles(plan("draft_sent", date(2021, 9, 23), input_closed=late)) == [
        (Obstacle.BEFORE_PREDECESSOR, "draft_sent", "input_closed", date(2021, 9, 24))
    ]


def test_a_predecessor_that_does_not_apply_or_does_not_exist_holds_nobody() -> None:
    gone = replace(ITEMS["input_closed"], is_open=False)
    assert plan("draft_sent", date(2021, 8, 31), input_closed=gone).is_possible
    few = {key: ITEMS[key] for key in ("draft_sent", "programme_adopted")}
    for key, day in [
        ("draft_sent", date(2021, 8, 31)),
        ("programme_adopted", date(2022, 1, 10)),
    ]:
        found = plan_move(items=few, key=key, day=day, today=TODAY, rest=NO_REST)
        assert found.is_possible
        assert [move.key for move in found.moves] == [key]


def test_after_something_that_was_done_already_is_refused_with_that_day() -> None:
    day = date(2021, 10, 1)
    found = plan("input_closed", date(2021, 10, 2), draft_sent=done("draft_sent", day))
    assert obstacles(found) == [(Obstacle.AFTER_DONE_FOLLOWER, "input_closed", "draft_sent", day)]
    assert plan("input_closed", day, draft_sent=done("draft_sent", day)).is_possible


def test_a_day_that_the_branch_set_itself_is_not_pushed_away() -> None:
    own = replace(ITEMS["programme_adopted"], set_by_hand=True)
    found = plan("draft_sent", date(2021, 11, 4), programme_adopted=own)
    assert obstacles(found) == [
        (Obstacle.AFTER_HAND_SET, "draft_sent", "programme_adopted", own.target)
    ]
    assert [move.key for move in found.moves] == ["draft_sent"]


def test_hindrances_further_on_name_what_would_have_been_pushed() -> None:
    own = replace(ITEMS["candidate_list_set"], set_by_hand=True)
    found = plan("draft_sent", date(2021, 12, 2), candidate_list_set=own)
    assert obstacles(found) == [
        (Obstacle.AFTER_HAND_SET, "programme_adopted", "candidate_list_set", own.target)
    ]


def test_a_dropped_follower_is_left_alone() -> None:
    gone = replace(ITEMS["candidate_list_set"], is_open=False)
    found = plan("programme_adopted", date(2021, 12, 15), candidate_list_set=gone)
    assert [move.key for move in found.moves] == ["programme_adopted"]


def test_the_limit_of_the_milestone_itself_is_named() -> None:
    found = plan("candidate_list_set", NOMINATION + timedelta(days=1))
    assert obstacles(found) == [(Obstacle.AFTER_LIMIT, "candidate_list_set", "", NOMINATION)]
    assert plan("candidate_list_set", NOMINATION).is_possible


def test_the_limit_of_what_moves_along_is_named() -> None:
    found = plan("draft_sent", NOMINATION + timedelta(days=1))
    assert obstacles(found) == [(Obstacle.AFTER_LIMIT, "programme_adopted", "", NOMINATION)]


def test_the_top_ten_comes_before_polling_day_and_not_on_it() -> None:
    assert plan("top_ten_agreed", POLLING - timedelta(days=1)).is_possible
    on_the_day = plan("top_ten_agreed", POLLING)
    assert obstacles(on_the_day) == [
        (Obstacle.AFTER_LIMIT, "top_ten_agreed", "", POLLING - timedelta(days=1))
    ]
    after = obstacles(plan("top_ten_agreed", POLLING + timedelta(days=1)))
    assert (Obstacle.AFTER_STATUTORY, "top_ten_agreed", POLLING_DAY, POLLING) in after


def test_a_day_outside_the_window_is_said_and_allowed() -> None:
    own = replace(ITEMS["draft_sent"], window_start=date(2021, 9, 13), window_end=date(2021, 9, 24))
    early = plan("draft_sent", date(2021, 9, 10), today=date(2021, 9, 1), draft_sent=own)
    late = plan("draft_sent", date(2021, 9, 27), today=date(2021, 9, 1), draft_sent=own)
    inside = plan("draft_sent", date(2021, 9, 13), today=date(2021, 9, 13), draft_sent=own)
    assert early.remarks == ((Remark.BEFORE_WINDOW, ""),)
    assert late.remarks == ((Remark.AFTER_WINDOW, ""),)
    assert inside.remarks == ()
    assert early.is_possible
    assert late.is_possible


def test_a_rest_day_and_the_past_are_said() -> None:
    rest = RestDays({date(2021, 9, 24): "school:Vrij"})
    found = plan("draft_sent", date(2021, 9, 24), rest=rest)
    assert found.remarks == ((Remark.IN_THE_PAST, ""), (Remark.REST_DAY, "school:Vrij"))
    assert found.is_possible


def test_an_unknown_milestone_is_an_error() -> None:
    with pytest.raises(KeyError):
        plan("party", TODAY)


days = st.integers(min_value=-500, max_value=40).map(lambda n: POLLING + timedelta(days=n))


@st.composite
def timelines(draw: st.DrawFn) -> dict[str, Item]:
    """Draw a timeline in order: some of it done, left out, or set by hand."""
    found: dict[str, Item] = {key: ITEMS[key] for key in BY_LAW}
    for key in INTERNAL:
        earliest = max((found[name].target for name in predecessors(key=key)), default=TARGETS[key])
        target = earliest + timedelta(days=draw(st.integers(min_value=0, max_value=20)))
        own = replace(item(key, target), set_by_hand=draw(st.booleans()))
        kind = draw(st.sampled_from(["open", "open", "done", "dropped"]))
        before = [found[name] for name in predecessors(key=key)]
        if kind == "done" and not any(each.is_open for each in before):
            own = replace(own, is_open=False, done_on=target)
        elif kind == "dropped":
            own = replace(own, is_open=False)
        found[key] = own
    return found


def after(items: Mapping[str, Item], found: MovePlan) -> dict[str, date]:
    """Return the days as they stand after the moves, without what does not apply."""
    new = {move.key: move.new for move in found.moves}
    return {
        key: new.get(key, each.done_on or each.target)
        for key, each in items.items()
        if each.is_open or each.done_on
    }


@given(items=timelines(), key=st.sampled_from(INTERNAL), day=days, today=days)
def test_an_accepted_plan_never_breaks_the_order_and_touches_only_what_it_may(
    items: dict[str, Item], key: str, day: date, today: date
) -> None:
    dropped = {each.key for each in items.values() if not each.is_open and each.done_on is None}
    start = after(items, MovePlan(moves=(), hindrances=(), remarks=()))
    assert problems(days=start, dropped=dropped) == ()
    rest = RestDays({POLLING - timedelta(days=n): "school:Vrij" for n in range(90, 110)})
    found = plan_move(items=items, key=key, day=day, today=today, rest=rest)
    if not found.is_possible:
        assert all(hindrance_is_true(items, each) for each in found.hindrances)
        return
    assert problems(days=after(items, found), dropped=dropped) == ()
    for move in found.moves:
        own = items[move.key]
        assert own.is_open
        assert not own.is_statutory
        assert own.done_on is None
        assert own.limit is None or move.new <= own.limit
        if move.key != key:
            assert not own.set_by_hand
            assert move.new > move.old == own.target


def hindrance_is_true(items: Mapping[str, Item], found: Hindrance) -> bool:
    """Tell whether a hindrance names a milestone and a day that are really there."""
    other = items[found.other or found.key]
    facts = {
        Obstacle.FIXED_BY_LAW: other.is_statutory and other.target == found.day,
        Obstacle.ALREADY_DONE: not other.is_open and other.done_on == found.day,
        Obstacle.AFTER_LIMIT: other.limit == found.day,
        Obstacle.BEFORE_PREDECESSOR: (other.done_on or other.target) == found.day
        and found.other in predecessors(key=found.key),
        Obstacle.AFTER_DONE_FOLLOWER: other.done_on == found.day,
        Obstacle.AFTER_HAND_SET: other.set_by_hand and other.target == found.day,
        Obstacle.AFTER_STATUTORY: other.is_statutory and other.target == found.day,
    }
    return found.day is not None or not other.is_open if facts[found.obstacle] else False
