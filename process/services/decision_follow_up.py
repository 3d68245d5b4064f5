"""What follows a decision: the meeting, the timeline's columns, its milestones, the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from branches import audit
from branches.models import User
from process.enums import DecisionKind, MeetingStatus
from process.models import Decision, Meeting, PartRecord, Timeline
from process.rules.deciding import STEP_OF_KIND, parts_along
from process.rules.notice import NoticeState, notice_of
from process.services import milestones, pulse

COLUMN_OF_KIND: dict[str, str] = {
    DecisionKind.APPOINT_COMMITTEE: "committee_appointed_on",
    DecisionKind.SET_COMMISSION: "commission_set_on",
    DecisionKind.ADOPT_PROGRAMME: "programme_adopted_on",
    DecisionKind.AGREE_TOP_TEN: "top_ten_agreed_on",
    DecisionKind.SET_CANDIDATE_LIST: "candidate_list_set_on",
}
"""Decision kind → the timeline's column that repeats its day, for the database to check."""


def days_decided(timeline: Timeline) -> dict[str, date]:
    """Return kind → the day of its current decision."""
    rows = Decision.objects.current().filter(timeline=timeline, kind__in=STEP_OF_KIND)
    return dict(rows.values_list("kind", "decided_on"))


def follow(
    timeline: Timeline,
    meeting: Meeting,
    decisions: Sequence[Decision],
    *,
    by: User,
    today: date,
) -> None:
    """Let the meeting, the timeline, its milestones and the history follow."""
    if meeting.status == MeetingStatus.PLANNED:
        Meeting.objects.filter(pk=meeting.pk).update(
            status=MeetingStatus.HELD, revision=meeting.revision + 1
        )
    columns = {COLUMN_OF_KIND[kind]: day for kind, day in days_decided(timeline).items()}
    if columns:
        Timeline.objects.filter(pk=timeline.pk).update(**columns)
        timeline.refresh_from_db()
    for decision in decisions:
        verb = "superseded" if decision.supersedes_id else "recorded"
        audit.record(
            verb=f"decision.{verb}.{decision.kind}",
            by=by,
            branch=timeline.branch,
            today=today,
            subject=decision,
            day=decision.decided_on,
            meeting=meeting.title,
        )
        _bring_parts(timeline, meeting, decision, by=by, today=today)
    for decision in decisions:
        if decision.kind != DecisionKind.OTHER:
            milestones.meet_by_decision(timeline=timeline, decision=decision, by=by, today=today)
    pulse.refresh(timeline=timeline, today=today)


def _bring_parts(
    timeline: Timeline, meeting: Meeting, decision: Decision, *, by: User, today: date
) -> None:
    """Record the parts that come with a decision, where the milestone asks for them."""
    notice = notice_of(
        meeting_day=meeting.day,
        notice_days=meeting.branch.notice_days,
        sent_on=meeting.notice_sent_on,
        today=today,
    )
    wanted = parts_along(
        kind=decision.kind,
        notice_in_time=notice.state is NoticeState.IN_TIME,
        has_document=bool(decision.document),
    )
    milestone = (
        timeline.milestones.select_related("definition", "timeline__branch")
        .filter(key=STEP_OF_KIND.get(decision.kind, ""))
        .first()
    )
    if milestone is None or not milestone.is_open:
        return
    there = set(PartRecord.objects.filter(milestone=milestone).values_list("part_key", flat=True))
    parts = milestone.definition.parts.filter(key__in=wanted, decision_kind="")
    for key in parts.values_list("key", flat=True):
        if key not in there:
            milestones.record_part(
                milestone=milestone, part_key=key, by=by, today=today, decision=decision
            )
