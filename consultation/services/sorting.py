"""Saving what somebody filled in on the page of a contribution: theme and status in one go."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches.models import User
from consultation.models import Contribution, Theme
from consultation.rules.statuses import kept_reason
from consultation.services.correcting import correct
from consultation.services.rows import claim, opened
from consultation.services.statuses import check, set_status


@transaction.atomic
def sort_out(
    *,
    contribution: Contribution,
    status: str,
    reason: str,
    theme: Theme | None,
    by: User,
    today: date,
    revision: int,
) -> Contribution:
    """Save status, reason and theme, or nothing of it.

    Args:
        contribution: one that stands in the list by itself.
        status: see ``statuses.set_status``, as is ``reason``.
        reason: see there.
        theme: see ``correcting.correct``.
        by: who says so.
        today: the day.
        revision: ``Contribution.revision`` that the form was opened with.

    Raises:
        Refused: as those services do.
        Stale: as those services do.
    """
    check(status=status, reason=reason)
    row = opened(contribution)
    wanted = {"status": status, "reason": kept_reason(status, reason), "theme": theme}
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return row
    # All three at once, so that a second saver sees all that differs.
    claim(row, revision=revision, yours=wanted)
    set_status(contribution=row, status=status, reason=reason, by=by, today=today)
    return correct(
        contribution=row,
        theme=theme,
        role=row.role,
        neighbourhood=row.neighbourhood,
        by=by,
        today=today,
    )
