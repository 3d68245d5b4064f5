"""Locking a pledge: first its top ten, then itself, so that nobody waits in a circle."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.refusal import Refused
from evaluation.models import Pledge, TopTen


def locked_pledge(pledge: Pledge) -> Pledge:
    """Return this pledge as it is now, locked until the transaction ends.

    It comes with its top ten (locked too), that one's branch and its timeline with the election.

    Raises:
        Refused: it is gone.
    """
    top_ten = (
        TopTen.objects.select_for_update(of=("self",))
        .select_related("branch", "timeline__branch", "timeline__election")
        .filter(pk=pledge.top_ten_id)
        .first()
    )
    row = Pledge.objects.select_for_update(of=("self",)).filter(pk=pledge.pk).first()
    if top_ten is None or row is None:
        raise Refused(_("This pledge is no longer there. Go back to the ten."))
    row.top_ten = top_ten
    return row
