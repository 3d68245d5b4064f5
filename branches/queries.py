"""What the pages of this room show, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from branches import audit
from branches.enums import Role
from branches.models import AuditEntry, Branch, Invitation, Membership, User
from branches.viewer import Viewer


@dataclass(frozen=True)
class RoleGroup:
    """The people of one role, in the order of the pages."""

    role: Role
    memberships: list[Membership]

    @property
    def label(self) -> str:
        """Return the role's name in the reader's language."""
        return str(self.role.label)


@dataclass(frozen=True)
class Line:
    """One act in the history."""

    sentence: str
    actor: str
    recorded_at: datetime


@dataclass(frozen=True)
class Day:
    """The acts of one day, the latest first."""

    day: date
    lines: list[Line]


def members_now(*, branch: Branch, today: date) -> list[RoleGroup]:
    """Return who is what today, by role; a role that nobody has is left out."""
    rows = (
        Membership.objects.active(today=today)
        .filter(branch=branch)
        .select_related("user")
        .order_by("started_on", "user__name", "pk")
    )
    held: dict[str, list[Membership]] = {}
    for row in rows:
        held.setdefault(row.role, []).append(row)
    return [RoleGroup(role=role, memberships=held[role]) for role in Role if role in held]


def members_before(*, branch: Branch, today: date) -> QuerySet[Membership]:
    """Return the roles that have ended, the latest first."""
    return (
        Membership.objects.filter(branch=branch, ended_on__lte=today)
        .select_related("user")
        .order_by("-ended_on", "user__name", "pk")
    )


def invitations_waiting(*, branch: Branch) -> QuerySet[Invitation]:
    """Return the invitations nobody answered yet, expired ones included."""
    return (
        Invitation.objects.filter(branch=branch, accepted_on=None, withdrawn_on=None)
        .select_related("invited_by")
        .order_by("-invited_on", "email")
    )


def unreachable(*, branch: Branch, today: date) -> int:
    """Count the people and the open invitations here whose address takes no mail."""
    here = Membership.objects.active(today=today).filter(branch=branch).values("user")
    people = User.objects.filter(pk__in=here, is_active=True, mail_refused_on__isnull=False)
    asked = Invitation.objects.open(today=today).filter(branch=branch)
    return people.count() + asked.filter(mail_refused_on__isnull=False).count()


def successors(*, branch: Branch, leaving: User, today: date) -> QuerySet[User]:
    """Return who could take over: everybody with a working role here, but not who leaves."""
    working = Membership.objects.active(today=today).filter(branch=branch)
    return (
        User.objects.filter(is_active=True, pk__in=working.exclude(role=Role.MEMBER).values("user"))
        .exclude(pk=leaving.pk)
        .order_by("name", "email")
    )


def roles_of(*, viewer: Viewer) -> list[Membership]:
    """Return the roles in force of the person who looks, over all branches."""
    if viewer.user is None:
        return []
    return list(
        Membership.objects.active(today=viewer.today)
        .filter(user=viewer.user, branch__closed_on=None)
        .select_related("branch")
        .order_by("branch__name", "role")
    )


def history(*, branch: Branch, viewer: Viewer, actor: User | None) -> QuerySet[AuditEntry]:
    """Return the trail of a branch, the latest first, of everybody or of one person."""
    rows = (
        AuditEntry.objects.for_viewer(viewer)
        .filter(branch=branch)
        .select_related("actor")
        .order_by("-day", "-pk")
    )
    return rows if actor is None else rows.filter(actor=actor)


def actors(*, branch: Branch) -> QuerySet[User]:
    """Return who stands in a branch's trail."""
    ids = AuditEntry.objects.filter(branch=branch).exclude(actor=None).values("actor")
    return User.objects.filter(pk__in=ids).order_by("name", "email")


def by_day(rows: Iterable[AuditEntry]) -> list[Day]:
    """Put rows of the trail together by day, as sentences."""
    return [
        Day(
            day=day,
            lines=[
                Line(
                    sentence=audit.sentence(row),
                    actor=str(row.actor) if row.actor else "",
                    recorded_at=row.recorded_at,
                )
                for row in of_day
            ],
        )
        for day, of_day in groupby(rows, key=lambda row: row.day)
    ]
