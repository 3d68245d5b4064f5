"""Invitations: from the board's form to the first page, and every link that does not work."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches import tasks
from branches.enums import Role
from branches.models import AuditEntry, Branch, Invitation, Membership, User
from branches.services import invitations
from branches.services.errors import (
    AlreadyInvited,
    AlreadyThere,
    InvitationExpired,
    InvitationUsed,
    NotOpen,
)
from jobs.models import Job
from tests.clock import FixedClock
from tests.factories import (
    BranchFactory,
    InvitationFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.mailbox import html_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
WHO = {"name": "Karim Bouzid", "email": "karim@voorbeeld.nl", "role": "committee", "function": ""}


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


def invite_address(branch: Branch) -> str:
    return reverse("branches:invite", args=[branch.slug])


def link(index: int = -1) -> str:
    found = re.search(r"http://localhost:8000(/uitnodiging/[^/\s]+/)", str(mail.outbox[index].body))
    assert found
    return found.group(1)


def mailed(invitation: Invitation) -> str:
    tasks.send_invitation(invitation_id=invitation.pk)
    return link()


def test_the_whole_way(board: Client, branch: Branch, committing: Any, today: date) -> None:
    with committing():
        response = board.post(invite_address(branch), WHO | {"function": "voorzitter"})
    assert response["Location"] == reverse("branches:people", args=[branch.slug])
    message = mail.outbox[0]
    assert message.to == ["karim@voorbeeld.nl"]
    assert "Anneke de Vries" in message.body
    assert "Harlingen" in message.subject
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"

    visitor = Client()
    page = visitor.get(link())
    text = page.content.decode()
    assert "Anneke de Vries" in text
    assert "Harlingen" in text
    assert 'value="Karim Bouzid"' in text
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]
    assert not User.objects.filter(email="karim@voorbeeld.nl").exists()

    response = visitor.post(link(), {"name": "Karim  Bouzid", "role": "board", "branch": "1"})
    assert response["Location"] == reverse("process:today", args=["harlingen"])
    user = User.objects.get(email="karim@voorbeeld.nl")
    assert visitor.session["_auth_user_id"] == str(user.pk)
    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.function, membership.started_on, membership.branch) == (
        Role.COMMITTEE,
        "voorzitter",
        today,
        branch,
    )
    assert [row.verb for row in AuditEntry.objects.order_by("pk")] == [
        "branches.invited.committee",
        "branches.joined.committee",
    ]


def test_the_token_is_stored_nowhere(board: Client, branch: Branch, committing: Any) -> None:
    with committing():
        board.post(invite_address(branch), WHO)
    token = link().split("/")[2]
    assert len(token) >= 43
    invitation = Invitation.objects.get()
    assert invitation.token_hash == invitations.digest(token)
    stored = str(list(Invitation.objects.values())) + str(list(Job.objects.values()))
    stored += str(list(AuditEntry.objects.values()))
    assert token not in stored
    assert Job.objects.get().payload == {"invitation_id": invitation.pk}


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


def test_an_answered_invitation_is_not_sent_or_withdrawn(
    board: Client, branch: Branch, chair: User, today: date
) -> None:
    invitation = InvitationFactory(branch=branch, invited_by=chair, accepted_on=today)
    for name in ("invite_again", "invite_withdraw"):
        response = board.post(
            reverse(f"branches:{name}", args=[branch.slug, invitation.pk]), follow=True
        )
        assert "message-error" in response.content.decode()
    with pytest.raises(NotOpen):
        invitations.withdraw_invitation(by=chair, invitation=invitation, today=today)
    tasks.send_invitation(invitation_id=invitation.pk)
    assert mail.outbox == []
    invitation.refresh_from_db()
    assert invitation.withdrawn_on is None


def test_a_forged_invitation_id_changes_nothing(board: Client, branch: Branch) -> None:
    elsewhere = InvitationFactory()
    for name in ("invite_again", "invite_withdraw"):
        response = board.post(reverse(f"branches:{name}", args=[branch.slug, elsewhere.pk]))
        assert response.status_code == 404
        assert (
            board.get(reverse(f"branches:{name}", args=[branch.slug, elsewhere.pk])).status_code
            == 405
        )
    elsewhere.refresh_from_db()
    assert elsewhere.withdrawn_on is None
    assert not Job.objects.exists()


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


def test_names_cannot_become_markup_or_headers(
    board: Client, branch: Branch, committing: Any
) -> None:
    name = "<script>alert(1)</script>\r\nBcc: kwaad@voorbeeld.nl"
    branch.name = "Harlingen\nBcc: kwaad@voorbeeld.nl"
    branch.save()
    with committing():
        board.post(invite_address(branch), WHO | {"name": name})
    message = mail.outbox[0]
    assert message.recipients() == ["karim@voorbeeld.nl"]
    assert "\n" not in message.subject
    assert "Bcc" not in message.message()
    assert "<script>" not in html_of(message)
    page = board.get(reverse("branches:people", args=[branch.slug])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Bcc" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "geen adres"},
        {"email": "a@b.nl\r\nBcc: x@y.nl"},
        {"email": "x" * 100_000 + "@b.nl"},
        {"name": "\x00"},
        {"name": "x" * 100_000},
        {"function": "x" * 61},
        {"role": "keizer"},
        {"role": ""},
    ],
)
def test_a_wrong_invitation_is_refused_and_kept_on_the_page(
    board: Client, branch: Branch, wrong: dict[str, str]
) -> None:
    response = board.post(invite_address(branch), WHO | wrong)
    assert response.status_code == 200
    text = response.content.decode()
    assert "error-summary" in text
    if "email" not in wrong:
        assert "karim@voorbeeld.nl" in text
    assert not Invitation.objects.exists()
    assert not Job.objects.exists()


def test_who_is_there_is_not_invited_again(
    board: Client, branch: Branch, chair: User, today: date
) -> None:
    response = board.post(
        invite_address(branch), WHO | {"email": chair.email.upper(), "role": "board"}
    )
    assert response.status_code == 409
    with pytest.raises(AlreadyThere):
        _invite(chair, branch, chair.email, Role.BOARD, today)
    assert not Invitation.objects.exists()


def test_who_was_invited_is_not_invited_again(
    board: Client, branch: Branch, chair: User, today: date
) -> None:
    InvitationFactory(branch=branch, email="karim@voorbeeld.nl")
    assert board.post(invite_address(branch), WHO).status_code == 409
    with pytest.raises(AlreadyInvited):
        _invite(chair, branch, "KARIM@voorbeeld.nl", Role.COMMITTEE, today)
    _invite(chair, branch, "karim@voorbeeld.nl", Role.COUNCIL_GROUP, today)
    assert Invitation.objects.count() == 2


def _invite(by: User, branch: Branch, email: str, role: Role, today: date) -> Invitation:
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


def test_a_former_member_can_come_back(branch: Branch, chair: User, today: date) -> None:
    former = MembershipFactory(branch=branch, role=Role.COMMITTEE, ended_on=today)
    address = mailed(_invite(chair, branch, former.user.email, Role.COMMITTEE, today))
    assert Client().post(address, {"name": "x"}).status_code == 302
    assert Membership.objects.active(today=today).filter(user=former.user).count() == 1


def test_the_national_office_invites_the_first_board_member(
    client: Client, sign_in: SignIn, branch: Branch, committing: Any
) -> None:
    sign_in(client, NationalOfficerFactory().user)
    page = client.get(reverse("branches:people", args=[branch.slug])).content.decode()
    assert invite_address(branch) in page
    with committing():
        client.post(invite_address(branch), WHO | {"role": "board"})
    Client().post(link(), {"name": "Karim"})
    assert Membership.objects.get(branch=branch).role == Role.BOARD


def test_the_mail_speaks_the_language_of_its_reader(branch: Branch, chair: User) -> None:
    UserFactory(email="john@voorbeeld.nl", language="en")
    tasks.send_invitation(
        invitation_id=InvitationFactory(
            branch=branch, email="john@voorbeeld.nl", invited_by=chair
        ).pk
    )
    assert mail.outbox[0].subject == "Will you take part in Harlingen?"
    assert '<html lang="en">' in html_of(mail.outbox[0])


def test_two_mails_have_two_ids_and_only_the_newest_link_works(branch: Branch, chair: User) -> None:
    invitation = InvitationFactory(branch=branch, invited_by=chair)
    first, second = mailed(invitation), mailed(invitation)
    assert first != second
    ids = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert len(ids) == 2
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


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
