"""The invented branches live on with the clock, and take it back when it goes back."""

from __future__ import annotations

from datetime import date

import pytest

from branches.models import AuditEntry
from demo.services.living import live_on, take_back
from process.enums import MeetingStatus
from process.models import Decision, Meeting, Timeline
from process.queries.timelines import happened
from process.rules import order
from process.services import pulse
from tests.integration import demonstration

made = demonstration.made
pytestmark = [pytest.mark.usefixtures("made"), pytest.mark.django_db]
BEGIN, LATER = date(2021, 10, 4), date(2022, 3, 17)


def invented() -> list[Timeline]:
    return list(
        Timeline.objects.filter(
            election__slug="gr2022", branch__slug__in=("amsterdam", "bergen-nh", "bergen-l")
        ).order_by("pk")
    )


def test_branches_adopt_and_set_their_lists_while_the_weeks_go_by() -> None:
    before = sum(row.programme_adopted_on is not None for row in invented())
    live_on(since=BEGIN, until=date(2021, 11, 15))
    live_on(since=date(2021, 11, 15), until=LATER)
    rows = invented()
    assert before < sum(row.programme_adopted_on is not None for row in rows)
    for row in rows:
        days, dropped = happened(row)
        assert order.problems(days=days, dropped=dropped) == ()
        packed = row.packed
        pulse.apply(row, row.milestones.order_by("position"))
        assert row.packed == packed, "the packed column says what the milestones say"
    ours = [row.branch_id for row in rows]
    assert not Meeting.objects.filter(
        branch__in=ours, day__lte=LATER, status=MeetingStatus.PLANNED
    ).exists()
    assert not AuditEntry.objects.filter(branch__in=ours, day__gt=LATER).exists()


def test_branches_of_personas_are_left_to_the_visitor() -> None:
    harlingen = Timeline.objects.get(branch__slug="harlingen")
    live_on(since=BEGIN, until=LATER)
    again = Timeline.objects.get(pk=harlingen.pk)
    assert (again.packed, again.last_activity_on) == (harlingen.packed, harlingen.last_activity_on)


def test_going_back_takes_back_what_was_not_lived_yet() -> None:
    packed = [row.packed for row in invented()]
    decisions = Decision.objects.count()
    live_on(since=BEGIN, until=LATER)
    assert Decision.objects.count() > decisions
    take_back(day=BEGIN)
    assert Decision.objects.count() == decisions
    assert [row.packed.replace("s", "p") for row in invented()] == [
        text.replace("s", "p") for text in packed
    ]
    live_on(since=BEGIN, until=LATER)
    assert Decision.objects.count() > decisions
