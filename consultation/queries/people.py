"""Who works on the input, and what one person outside sent."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from branches.enums import Role
from branches.models import Branch, Membership, User
from consultation.models import Contributor

READERS = (Role.BOARD, Role.COMMITTEE, Role.COUNCIL_GROUP)
"""The roles behind ``consultation.view_contributions``."""


def readers(*, branch: Branch, today: date) -> QuerySet[User]:
    """Return who may read the contributions of a branch today, by name."""
    seats = Membership.objects.active(today=today).filter(branch=branch, role__in=READERS)
    return User.objects.filter(is_active=True, pk__in=seats.values("user")).order_by(
        "name", "email"
    )


def same_person(person: Contributor) -> QuerySet[Contributor]:
    """Return all of a person's sendings to a branch: those with the same address, or the one."""
    if not person.email:
        return Contributor.objects.filter(pk=person.pk)
    return Contributor.objects.filter(
        consultation__branch=person.consultation.branch_id, email__iexact=person.email
    )
