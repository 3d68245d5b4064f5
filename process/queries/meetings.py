"""A branch's meetings, with what a list needs to say about each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from branches.models import Branch
from branches.viewer import Viewer
from process.enums import MeetingKind, MeetingStatus
from process.models import Decision, Meeting
from process.models.meeting import MeetingQuerySet
from process.rules.notice import Notice, notice_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """A meeting, and how its notice stands (``None``: this kind needs none, or it is cancelled)."""

    meeting: Meeting
    notice: Notice | None


def of_branch(*, viewer: Viewer, branch: Branch) -> MeetingQuerySet:
    """Return the branch's meetings that this viewer may see."""
    return Meeting.objects.for_viewer(viewer).filter(branch=branch).select_related("branch")


def notice_for(meeting: Meeting, *, today: date) -> Notice | None:
    """Return how the convening notice stands, for a members' meeting that takes place."""
    if meeting.kind != MeetingKind.MEMBERS or meeting.status == MeetingStatus.CANCELLED:
        return None
    return notice_of(
        meeting_day=meeting.day,
        notice_days=meeting.branch.notice_days,
        sent_on=meeting.notice_sent_on,
        today=today,
    )


def lines(meetings: MeetingQuerySet, *, today: date) -> list[MeetingLine]:
    """Return meetings with their notice and current decisions: two queries."""
    current = Decision.objects.current().order_by("id")
    rows = meetings.prefetch_related(
        Prefetch("decisions", queryset=current, to_attr="current_decisions")
    )
    return [MeetingLine(meeting=row, notice=notice_for(row, today=today)) for row in rows]


def public_coming(*, branch: Branch, today: date) -> MeetingQuerySet:
    """Return the coming meetings at which everybody is welcome, cancelled ones too: for anybody."""
    return Meeting.objects.filter(branch=branch, is_public=True, day__gte=today)


def that_can_have_decided(*, viewer: Viewer, branch: Branch, today: date) -> MeetingQuerySet:
    """Return the meetings at which something can have been decided by now, latest first."""
    return (
        of_branch(viewer=viewer, branch=branch)
        .filter(day__lte=today)
        .exclude(status=MeetingStatus.CANCELLED)
        .order_by("-day", "-id")
    )
