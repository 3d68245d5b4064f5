"""A role for somebody who has an account and is active in the branch already."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches import audit
from branches.enums import Role
from branches.models import Branch, Membership, User


def grant_role(*, by: User, user: User, branch: Branch, role: Role, today: date) -> Membership:
    """Give a role from today; whoever has it keeps it as it is.

    For people from outside the branch there is the invitation: this asks nobody's consent, so its
    callers offer it only for people who hold a role here already.
    """
    with transaction.atomic():
        membership, is_new = Membership.objects.get_or_create(
            user=user, branch=branch, role=role, ended_on=None, defaults={"started_on": today}
        )
        if is_new:
            audit.record(
                verb=f"branches.joined.{role.value}",
                by=by,
                branch=branch,
                today=today,
                subject=membership,
                name=str(user),
            )
    return membership
