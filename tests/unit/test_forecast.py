"""The forecast: which of the five, with the milestone and the day its sentence names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from process.enums import Forecast
from process.queries.forecasts import URGENCY
from process.rules.forecast import SILENT_AFTER, ForecastResult, Outlook, Pulse, forecast

TODAY = date(2021, 10, 4)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
LAST_WEEK = TODAY - timedelta(days=7)


def pulse(
    target: date | None,
    deadline: date | None,
    heard: date | None = LAST_WEEK,
    created: date = date(2021, 1, 4),
) -> Pulse:
    return Pulse(
        next_key="draft_sent",
        next_target=target,
        next_deadline=deadline,
        last_activity_on=heard,
        created_on=created,
    )


def test_without_a_timeline_nothing_is_known() -> None:
    assert forecast(pulse=None, today=TODAY) == ForecastResult(outlook=Outlook.UNKNOWN)


def test_with_nothing_open_a_branch_is_on_time_however_quiet() -> None:
    found = forecast(pulse=pulse(None, None, heard=date(2020, 1, 1)), today=TODAY)
    assert found == ForecastResult(outlook=Outlook.ON_TIME)


@pytest.mark.parametrize(
    ("target", "deadline", "outlook", "day"),
    [
        (TOMORROW, TOMORROW, Outlook.ON_TIME, TOMORROW),
        (TODAY, TODAY, Outlook.ON_TIME, TODAY),
        (YESTERDAY, TODAY, Outlook.TIGHT, TODAY),
        (YESTERDAY, TOMORROW, Outlook.TIGHT, TOMORROW),
        (YESTERDAY, YESTERDAY, Outlook.LATE, YESTERDAY),
    ],
)
def test_the_edges_of_target_and_deadline(
    target: date, deadline: date, outlook: Outlook, day: date
) -> None:
    found = forecast(pulse=pulse(target, deadline), today=TODAY)
    assert found == ForecastResult(outlook=outlook, key="draft_sent", day=day)


def test_six_weeks_without_a_word_while_something_is_due_is_silence() -> None:
    heard = TODAY - SILENT_AFTER
    assert SILENT_AFTER.days == 42
    found = forecast(pulse=pulse(TODAY, TOMORROW, heard=heard), today=TODAY)
    assert found == ForecastResult(
        outlook=Outlook.SILENT, key="draft_sent", day=heard, quiet_days=42
    )


def test_a_day_less_than_six_weeks_is_not() -> None:
    heard = TODAY - SILENT_AFTER + timedelta(days=1)
    assert forecast(pulse=pulse(TODAY, TOMORROW, heard=heard), today=TODAY).outlook is (
        Outlook.ON_TIME
    )


def test_silence_while_nothing_is_due_is_no_silence() -> None:
    found = forecast(pulse=pulse(TOMORROW, TOMORROW, heard=date(2021, 1, 5)), today=TODAY)
    assert found.outlook is Outlook.ON_TIME


def test_a_branch_that_never_recorded_anything_is_unknown_and_not_late() -> None:
    found = forecast(pulse=pulse(YESTERDAY, YESTERDAY, heard=None, created=LAST_WEEK), today=TODAY)
    assert found == ForecastResult(outlook=Outlook.UNKNOWN, key="draft_sent", day=LAST_WEEK)


def test_it_is_unknown_from_the_day_that_something_is_due() -> None:
    fresh = pulse(TODAY, TOMORROW, heard=None, created=LAST_WEEK)
    assert forecast(pulse=fresh, today=TODAY).outlook is Outlook.UNKNOWN
    assert forecast(pulse=fresh, today=YESTERDAY).outlook is Outlook.ON_TIME


def test_until_six_weeks_after_its_timeline_came_make_it_silent() -> None:
    created = TODAY - SILENT_AFTER
    found = forecast(pulse=pulse(YESTERDAY, YESTERDAY, heard=None, created=created), today=TODAY)
    assert found == ForecastResult(
        outlook=Outlook.SILENT, key="draft_sent", day=created, quiet_days=42
    )


near = st.integers(min_value=-90, max_value=90).map(lambda n: TODAY + timedelta(days=n))


@given(target=near, later=st.integers(min_value=0, max_value=60), heard=st.none() | near)
def test_late_and_tight_are_said_only_of_those_who_were_heard(
    target: date, later: int, heard: date | None
) -> None:
    deadline = target + timedelta(days=later)
    found = forecast(pulse=pulse(target, deadline, heard=heard, created=LAST_WEEK), today=TODAY)
    if found.outlook in (Outlook.LATE, Outlook.TIGHT):
        assert heard is not None
        assert TODAY - heard < SILENT_AFTER
        assert target < TODAY
        assert (deadline < TODAY) is (found.outlook is Outlook.LATE)
    if target > TODAY:
        assert found.outlook is Outlook.ON_TIME


def test_the_closed_list_and_the_urgency_know_the_same_five_in_the_same_order() -> None:
    assert [item.value for item in Outlook] == list(Forecast.values)
    assert sorted(URGENCY, key=lambda name: URGENCY[name]) == [item.value for item in Outlook]
