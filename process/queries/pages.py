"""What the pages of a timeline show, each in a number of queries that does not grow with rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet

from branches.enums import Role
from branches.models import AuditEntry, Branch, Membership, User
from branches.viewer import Viewer
from process.enums import MeetingKind, MeetingStatus, MilestoneStatus, Phase
from process.models import Meeting, Milestone, PartRecord, TemplatePart, Timeline
from process.models.timeline import MilestoneQuerySet
from process.queries.forecasts import forecast_of
from process.queries.timelines import current_timeline, happened, state_of
from process.rules.forecast import ForecastResult
from process.rules.order import NEVER_DROPPED, OrderProblem, problems_of
from process.rules.relevance import still_asks
from process.rules.state import State

AT_ONCE = 5
"""So many things to do fit one glance."""

FEW = 3
"""With fewer things open the next ones are shown as well."""

PRAISED_FOR = timedelta(weeks=6)
"""What was done this long ago is still news."""

HISTORY_LENGTH = 30

MEETINGS_LOOKED_AT = 20
"""Among so many coming meetings the next members' meeting is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One part that must be there, and what is recorded of it."""

    part: TemplatePart
    record: PartRecord | None

    @property
    def seen(self) -> str:
        """Return the mark of what is recorded: a form carries it, a second saver is noticed."""
        return part_mark(self.record)


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    """One milestone as a list shows it.

    Attributes:
        milestone: with definition, owner and who did it.
        state: how it looks today.
        parts: what must be there, in order.
        is_ours: it belongs to a role of the reader, or to the reader in person.
        is_mine: the reader is its owner.
    """

    milestone: Milestone
    state: State
    parts: tuple[PartLine, ...]
    is_ours: bool
    is_mine: bool

    @property
    def day(self) -> date:
        """The day it was done, else its target."""
        return self.milestone.done_on or self.milestone.target

    @cached_property
    def missing(self) -> list[TemplatePart]:
        """The parts that are not there yet."""
        return [line.part for line in self.parts if line.record is None]

    @property
    def there(self) -> int:
        """How many parts are there."""
        return len(self.parts) - len(self.missing)


@dataclass(frozen=True, kw_only=True)
class TodayPage:
    """What a branch sees first.

    Attributes:
        timeline: the one it lives in, or ``None``; then the lists are empty.
        rows: all milestones, in template order.
        forecast: how it stands.
        ours: open now and the reader's own, late ones first, at most ``AT_ONCE``.
        others: open now and somebody else's, at most ``AT_ONCE`` together with ``ours``.
        more: how many more are open now.
        coming: the next ones, when little or nothing is open now.
        just_done: the latest things done, the latest first.
        mine: open, with the reader as owner, and not in ``ours`` or ``coming``.
        law_day: the next day that the law fixes.
        meetings: the next one that is planned, and the next members' meeting if that is another.
    """

    timeline: Timeline | None
    rows: Sequence[MilestoneRow] = ()
    forecast: ForecastResult
    ours: Sequence[MilestoneRow] = ()
    others: Sequence[MilestoneRow] = ()
    more: int = 0
    coming: Sequence[MilestoneRow] = ()
    just_done: Sequence[MilestoneRow] = ()
    mine: Sequence[MilestoneRow] = ()
    law_day: MilestoneRow | None = None
    meetings: Sequence[Meeting] = ()


@dataclass(frozen=True, kw_only=True)
class MilestonePage:
    """One milestone with all that its page tells.

    Attributes:
        row: the milestone with its parts.
        order_problems: what would be wrong if it were done today; empty when it is closed.
        has_decision: a decision of the members' meeting stands behind it.
        may_be_dropped: it can be said not to apply.
    """

    row: MilestoneRow
    order_problems: tuple[OrderProblem, ...]
    has_decision: bool
    may_be_dropped: bool

    @property
    def can_finish(self) -> bool:
        """Tell whether it can be marked done as it is."""
        milestone = self.row.milestone
        return (
            milestone.is_open
            and not milestone.is_statutory
            and not self.row.missing
            and not self.order_problems
        )


