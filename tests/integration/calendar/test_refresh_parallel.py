"""Many rounds at once, while boards change what calendars are told. Real threads, one database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from process.models import CalendarEvent, Meeting, Milestone, Timeline
from process.queries.calendars import behind, meetings_behind
from process.services import calendar
from process.services.pulse import refresh as repeat
from tests.at_once import AT_ONCE, at_once
from tests.clock import FIRST_DAY
from tests.integration.calendar.conftest import NOW
from tests.process_factories import MeetingFactory, TimelineFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def timeline(on_file: None) -> Timeline:  # noqa: ARG001
    made: Timeline = TimelineFactory()
    for number in range(5):
        MeetingFactory(branch=made.branch, title=f"Avond {number}")
    return made


def rows() -> list[tuple[object, ...]]:
    return list(
        CalendarEvent.objects.order_by("uid").values_list(
            "uid", "sequence", "modified_at", "digest", "mark", "text_nl", "text_en"
        )
    )


def test_twenty_rounds_at_once_write_each_event_once(timeline: Timeline) -> None:
    moments = [NOW + timedelta(minutes=number) for number in range(AT_ONCE)]
    answers = at_once(lambda number: calendar.refresh(now=moments[number], today=FIRST_DAY))
    assert all(isinstance(answer, int) for answer in answers), answers
    # Milestones (polling day is the election's own), meetings, the election.
    expected = timeline.milestones.exclude(key="polling_day").count() + 5 + 1
    assert CalendarEvent.objects.count() == sum(answers) == expected
    assert set(CalendarEvent.objects.values_list("sequence", flat=True)) == {0}
    before = rows()
    assert calendar.refresh(now=moments[-1], today=FIRST_DAY) == 0
    assert rows() == before


def test_what_changes_during_twenty_rounds_is_told_in_the_end_and_counted_once(
    timeline: Timeline,
) -> None:
    calendar.refresh(now=NOW, today=FIRST_DAY)
    meeting = Meeting.objects.first()
    milestone = timeline.milestones.get(key="draft_sent")
    assert meeting is not None
    target = milestone.target + timedelta(days=3)

    def act(number: int) -> int:
        if number == 7:
            Meeting.objects.filter(pk=meeting.pk).update(title="Elders", revision=9)
        if number == 13:
            Milestone.objects.filter(pk=milestone.pk).update(target=target)
            repeat(timeline=timeline, today=FIRST_DAY)
        return calendar.refresh(now=NOW + timedelta(hours=number), today=FIRST_DAY)

    answers = at_once(act)
    assert all(isinstance(answer, int) for answer in answers), answers
    calendar.refresh(now=NOW + timedelta(days=1), today=FIRST_DAY)
    changed = CalendarEvent.objects.exclude(sequence=0)
    assert set(changed.values_list("meeting", "milestone", "sequence")) == {
        (meeting.pk, None, 1),
        (None, milestone.pk, 1),
    }
    assert "Elders" in CalendarEvent.objects.get(meeting=meeting).text_nl
    assert CalendarEvent.objects.get(milestone=milestone).starts_on == target
    assert not behind().exists()
    assert not meetings_behind().exists()
