"""Who judges: the council group of today (R38)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from branches.enums import Role
from branches.models import Branch, Membership, User


def council_group(*, branch: Branch, today: date) -> QuerySet[User]:
    """Return who sits in the council group today, by name."""
    seats = Membership.objects.active(today=today).filter(branch=branch, role=Role.COUNCIL_GROUP)
    return User.objects.filter(is_active=True, pk__in=seats.values("user")).order_by(
        "name", "email"
    )
