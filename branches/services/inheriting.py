"""Roles that go on in the branch into which their branch merged, and invitations that do not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from branches.models import Branch, Invitation, Membership
from branches.models.membership import MembershipQuerySet

BATCH = 500


def held(branches: Sequence[Branch], *, day: date) -> MembershipQuerySet:
    """Return the roles in these branches that are in force on ``day`` or later."""
    lasting = Q(ended_on=None) | Q(ended_on__gt=day)
    return Membership.objects.filter(lasting, branch__in=branches)


def end_all(roles: MembershipQuerySet, *, day: date) -> None:
    """End roles as of ``day``; one that would have begun later, on its first day."""
    roles.update(ended_on=Greatest(F("started_on"), Value(day)))


def carry_over(predecessors: Sequence[Branch], successor: Branch, *, day: date) -> int:
    """Open the roles of predecessors in the successor and end them there; return how many people.

    A role that somebody holds in several of them goes on once, for as long as the longest.
    """
    rows = list(held(predecessors, day=day).order_by("started_on", "pk"))
    # The open one last: it is the one that goes on.
    there = {
        (row.user_id, row.role): row
        for row in held([successor], day=day).order_by(F("ended_on").asc(nulls_last=True), "pk")
    }
    fresh: dict[tuple[int, str], Membership] = {}
    longer: dict[int, Membership] = {}
    for row in rows:
        key = (row.user_id, row.role)
        known = there.get(key) or fresh.get(key)
        if known is None:
            fresh[key] = Membership(
                user_id=row.user_id,
                branch=successor,
                role=row.role,
                function=row.function,
                started_on=max(row.started_on, day),
                ended_on=row.ended_on,
            )
            continue
        if known.ended_on is not None and (row.ended_on is None or row.ended_on > known.ended_on):
            known.ended_on = row.ended_on
        known.started_on = min(known.started_on, max(row.started_on, day))
        known.function = known.function or row.function
        if known.pk is not None:
            longer[known.pk] = known
    Membership.objects.bulk_create(fresh.values(), batch_size=BATCH)
    Membership.objects.bulk_update(
        longer.values(), ["started_on", "ended_on", "function"], batch_size=BATCH
    )
    end_all(Membership.objects.filter(pk__in=[row.pk for row in rows]), day=day)
    return len({row.user_id for row in rows})


def withdraw_invitations(branches: Sequence[Branch], *, today: date) -> list[str]:
    """Take back what nobody answered yet; return who was asked, by name or address.

    Before the roles are read: somebody who is just accepting is then either in, or too late.
    """
    rows = Invitation.objects.filter(branch__in=branches, accepted_on=None, withdrawn_on=None)
    names = [name or email for name, email in rows.values_list("name", "email")]
    rows.update(withdrawn_on=today)
    return names
