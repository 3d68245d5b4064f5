"""Meetings: plan, convene, change, keep minutes, cancel."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from core.concurrency import claim_revision
from core.dates import day_words
from process.enums import OPEN_STATUSES, MeetingKind, MeetingStatus
from process.errors import Refused
from process.models import Decision, Meeting, Milestone
from process.queries.meeting_people import people_of
from process.rules.meeting_news import Spot, is_move
from process.rules.notice import MEANT_FOR, NOTICE_PART, NoticeState, notice_of
from process.services import meeting_news
from process.services.milestones import record_part

FURTHEST = timedelta(days=5 * 366)
"""How far a meeting may lie from today; further is a slip of the finger."""


class MeetingRefused(Refused):
    """This cannot be done to this meeting; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """What a board says about a meeting."""

    kind: MeetingKind
    title: str
    day: date
    starts_at: time | None = None
    place: str = ""
    link: str = ""
    agenda: str = ""
    is_public: bool = False


def plan_meeting(*, branch: Branch, plan: MeetingPlan, by: User | None, today: date) -> Meeting:
    """Put a meeting on the list; one that has already been may be recorded too.

    Raises:
        MeetingRefused: its day is years away, or it is on the list already (sent twice).
    """
    _check_day(day=plan.day, today=today)
    with transaction.atomic():
        same = Meeting.objects.filter(
            branch=branch, kind=plan.kind, day=plan.day, title__iexact=plan.title
        )
        if same.exclude(status=MeetingStatus.CANCELLED).exists():
            raise MeetingRefused(
                _("“%(title)s” on %(day)s is on the list already.")
                % {"title": plan.title, "day": day_words(plan.day)}
            )
        meeting = Meeting(branch=branch, **asdict(plan))
        meeting_news.planned(meeting, today=today)
        meeting.save()
        audit.record(
            verb="meeting.planned",
            by=by,
            branch=branch,
            today=today,
            subject=meeting,
            title=meeting.title,
            day=meeting.day,
        )
    return meeting


def change_meeting(
    *, meeting: Meeting, plan: MeetingPlan, revision: int, by: User, today: date
) -> Meeting:
    """Change what is said about a meeting.

    Moving the day takes back the recorded notice: it named another day, a new one must leave.
    Another day, time or place is news for whoever comes; other words are not.

    Raises:
        Stale: somebody else saved it in the meantime.
        MeetingRefused: cancelled, years away, or its decisions would get another day or body.
    """
    _check_day(day=plan.day, today=today)
    with transaction.atomic():
        values = asdict(plan)
        claim_revision(meeting, expected=revision, yours=values)
        _check_open(meeting)
        moved = plan.day != meeting.day
        if (moved or plan.kind != meeting.kind) and _has_decisions(meeting):
            raise MeetingRefused(
                _(
                    "This meeting took decisions on %(day)s: its day and kind stay as they are. "
                    "The rest can be changed."
                )
                % {"day": day_words(meeting.day)}
            )
        before = spot_of(meeting)
        if any(getattr(meeting, name) != value for name, value in values.items()):
            meeting.changed_since_invited = True
        for name, value in values.items():
            setattr(meeting, name, value)
        if moved:
            meeting.notice_sent_on = None
        elsewhere = is_move(before=before, after=spot_of(meeting))
        if elsewhere:
            meeting_news.moved(meeting, before=before.day, today=today)
        meeting.save()
        audit.record(
            verb=(
                "meeting.moved"
                if moved
                else ("meeting.changed_place" if elsewhere else "meeting.changed")
            ),
            by=by,
            branch=meeting.branch,
            today=today,
            subject=meeting,
            title=meeting.title,
            day=meeting.day,
        )
    return meeting


def record_notice(
    *, meeting: Meeting, sent_on: date, text: str, revision: int, by: User, today: date
) -> Meeting:
    """Record that the convening notice left. Too late is recorded too: the pages warn.

    Raises:
        Stale: somebody else saved the meeting in the meantime.
        MeetingRefused: cancelled, or a day that has not come or lies after the meeting.
    """
    if sent_on > today:
        raise MeetingRefused(_("This day has not come yet. Record the notice once it has left."))
    with transaction.atomic():
        claim_revision(
            meeting, expected=revision, yours={"notice_sent_on": sent_on, "notice_text": text}
        )
        _check_open(meeting)
        if sent_on > meeting.day:
            raise MeetingRefused(
                _("The meeting was on %(day)s: the notice cannot have left after it.")
                % {"day": day_words(meeting.day)}
            )
        meeting.notice_sent_on = sent_on
        meeting.notice_text = text
        meeting.save()
        audit.record(
            verb="meeting.notice_sent",
            by=by,
            branch=meeting.branch,
            today=today,
            subject=meeting,
            title=meeting.title,
            sent_on=sent_on,
        )
        _bring_notice(meeting, by=by, today=today)
    return meeting


