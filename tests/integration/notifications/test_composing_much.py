"""One board cannot fill everybody's mailbox: beyond some mails a day the rest is one mail."""

from __future__ import annotations

from datetime import time

import pytest
from icalendar import Calendar

from branches.enums import Role
from branches.models import Branch, User
from notifications.enums import DeliveryState
from notifications.mails import message_for
from notifications.models import Delivery
from notifications.services.composing import AT_ONCE_A_DAY
from process.enums import MeetingKind
from process.models import Meeting
from process.services import meetings as services
from process.services.meetings import MeetingPlan
from tests.factories import BranchFactory, MembershipFactory
from tests.integration.notifications.telling import (
    TODAY,
    compose_on,
    days,
    plan_on,
    send_all,
    told,
)
from tests.process_factories import MeetingFactory

pytestmark = pytest.mark.django_db
MANY = 30


@pytest.fixture
def branch() -> Branch:
    made: Branch = BranchFactory()
    return made


@pytest.fixture
def member(branch: Branch) -> User:
    person: User = MembershipFactory(branch=branch, role=Role.MEMBER).user
    return person


@pytest.fixture
def board(branch: Branch) -> User:
    person: User = MembershipFactory(branch=branch, role=Role.BOARD).user
    return person


def at_once(person: User) -> int:
    mails = Delivery.objects.filter(recipient=person).exclude(mail="digest")
    return mails.exclude(state=DeliveryState.WITHDRAWN).count()


def invite_for_many(branch: Branch, board: User) -> list[Meeting]:
    rows = []
    for number in range(MANY):
        plan = MeetingPlan(kind=MeetingKind.MEMBERS, title=f"Avond {number}", day=days(20))
        row = services.plan_meeting(branch=branch, plan=plan, by=board, today=TODAY)
        services.invite(meeting=row, by=board, today=TODAY, revision=row.revision)
        rows.append(row)
    return rows


def test_thirty_invitations_in_an_evening_are_twelve_mails_and_a_digest(
    branch: Branch, board: User, member: User
) -> None:
    invite_for_many(branch, board)
    for _minute in range(5):
        plan_on()
        compose_on(hour=5)
    assert at_once(member) == at_once(board) == AT_ONCE_A_DAY
    assert not Delivery.objects.filter(mail="digest").exists()
    compose_on(hour=9)
    digest = Delivery.objects.get(recipient=member, mail="digest")
    assert digest.reminders.filter(rule="meeting.invited").count() == MANY - AT_ONCE_A_DAY
    message = message_for(delivery=digest, reminders=list(digest.reminders.all()), today=TODAY)
    assert message is not None
    assert message.body.count("Uitnodiging: Avond") == 12
    (file,) = [part for part in message.attachments if part[2] == "application/ics"]
    assert len(Calendar.from_ical(file[1]).events) == MANY - AT_ONCE_A_DAY


def test_a_meeting_that_moves_each_minute_stops_making_mails(
    branch: Branch, board: User, member: User
) -> None:
    row = MeetingFactory(branch=branch, day=days(20), starts_at=time(20))
    for minute in range(MANY):
        row.refresh_from_db()
        values = {name: getattr(row, name) for name in MeetingPlan.__dataclass_fields__}
        values["starts_at"] = time(10, minute)
        services.change_meeting(
            meeting=row,
            plan=MeetingPlan(**values),
            revision=row.revision,
            by=board,
            today=TODAY,
        )
        plan_on()
        compose_on(hour=5)
        send_all()
    assert at_once(member) == AT_ONCE_A_DAY
    # What it is in the end, they hear with the next digest.
    compose_on(hour=9)
    digest = Delivery.objects.get(recipient=member, mail="digest")
    message = message_for(delivery=digest, reminders=list(digest.reminders.all()), today=TODAY)
    assert message is not None
    assert "10:29" in message.body
    send_all()
    assert told(to=member) == []


def test_another_branch_and_another_day_have_mails_of_their_own(
    branch: Branch, board: User, member: User
) -> None:
    invite_for_many(branch, board)
    other = MembershipFactory(user=member, role=Role.MEMBER).branch
    MeetingFactory(branch=other, day=days(9), invited_on=TODAY, news=1)
    plan_on()
    compose_on(hour=5)
    assert at_once(member) == AT_ONCE_A_DAY + 1
    compose_on(hour=9)
    send_all()
    MeetingFactory(branch=branch, day=days(9), invited_on=days(1), news=1)
    plan_on(days(1))
    compose_on(days(1), hour=5)
    assert at_once(member) == AT_ONCE_A_DAY + 2


def test_what_was_called_off_is_called_so_in_the_digest(
    branch: Branch, board: User, member: User
) -> None:
    rows = invite_for_many(branch, board)
    for row in rows:
        row.refresh_from_db()
        services.cancel_meeting(
            meeting=row, reason="Grap", revision=row.revision, by=board, today=TODAY
        )
    plan_on()
    compose_on(hour=9)
    assert at_once(member) == AT_ONCE_A_DAY
    digest = Delivery.objects.get(recipient=member, mail="digest")
    message = message_for(delivery=digest, reminders=list(digest.reminders.all()), today=TODAY)
    assert message is not None
    assert message.body.count("Gaat niet door: Avond") == 12
