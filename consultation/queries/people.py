"""Who works on the input: those who may read what people brought in."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from branches.enums import Role
from branches.models import Branch, Membership, User

READERS = (Role.BOARD, Role.COMMITTEE, Role.COUNCIL_GROUP)
"""The roles behind ``consultation.view_contributions``."""


def readers(*, branch: Branch, today: date) -> QuerySet[User]:
    """Return who may read the contributions of a branch today, by name."""
    seats = Membership.objects.active(today=today).filter(branch=branch, role__in=READERS)
    return User.objects.filter(is_active=True, pk__in=seats.values("user")).order_by(
        "name", "email"
    )
