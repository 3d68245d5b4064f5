"""Whoever may invite cannot bury anybody in mail, whichever way they take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.enums import Role
from branches.models import Branch, Invitation, User
from branches.services import invitation_limits, invitations
from branches.services.errors import TooManyInvitations, TooManyToOne
from jobs.models import Job
from tests.factories import BranchFactory, MembershipFactory
from tests.inviting import invite

pytestmark = pytest.mark.django_db
VICTIM = "slachtoffer@elders.nl"


@pytest.fixture
def branch() -> Branch:
    made: Branch = BranchFactory()
    return made


@pytest.fixture
def chair(branch: Branch) -> User:
    user: User = MembershipFactory(branch=branch).user
    return user


def again(invitation: Invitation, by: User, today: date) -> None:
    invitations.send_again(by=by, invitation=invitation, today=today, now=timezone.now())


def test_one_address_is_mailed_five_times_a_day_by_one_branch(
    branch: Branch, chair: User, today: date
) -> None:
    invitation = invite(chair, branch, VICTIM, Role.MEMBER, today)
    for _click in range(4):
        again(invitation, chair, today)
    with pytest.raises(TooManyToOne):
        again(invitation, chair, today)
    # Nor by taking it back, in capitals, or for another role.
    invitations.withdraw_invitation(by=chair, invitation=invitation, today=today)
    for role in Role:
        with pytest.raises(TooManyToOne):
            invite(chair, branch, VICTIM.upper(), role, today)
    assert Job.objects.count() == 5
    assert Invitation.objects.count() == 1
    invite(chair, branch, VICTIM, Role.MEMBER, today + timedelta(days=1))


def test_others_and_other_branches_are_not_held_up_by_it(
    branch: Branch, chair: User, today: date
) -> None:
    invitation = invite(chair, branch, VICTIM, Role.MEMBER, today)
    for _click in range(4):
        again(invitation, chair, today)
    invite(chair, branch, "iemand@elders.nl", Role.MEMBER, today)
    elsewhere = MembershipFactory()
    invite(elsewhere.user, elsewhere.branch, VICTIM, Role.MEMBER, today)


def test_a_branch_has_a_most_for_one_day(
    branch: Branch, chair: User, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitation_limits, "FROM_ONE_BRANCH", 3)
    for number in range(3):
        invite(chair, branch, f"lid-{number}@elders.nl", Role.MEMBER, today)
    with pytest.raises(TooManyInvitations):
        invite(chair, branch, "nog-een@elders.nl", Role.MEMBER, today)
    assert Invitation.objects.count() == 3


def test_the_page_says_so_and_keeps_what_was_sent(
    client: Client, sign_in: Callable[..., Client], branch: Branch, chair: User, today: date
) -> None:
    sign_in(client, chair)
    invitation = invite(chair, branch, VICTIM, Role.MEMBER, today)
    path = reverse("branches:invite_again", args=[branch.slug, invitation.pk])
    for _click in range(10):
        page = client.post(path, follow=True).content.decode()
    assert "message-error" in page
    assert Job.objects.count() == 5
    invitation.refresh_from_db()
    assert invitation.withdrawn_on is None
