"""What is news about a meeting: kept on its row, told by the room of reminders.

Each function changes a meeting that its caller has locked and saves in the same transaction.
"""

from __future__ import annotations

from datetime import date

from process.enums import MeetingStatus
from process.models import Meeting
from process.rules.meeting_news import is_to_come, moved_from


def planned(meeting: Meeting, *, today: date) -> None:
    """It is on the list from today."""
    if is_to_come(day=meeting.day, today=today):
        meeting.planned_on = today


def moved(meeting: Meeting, *, before: date, today: date) -> None:
    """It was on ``before``; the row holds its new day, time and place."""
    if meeting.status != MeetingStatus.PLANNED or not is_to_come(day=meeting.day, today=today):
        return
    origin = moved_from(
        before=before,
        after=meeting.day,
        moved_on=meeting.moved_on,
        earlier=meeting.moved_from,
        today=today,
    )
    _tell(meeting)
    meeting.moved_on, meeting.moved_from = today, origin


def cancelled(meeting: Meeting, *, today: date) -> None:
    """It does not take place."""
    if is_to_come(day=meeting.day, today=today):
        _tell(meeting)
        meeting.cancelled_on = today


def invited(meeting: Meeting, *, today: date) -> None:
    """Everybody whom it is for is invited."""
    _tell(meeting)
    meeting.invited_on = today
    meeting.changed_since_invited = False


def _tell(meeting: Meeting) -> None:
    """Count one more, and let what was news until now fall silent."""
    meeting.news += 1
    meeting.planned_on = meeting.moved_on = meeting.cancelled_on = meeting.invited_on = None
