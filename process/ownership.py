"""What people own in this room: open milestones (see ``branches.ownership``)."""

from __future__ import annotations

from datetime import date

from branches import audit
from branches.models import Branch, User
from process.enums import OPEN_STATUSES
from process.models import Milestone
from process.models.timeline import MilestoneQuerySet


class MilestoneOwnership:
    """Open milestones with this person as owner."""

    def owned(self, *, user: User, branch: Branch) -> list[str]:
        """Return the titles."""
        return [row.definition.title for row in _rows(user=user, branch=branch)]

    def hand_over(
        self, *, user: User, branch: Branch, to: User | None, by: User, today: date
    ) -> int:
        """Give them to ``to``, or leave them to the role that the template names."""
        rows = list(_rows(user=user, branch=branch))
        Milestone.objects.filter(pk__in=[row.pk for row in rows]).update(
            owner=to,
            owner_since=today if to else None,
            owner_given_by=by if to else None,
        )
        audit.record_many(
            audit.entry(
                verb="milestone.handed_over",
                by=by,
                branch=branch,
                today=today,
                subject=row,
                milestone=row.definition.titles,
                owner=str(user),
                to=str(to) if to else "–",
            )
            for row in rows
        )
        return len(rows)


def _rows(*, user: User, branch: Branch) -> MilestoneQuerySet:
    return (
        Milestone.objects.filter(timeline__branch=branch, owner=user, status__in=OPEN_STATUSES)
        .select_related("definition")
        .order_by("timeline", "position")
    )
