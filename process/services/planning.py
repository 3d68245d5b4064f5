"""A branch changes its own days: one milestone, or all of them after a late start."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import Stale
from process.enums import Phase, TargetOrigin
from process.errors import Refused
from process.models import Milestone, Timeline
from process.queries.timelines import items_of, rest_days_of
from process.rules.compressing import Proposal, compress
from process.rules.moving import Move, MovePlan, plan_move
from process.services import pulse


class MoveHindered(Refused):
    """The day cannot be set; ``plan.hindrances`` says why."""

    def __init__(self, plan: MovePlan) -> None:
        super().__init__(
            _("This day cannot be set. Nothing has moved; below you see what stands in the way.")
        )
        self.plan = plan


def preview_move(*, milestone: Milestone, day: date, today: date) -> MovePlan:
    """Return what would move along, and what stands in the way: one query."""
    rows = list(milestone.timeline.milestones.all())
    return plan_move(
        items=items_of(milestone.timeline, rows),
        key=milestone.key,
        day=day,
        today=today,
        rest=rest_days_of(milestone.timeline.branch, rows),
    )


@transaction.atomic
def move(*, milestone: Milestone, day: date, by: User, today: date, revision: int) -> MovePlan:
    """Set a milestone's target, with what moves along.

    Args:
        milestone: which one.
        day: the new target.
        by: who moves it.
        today: the day of moving.
        revision: the timeline's, as the preview showed it.

    Raises:
        MoveHindered: see there; nothing has moved.
        Stale: somebody else changed this timeline's days since the preview.
    """
    _claim(milestone.timeline, revision)
    plan = preview_move(milestone=milestone, day=day, today=today)
    if not plan.is_possible:
        raise MoveHindered(plan)
    _apply(
        milestone.timeline,
        plan.moves,
        by=by,
        today=today,
        revision=revision,
        by_hand=milestone.key,
    )
    return plan


def preview_compression(*, timeline: Timeline, today: date) -> Proposal:
    """Return new days for a branch that is behind: one query."""
    rows = list(timeline.milestones.filter(phase__lt=Phase.ELECTION).order_by("position"))
    nomination = timeline.milestones.filter(key="nomination").first()
    everything = [*rows, nomination] if nomination else rows
    items = items_of(timeline, everything)
    return compress(
        items=[items[row.key] for row in rows],
        today=today,
        notice_days=timeline.branch.notice_days,
        rest=rest_days_of(timeline.branch, everything),
    )


@transaction.atomic
def accept_compression(*, timeline: Timeline, by: User, today: date, revision: int) -> Proposal:
    """Take over the late-start proposal as it is now.

    Raises:
        Refused: the order can no longer be met, or there is nothing to catch up.
        Stale: somebody else changed this timeline's days since the preview.
    """
    _claim(timeline, revision)
    proposal = preview_compression(timeline=timeline, today=today)
    if proposal.impossible is not None or not proposal.moves:
        raise Refused(_("There is no proposal to take over now. Nothing has moved."))
    _apply(timeline, proposal.moves, by=by, today=today, revision=revision)
    return proposal


@transaction.atomic
def follow_template(*, milestone: Milestone, by: User, today: date, revision: int) -> None:
    """Give up the branch's own day: the next roll-out of a changed template may move it again.

    Raises:
        Stale: somebody else changed this timeline's days meanwhile.
        Refused: it has no own day.
    """
    _claim(milestone.timeline, revision)
    if milestone.target_origin in (TargetOrigin.TEMPLATE, TargetOrigin.STATUTORY):
        raise Refused(_("This milestone already follows the national template."))
    milestone.timeline.revision = revision + 1
    milestone.target_origin = TargetOrigin.TEMPLATE
    milestone.save(update_fields=["target_origin"])
    audit.record(
        verb="milestone.follows_template",
        by=by,
        branch=milestone.timeline.branch,
        today=today,
        subject=milestone,
        milestone=milestone.definition.titles,
    )


def _claim(timeline: Timeline, revision: int) -> None:
    rows = Timeline.objects.filter(pk=timeline.pk, revision=revision)
    if not rows.update(revision=revision + 1):
        raise Stale(
            current={_("days of this timeline"): _("changed by somebody else just now")},
            yours={_("days of this timeline"): _("as you saw them before that")},
            revision=Timeline.objects.get(pk=timeline.pk).revision,
        )


def _apply(
    timeline: Timeline,
    moves: tuple[Move, ...],
    *,
    by: User,
    today: date,
    revision: int,
    by_hand: str | None = None,
) -> None:
    # One statement whatever the number of moves, and one row of history for each. The instance
    # follows the claim only here: a refusal leaves it as the database is.
    timeline.revision = revision + 1
    new = {item.key: item.new for item in moves}
    rows = list(timeline.milestones.filter(key__in=new).select_related("definition"))
    entries = []
    for row in rows:
        old, row.target = row.target, new[row.key]
        row.deadline = max(row.window_end, row.target)
        row.shift_reason = ""
        if row.key == by_hand:
            row.target_origin = TargetOrigin.BRANCH
        elif by_hand is None:
            row.target_origin = TargetOrigin.COMPRESSED
        elif row.target_origin == TargetOrigin.TEMPLATE:
            # Else the next roll-out would put it back before the day that pushed it.
            row.target_origin = TargetOrigin.ALONG
        row.revision += 1
        entries.append(
            audit.entry(
                verb="milestone.moved" if row.key == by_hand else "milestone.moved_along",
                by=by,
                branch=timeline.branch,
                today=today,
                subject=row,
                milestone=row.definition.titles,
                old=old,
                new=row.target,
            )
        )
    Milestone.objects.bulk_update(
        rows, ["target", "deadline", "shift_reason", "target_origin", "revision"]
    )
    audit.record_many(entries)
    pulse.refresh(timeline=timeline, today=today)