def part_mark(record: PartRecord | None) -> str:
    """Return a short mark of what a part's record says; empty when there is no record."""
    if record is None:
        return ""
    text = f"{record.note}\n{record.link}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def today_page(*, branch: Branch, viewer: Viewer, today: date) -> TodayPage:
    """Return what a branch sees first: five queries, two without a timeline."""
    timeline = current_timeline(branch=branch, today=today)
    meetings = next_meetings(branch=branch, today=today)
    forecast = forecast_of(timeline, today=today)
    if timeline is None:
        return TodayPage(timeline=None, forecast=forecast, meetings=meetings)
    rows = milestone_rows(timeline, viewer=viewer, today=today)
    working = [row for row in rows if _asks(row.milestone, timeline, today)]
    due = sorted((row for row in working if row.state in (State.LATE, State.CURRENT)), key=_urgency)
    roles = viewer.roles_in(branch)
    # The board answers for everything; whoever else has a role here sees their own, or nothing.
    own_first = bool(roles) and Role.BOARD not in roles
    ours = [row for row in due if row.is_ours or not own_first][:AT_ONCE]
    others = [row for row in due if row not in ours][: AT_ONCE - len(ours)] if own_first else []
    later = sorted((row for row in working if row not in due), key=lambda row: row.day)
    coming = later[:2] if len(due) < FEW else []
    done = [row for row in rows if _is_news(row.milestone, today)]
    ahead = [row for row in rows if row.milestone.is_statutory and row.day >= today]
    return TodayPage(
        timeline=timeline,
        rows=rows,
        forecast=forecast,
        ours=ours,
        others=others,
        more=len(due) - len(ours) - len(others),
        coming=coming,
        just_done=sorted(done, key=lambda row: row.day, reverse=True)[:3],
        mine=[row for row in working if row.is_mine and row not in (*ours, *coming)][:AT_ONCE],
        law_day=min(ahead, key=lambda row: row.day, default=None),
        meetings=meetings,
    )


def _asks(milestone: Milestone, timeline: Timeline, today: date) -> bool:
    return (
        milestone.is_open
        and not milestone.is_statutory
        and still_asks(
            phase=milestone.phase,
            adopted=timeline.programme_adopted_on is not None,
            after_polling_day=timeline.polling_day < today,
        )
    )


def timelines_of(*, branch: Branch, viewer: Viewer) -> QuerySet[Timeline]:
    """Return a branch's timelines, the latest election first."""
    return (
        Timeline.objects.for_viewer(viewer)
        .filter(branch=branch)
        .select_related("election", "template", "branch")
        .order_by("-polling_day")
    )


def milestone_rows(timeline: Timeline, *, viewer: Viewer, today: date) -> list[MilestoneRow]:
    """Return a timeline's milestones in template order: three queries."""
    found = _with_texts(timeline.milestones.order_by("position"))
    return [_row(milestone, viewer=viewer, today=today) for milestone in found]


def milestones_of(*, branch: Branch, viewer: Viewer) -> MilestoneQuerySet:
    """Return the milestones of a branch that this viewer may see, with all their page needs."""
    rows = Milestone.objects.for_viewer(viewer).filter(timeline__branch=branch)
    return _with_texts(
        rows.select_related("timeline__branch", "timeline__election", "timeline__template")
    )


def milestone_page(milestone: Milestone, *, viewer: Viewer, today: date) -> MilestonePage:
    """Return what one milestone's page tells: two queries beside the milestone's own."""
    row = _row(milestone, viewer=viewer, today=today)
    problems: tuple[OrderProblem, ...] = ()
    if milestone.is_open and not milestone.is_statutory:
        days, dropped = happened(milestone.timeline)
        decided = days.pop(milestone.key, None)
        problems = problems_of(key=milestone.key, day=decided or today, days=days, dropped=dropped)
    return MilestonePage(
        row=row,
        order_problems=problems,
        has_decision=any(line.record and line.record.decision_id for line in row.parts),
        may_be_dropped=not milestone.is_statutory and milestone.key not in NEVER_DROPPED,
    )


