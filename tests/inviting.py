"""The steps of inviting somebody, for tests."""

from __future__ import annotations

import re
from datetime import date

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from branches import tasks
from branches.enums import Role
from branches.models import Branch, Invitation, User
from branches.services import invitations


def invite_address(branch: Branch) -> str:
    """Return the page of the form."""
    return reverse("branches:invite", args=[branch.slug])


def link(index: int = -1) -> str:
    """Return the link from a mail, by default the newest."""
    found = re.search(r"http://localhost:8000(/uitnodiging/[^/\s]+/)", str(mail.outbox[index].body))
    assert found
    return found.group(1)


def mailed(invitation: Invitation) -> str:
    """Mail an invitation; return its link."""
    tasks.send_invitation(invitation_id=invitation.pk)
    return link()


def invite(by: User, branch: Branch, email: str, role: Role, today: date) -> Invitation:
    """Invite through the service."""
    return invitations.invite(
        by=by,
        branch=branch,
        email=email,
        name="",
        role=role,
        function="",
        today=today,
        now=timezone.now(),
    )
