"""Invitations: the form of the board, the mail, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from branches import tasks
from branches.enums import Role
from branches.models import AuditEntry, Branch, Invitation, Membership, User
from branches.services import invitations
from branches.services.errors import (
    AlreadyInvited,
    AlreadyThere,
    NotOpen,
)
from jobs.models import Job
from tests.factories import (
    BranchFactory,
    InvitationFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.inviting import invite, invite_address, link, mailed
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
        invite(chair, branch, chair.email, Role.BOARD, today)
    assert not Invitation.objects.exists()


def test_who_was_invited_is_not_invited_again(
    board: Client, branch: Branch, chair: User, today: date
) -> None:
    InvitationFactory(branch=branch, email="karim@voorbeeld.nl")
    assert board.post(invite_address(branch), WHO).status_code == 409
    with pytest.raises(AlreadyInvited):
        invite(chair, branch, "KARIM@voorbeeld.nl", Role.COMMITTEE, today)
    invite(chair, branch, "karim@voorbeeld.nl", Role.COUNCIL_GROUP, today)
    assert Invitation.objects.count() == 2


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
