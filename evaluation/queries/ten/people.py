"""Who can be in the lead of a pledge, and which pledges have nobody (any more)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from branches.models import Branch, Membership, User
from evaluation.enums_ten import TurnRole
from evaluation.models import Pledge, Turn
from evaluation.models.ten import PledgeQuerySet
from process.models import Timeline


def possible_people(*, branch: Branch, today: date) -> QuerySet[User]:
    """Return who can be in the lead: everybody with a role in the branch today, by name."""
    here = Membership.objects.active(today=today).filter(branch=branch)
    return User.objects.filter(is_active=True, pk__in=here.values("user")).order_by("name", "email")


def is_here(*, person: str, branch: str, today: date) -> Exists:
    """Return the condition that somebody has a role in the branch today.

    Args:
        person: the path from the row to the person.
        branch: the path from the row to the branch.
        today: the day.
    """
    roles = Membership.objects.active(today=today)
    return Exists(
        roles.filter(user=OuterRef(person), branch=OuterRef(branch), user__is_active=True)
    )


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
    rows = at_work(branch=branch).filter(Q(owner=None) | ~Q(owner__in=here))
    # The next ten are worked on once their polling day has been.
    over = Timeline.objects.filter(
        branch=OuterRef("top_ten__branch"),
        polling_day__gt=OuterRef("top_ten__timeline__polling_day"),
        polling_day__lte=today,
    )
    return rows.filter(~Exists(over))


def leaders(pledges: Iterable[Pledge], *, branch: Branch, today: date) -> frozenset[int]:
    """Return which pledges have somebody in the lead who is there today, by primary key: one query.

    For pages: whoever left by a date, or whose account was closed, still stands in the row.
    """
    rows = {row.pk: row.owner_id for row in pledges if row.owner_id is not None}
    here = possible_people(branch=branch, today=today).order_by()
    found = set(here.filter(pk__in=set(rows.values())).values_list("pk", flat=True))
    return frozenset(pk for pk, owner in rows.items() if owner in found)


def left_for_the_next(*, pledge: Pledge) -> Turn | None:
    """Return the last turn in the lead that ended with a note nobody took over; None: no such one.

    A note travels with the turn that follows. Where none followed, it waits for the next one.
    """
    last = (
        Turn.objects.filter(pledge=pledge, role=TurnRole.OWNER)
        .select_related("person")
        .order_by("-from_on", "-pk")
        .first()
    )
    return last if last is not None and last.until_on is not None and last.note else None
