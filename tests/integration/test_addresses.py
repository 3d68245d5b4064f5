"""Addresses that are refused for good, and that turn out to work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches import audit, tasks
from branches.enums import Role
from branches.models import AuditEntry, Invitation, User
from branches.services import addresses, invitations
from jobs.models import Job
from tests.factories import (
    BranchFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)
from tests.integration.notifications.posting import sending_to
from tests.inviting import mailed
from tests.signing_in import ask_code, enter, mailed_code

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def test_every_branch_of_a_person_reads_once_that_mail_does_not_arrive(
    today: date, english: None
) -> None:
    del english
    person = MembershipFactory(user__name="Joke").user
    MembershipFactory(user=person, branch=person.memberships.get().branch, role=Role.COMMITTEE)
    MembershipFactory(user=person)
    MembershipFactory(user=person, ended_on=today)
    assert addresses.flag(user=person, why="550 5.1.1\r\nno\x00 such user" + "x" * 500, today=today)
    assert not addresses.flag(user=person, why="again", today=today)
    person.refresh_from_db()
    assert person.mail_refused_on == today
    assert person.mail_refused_why.startswith("550 5.1.1 no such user")
    assert len(person.mail_refused_why) == 200
    rows = list(AuditEntry.objects.all())
    assert len({row.branch_id for row in rows}) == len(rows) == 2
    assert {audit.sentence(row) for row in rows} == {
        "Mail to Joke does not arrive: the mail server refuses the address."
    }


def test_an_address_that_works_again_is_cleared_once(today: date, english: None) -> None:
    del english
    person = MembershipFactory(user__name="Joke", user__mail_refused_on=today).user
    board = UserFactory()
    assert addresses.clear(user=person, today=today, by=board)
    assert not addresses.clear(user=person, today=today)
    person.refresh_from_db()
    assert (person.mail_refused_on, person.mail_refused_why) == (None, "")
    row = AuditEntry.objects.get()
    assert (row.actor, audit.sentence(row)) == (board, "Mail to Joke arrives again.")


def test_somebody_without_a_role_is_flagged_as_well(today: date) -> None:
    person = UserFactory()
    addresses.flag(user=person, why="550", today=today)
    assert AuditEntry.objects.get().branch is None


def test_a_code_that_is_typed_has_arrived(client: Client, today: date) -> None:
    person = MembershipFactory(user__mail_refused_on=today).user
    ask_code(client, person.email)
    person.refresh_from_db()
    assert person.mail_refused_on == today
    enter(client, mailed_code())
    person.refresh_from_db()
    assert person.mail_refused_on is None
    row = AuditEntry.objects.get()
    assert (row.verb, row.actor) == ("branches.address_works", person)


def test_an_invitation_that_is_accepted_has_arrived(today: date) -> None:
    person = UserFactory(mail_refused_on=today)
    link = mailed(InvitationFactory(email=person.email))
    token = link.split("/")[2]
    invitations.accept_invitation(token=token, name="", language="nl", today=today)
    person.refresh_from_db()
    assert person.mail_refused_on is None


def test_an_invitation_that_is_refused_is_not_tried_again_and_the_board_sees_what_to_do(
    settings: Any, sign_in: SignIn, today: date, english: None
) -> None:
    del english
    chair = MembershipFactory(user__language="en").user
    branch = chair.memberships.get().branch
    client = sign_in(Client(), chair)
    client.cookies["django_language"] = "en"
    invitation = InvitationFactory(branch=branch, name="Karim")
    with sending_to(settings) as sink:
        sink.answers["RCPT"] = "550 5.1.1 no such user"
        tasks.send_invitation(invitation_id=invitation.pk)
    invitation.refresh_from_db()
    assert invitation.mail_refused_on == today
    row = AuditEntry.objects.get()
    assert (row.verb, row.branch) == ("branches.invitation_refused", branch)
    assert audit.sentence(row).startswith("The invitation for Karim did not arrive")
    assert not invitations.address_refused(invitation_id=invitation.pk, today=today)
    address = reverse("branches:people", args=[branch.slug])
    sentence = "This address does not exist; check it and invite again."
    assert sentence in client.get(address).content.decode()
    client.post(reverse("branches:invite_again", args=[branch.slug, invitation.pk]))
    assert sentence not in client.get(address).content.decode()


def test_what_is_no_address_at_all_is_refused_as_well(today: date) -> None:
    invitation = InvitationFactory(email="geen adres")
    tasks.send_invitation(invitation_id=invitation.pk)
    invitation.refresh_from_db()
    assert invitation.mail_refused_on == today
    assert mail.outbox == []


@pytest.mark.parametrize("said", ["451 4.7.1 not now", "554 5.7.1 your server is on a list"])
def test_what_is_not_the_fault_of_the_address_is_left_to_the_job(
    settings: Any, said: str, django_capture_on_commit_callbacks: Any, today: date
) -> None:
    branch = BranchFactory()
    with sending_to(settings) as sink, django_capture_on_commit_callbacks(execute=True):
        sink.answers["RCPT"] = said
        by: User = MembershipFactory(branch=branch).user
        invitations.invite(
            by=by,
            branch=branch,
            email="karim@voorbeeld.nl",
            name="Karim",
            role=Role.COMMITTEE,
            function="",
            today=today,
            now=timezone.now(),
        )
    job = Job.objects.get(handler="branches.send_invitation")
    assert (job.state, job.attempts) == ("waiting", 1)
    assert Invitation.objects.get().mail_refused_on is None
