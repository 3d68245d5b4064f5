"""What every service of the desk does with contributions: lock them, and ask if they can change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from consultation.models import Consultation, Contribution
from core.concurrency import claim_revision
from core.refusal import Refused

_WITH = (
    "consultation__branch",
    "consultation__timeline__branch",
    "consultation__timeline__election",
)


def lock_consultation(consultation_id: int) -> Consultation:
    """Return a consultation, held for whoever merges, splits or cuts until the transaction ends.

    These change several contributions at a time; one after the other they never wait in a circle.
    What comes in meanwhile does not wait (``no_key``).

    Raises:
        Refused: it is gone.
    """
    found = (
        Consultation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("branch", "timeline__branch", "timeline__election")
        .filter(pk=consultation_id)
        .first()
    )
    if found is None:
        raise _gone()
    return found


def locked_one(contribution: Contribution) -> Contribution:
    """Return a contribution as it is now, locked until the transaction ends.

    Raises:
        Refused: it is gone.
    """
    found = (
        Contribution.objects.select_for_update(of=("self",))
        .select_related(*_WITH)
        .filter(pk=contribution.pk)
        .first()
    )
    if found is None:
        raise _gone()
    return found


def opened(contribution: Contribution) -> Contribution:
    """Return a contribution that stands in the list by itself, locked.

    Raises:
        Refused: it is gone, was merged or cut up, or is set aside; the sentence says what to do.
    """
    row = locked_one(contribution)
    check_listed(row)
    return row


def check_listed(row: Contribution) -> None:
    """Let pass what stands in the list by itself.

    Raises:
        Refused: see ``opened``.
    """
    if row.merged_into_id is not None:
        raise Refused(
            _("This was merged with contribution %(number)s. What you say there holds for both.")
            % {"number": row.merged_into_id}
        )
    if row.cut_up:
        raise Refused(_("This was cut into parts. Say it of the parts."))
    if row.held:
        raise Refused(_("This was set aside by the form. Let it through first."))


def claim(row: Contribution, *, revision: int | None, yours: Mapping[str, Any]) -> None:
    """Raise the revision of a locked row; with ``revision`` only if it is still that one.

    Raises:
        Stale: somebody changed it meanwhile; both texts are in it.
    """
    if revision is None:
        Contribution.objects.filter(pk=row.pk).update(revision=F("revision") + 1)
        row.revision += 1
        return
    claim_revision(row, expected=revision, yours=yours)


def _gone() -> Refused:
    return Refused(_("This contribution is no longer there. Go back to the list."))