def invite(
    *, meeting: Meeting, by: User, today: date, revision: int, as_notice: bool = False
) -> int:
    """Invite everybody with an account whom the meeting is for: the room of reminders mails them.

    Args:
        meeting: to come.
        by: who invites.
        today: the product's day.
        revision: the one that the form was opened with.
        as_notice: the statutes are met with it, so it is recorded as the convening notice too. One
            that is recorded already stays.

    Returns:
        How many people it goes to.

    Raises:
        Stale: somebody else saved the meeting in the meantime.
        MeetingRefused: cancelled, held or past; nobody to invite; or invited today already and
            nothing that people read changed since.
    """
    with transaction.atomic():
        claim_revision(meeting, expected=revision, yours={})
        _check_open(meeting)
        if meeting.status == MeetingStatus.HELD or meeting.day < today:
            raise MeetingRefused(_("This meeting has been: there is nobody to invite any more."))
        if meeting.invited_on == today and not meeting.changed_since_invited:
            raise MeetingRefused(
                _("The invitation went out today already, and nothing changed since.")
            )
        count = people_of(meeting, today=today).count()
        if not count:
            raise MeetingRefused(
                _("Nobody here has an account and belongs to this meeting. Invite people first.")
            )
        meeting_news.invited(meeting, today=today)
        meeting.save()
        audit.record(
            verb="meeting.invited",
            by=by,
            branch=meeting.branch,
            today=today,
            subject=meeting,
            title=meeting.title,
            count=count,
        )
        if as_notice and meeting.kind == MeetingKind.MEMBERS and meeting.notice_sent_on is None:
            record_notice(
                meeting=meeting,
                sent_on=today,
                text=meeting.notice_text,
                revision=meeting.revision,
                by=by,
                today=today,
            )
    return count


def _bring_notice(meeting: Meeting, *, by: User, today: date) -> None:
    """Record the notice with the open milestone that this meeting is for: the nearest in time.

    A notice that left too late is not brought along: whether the members agreed is for the board
    to say. With the same target day there can be two (top ten and candidate list).
    """
    notice = notice_of(
        meeting_day=meeting.day,
        notice_days=meeting.branch.notice_days,
        sent_on=meeting.notice_sent_on,
        today=today,
    )
    if meeting.kind != MeetingKind.MEMBERS or notice.state is not NoticeState.IN_TIME:
        return
    waiting = list(
        Milestone.objects.filter(
            timeline__branch=meeting.branch,
            status__in=OPEN_STATUSES,
            definition__parts__key=NOTICE_PART,
            target__range=(meeting.day - MEANT_FOR, meeting.day + MEANT_FOR),
        )
        .exclude(part_records__part_key=NOTICE_PART)
        .select_related("definition", "timeline__branch")
    )
    nearest = min((abs(row.target - meeting.day) for row in waiting), default=None)
    for milestone in waiting:
        if abs(milestone.target - meeting.day) == nearest:
            record_part(milestone=milestone, part_key=NOTICE_PART, by=by, today=today)


def write_minutes(
    *, meeting: Meeting, minutes: str, revision: int, by: User, today: date
) -> Meeting:
    """Keep the minutes; the meeting counts as held.

    Raises:
        Stale: somebody else saved the meeting in the meantime.
        MeetingRefused: cancelled, or still to come.
    """
    with transaction.atomic():
        claim_revision(meeting, expected=revision, yours={"minutes": minutes})
        _check_open(meeting)
        if meeting.day > today:
            raise MeetingRefused(
                _("This meeting is on %(day)s. Write its minutes when it has been.")
                % {"day": day_words(meeting.day)}
            )
        meeting.minutes = minutes
        meeting.status = MeetingStatus.HELD
        meeting.save()
        audit.record(
            verb="meeting.minutes",
            by=by,
            branch=meeting.branch,
            today=today,
            subject=meeting,
            title=meeting.title,
        )
    return meeting


@transaction.atomic
def mark_held(*, meeting: Meeting, by: User | None, today: date) -> None:
    """Write down that a meeting took place, minutes or not; one that was held stays so.

    Raises:
        MeetingRefused: cancelled, or still to come.
    """
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update(of=("self",)))
    _check_open(meeting)
    if meeting.day > today:
        raise MeetingRefused(
            _("This meeting is on %(day)s: it has not been yet.") % {"day": day_words(meeting.day)}
        )
    if meeting.status == MeetingStatus.HELD:
        return
    meeting.status = MeetingStatus.HELD
    meeting.revision += 1
    meeting.save(update_fields=["status", "revision"])
    audit.record(
        verb="meeting.held",
        by=by,
        branch=meeting.branch,
        today=today,
        subject=meeting,
        title=meeting.title,
    )


def cancel_meeting(
    *, meeting: Meeting, reason: str, revision: int, by: User, today: date
) -> Meeting:
    """Cancel a meeting; it stays on the list with its reason.

    Raises:
        Stale: somebody else saved the meeting in the meantime.
        MeetingRefused: already cancelled, or it took decisions or has minutes.
    """
    with transaction.atomic():
        claim_revision(meeting, expected=revision, yours={"cancelled_reason": reason})
        _check_open(meeting)
        if _has_decisions(meeting) or meeting.status == MeetingStatus.HELD:
            raise MeetingRefused(
                _("This meeting has been held, so it cannot be cancelled any more.")
            )
        meeting.status = MeetingStatus.CANCELLED
        meeting.cancelled_reason = reason
        meeting_news.cancelled(meeting, today=today)
        meeting.save()
        audit.record(
            verb="meeting.cancelled",
            by=by,
            branch=meeting.branch,
            today=today,
            subject=meeting,
            title=meeting.title,
            reason=reason,
        )
    return meeting


def spot_of(meeting: Meeting) -> Spot:
    """Return where and when somebody has to be for it."""
    return Spot(
        day=meeting.day, starts_at=meeting.starts_at, place=meeting.place, link=meeting.link
    )


def _check_day(*, day: date, today: date) -> None:
    if abs(day - today) > FURTHEST:
        raise MeetingRefused(
            _("%(day)s is years away from today. Check the year.") % {"day": day_words(day)}
        )


def _check_open(meeting: Meeting) -> None:
    if meeting.status == MeetingStatus.CANCELLED:
        raise MeetingRefused(_("This meeting was cancelled. Plan a new one instead."))


def _has_decisions(meeting: Meeting) -> bool:
    return Decision.objects.filter(meeting=meeting).exists()
