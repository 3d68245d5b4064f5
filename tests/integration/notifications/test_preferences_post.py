"""A board sees whose mail did not arrive, what helps, and nothing of what stood in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from branches.enums import Role
from branches.models import AuditEntry, Branch, Membership, User
from notifications.enums import DeliveryState
from notifications.models import Delivery, Reminder
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, InvitationFactory, MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
IN_ENGLISH: dict[str, Any] = {"headers": {"accept-language": "en"}}
FINE = "all mail to the people of your branch arrives"


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(name="Harlingen", slug="harlingen")


@pytest.fixture
def board(client: Client, sign_in: Callable[..., Client], branch: Branch) -> Client:
    return sign_in(client, MembershipFactory(branch=branch, user__language="en").user)


@pytest.fixture
def member(branch: Branch) -> User:
    user: User = MembershipFactory(
        branch=branch, role=Role.MEMBER, user__name="Piet Post", user__email="piet@post.nl"
    ).user
    return user


def refuse(user: User, why: str = "550 5.1.1 no such user") -> None:
    User.objects.filter(pk=user.pk).update(mail_refused_on=FIRST_DAY, mail_refused_why=why)


def mail(
    to: User,
    *,
    about: Branch | None = None,
    lines: tuple[Branch, ...] = (),
    state: DeliveryState = DeliveryState.PARKED,
    day: date = FIRST_DAY,
) -> Delivery:
    """Keep a mail about one branch, or a digest with a line about each of ``lines``."""
    number = Delivery.objects.count()
    made = Delivery.objects.create(
        recipient=to,
        mail="meeting_moved" if about else "digest",
        key=f"test:{number}",
        branch=about,
        day=day,
        state=state,
        doubts=3,
        send_after=timezone.now(),
        created_at=timezone.now(),
        error="secret words of the server",
    )
    for branch in lines:
        Reminder.objects.create(
            recipient=to,
            branch=branch,
            rule="milestone.late",
            subject_id=number,
            subject_version=branch.pk,
            due_on=day,
            delivery=made,
            planned_at=timezone.now(),
        )
    return made


def text_of(client: Client, name: str = "notifications:branch_post") -> str:
    response = client.get(reverse(name, args=["harlingen"]), **IN_ENGLISH)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def again(client: Client, delivery: Delivery) -> Any:
    address = reverse("notifications:branch_post_retry", args=["harlingen", delivery.pk])
    return client.post(address, **IN_ENGLISH)


def state_of(delivery: Delivery) -> str:
    return Delivery.objects.get(pk=delivery.pk).state


def test_where_everything_arrives_the_page_says_so_and_nothing_else_does(
    board: Client,
) -> None:
    assert FINE in text_of(board)
    for name in ("branches:people", "process:today"):
        assert "does not arrive" not in text_of(board, name)


def test_a_refused_address_is_told_with_since_when_why_and_what_helps(
    board: Client, member: User
) -> None:
    refuse(member)
    text = text_of(board)
    for words in (
        "Piet Post",
        "piet@post.nl",
        "since Mon 4 October 2021",
        "takes no mail for it",
        "550 5.1.1 no such user",
        "Call and ask.",
    ):
        assert words in text
    assert "It works again: try it" not in text, "there is no mail to try it with"
    assert "Mail to 1 address does not arrive." in text_of(board, "branches:people")


def test_an_invitation_that_was_refused_is_told_too(board: Client, branch: Branch) -> None:
    InvitationFactory(branch=branch, email="typfout@post.nl", mail_refused_on=FIRST_DAY)
    InvitationFactory(
        branch=branch, email="oud@post.nl", mail_refused_on=FIRST_DAY, withdrawn_on=FIRST_DAY
    )
    text = text_of(board)
    assert "typfout@post.nl" in text
    assert "oud@post.nl" not in text
    assert "Mail to 1 address does not arrive." in text_of(board, "branches:people")


def test_a_parked_mail_is_tried_again_without_a_word_of_what_stood_in_it(
    board: Client, branch: Branch, member: User
) -> None:
    parked = mail(member, about=branch)
    text = text_of(board)
    assert "To Piet Post, Mon 4 October 2021" in text
    for words in ("secret", "moved", "meeting_moved"):
        assert words not in text
    response = again(board, parked)
    assert response["Location"] == reverse("notifications:branch_post", args=["harlingen"])
    assert state_of(parked) == DeliveryState.WAITING
    assert FINE in text_of(board)
    assert again(board, parked).status_code == 404


def test_a_digest_is_of_every_branch_that_has_a_line_in_it(
    board: Client, branch: Branch, member: User
) -> None:
    both = mail(member, lines=(branch, BranchFactory()))
    elsewhere = mail(member, lines=(BranchFactory(),))
    assert text_of(board).count("To Piet Post") == 1
    assert again(board, elsewhere).status_code == 404
    assert again(board, both).status_code == 302


def test_mail_about_another_branch_is_not_theirs_even_to_their_own_people(
    board: Client, branch: Branch, member: User
) -> None:
    elsewhere: Branch = MembershipFactory(user=member).branch
    theirs = mail(member, about=elsewhere)
    # A line about ours makes a mail about theirs alone no mail of ours.
    Reminder.objects.create(
        recipient=member,
        branch=branch,
        rule="milestone.late",
        subject_id=1,
        due_on=FIRST_DAY,
        delivery=theirs,
        planned_at=timezone.now(),
    )
    assert FINE in text_of(board)
    assert again(board, theirs).status_code == 404
    assert state_of(theirs) == DeliveryState.PARKED


def test_only_what_is_left_can_be_tried_again(board: Client, branch: Branch, member: User) -> None:
    for state in DeliveryState:
        made = mail(member, about=branch, state=state)
        left = state in (DeliveryState.PARKED, DeliveryState.REFUSED)
        assert again(board, made).status_code == (302 if left else 404), state


def test_an_address_that_works_again_is_tried_with_its_latest_mail(
    board: Client, branch: Branch, member: User
) -> None:
    mail(member, about=branch, state=DeliveryState.REFUSED, day=FIRST_DAY - timedelta(days=2))
    latest = mail(member, about=branch, state=DeliveryState.REFUSED)
    refuse(member)
    text = text_of(board)
    assert text.count("It works again: try it") == 1
    assert reverse("notifications:branch_post_retry", args=["harlingen", latest.pk]) in text
    assert "Mails that need a look" not in text


def test_who_left_is_no_longer_on_the_page(board: Client, branch: Branch, member: User) -> None:
    refuse(member)
    parked = mail(member, about=branch)
    Membership.objects.filter(user=member).update(ended_on=FIRST_DAY)
    assert FINE in text_of(board)
    assert again(board, parked).status_code == 404


def test_looking_changes_nothing_and_costs_the_same_for_three_as_for_one(
    board: Client, branch: Branch, member: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            text_of(board)
        return len(caught)

    refuse(member)
    mail(member, about=branch)
    one = asked()
    for _ in range(2):
        other: User = MembershipFactory(branch=branch, role=Role.MEMBER).user
        mail(other, about=branch)
        refuse(MembershipFactory(branch=branch, role=Role.MEMBER).user)
        InvitationFactory(branch=branch, mail_refused_on=FIRST_DAY)
    assert asked() == one
    assert not AuditEntry.objects.exists()
