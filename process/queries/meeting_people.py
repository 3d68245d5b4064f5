"""Whom a meeting is for: who is invited, and who is told of its news."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import QuerySet

from branches.enums import Role
from branches.models import Membership, User
from process.enums import MeetingKind
from process.models import Meeting

ROLES_OF_KIND: Final[Mapping[MeetingKind, tuple[Role, ...]]] = {
    MeetingKind.MEMBERS: tuple(Role),
    MeetingKind.BOARD: (Role.BOARD,),
    MeetingKind.COMMITTEE: (Role.COMMITTEE,),
    MeetingKind.COUNCIL_GROUP: (Role.COUNCIL_GROUP,),
    MeetingKind.GATHERING: tuple(Role),
    # Nobody knows for whom: everybody of the branch may see it, so everybody is told.
    MeetingKind.OTHER: tuple(Role),
}
"""Kind of meeting → a role in the branch that makes it yours."""


def people_of(meeting: Meeting, *, today: date) -> QuerySet[User]:
    """Return the people with an account whom this meeting is for, each once, by name.

    Who cannot be reached at the moment (``mail_refused_on``) is among them; who switched mail
    about meetings off as well: that is known one room up.
    """
    roles = (
        Membership.objects.active(today=today)
        .filter(branch=meeting.branch, role__in=ROLES_OF_KIND[MeetingKind(meeting.kind)])
        .values("user")
    )
    return User.objects.filter(is_active=True, pk__in=roles).order_by("name", "email")
