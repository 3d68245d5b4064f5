"""A person says that contributions which look alike are not the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.models import Consultation, Contribution, NotAlike
from core.refusal import Refused


@transaction.atomic
def tell_apart(
    *,
    consultation: Consultation,
    lead: Contribution,
    others: Sequence[Contribution],
    by: User,
    today: date,
) -> int:
    """Remember that others are not the same as one, so that it is not suggested again.

    Said twice, it is remembered once.

    Args:
        consultation: whose.
        lead: the one that they look like.
        others: which.
        by: who says so.
        today: the day.

    Returns:
        How many pairs it is about.

    Raises:
        Refused: nothing to tell apart, or one of another consultation.
    """
    numbers = {row.pk for row in others} - {lead.pk}
    if not numbers:
        raise Refused(_("Tick at least one that is not the same."))
    if any(row.consultation_id != consultation.pk for row in (lead, *others)):
        raise Refused(_("That belongs to another branch. Choose from the list."))
    NotAlike.objects.bulk_create(
        (
            NotAlike(
                first_id=min(lead.pk, number),
                second_id=max(lead.pk, number),
                said_by=by,
                said_on=today,
            )
            for number in sorted(numbers)
        ),
        ignore_conflicts=True,
    )
    audit.record(
        verb="contributions.told_apart",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=lead,
        number=lead.pk,
        count=len(numbers),
    )
    return len(numbers)
