"""The forecast in SQL is the forecast in Python, and a packed row shows what its milestones say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from process.enums import Forecast, MilestoneStatus
from process.models import Timeline
from process.queries.forecasts import URGENCY, forecast_of, with_forecast
from process.queries.timelines import state_of
from process.rules.packing import unpack
from process.services import pulse
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

TODAY = date(2021, 10, 4)
# The edges, where the two could part, and the days between them.
offsets = st.sampled_from([-43, -42, -41, -1, 0, 1]) | st.integers(min_value=-60, max_value=60)
days = offsets.map(lambda offset: TODAY + timedelta(days=offset))
ends = st.one_of(st.none(), st.tuples(days, days))
within_a_transaction = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@given(coming=ends, heard=st.one_of(st.none(), days), created=days)
@within_a_transaction
def test_sql_and_python_give_the_same_forecast(
    timeline: Timeline, coming: tuple[date, date] | None, heard: date | None, created: date
) -> None:
    target, deadline = coming or (None, None)
    Timeline.objects.filter(pk=timeline.pk).update(
        next_key="draft_sent" if coming else "",
        next_target=target,
        next_deadline=deadline,
        last_activity_on=heard,
        created_on=created,
    )
    row = with_forecast(Timeline.objects.filter(pk=timeline.pk), today=TODAY).get()
    expected = forecast_of(row, today=TODAY).outlook
    assert row.outlook == expected  # type: ignore[attr-defined]
    assert row.urgency == URGENCY[Forecast(expected.value)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("target", "deadline", "heard", "created", "outlook"),
    [
        (0, 9, None, -41, "unknown"),
        (0, 9, None, -42, "silent"),
        (0, 9, -41, -300, "on_time"),
        (0, 9, -42, -300, "silent"),
        (1, 9, -300, -300, "on_time"),
        (-1, 0, -1, -300, "tight"),
        (-1, -1, -1, -300, "late"),
    ],
)
def test_the_edges_of_each_outlook(
    *, timeline: Timeline, target: int, deadline: int, heard: int | None, created: int, outlook: str
) -> None:
    def day(offset: int | None) -> date | None:
        return None if offset is None else TODAY + timedelta(days=offset)

    Timeline.objects.filter(pk=timeline.pk).update(
        next_target=day(target),
        next_deadline=day(deadline),
        last_activity_on=day(heard),
        created_on=day(created),
    )
    row = with_forecast(Timeline.objects.all(), today=TODAY).get(pk=timeline.pk)
    assert row.outlook == outlook  # type: ignore[attr-defined]
    assert forecast_of(row, today=TODAY).outlook == outlook


@given(today=st.dates(min_value=date(2020, 10, 1), max_value=date(2026, 1, 1)))
@within_a_transaction
def test_a_packed_row_shows_what_its_milestones_say(timeline: Timeline, today: date) -> None:
    milestones = list(timeline.milestones.order_by("position"))
    drawn = unpack(packed=timeline.packed, days_to_go=(timeline.polling_day - today).days)
    assert drawn == [
        (state_of(row, today=today), ((row.done_on or row.target) - timeline.polling_day).days)
        for row in milestones
    ]


@pytest.fixture
def timeline() -> Timeline:
    made: Timeline = TimelineFactory(
        done={"people_approached": date(2021, 1, 20)}, dropped=["base_update_seen"]
    )
    made.milestones.filter(key="draft_sent").update(status=MilestoneStatus.STARTED)
    pulse.refresh(timeline=made, today=TODAY)
    return made
