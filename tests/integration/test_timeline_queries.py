"""Which timeline is meant, what happened in it, and which days it rests."""

from __future__ import annotations

from datetime import date

import pytest

from process.enums import DecisionKind
from process.models import Timeline
from process.queries.forecasts import forecast_of
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
