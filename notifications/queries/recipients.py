"""Who gets mail today: one set of conditions for whoever plans, composes, sends or watches."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull

from branches.models import User
from notifications.models import Preference
from notifications.outsiders import OUTSIDERS, Outsiders


def reachable(*, today: date) -> Exists:
    """Return "the recipient has an account and an address that works, and takes no break"."""
    until = "reader__paused_until"
    return Exists(
        User.objects.filter(
            Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__lt": today}),
            pk=OuterRef("recipient"),
            is_active=True,
            mail_refused_on=None,
        )
    )


def outsider_can_get_it() -> Q:
    """Return "it goes to somebody outside whose address works, as far as we know"."""
    return reduce(or_, (Q(_works(kind)) for kind in OUTSIDERS))


def _works(kind: Outsiders) -> Exists:
    rows = kind.model._default_manager.filter(**{kind.refused: None})  # noqa: SLF001 - the documented way to a manager
    return Exists(rows.filter(pk=OuterRef(kind.field)))


def rests_here(*, today: date) -> Exists:
    """Return "the recipient takes a break from this branch", or without one from the country."""
    return Exists(
        preference_of(person="recipient", branch="branch_id").filter(paused_until__gte=today)
    )


def preference_of(*, person: str, branch: str) -> QuerySet[Preference]:
    """Return, for a subquery, what a person chose about a branch, or about the country.

    Args:
        person: path of lookups to the user, from the row asked about.
        branch: path to the branch's number; where that is empty, the country is meant.
    """
    about = OuterRef(branch)
    return Preference.objects.filter(
        Q(branch=about) | Q(IsNull(about, rhs=True), branch=None), user=OuterRef(person)
    )
