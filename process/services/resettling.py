"""Timelines towards an election in which their branch no longer votes, because it merges.

The timeline stays the same one and goes on to another election: what is done and decided stays,
days that the branch set itself stay where they fit, the rest follows the template. (ADR 12)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from branches import audit
from branches.models import Branch, User
from branches.models.branch import BranchQuerySet
from process.enums import OPEN_STATUSES, OWN_DAYS, ElectionKind, TargetOrigin
from process.models import Election, Milestone, Timeline
from process.queries.roll_out import (
    Planner,
    participating_branches,
    recorded_mergers,
    voting_codes,
    with_municipalities,
)
from process.rules.planning import PlannedDays
from process.services import replanning


def come_along(*, planner: Planner, branches: BranchQuerySet, by: User | None, today: date) -> int:
    """Let branches go on to an election before a merger that skip another one because of it.

    Args:
        planner: for the election before the merger; any other changes nothing.
        branches: who is to come; those that have a timeline to it already stay as they are.
        by: who rolls out.
        today: timelines of elections that have been stay where they are.

    Returns:
        How many timelines went along.
    """
    if planner.election.kind != ElectionKind.MERGER:
        return 0
    waiting = Timeline.objects.filter(
        branch__in=branches.exclude(timelines__election=planner.election),
        polling_day__gte=today,
        election__kind=ElectionKind.REGULAR,
    ).select_related("election", "branch")
    homeless = stray(list(waiting.order_by("polling_day", "pk")))
    # One each: a branch has at most one way to this election.
    first = {row.branch_id: row for row in reversed(homeless)}
    return move(planner=planner, timelines=list(first.values()), by=by, today=today)


def stray(timelines: Sequence[Timeline]) -> list[Timeline]:
    """Return those of whose election the branch is no part any more, in the order given.

    Args:
        timelines: with ``election`` loaded.
    """
    elections = {row.election_id: row.election for row in timelines}
    mergers = recorded_mergers()
    voting = {
        pk: set(
            participating_branches(election, mergers=mergers)
            .filter(pk__in=[row.branch_id for row in timelines])
            .values_list("pk", flat=True)
        )
        for pk, election in elections.items()
    }
    return [row for row in timelines if row.branch_id not in voting[row.election_id]]


def move(*, planner: Planner, timelines: Iterable[Timeline], by: User | None, today: date) -> int:
    """Let timelines go on to the planner's election, inside the caller's transaction.

    One whose top ten were agreed on or after that polling day stays where it is: they were agreed
    before another.

    Args:
        planner: for the election to which they go.
        timelines: of different branches, with ``election`` and ``branch`` loaded; none of whose
            branches has a timeline to that election.
        by: who asked for it.
        today: the day.

    Returns:
        How many went.
    """
    rows = [
        row
        for row in timelines
        if row.top_ten_agreed_on is None or row.top_ten_agreed_on < planner.day
    ]
    if not rows:
        return 0
    moving = Timeline.objects.filter(pk__in=[row.pk for row in rows])
    _let_go(planner, moving, today=today)
    moving.update(election=planner.election, polling_day=planner.day)
    replanning.bring_in_step(planner, moving)
    audit.record_many(
        audit.entry(
            verb="timeline.resettled",
            by=by,
            branch=row.branch,
            today=today,
            subject=row,
            election=planner.election.name,
            before=row.election.name,
        )
        for row in rows
    )
    return len(rows)


def fits(day: date, *, planned: PlannedDays, today: date) -> bool:
    """Tell whether a branch's own day still makes sense on a new plan: in its window, ahead."""
    return today <= day and planned.window_start <= day <= max(planned.window_end, planned.target)


def _let_go(planner: Planner, timelines: QuerySet[Timeline], *, today: date) -> None:
    """Let own days that no longer fit follow the template."""
    own = Milestone.objects.filter(
        timeline__in=timelines, status__in=OPEN_STATUSES, target_origin__in=OWN_DAYS
    ).select_related("timeline")
    branches = {
        row.pk: row for row in with_municipalities(Branch.objects.filter(timelines__in=timelines))
    }
    gone = []
    for row in own:
        days = planner.days_of(branches[row.timeline.branch_id]).get(row.key)
        if days is None or not fits(row.target, planned=days, today=today):
            gone.append(row.pk)
    Milestone.objects.filter(pk__in=gone).update(target_origin=TargetOrigin.TEMPLATE)


def votes(branch_codes: Iterable[str], election: Election, *, mergers: list[Election]) -> bool:
    """Tell whether a branch over these municipalities takes part in an election."""
    return not voting_codes(election, mergers=mergers).isdisjoint(branch_codes)