def possible_owners(milestone: Milestone, *, today: date) -> QuerySet[User]:
    """Return who can own a milestone: whoever holds its roles or sits on the board, by name."""
    definition = milestone.definition
    roles = {Role.BOARD.value, definition.owner_role, definition.second_role} - {""}
    held = Membership.objects.active(today=today).filter(
        branch=milestone.timeline.branch, role__in=roles
    )
    return User.objects.filter(
        Q(is_active=True, pk__in=held.values("user")) | Q(pk=milestone.owner_id)
    ).order_by("name", "email")


def history_of(milestone: Milestone) -> QuerySet[AuditEntry]:
    """Return what happened to one milestone, the latest first."""
    return AuditEntry.objects.filter(
        branch=milestone.timeline.branch,
        subject_type=milestone._meta.label_lower,  # noqa: SLF001 - Django's own public attribute
        subject_id=str(milestone.pk),
    ).select_related("actor")[:HISTORY_LENGTH]


def next_meetings(*, branch: Branch, today: date) -> list[Meeting]:
    """Return the next planned meeting, and the next members' meeting if that is another one.

    A members' meeting must be convened weeks ahead: a smaller one before it must not hide that.
    """
    coming = list(
        branch.meetings.filter(status=MeetingStatus.PLANNED, day__gte=today).order_by(
            "day", "starts_at", "id"
        )[:MEETINGS_LOOKED_AT]
    )
    first = coming[:1]
    members = [row for row in coming if row.kind == MeetingKind.MEMBERS][:1]
    return first + [row for row in members if row not in first]


def titles_of(rows: Sequence[MilestoneRow]) -> dict[str, str]:
    """Return milestone key → title in the reader's language."""
    return {row.milestone.key: row.milestone.definition.title for row in rows}


def by_phase(rows: Sequence[MilestoneRow]) -> list[tuple[Phase, list[MilestoneRow]]]:
    """Return the milestones per phase, in each by day."""
    found: dict[int, list[MilestoneRow]] = {}
    for row in rows:
        found.setdefault(row.milestone.phase, []).append(row)
    return [
        (Phase(number), sorted(group, key=lambda row: (row.day, row.milestone.position)))
        for number, group in sorted(found.items())
    ]


def _with_texts(rows: MilestoneQuerySet) -> MilestoneQuerySet:
    return rows.select_related("definition", "owner", "done_by").prefetch_related(
        "definition__parts", "part_records__decision", "part_records__recorded_by"
    )


def _row(milestone: Milestone, *, viewer: Viewer, today: date) -> MilestoneRow:
    records = {record.part_key: record for record in milestone.part_records.all()}
    definition = milestone.definition
    roles = viewer.roles_in(milestone.timeline.branch_id)
    is_mine = viewer.user is not None and milestone.owner_id == viewer.user.pk
    return MilestoneRow(
        milestone=milestone,
        state=state_of(milestone, today=today),
        parts=tuple(
            PartLine(part=part, record=records.get(part.key)) for part in definition.parts.all()
        ),
        is_ours=is_mine or definition.owner_role in roles or definition.second_role in roles,
        is_mine=is_mine,
    )


def _urgency(row: MilestoneRow) -> tuple[bool, date, int]:
    late = row.state is State.LATE
    return (not late, row.milestone.deadline if late else row.day, row.milestone.position)


def _is_news(milestone: Milestone, today: date) -> bool:
    return (
        milestone.status == MilestoneStatus.DONE
        and milestone.done_on is not None
        and today - PRAISED_FOR <= milestone.done_on <= today
    )
