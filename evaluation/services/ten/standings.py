"""Where a branch stands after the election: coalition, opposition, or not in the council (R59)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from evaluation.enums_ten import Standing
from evaluation.models import TopTen
from evaluation.services.ten.standing import new_edition


@transaction.atomic
def set_standing(
    *, top_ten: TopTen, standing: Standing, revision: int, by: User, today: date
) -> TopTen:
    """Say where the branch stands; saying the same again changes nothing.

    Args:
        top_ten: that was agreed.
        standing: where.
        revision: ``TopTen.revision`` that the form was opened with.
        by: of the council group or the board.
        today: the day: polling day or later.

    Raises:
        Refused: the ten were not agreed, or the election is still to come.
        Stale: somebody changed the top ten meanwhile; both are in it.
    """
    if not top_ten.is_agreed:
        raise Refused(_("The ten are not agreed yet."))
    if today < top_ten.timeline.polling_day and standing != Standing.UNKNOWN:
        raise Refused(_("The election is still to come: where you stand is known after it."))
    claim_revision(top_ten, expected=revision, yours={"standing": standing.value})
    if top_ten.standing == standing:
        return top_ten
    top_ten.standing = standing
    top_ten.save(update_fields=["standing"])
    new_edition(top_ten=top_ten)
    audit.record(
        verb=f"ten.standing.{standing.value}",
        by=by,
        branch=top_ten.branch,
        today=today,
        subject=top_ten,
    )
    return top_ten
