"""Who can be in the lead of a pledge, and which pledges have nobody (any more)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from branches.models import Branch, Membership, User
from evaluation.models import Pledge
from evaluation.models.ten import PledgeQuerySet


def possible_people(*, branch: Branch, today: date) -> QuerySet[User]:
    """Return who can be in the lead: everybody with a role in the branch today, by name."""
    here = Membership.objects.active(today=today).filter(branch=branch)
    return User.objects.filter(is_active=True, pk__in=here.values("user")).order_by("name", "email")


def at_work(*, branch: Branch) -> PledgeQuerySet:
    """Return the pledges of a branch that somebody has to work on, in order.

    Agreed ones on which something is still to be done. Not those of a top ten that gave its final
    account: it is over.
    """
    return (
        Pledge.objects.active()
        .filter(top_ten__branch=branch, top_ten__account_given_on=None)
        .select_related("top_ten", "owner", "deputy")
        .order_by("top_ten", "rank")
    )


def without_owner(branch: Branch, today: date) -> PledgeQuerySet:
    """Return the pledges at work of which nobody is in the lead today, in order.

    Nobody was named, or who was has no role in the branch any more: the seat was left, it ended by
    its date, or the account was closed. One query.
    """
    here = possible_people(branch=branch, today=today).order_by()
    return at_work(branch=branch).filter(Q(owner=None) | ~Q(owner__in=here))
