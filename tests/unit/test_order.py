"""The order of things, as rules alone: no database, no clock. (R8, R15, R16, R19, R38–R40, R59.)"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from process.rules.deciding import (
    STEP_OF_KIND,
    decision_problems,
    parts_along,
    possible_on,
    steps,
)
from process.rules.notice import NoticeState, notice_of
from process.rules.order import (
    NEVER_DROPPED,
    ORDER_RULES,
    Fault,
    OrderProblem,
    OrderRule,
    followers,
    predecessors,
    problems,
    problems_of,
)

POLLING_DAY = date(2022, 3, 16)
IN_ORDER = {
    "committee_and_commission": date(2021, 3, 20),
    "input_open": date(2021, 5, 10),
    "carry_over_decided": date(2021, 6, 20),
    "input_closed": date(2021, 8, 20),
    "draft_sent": date(2021, 9, 10),
    "programme_adopted": date(2021, 11, 5),
    "top_ten_agreed": date(2021, 11, 5),
    "candidate_list_set": date(2021, 11, 5),
    "polling_day": POLLING_DAY,
}
DECIDED = {
    "appoint_committee": date(2021, 3, 20),
    "set_commission": date(2021, 3, 20),
}
BEFORE_ADOPTION = {
    key: day
    for key, day in IN_ORDER.items()
    if key in {"input_open", "carry_over_decided", "input_closed", "draft_sent"}
}


def test_everything_in_order_has_no_problem() -> None:
    assert problems(days=IN_ORDER) == ()


@pytest.mark.parametrize("rule", ORDER_RULES, ids=lambda rule: f"{rule.first}<{rule.then}")
def test_each_rule_sees_the_wrong_way_round(rule: OrderRule) -> None:
    days = {rule.first: date(2021, 11, 6), rule.then: date(2021, 11, 5)}
    (problem,) = problems(days=days, rules=[rule])
    assert problem.fault is Fault.REVERSED
    assert (problem.first_day, problem.then_day) == (date(2021, 11, 6), date(2021, 11, 5))


@pytest.mark.parametrize("rule", ORDER_RULES, ids=lambda rule: f"{rule.first}<{rule.then}")
def test_each_rule_misses_what_must_come_first(rule: OrderRule) -> None:
    found = problems(days={rule.then: date(2021, 11, 5)}, rules=[rule])
    if rule.then == "polling_day":
        assert found == ()  # polling day comes anyway
    else:
        assert [problem.fault for problem in found] == [Fault.MISSING]
        assert found[0].first_day is None


def test_the_same_day_is_fine_but_not_for_polling_day() -> None:
    day = date(2021, 11, 5)
    assert problems_of(key="candidate_list_set", day=day, days={"programme_adopted": day}) == ()
    (problem,) = problems_of(
        key="top_ten_agreed", day=POLLING_DAY, days={"polling_day": POLLING_DAY}
    )
    assert problem.rule.strict


def test_what_does_not_apply_asks_for_nothing() -> None:
    days = {key: day for key, day in IN_ORDER.items() if key != "carry_over_decided"}
    assert problems(days=days)
    assert problems(days=days, dropped={"carry_over_decided"}) == ()
    assert "carry_over_decided" not in NEVER_DROPPED


def test_neighbours_in_the_order() -> None:
    assert followers(key="programme_adopted") == ("candidate_list_set",)
    assert set(predecessors(key="programme_adopted")) == {"committee_and_commission", "draft_sent"}


@given(st.dictionaries(st.sampled_from(sorted(IN_ORDER)), st.dates(date(2021, 1, 1), POLLING_DAY)))
def test_every_problem_names_a_rule_that_the_days_really_break(days: dict[str, date]) -> None:
    for problem in problems(days=days):
        first, then = days.get(problem.rule.first), days[problem.rule.then]
        if problem.fault is Fault.MISSING:
            assert first is None
        else:
            assert first is not None
            assert first > then or (problem.rule.strict and first == then)


def test_committee_and_commission_are_one_step_on_the_later_day() -> None:
    early, late = date(2021, 3, 1), date(2021, 3, 20)
    assert steps(decided={"appoint_committee": early}) == {}
    assert steps(decided={"appoint_committee": late, "set_commission": early}) == {
        "committee_and_commission": late
    }


def ask(kind: str, day: date, **given: object) -> tuple[OrderProblem, ...]:
    asked = {
        "proposed": {kind: day},
        "decided": DECIDED,
        "days": BEFORE_ADOPTION,
        "polling_day": POLLING_DAY,
        **given,
    }
    return decision_problems(**asked)  # type: ignore[arg-type]


def test_the_candidate_list_waits_for_the_programme() -> None:
    (problem,) = ask("set_candidate_list", date(2021, 11, 5))
    assert (problem.rule.first, problem.fault) == ("programme_adopted", Fault.MISSING)
    decided = {**DECIDED, "adopt_programme": date(2021, 11, 19)}
    (problem,) = ask("set_candidate_list", date(2021, 11, 5), decided=decided)
    assert problem.fault is Fault.REVERSED
    assert ask("set_candidate_list", date(2021, 11, 19), decided=decided) == ()


def test_the_programme_cannot_move_behind_its_list() -> None:
    decided = {
        **DECIDED,
        "adopt_programme": date(2021, 11, 5),
        "set_candidate_list": date(2021, 11, 19),
    }
    assert ask("adopt_programme", date(2021, 11, 12), decided=decided) == ()
    (problem,) = ask("adopt_programme", date(2021, 12, 3), decided=decided)
    assert problem.rule.then == "candidate_list_set"


def test_the_commission_cannot_move_behind_the_draft() -> None:
    found = ask("set_commission", date(2021, 10, 1))
    assert {problem.rule.then for problem in found} == {"input_open", "draft_sent"}


def test_adoption_and_list_can_be_decided_together_in_any_spelling_order() -> None:
    day = date(2021, 11, 5)
    for kinds in permutations(["adopt_programme", "set_candidate_list"]):
        found = decision_problems(
            proposed=dict.fromkeys(kinds, day),
            decided=DECIDED,
            days=BEFORE_ADOPTION,
            polling_day=POLLING_DAY,
        )
        assert found == ()


def test_the_ten_are_agreed_before_polling_day() -> None:
    assert ask("agree_top_ten", POLLING_DAY - timedelta(days=1)) == ()
    assert ask("agree_top_ten", POLLING_DAY) != ()


def test_another_decision_is_never_in_the_way() -> None:
    assert "other" not in STEP_OF_KIND
    assert ask("other", POLLING_DAY + timedelta(days=400)) == ()


def test_possible_if_one_day_works_and_otherwise_told_for_the_last() -> None:
    asked = {
        "kinds": ["agree_top_ten"],
        "decided": DECIDED,
        "days": BEFORE_ADOPTION,
        "polling_day": POLLING_DAY,
    }
    late = [POLLING_DAY, POLLING_DAY + timedelta(days=7)]
    (problem,) = possible_on(kind_days=late, **asked)  # type: ignore[arg-type]
    assert problem.first_day == late[-1]
    assert possible_on(kind_days=[date(2022, 1, 7), *late], **asked) == ()  # type: ignore[arg-type]


def test_parts_that_a_decision_brings_along() -> None:
    assert parts_along(kind="set_commission", notice_in_time=True, has_document=False) == (
        "convening_notice",
        "commission_text",
    )
    assert parts_along(kind="adopt_programme", notice_in_time=False, has_document=True) == (
        "frozen_version",
    )
    assert parts_along(kind="other", notice_in_time=True, has_document=True) == ()


@pytest.mark.parametrize(
    ("today", "sent_on", "state", "days"),
    [
        (date(2021, 10, 4), None, NoticeState.TO_SEND, 12),
        (date(2021, 10, 16), None, NoticeState.TO_SEND, 0),
        (date(2021, 10, 17), None, NoticeState.OVERDUE, 1),
        (date(2021, 10, 30), None, NoticeState.OVERDUE, 14),
        (date(2021, 10, 31), None, NoticeState.UNKNOWN, 15),
        (date(2021, 10, 31), date(2021, 10, 16), NoticeState.IN_TIME, 0),
        (date(2021, 10, 31), date(2021, 10, 18), NoticeState.TOO_LATE, 2),
    ],
)
def test_the_notice_by_the_branch_s_own_days(
    today: date, sent_on: date | None, state: NoticeState, days: int
) -> None:
    notice = notice_of(meeting_day=date(2021, 10, 30), notice_days=14, sent_on=sent_on, today=today)
    assert (notice.state, notice.days, notice.latest) == (state, days, date(2021, 10, 16))
