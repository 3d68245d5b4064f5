"""Which announcements are there, for the office and for a branch."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from branches.enums import Role
from branches.models import Branch, Membership, User
from monitor.enums_together import Showing
from monitor.models import Announcement
from notifications.models import Message

EARLIER_AT_MOST: Final = 20
"""How many of those that are over a branch still sees."""


def showing(announcement: Announcement, *, today: date) -> Showing:
    """Tell whether branches see it today."""
    if announcement.withdrawn_on is not None:
        return Showing.WITHDRAWN
    if announcement.shown_from > today:
        return Showing.COMING
    return Showing.SHOWN if announcement.shown_until >= today else Showing.PAST


def mailed(keys: Collection[str]) -> dict[str, int]:
    """Return which of these mails were written: key → to how many people."""
    rows = Message.objects.filter(key__in=keys).order_by().annotate(n=Count("deliveries"))
    return dict(rows.values_list("key", "n"))


def by_showing(wanted: Showing, *, today: date) -> QuerySet[Announcement]:
    """Return the announcements in one state, for the office."""
    rows = Announcement.objects.all()
    stands = Q(withdrawn_on=None)
    match wanted:
        case Showing.SHOWN:
            return rows.filter(stands, shown_from__lte=today, shown_until__gte=today)
        case Showing.COMING:
            return rows.filter(stands, shown_from__gt=today).order_by("shown_from", "pk")
        case Showing.PAST:
            return rows.filter(stands, shown_until__lt=today)
        case _:
            return rows.filter(withdrawn_on__isnull=False)


def shown_to(branch: Branch, *, today: date) -> QuerySet[Announcement]:
    """Return what a branch is told today, the latest first."""
    return _meant_for(branch).filter(shown_from__lte=today, shown_until__gte=today)


def told_before(branch: Branch, *, today: date) -> QuerySet[Announcement]:
    """Return what a branch was told before, the latest first."""
    return _meant_for(branch).filter(shown_until__lt=today)[:EARLIER_AT_MOST]


def _meant_for(branch: Branch) -> QuerySet[Announcement]:
    return Announcement.objects.filter(
        Q(province="") | Q(province=branch.province), withdrawn_on=None
    )


def on_boards(*, province: str, today: date) -> QuerySet[User]:
    """Return who sits on a board today, of branches in a province or (empty) everywhere."""
    held: dict[str, Any] = {"branch__province": province} if province else {}
    seats = Membership.objects.active(today=today).filter(
        role=Role.BOARD, branch__closed_on=None, **held
    )
    return User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("pk")
