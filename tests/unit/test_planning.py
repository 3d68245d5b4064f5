"""From template and election to a branch's days, for real elections in all three regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from process.rules import timetable as law
from process.rules.order import ORDER_RULES, POLLING_DAY, problems
from process.rules.planning import (
    MOVED_WITH_ORDER,
    PlannedDays,
    UnknownStatutoryDate,
    plan,
)
from process.rules.restdays import NO_REST, RestDays, rest_days
from process.rules.template import DEFAULT_TEMPLATE

REGIONS = ("noord", "midden", "zuid")
TIMETABLES: dict[str, law.Timetable] = {
    **{
        str(day): law.timetable_for_polling_day(polling_day=day)
        for day in (date(2018, 3, 21), date(2022, 3, 16), date(2026, 3, 18), date(2030, 3, 20))
    },
    **{
        f"merger {year}": law.timetable_for_merger(effective_date=date(year, 1, 1))
        for year in (2019, 2022, 2023, 2027, 2028)
    },
}
BY_KEY = {definition.key: definition for definition in DEFAULT_TEMPLATE}

each_election = pytest.mark.parametrize("name", TIMETABLES)
each_region = pytest.mark.parametrize("region", REGIONS)


def statutory(name: str) -> dict[str, date]:
    return {item.key.value: item.date for item in TIMETABLES[name]}


def rest(name: str, region: str) -> RestDays:
    year = TIMETABLES[name].polling_day.year
    return rest_days(school_region=region, years=tuple(range(year - 3, year + 5)))


@cache
def planned(name: str, region: str) -> Mapping[str, PlannedDays]:
    return plan(
        definitions=DEFAULT_TEMPLATE,
        polling_day=TIMETABLES[name].polling_day,
        statutory=statutory(name),
        rest=rest(name, region),
    )


@each_election
@each_region
def test_every_milestone_is_planned_and_the_order_holds(name: str, region: str) -> None:
    found = planned(name, region)
    assert list(found) == list(BY_KEY)
    assert problems(days={key: days.target for key, days in found.items()}) == ()


@each_election
@each_region
def test_a_day_of_the_law_stands_as_the_timetable_says(name: str, region: str) -> None:
    by_law = {key: days for key, days in planned(name, region).items() if BY_KEY[key].statutory_key}
    assert len(by_law) == 5
    for key, days in by_law.items():
        day = statutory(name)[BY_KEY[key].statutory_key]
        assert days == PlannedDays(window_start=day, window_end=day, target=day, shift_reason="")


@each_election
@each_region
def test_internal_windows_count_in_weeks_and_targets_only_move_earlier(
    name: str, region: str
) -> None:
    free = rest(name, region)
    polling_day = TIMETABLES[name].polling_day
    for key, days in planned(name, region).items():
        definition = BY_KEY[key]
        if definition.statutory_key:
            continue
        assert definition.start_week is not None
        assert definition.end_week is not None
        assert definition.target_week is not None
        wanted = polling_day + timedelta(weeks=definition.target_week)
        assert days.window_start == polling_day + timedelta(weeks=definition.start_week)
        assert days.window_end == polling_day + timedelta(weeks=definition.end_week)
        assert free.reason(days.target) == ""
        assert days.target <= wanted
        if days.target < wanted:
            assert days.shift_reason in {free.reason(wanted), MOVED_WITH_ORDER}
            assert days.shift_reason
        else:
            assert days.shift_reason == ""


def test_some_target_really_moved_for_a_school_holiday_and_says_which() -> None:
    reasons = {
        days.shift_reason
        for name in TIMETABLES
        for region in REGIONS
        for days in planned(name, region).values()
    }
    assert any(reason.startswith("school:") for reason in reasons)


def test_regions_differ() -> None:
    assert planned("2022-03-16", "noord") != planned("2022-03-16", "zuid")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A template milestone with nothing but what planning looks at."""

    key: str
    target_week: int | None
    start_week: int | None = -60
    end_week: int | None = 60
    statutory_key: str = ""


def test_what_must_come_first_moves_along_and_says_so() -> None:
    polling_day = date(2022, 3, 16)
    adoption = polling_day - timedelta(weeks=19)
    free = RestDays({adoption: "school:Herfst"})
    found = plan(
        definitions=[
            Wanted("draft_sent", -19),
            Wanted("programme_adopted", -19),
            Wanted("candidate_list_set", -18),
        ],
        polling_day=polling_day,
        statutory={},
        rest=free,
    )
    assert found["programme_adopted"].shift_reason == "school:Herfst"
    assert found["programme_adopted"].target == found["draft_sent"].target < adoption
    assert found["candidate_list_set"].target == polling_day - timedelta(weeks=18)
    assert found["candidate_list_set"].shift_reason == ""


def test_moving_along_runs_through_the_whole_chain() -> None:
    found = plan(
        definitions=[
            Wanted("committee_and_commission", -10),
            Wanted("input_closed", -10),
            Wanted("carry_over_decided", -10),
            Wanted("draft_sent", -12),
            Wanted("programme_adopted", -15),
            Wanted("candidate_list_set", -20),
        ],
        polling_day=date(2022, 3, 16),
        statutory={},
        rest=NO_REST,
    )
    assert {days.target for days in found.values()} == {date(2022, 3, 16) - timedelta(weeks=20)}
    assert found["committee_and_commission"].shift_reason == MOVED_WITH_ORDER
    assert found["candidate_list_set"].shift_reason == ""


ORDERED_KEYS = sorted({rule.first for rule in ORDER_RULES} | {rule.then for rule in ORDER_RULES})


@given(
    weeks=st.lists(
        st.integers(min_value=-64, max_value=-1),
        min_size=len(ORDERED_KEYS),
        max_size=len(ORDERED_KEYS),
    ),
    name=st.sampled_from(sorted(TIMETABLES)),
    region=st.sampled_from(REGIONS),
)
def test_whatever_weeks_the_office_fills_in_the_plan_keeps_the_order(
    weeks: list[int], name: str, region: str
) -> None:
    definitions = [
        Wanted(key, week)
        for key, week in zip(ORDERED_KEYS, weeks, strict=True)
        if key != POLLING_DAY
    ]
    definitions.append(Wanted(POLLING_DAY, None, statutory_key=POLLING_DAY))
    found = plan(
        definitions=definitions,
        polling_day=TIMETABLES[name].polling_day,
        statutory=statutory(name),
        rest=rest(name, region),
    )
    assert problems(days={key: days.target for key, days in found.items()}) == ()
    assert found[POLLING_DAY].target == TIMETABLES[name].polling_day


def test_a_statutory_key_that_the_timetable_lacks_is_named() -> None:
    definitions = [Wanted("nomination", None, statutory_key="nomination")]
    with pytest.raises(UnknownStatutoryDate, match="nomination"):
        plan(definitions=definitions, polling_day=date(2022, 3, 16), statutory={}, rest=NO_REST)


@pytest.mark.parametrize(
    "broken",
    [
        Wanted("draft_sent", None),
        Wanted("draft_sent", -25, start_week=None),
        Wanted("draft_sent", -25, end_week=None),
    ],
)
def test_an_internal_milestone_needs_its_weeks(broken: Wanted) -> None:
    with pytest.raises(ValueError, match="needs its weeks"):
        plan(definitions=[broken], polling_day=date(2022, 3, 16), statutory={}, rest=NO_REST)
