"""Saving what somebody filled in on the page of a contribution: theme and status in one go."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches.models import User
from consultation.models import Contribution, Theme
from consultation.services.correcting import correct
from consultation.services.statuses import set_status


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
    row = set_status(
        contribution=contribution,
        status=status,
        reason=reason,
        by=by,
        today=today,
        revision=revision,
    )
    # The status was the same: the revision of the form was not looked at yet.
    looked_at = row.revision != revision
    return correct(
        contribution=row,
        theme=theme,
        role=row.role,
        neighbourhood=row.neighbourhood,
        by=by,
        today=today,
        revision=None if looked_at else revision,
    )
