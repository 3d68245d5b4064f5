"""Who holds a role in a branch on a day: conditions for a join or a subquery."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from branches.models import Membership
from branches.models.membership import in_force
from notifications.sources.existing import Found


def holds(path: str, *, today: date) -> Q:
    """Return the condition "in force today" on memberships that were joined over ``path``.

    Combine it with a condition on the role in one ``filter()``: both are about one membership.
    """
    return Q(**{f"{path}__started_on__lte": today}) & (
        Q(**{f"{path}__ended_on": None}) | Q(**{f"{path}__ended_on__gt": today})
    )


def is_somewhere(
    person: str, branch: str, *, today: date, roles: Iterable[str] | None = None
) -> Exists:
    """Return "this person holds one of these roles (any role) in this branch today".

    Args:
        person: path of lookups to the user, from the row asked about.
        branch: path to the branch.
        today: the day.
        roles: values of ``Role``; ``None`` for all.
    """
    rows = Membership.objects.filter(
        in_force(today), user=OuterRef(person), branch=OuterRef(branch)
    )
    return Found(rows if roles is None else rows.filter(role__in=list(roles)))


def of_roles_named(path: str, *columns: str) -> Q:
    """Return "the joined membership's role is what one of these columns names"."""
    asked = Q()
    for column in columns:
        asked |= Q(**{f"{path}__role": F(column)})
    return asked
