"""Following a link from an invitation, and every link that does not work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.enums import Role
from branches.models import AuditEntry, Branch, Invitation, Membership, User
from branches.services import invitations
from branches.services.errors import (
    InvitationExpired,
    InvitationUsed,
)
from tests.clock import FixedClock
from tests.factories import (
    BranchFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)
from tests.inviting import invite, link, mailed

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(name="Harlingen", slug="harlingen")


@pytest.fixture
def chair(branch: Branch) -> User:
    user: User = MembershipFactory(branch=branch, user__name="Anneke de Vries").user
    return user


@pytest.fixture
def board(client: Client, sign_in: SignIn, chair: User) -> Client:
    return sign_in(client, chair)


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Any:
    """Run what waits for the commit, as a real request does: the job, and so the mail."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_looking_changes_nothing(branch: Branch, chair: User) -> None:
    address = mailed(InvitationFactory(branch=branch, invited_by=chair))
    before = list(Invitation.objects.values())
    visitor = Client()
    for method in (visitor.get, visitor.head, visitor.get):
        assert method(address).status_code == 200
    assert list(Invitation.objects.values()) == before
    assert "_auth_user_id" not in visitor.session
    assert visitor.put(address).status_code == 405


def test_a_link_works_once(branch: Branch, chair: User) -> None:
    address = mailed(InvitationFactory(branch=branch, invited_by=chair))
    Client().post(address, {"name": "Karim"})
    for response in (Client().get(address), Client().post(address, {"name": "Karim"})):
        assert response.status_code == 410
    assert Membership.objects.filter(role=Role.COMMITTEE).count() == 1


def test_whoever_accepts_is_welcomed_and_finds_the_way_back(branch: Branch, chair: User) -> None:
    address = mailed(InvitationFactory(branch=branch, invited_by=chair))
    visitor = Client()
    content = visitor.post(address, {"name": "Karim"}, follow=True).content.decode()
    assert "Welkom! Je doet nu mee in Harlingen." in content
    content = visitor.get(address).content.decode()
    assert f'href="{reverse("home")}">Naar de eerste pagina' in content
    assert reverse("account_login") not in content


def test_a_link_lasts_fourteen_days(branch: Branch, chair: User, today: date) -> None:
    invitation = invitations.invite(
        by=chair,
        branch=branch,
        email="karim@voorbeeld.nl",
        name="Karim",
        role=Role.COMMITTEE,
        function="",
        today=today,
        now=timezone.now(),
    )
    address = mailed(invitation)
    FixedClock.set_today(today + timedelta(days=14))
    assert Client().get(address).status_code == 200
    FixedClock.set_today(today + timedelta(days=15))
    response = Client().get(address)
    assert response.status_code == 410
    assert "Anneke de Vries" in response.content.decode()
    assert Client().post(address, {"name": "Karim"}).status_code == 410
    assert not User.objects.filter(email="karim@voorbeeld.nl").exists()


def test_a_withdrawn_link_is_gone(board: Client, branch: Branch, chair: User, today: date) -> None:
    invitation = InvitationFactory(branch=branch, invited_by=chair)
    address = mailed(invitation)
    board.post(reverse("branches:invite_withdraw", args=[branch.slug, invitation.pk]))
    assert Client().post(address, {"name": "Karim"}).status_code == 410
    invitation.refresh_from_db()
    assert invitation.withdrawn_on == today
    assert AuditEntry.objects.get().verb == "branches.invitation_withdrawn"


@pytest.mark.parametrize("token", ["x", "x" * 5_000, "%F0%9F%98%80", "%ED%A0%80", "..", "a%20b"])
def test_an_unknown_link_is_not_found(token: str) -> None:
    response = Client().get(f"/uitnodiging/{token}/")
    assert response.status_code == 404


def test_nul_in_a_link_is_a_bad_request() -> None:
    assert Client().get("/uitnodiging/a%00b/").status_code == 400


