"""How many invitations leave in a day: who may invite must not be able to bury anybody in mail.

Counted from the trail, which every invitation writes in its own transaction.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q

from branches.models import AuditEntry, Branch, Invitation
from branches.services.errors import TooManyInvitations, TooManyToOne

TO_ONE_ADDRESS: Final = 5
"""A day, from one branch: the first mail, and some more for whoever cannot find it."""
FROM_ONE_BRANCH: Final = 300
"""A day: more than a large branch with all of its members needs in an evening."""


def check(*, branch: Branch, email: str, today: date) -> None:
    """Let one more invitation leave.

    Args:
        branch: that invites.
        email: the address, in any case.
        today: the product's day.

    Raises:
        TooManyToOne: this address has had its share today.
        TooManyInvitations: the branch has.
    """
    mailed = AuditEntry.objects.filter(
        Q(verb__startswith="branches.invited.") | Q(verb__exact="branches.invitation_sent_again"),
        branch=branch,
        day=today,
    )
    if mailed.count() >= FROM_ONE_BRANCH:
        raise TooManyInvitations(count=str(FROM_ONE_BRANCH))
    theirs = Invitation.objects.filter(branch=branch, email__iexact=email)
    numbers = [str(pk) for pk in theirs.order_by("-pk").values_list("pk", flat=True)[:50]]
    if mailed.filter(subject_id__in=numbers).count() >= TO_ONE_ADDRESS:
        raise TooManyToOne(count=str(TO_ONE_ADDRESS))
