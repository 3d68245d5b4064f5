"""Saying what is done with a contribution (R92, R93)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import Status
from consultation.models import Contribution
from consultation.rules.statuses import LONGEST_REASON, asks_why, kept_reason
from consultation.services import progress
from consultation.services.rows import claim, opened
from core.refusal import Refused


@transaction.atomic
def set_status(
    *,
    contribution: Contribution,
    status: str,
    reason: str = "",
    by: User,
    today: date,
    revision: int | None = None,
) -> Contribution:
    """Say what is done with a contribution; said again the same, nothing happens.

    Args:
        contribution: one that stands in the list by itself; it speaks for what is merged into it.
        status: a value of ``Status``; ``new`` takes back what was said.
        reason: why; asked for with "partly" and "not", welcome with the others.
        by: who says so.
        today: the day.
        revision: ``Contribution.revision`` that the form was opened with.

    Raises:
        Refused: an unknown status, a reason that is missing, or it does not stand by itself.
        Stale: somebody changed it meanwhile; both texts are in it.
    """
    check(status=status, reason=reason)
    row = opened(contribution)
    wanted: dict[str, Any] = {"status": status, "reason": kept_reason(status, reason)}
    if all(getattr(row, name) == value for name, value in wanted.items()):
        # The same form once more, or somebody who found the same.
        return row
    claim(row, revision=revision, yours=wanted)
    Contribution.objects.filter(pk=row.pk).update(
        **wanted, **signed(status=status, by=by, today=today)
    )
    audit.record(
        verb=f"contribution.status.{status}",
        by=by,
        branch=row.consultation.branch,
        today=today,
        subject=row,
        number=row.pk,
    )
    progress.report(consultation=row.consultation, today=today)
    row.refresh_from_db()
    return row


def check(*, status: str, reason: str) -> None:
    """Let pass a status that may be said with this reason; for who sets many at once too.

    Raises:
        Refused: an unknown status, or a reason that is missing or too long.
    """
    if status not in Status.values:
        raise Refused(_("Choose what is done with it."))
    if asks_why(status) and not reason.strip():
        raise Refused(_("Say in a few words why: who brought it in will want to know."))
    if len(reason) > LONGEST_REASON:
        raise Refused(
            _("The reason is too long: at most %(limit)s characters.") % {"limit": LONGEST_REASON}
        )


def signed(*, status: str, by: User, today: date) -> dict[str, Any]:
    """Return who said it and when, as columns; nobody for what was taken back."""
    if status == Status.NEW:
        return {"status_by": None, "status_on": None}
    return {"status_by": by, "status_on": today}
