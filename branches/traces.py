"""Accounts and invitations of a branch, as places where a person is found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, Invitation, Membership, User
from branches.personal_data import MOST, Record, Sought, Trace, ids, key_of

ROOM = "branches"


class PeopleTraces:
    """People with a role, and people who were invited."""

    room = ROOM

    def find(self, *, branch: Branch, sought: Sought) -> list[Trace]:
        """Return roles (ended on the members' page) and invitations (taken out here)."""
        page = reverse("branches:people", args=[branch.slug])
        roles = Membership.objects.filter(
            sought.named("user__name", address="user__email") | sought.mentioned("function"),
            branch=branch,
        ).select_related("user")[:MOST]
        invited = Invitation.objects.filter(
            sought.named("name", address="email") | sought.mentioned("function"), branch=branch
        )
        return [
            *(
                Trace(
                    key=key_of(ROOM, "membership", role.pk),
                    what=_("account with a role"),
                    words=f"{role.user} – {role.function or role.get_role_display()}",
                    url=page,
                    by_hand=_(
                        "End the role on the members’ page. What somebody decided for the branch "
                        "stays in its history."
                    ),
                )
                for role in roles
            ),
            *(
                Trace(
                    key=key_of(ROOM, "invitation", invitation.pk),
                    what=_("invitation"),
                    words=f"{invitation.name} {invitation.email}".strip(),
                    url=page,
                )
                for invitation in invited[:MOST]
            ),
        ]

    def export(self, *, branch: Branch, keys: Collection[str]) -> list[Record]:
        """Return what is known of accounts and invitations."""
        roles = Membership.objects.filter(
            branch=branch, pk__in=ids(keys, ROOM, "membership")
        ).select_related("user")
        invited = Invitation.objects.filter(branch=branch, pk__in=ids(keys, ROOM, "invitation"))
        return [
            *(
                Record(
                    title=_("account with a role"),
                    facts={
                        _("name"): role.user.name,
                        _("e-mail address"): role.user.email,
                        _("role"): str(role.get_role_display()),
                        _("from"): role.started_on.isoformat(),
                        _("until"): role.ended_on.isoformat() if role.ended_on else "",
                    },
                )
                for role in roles
            ),
            *(
                Record(
                    title=_("invitation"),
                    facts={
                        _("name"): invitation.name,
                        _("e-mail address"): invitation.email,
                        _("role"): str(invitation.get_role_display()),
                        _("day"): invitation.invited_on.isoformat(),
                    },
                )
                for invitation in invited
            ),
        ]

    def erase(self, *, branch: Branch, keys: Collection[str], by: User, today: date) -> int:
        """Take out invitations; a role is ended where it was given."""
        rows = Invitation.objects.filter(branch=branch, pk__in=ids(keys, ROOM, "invitation"))
        count = rows.count()
        if count:
            rows.delete()
            audit.record(verb="invitation.erased", by=by, branch=branch, today=today, count=count)
        return count
