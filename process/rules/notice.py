"""The convening notice of a members' meeting: may it still leave, must it now, was it in time?

Source: the branch's own statutes, which give the days of notice (Branch.notice_days). A meeting
convened too late may not be able to decide; the members may accept it all the same, so this warns
and never blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NOTICE_PART = "convening_notice"
"""The part of a milestone that the notice of its members' meeting is."""

MEANT_FOR = timedelta(days=28)
"""So far from a milestone's target its members' meeting may lie."""


class NoticeState(StrEnum):
    """How a notice stands."""

    TO_SEND = "to_send"  # there is time: ``days`` left, 0 on the last day itself
    OVERDUE = "overdue"  # not recorded as sent, and its last day has passed ``days`` ago
    UNKNOWN = "unknown"  # the meeting has been, and nobody recorded a notice
    IN_TIME = "in_time"
    TOO_LATE = "too_late"  # sent ``days`` after its last day


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """How a notice stands, its last day, and how many days it is from it."""

    state: NoticeState
    latest: date
    days: int


def latest_notice_day(*, meeting_day: date, notice_days: int) -> date:
    """Return the last day on which the notice may leave."""
    return meeting_day - timedelta(days=notice_days)


def notice_of(*, meeting_day: date, notice_days: int, sent_on: date | None, today: date) -> Notice:
    """Return how the notice of a meeting stands on ``today``.

    Args:
        meeting_day: the day of the meeting.
        notice_days: whole days between the notice and the meeting, by the statutes.
        sent_on: the day on which it left, if that is recorded.
        today: the product's day.
    """
    latest = latest_notice_day(meeting_day=meeting_day, notice_days=notice_days)
    if sent_on is not None:
        late = (sent_on - latest).days
        state = NoticeState.TOO_LATE if late > 0 else NoticeState.IN_TIME
        return Notice(state=state, latest=latest, days=max(late, 0))
    left = (latest - today).days
    if left >= 0:
        return Notice(state=NoticeState.TO_SEND, latest=latest, days=left)
    state = NoticeState.UNKNOWN if meeting_day < today else NoticeState.OVERDUE
    return Notice(state=state, latest=latest, days=-left)
