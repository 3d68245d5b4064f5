"""Who works at the national office, from when until when."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from branches import audit
from branches.models import NationalOfficer, User
from branches.services.errors import Refused


class AlreadyAtTheOffice(Refused):
    """The person works there today."""

    words = _("%(name)s works at the national office already. Nothing was changed.")


class AccountIsClosed(Refused):
    """The address belongs to an account that was closed."""

    words = _("The account of %(name)s is closed, so it cannot be added.")


class LastOfTheOffice(Refused):
    """Nobody would be left who can add people."""

    words = _("%(name)s is the last one here. Add a colleague first, then end this one.")


class HasLeft(Refused):
    """The period has ended already."""

    words = _("%(name)s has left already. Nothing was changed.")


@transaction.atomic
def add_officer(*, by: User | None, email: str, name: str, today: date) -> NationalOfficer:
    """Let somebody work at the national office from today; sends nothing.

    Args:
        by: who adds; ``None`` for the program itself.
        email: finds the account, or makes one.
        name: for a new account, or for one that has no name yet.
        today: the first day.

    Raises:
        AlreadyAtTheOffice: an open period is there.
        AccountIsClosed: the account was closed.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
    elif not user.is_active:
        raise AccountIsClosed(name=str(user))
    elif not user.name and name:
        user.name = name
        user.save(update_fields=["name"])
    if NationalOfficer.objects.active(today=today).filter(user=user).exists():
        raise AlreadyAtTheOffice(name=str(user))
    try:
        with transaction.atomic():
            officer = NationalOfficer.objects.create(user=user, started_on=today)
    except IntegrityError as twice:
        # Two colleagues at the same moment, or a period that has yet to start.
        raise AlreadyAtTheOffice(name=str(user)) from twice
    audit.record(
        verb="branches.officer_added",
        by=by,
        branch=None,
        today=today,
        subject=officer,
        name=str(user),
    )
    return officer


@transaction.atomic
def end_officer(*, by: User, officer: NationalOfficer, today: date) -> None:
    """End somebody's work at the national office as of today.

    Raises:
        HasLeft: it ended before.
        LastOfTheOffice: nobody would be left.
    """
    # Locked together, so that two who end each other at once cannot leave the office empty.
    working = list(
        NationalOfficer.objects.select_for_update(of=("self",))
        .select_related("user")
        .active(today=today)
        .order_by("pk")
    )
    mine = next((row for row in working if row.pk == officer.pk), None)
    if mine is None:
        raise HasLeft(name=str(officer.user))
    if not any(row.user.is_active for row in working if row.pk != mine.pk):
        raise LastOfTheOffice(name=str(mine.user))
    mine.ended_on = today
    mine.save(update_fields=["ended_on"])
    audit.record(
        verb="branches.officer_ended",
        by=by,
        branch=None,
        today=today,
        subject=mine,
        name=str(mine.user),
    )
