"""The invented branches live on with the clock, and take it back when it goes back."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from branches.models import AuditEntry
from core import clock
from demo.services.living import clock_moved
from process.enums import MeetingStatus
from process.models import Decision, Meeting, Timeline
from process.queries.timelines import happened
from process.rules import order
from process.services import pulse

pytestmark = pytest.mark.django_db
BEGIN, LATER = date(2021, 10, 4), date(2022, 3, 17)


@pytest.fixture(autouse=True)
def country() -> None:
    call_command("demo", "--small", stdout=StringIO())


def invented() -> list[Timeline]:
    return list(
        Timeline.objects.filter(
            election__slug="gr2022", branch__slug__in=("amsterdam", "bergen-nh", "bergen-l")
        ).order_by("pk")
    )


def test_branches_adopt_and_set_their_lists_while_the_weeks_go_by() -> None:
    before = sum(row.programme_adopted_on is not None for row in invented())
    clock_moved(before=BEGIN, after=date(2021, 11, 15))
    clock_moved(before=date(2021, 11, 15), after=LATER)
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
    clock_moved(before=BEGIN, after=LATER)
    again = Timeline.objects.get(pk=harlingen.pk)
    assert (again.packed, again.last_activity_on) == (harlingen.packed, harlingen.last_activity_on)


def test_going_back_takes_back_what_was_not_lived_yet() -> None:
    packed = [row.packed for row in invented()]
    decisions = Decision.objects.count()
    clock_moved(before=BEGIN, after=LATER)
    assert Decision.objects.count() > decisions
    clock_moved(before=LATER, after=BEGIN)
    assert Decision.objects.count() == decisions
    assert [row.packed.replace("s", "p") for row in invented()] == [
        text.replace("s", "p") for text in packed
    ]
    clock_moved(before=BEGIN, after=LATER)
    assert Decision.objects.count() > decisions


def test_the_clock_tells_its_hooks(settings: Any, tmp_path: Any) -> None:
    settings.CLOCK = "core.clock.FileClock"
    settings.DEMO_CLOCK_FILE = tmp_path / "clock.json"
    settings.CLOCK_HOOKS = ["demo.services.living.clock_moved"]
    clock._clock.cache_clear()
    clock.set_today(day=BEGIN)
    decisions = Decision.objects.count()
    clock.set_today(day=LATER)
    assert Decision.objects.count() > decisions
    clock._clock.cache_clear()
