"""Which timeline is meant, what happened in it, and its forecast in SQL as in Python."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from process.enums import DecisionKind, Forecast
from process.models import Timeline
from process.queries.forecasts import count_by_outlook, forecast_of, with_forecast
from process.queries.timelines import current_timeline, happened, rest_days_of
from process.rules.forecast import Outlook
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory
from tests.process_factories import ElectionFactory, TimelineFactory, decide

pytestmark = pytest.mark.django_db

TODAY = FIRST_DAY


@pytest.fixture
def timeline() -> Timeline:
    row: Timeline = TimelineFactory()
    return row


def test_a_committee_without_its_commission_did_not_happen_yet(timeline: Timeline) -> None:
    decide(timeline, DecisionKind.APPOINT_COMMITTEE, day=date(2021, 3, 20))
    days, dropped = happened(timeline)
    assert days == {"polling_day": timeline.polling_day}
    assert dropped == set()
    decide(timeline, DecisionKind.SET_COMMISSION, day=date(2021, 3, 27))
    days, _dropped = happened(timeline)
    assert days["committee_and_commission"] == date(2021, 3, 27)


def test_the_current_timeline_is_the_one_a_branch_is_living_in() -> None:
    branch = BranchFactory()
    assert current_timeline(branch=branch, today=TODAY) is None
    first = TimelineFactory(branch=branch)
    second = TimelineFactory(branch=branch, election=ElectionFactory(polling_day=date(2026, 3, 18)))
    assert current_timeline(branch=branch, today=date(2022, 3, 16)) == first
    assert current_timeline(branch=branch, today=date(2022, 9, 14)) == first
    assert current_timeline(branch=branch, today=date(2022, 9, 15)) == second
    assert current_timeline(branch=branch, today=date(2031, 1, 1)) == second


def test_without_milestones_only_the_weekend_is_known() -> None:
    rest = rest_days_of(BranchFactory(), [])
    assert rest.reason(date(2021, 12, 25)) == "weekend"
    assert rest.reason(date(2022, 4, 27)) == ""


def test_rest_days_reach_a_year_around_the_milestones(timeline: Timeline) -> None:
    rest = rest_days_of(timeline.branch, list(timeline.milestones.all()))
    for year in range(2019, 2027):
        assert rest.reason(date(year, 12, 26)).startswith("holiday:")


def test_without_a_timeline_the_forecast_is_unknown() -> None:
    assert forecast_of(None, today=TODAY).outlook is Outlook.UNKNOWN


# The edges, where the two could part, and some days between them.
offsets = st.sampled_from([-43, -42, -41, -1, 0, 1]) | st.integers(min_value=-60, max_value=60)
days = offsets.map(lambda n: date.fromordinal(TODAY.toordinal() + n))


@with_settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(target=st.none() | days, later=offsets, heard=st.none() | days, created=days)
def test_sql_and_python_give_the_same_forecast(
    *,
    timeline: Timeline,
    target: date | None,
    later: int,
    heard: date | None,
    created: date,
) -> None:
    today = TODAY
    deadline = target and date.fromordinal(target.toordinal() + abs(later))
    Timeline.objects.filter(pk=timeline.pk).update(
        next_target=target, next_deadline=deadline, last_activity_on=heard, created_on=created
    )
    row = with_forecast(Timeline.objects.all(), today=today).get()
    found = forecast_of(row, today=today)
    assert row.outlook == found.outlook  # type: ignore[attr-defined]
    assert list(Forecast.values)[row.urgency] == row.outlook  # type: ignore[attr-defined]
    counts = count_by_outlook(Timeline.objects.all(), today=today)
    assert counts == {name: int(name == found.outlook) for name in Forecast.values}