def test_sending_again_replaces_the_link(
    board: Client, branch: Branch, chair: User, committing: Any, today: date
) -> None:
    invitation = InvitationFactory(
        branch=branch, invited_by=chair, expires_on=today - timedelta(days=1)
    )
    invitation.token_hash = invitations.digest("oud")
    invitation.save()
    with committing():
        board.post(reverse("branches:invite_again", args=[branch.slug, invitation.pk]))
    assert Client().get("/uitnodiging/oud/").status_code == 404
    assert Client().get(link()).status_code == 200
    invitation.refresh_from_db()
    assert invitation.expires_on == today + timedelta(days=14)


def test_somebody_else_is_told_so(branch: Branch, chair: User, sign_in: SignIn) -> None:
    address = mailed(InvitationFactory(branch=branch, invited_by=chair))
    other = sign_in(Client(), UserFactory())
    for response in (other.get(address), other.post(address, {"name": "x"})):
        assert response.status_code == 409
        assert f'value="{address}"' in response.content.decode()
    assert not Membership.objects.filter(role=Role.COMMITTEE).exists()


def test_an_account_takes_a_second_role_signed_in_and_keeps_its_name(
    branch: Branch, chair: User, sign_in: SignIn
) -> None:
    address = mailed(InvitationFactory(branch=branch, email=chair.email.upper(), invited_by=None))
    member = sign_in(Client(), chair)
    assert member.get(address).status_code == 200
    assert member.post(address, {"name": "Een ander"}).status_code == 302
    chair.refresh_from_db()
    assert chair.name == "Anneke de Vries"
    assert set(Membership.objects.filter(user=chair).values_list("role", flat=True)) == {
        Role.BOARD,
        Role.COMMITTEE,
    }
    assert User.objects.count() == 1


def test_accepting_does_not_go_around_the_second_step(branch: Branch, chair: User) -> None:
    user = UserFactory(email="karim@voorbeeld.nl", name="")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    address = mailed(InvitationFactory(branch=branch, email="karim@voorbeeld.nl", invited_by=chair))
    visitor = Client()
    assert visitor.post(address, {"name": "Karim"})["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in visitor.session
    user.refresh_from_db()
    assert user.name == "Karim"


def test_a_closed_account_stays_closed(branch: Branch, chair: User) -> None:
    UserFactory(email="karim@voorbeeld.nl", is_active=False)
    address = mailed(InvitationFactory(branch=branch, email="karim@voorbeeld.nl", invited_by=chair))
    assert Client().post(address, {"name": "Karim"}).status_code == 409
    assert not Membership.objects.filter(role=Role.COMMITTEE).exists()


def test_an_invitation_of_a_closed_branch_is_unknown(
    branch: Branch, chair: User, today: date
) -> None:
    address = mailed(InvitationFactory(branch=branch, invited_by=chair))
    Branch.objects.update(closed_on=today)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("name", ["", "\x00", "x" * 100_000, "\r\n\t "])
def test_a_name_that_cannot_be_is_refused(branch: Branch, chair: User, name: str) -> None:
    address = mailed(InvitationFactory(branch=branch, invited_by=chair))
    response = Client().post(address, {"name": name})
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert User.objects.count() == 1


def test_a_former_member_can_come_back(branch: Branch, chair: User, today: date) -> None:
    former = MembershipFactory(branch=branch, role=Role.COMMITTEE, ended_on=today)
    address = mailed(invite(chair, branch, former.user.email, Role.COMMITTEE, today))
    assert Client().post(address, {"name": "x"}).status_code == 302
    assert Membership.objects.active(today=today).filter(user=former.user).count() == 1


def test_the_service_refuses_what_the_page_refused(
    branch: Branch, chair: User, today: date
) -> None:
    token = mailed(InvitationFactory(branch=branch, invited_by=chair)).split("/")[2]
    late = today + timedelta(days=30)
    with pytest.raises(InvitationExpired, match="Anneke de Vries"):
        invitations.accept_invitation(token=token, name="K", language="nl", today=late)
    invitations.accept_invitation(token=token, name="K", language="en", today=today)
    assert User.objects.get(name="K").language == "en"
    with pytest.raises(InvitationUsed):
        invitations.accept_invitation(token=token, name="K", language="nl", today=today)
