"""Which milestones ask, in SQL, is what the rule and the branch's own page say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.models import Branch
from process.enums import MilestoneStatus
from process.models import Election, Milestone, TemplateMilestone, Timeline
from process.queries.asking import asks, is_current
from process.queries.timelines import STAYS_CURRENT, current_timeline
from process.rules.relevance import still_asks
from tests.factories import BranchFactory
from tests.process_factories import ElectionFactory, template_version

pytestmark = pytest.mark.django_db

TODAY = date(2021, 10, 4)
STAYS = STAYS_CURRENT.days
# The edges, where the two could part, and the days between them.
offsets = st.sampled_from([-STAYS - 1, -STAYS, -STAYS + 1, -1, 0, 1]) | st.integers(-900, 900)
within_a_transaction = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def definition() -> TemplateMilestone:
    return template_version().milestones.earliest("position")


@pytest.fixture
def elections() -> list[Election]:
    return [ElectionFactory(polling_day=date(2018 + 4 * n, 3, 21 - n)) for n in range(3)]


@pytest.fixture
def branch() -> Branch:
    made: Branch = BranchFactory()
    return made


def timeline_of(branch: Branch, election: Election, version: int, offset: int) -> Timeline:
    return Timeline.objects.create(
        branch=branch,
        election=election,
        template_id=version,
        polling_day=TODAY + timedelta(days=offset),
        created_on=TODAY,
    )


@given(polling=st.lists(offsets, min_size=1, max_size=3, unique=True))
@within_a_transaction
def test_the_current_timeline_is_the_same_in_sql(
    branch: Branch, elections: list[Election], definition: TemplateMilestone, polling: list[int]
) -> None:
    with transaction.atomic():
        for election, offset in zip(elections, polling, strict=False):
            timeline_of(branch, election, definition.version_id, offset)
        found = Timeline.objects.filter(is_current(today=TODAY, timeline=""))
        assert list(found) == [current_timeline(branch=branch, today=TODAY)]
        transaction.set_rollback(True)


@given(
    phase=st.integers(1, 7),
    offset=offsets,
    adopted=st.booleans(),
    status=st.sampled_from(MilestoneStatus.values),
    closed=st.booleans(),
)
@within_a_transaction
def test_what_asks_in_sql_is_what_the_rule_says(
    *,
    branch: Branch,
    elections: list[Election],
    definition: TemplateMilestone,
    phase: int,
    offset: int,
    adopted: bool,
    status: str,
    closed: bool,
) -> None:
    with transaction.atomic():
        timeline = timeline_of(branch, elections[0], definition.version_id, offset)
        day = TODAY - timedelta(days=100) if adopted else None
        Timeline.objects.update(
            committee_appointed_on=day, commission_set_on=day, programme_adopted_on=day
        )
        Branch.objects.update(closed_on=TODAY if closed else None)
        Milestone.objects.create(
            timeline=timeline,
            definition=definition,
            key=definition.key,
            phase=phase,
            position=1,
            status=status,
            done_on=TODAY if status == MilestoneStatus.DONE else None,
            dropped_reason="niet bij ons" if status == MilestoneStatus.DROPPED else "",
            window_start=TODAY,
            window_end=TODAY,
            target=TODAY,
            deadline=TODAY,
        )
        expected = (
            not closed
            and status in (MilestoneStatus.PLANNED, MilestoneStatus.STARTED)
            and still_asks(phase=phase, adopted=adopted, after_polling_day=offset < 0)
        )
        assert Milestone.objects.filter(asks(today=TODAY)).exists() == expected
        transaction.set_rollback(True)
