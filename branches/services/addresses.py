"""Addresses that a mail server refuses for good, and addresses that turn out to work."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches import audit
from branches.models import Branch, User
from branches.models.membership import in_force
from core.mail import one_line

WHY_LIMIT = 200


def flag(*, user: User, why: str, today: date) -> bool:
    """Write down that mail to somebody is refused; nothing is sent there until it is cleared.

    Each branch where the person has a role reads it in its history; the board is told as well
    (the rule ``address.refused``).

    Args:
        user: whose address it is.
        why: what the mail server said.
        today: the product's day.

    Returns:
        Whether this was news.
    """
    with transaction.atomic():
        news = User.objects.filter(pk=user.pk, mail_refused_on=None).update(
            mail_refused_on=today, mail_refused_why=one_line(why, limit=WHY_LIMIT)
        )
        if news:
            _record("branches.address_refused", user, by=None, today=today)
    return bool(news)


def clear(*, user: User, today: date, by: User | None = None) -> bool:
    """Write down that mail to somebody arrives (a code or an invitation did), or may be tried.

    Args:
        user: whose address it is.
        today: the product's day.
        by: who says so; without it, the person by using what arrived.

    Returns:
        Whether the address had been refused.
    """
    with transaction.atomic():
        news = User.objects.filter(pk=user.pk, mail_refused_on__isnull=False).update(
            mail_refused_on=None, mail_refused_why=""
        )
        if news:
            _record("branches.address_works", user, by=by or user, today=today)
    return bool(news)


def _record(verb: str, user: User, *, by: User | None, today: date) -> None:
    held = user.memberships.filter(in_force(today)).values("branch")
    branches: list[Branch | None] = [*Branch.objects.filter(pk__in=held).order_by("pk")]
    audit.record_many(
        audit.entry(verb=verb, by=by, branch=branch, today=today, subject=user, name=str(user))
        for branch in branches or [None]
    )
