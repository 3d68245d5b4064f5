"""The columns of a timeline that repeat what its milestones say: written here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from process.models import Milestone, Timeline
from process.rules.packing import Packable, pack
from process.rules.relevance import still_asks

# The repeated columns, for bulk writers.
COLUMNS = (
    "packed",
    "next_key",
    "next_target",
    "next_deadline",
    "later_key",
    "later_target",
    "later_deadline",
)


def apply(timeline: Timeline, milestones: Iterable[Milestone]) -> None:
    """Set ``packed``, ``next_…`` and ``later_…`` on an instance, without saving it.

    Args:
        timeline: the row to fill.
        milestones: all of its milestones, in template order.
    """
    rows = list(milestones)
    timeline.packed = pack(
        milestones=(
            Packable(
                status=row.status,
                is_statutory=row.is_statutory,
                window_start=row.opens,
                shown_day=row.done_on or row.target,
                deadline=row.deadline,
            )
            for row in rows
        ),
        polling_day=timeline.polling_day,
    )
    adopted = timeline.programme_adopted_on is not None
    for name, after in (("next", False), ("later", True)):
        waiting = [
            row
            for row in rows
            if row.is_open
            and not row.is_statutory
            and still_asks(phase=row.phase, adopted=adopted, after_polling_day=after)
        ]
        first = min(waiting, key=lambda row: (row.deadline, row.position), default=None)
        setattr(timeline, f"{name}_key", first.key if first else "")
        setattr(timeline, f"{name}_target", first.target if first else None)
        setattr(timeline, f"{name}_deadline", first.deadline if first else None)


def refresh(*, timeline: Timeline, today: date, activity: bool = True) -> None:
    """Recompute and save the repeated columns, inside the caller's transaction.

    Args:
        timeline: whose milestones changed.
        today: the day of the change.
        activity: the branch itself did something; a roll-out is no sign of life.
    """
    apply(timeline, timeline.milestones.order_by("position"))
    fields = list(COLUMNS)
    if activity:
        timeline.last_activity_on = today
        fields.append("last_activity_on")
    timeline.save(update_fields=fields)


def heard(*, timeline: Timeline, today: date) -> None:
    """Record a sign of life alone: what the other columns repeat has not changed."""
    rows = Timeline.objects.filter(pk=timeline.pk)
    if rows.exclude(last_activity_on__gte=today).update(last_activity_on=today):
        timeline.last_activity_on = today
