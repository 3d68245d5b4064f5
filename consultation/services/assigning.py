"""Who takes care of a contribution."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.models import Contribution
from consultation.queries.people import readers
from consultation.services.rows import claim, opened
from core.refusal import Refused


@transaction.atomic
def assign(
    *,
    contribution: Contribution,
    to: User | None,
    by: User,
    today: date,
    revision: int | None = None,
) -> Contribution:
    """Give a contribution to somebody, or to nobody; theirs already, nothing happens.

    Args:
        contribution: one that stands in the list by itself.
        to: somebody who may read contributions of this branch; None: nobody any more.
        by: who gives it.
        today: the day.
        revision: ``Contribution.revision`` that the form was opened with.

    Raises:
        Refused: somebody who may not read it, or it does not stand by itself.
        Stale: somebody changed it meanwhile.
    """
    row = opened(contribution)
    if row.assigned_to_id == (to.pk if to else None):
        return row
    branch = row.consultation.branch
    if to is not None and not readers(branch=branch, today=today).filter(pk=to.pk).exists():
        raise Refused(
            _("Choose somebody of the board, the committee or the council group of this branch.")
        )
    claim(row, revision=revision, yours={"assigned_to": to or ""})
    Contribution.objects.filter(pk=row.pk).update(
        assigned_to=to,
        assigned_by=by if to else None,
        assigned_on=today if to else None,
    )
    audit.record(
        verb="contribution.assigned" if to else "contribution.unassigned",
        by=by,
        branch=branch,
        today=today,
        subject=row,
        number=row.pk,
    )
    row.refresh_from_db()
    return row
