"""One branch's timeline: which one is meant, what happened, what its milestones look like."""

from __future__ import annotations

from datetime import date, timedelta

from branches.models import Branch
from process.enums import DecisionKind, MilestoneStatus, Phase, TargetOrigin
from process.models import Decision, Milestone, Timeline
from process.rules.deciding import steps
from process.rules.moving import Item
from process.rules.order import POLLING_DAY
from process.rules.restdays import RestDays, rest_days, years_around
from process.rules.state import State, shown_state

# After this many weeks past polling day a newer timeline, if there is one, is the current one.
STAYS_CURRENT = timedelta(weeks=26)


def current_timeline(*, branch: Branch, today: date) -> Timeline | None:
    """Return the timeline that a branch is living in on ``today``, or ``None`` if it has none.

    The first election still ahead (or just behind); else the last one, whose promises are being
    kept.
    """
    rows = list(
        Timeline.objects.filter(branch=branch)
        .select_related("election", "template", "branch")
        .order_by("polling_day")
    )
    for row in rows:
        if row.polling_day + STAYS_CURRENT >= today:
            return row
    return rows[-1] if rows else None


def happened(timeline: Timeline) -> tuple[dict[str, date], set[str]]:
    """Return the day on which each milestone happened, and those that do not apply.

    A decision counts from the day it was taken, also while other parts of its milestone are still
    missing. Two queries.
    """
    days: dict[str, date] = {POLLING_DAY: timeline.polling_day}
    dropped: set[str] = set()
    for key, status, done_on in timeline.milestones.values_list("key", "status", "done_on"):
        if status == MilestoneStatus.DONE and done_on is not None:
            days[key] = done_on
        elif status == MilestoneStatus.DROPPED:
            dropped.add(key)
    current = Decision.objects.filter(timeline=timeline).exclude(kind=DecisionKind.OTHER).current()
    days |= steps(decided=dict(current.values_list("kind", "decided_on")))
    days[POLLING_DAY] = timeline.polling_day
    return days, dropped


def state_of(milestone: Milestone, *, today: date) -> State:
    """Return how one milestone looks today."""
    return shown_state(
        status=milestone.status,
        is_statutory=milestone.is_statutory,
        window_start=milestone.opens,
        deadline=milestone.deadline,
        today=today,
    )


def limit_of(*, key: str, phase: int, polling_day: date, nomination: date | None) -> date | None:
    """Return the last day on which a milestone still makes sense, or ``None``.

    The candidate list must be handed in on nomination day (Kieswet F 1, H 1), so list and adopted
    programme come no later; everything else of before the election comes before polling day.
    """
    if phase >= Phase.ELECTION:
        return None
    if key in ("programme_adopted", "candidate_list_set") and nomination is not None:
        return nomination
    return polling_day - timedelta(days=1)


def items_of(timeline: Timeline, milestones: list[Milestone]) -> dict[str, Item]:
    """Return a timeline's milestones as the moving and compressing rules see them."""
    nomination = next((row.target for row in milestones if row.key == "nomination"), None)
    return {
        row.key: Item(
            key=row.key,
            target=row.target,
            window_start=row.window_start,
            window_end=row.window_end,
            is_open=row.is_open,
            is_statutory=row.is_statutory,
            set_by_hand=row.target_origin == TargetOrigin.BRANCH,
            done_on=row.done_on,
            limit=limit_of(
                key=row.key,
                phase=row.phase,
                polling_day=timeline.polling_day,
                nomination=nomination,
            ),
        )
        for row in milestones
    }


def rest_days_of(branch: Branch, milestones: list[Milestone]) -> RestDays:
    """Return the rest days of the branch's region, a year around its milestones."""
    days = [row.window_start for row in milestones] + [row.deadline for row in milestones]
    years = years_around(days)
    if years:
        years = (years[0] - 1, *years, years[-1] + 1)
    return rest_days(school_region=branch.school_region, years=years)
