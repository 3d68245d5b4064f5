"""News of a meeting, from the board's act to the mail: each once, with the right words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
from django.core.mail import EmailMultiAlternatives

from branches.enums import Role
from branches.models import Branch, User
from core.dates import day_words
from notifications.enums import DeliveryState, ReminderState
from notifications.mails import message_for
from notifications.models import Delivery, Preference, Reminder
from notifications.services.planning import plan
from process.enums import MeetingKind
from process.models import Meeting
from process.post import Post, invitation_post
from process.services import calendar as feeds
from process.services import meetings as services
from process.services.meetings import MeetingPlan
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = FIRST_DAY
NOW = datetime(2021, 10, 4, 9, 30, tzinfo=UTC)
WED = date(2021, 11, 3)
THU, FRI = WED + timedelta(days=1), WED + timedelta(days=2)
NEWS = ("meeting.planned", "meeting.moved", "meeting.cancelled", "meeting.invited")


@pytest.fixture
def branch() -> Branch:
    row: Branch = BranchFactory(name="Harlingen")
    return row


@pytest.fixture
def board(branch: Branch) -> User:
    person: User = MembershipFactory(branch=branch, role=Role.BOARD).user
    return person


@pytest.fixture
def member(branch: Branch) -> User:
    person: User = MembershipFactory(branch=branch, role=Role.MEMBER).user
    return person


@pytest.fixture
def meeting(branch: Branch, board: User, member: User) -> Meeting:
    said = MeetingPlan(
        kind=MeetingKind.MEMBERS, title="Najaars-ALV", day=WED, starts_at=time(20), place="De Zon"
    )
    row = services.plan_meeting(branch=branch, plan=said, by=board, today=TODAY)
    go_out(member)
    return row


def change(meeting: Meeting, board: User, *, today: date = TODAY, **new: Any) -> None:
    meeting.refresh_from_db()
    said = {name: getattr(meeting, name) for name in MeetingPlan.__dataclass_fields__}
    services.change_meeting(
        meeting=meeting,
        plan=MeetingPlan(**(said | new)),
        revision=meeting.revision,
        by=board,
        today=today,
    )


def invite(meeting: Meeting, board: User, *, today: date = TODAY) -> None:
    meeting.refresh_from_db()
    services.invite(meeting=meeting, by=board, today=today, revision=meeting.revision)


def cancel(meeting: Meeting, board: User, *, today: date = TODAY) -> None:
    meeting.refresh_from_db()
    services.cancel_meeting(
        meeting=meeting, reason="Zaal bezet", revision=meeting.revision, by=board, today=today
    )


def waiting(member: User, *, today: date = TODAY) -> list[str]:
    """Plan, and return the news that waits for the member."""
    plan(today=today, now=NOW)
    return [row.rule for row in _waiting(member)]


def go_out(member: User, *, today: date = TODAY) -> list[str]:
    """Plan, let the news that waits for the member be sent, and return what it was."""
    rules = waiting(member, today=today)
    _waiting(member).update(state=ReminderState.SENT)
    return rules


def _waiting(member: User) -> Any:
    return Reminder.objects.filter(
        recipient=member, rule__in=NEWS, state=ReminderState.WAITING
    ).order_by("pk")


def mail_to(member: User, *, today: date = TODAY) -> EmailMultiAlternatives:
    """Write the one mail about the news that waits."""
    feeds.refresh_meetings(now=NOW, today=today)
    plan(today=today, now=NOW)
    (reminder,) = _waiting(member)
    delivery = Delivery.objects.create(
        recipient=member,
        mail=reminder.rule.replace(".", "_"),
        key=f"{reminder.rule}-{reminder.subject_version}",
        branch=reminder.branch,
        day=today,
        state=DeliveryState.WAITING,
        send_after=NOW,
        created_at=NOW,
    )
    message = message_for(delivery=delivery, reminders=[reminder], today=today)
    assert message is not None
    _waiting(member).update(state=ReminderState.SENT)
    return message


def event_in(message: EmailMultiAlternatives) -> tuple[str, Any]:
    """Return METHOD and the event of the calendar that the mail holds."""
    (text,) = [
        str(content)
        for content, kind in message.alternatives
        if str(kind).startswith("text/calendar")
    ]
    calendar = icalendar.Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return str(calendar["method"]), event


@pytest.mark.usefixtures("meeting")
def test_planned_is_told_once(member: User) -> None:
    assert [row.rule for row in Reminder.objects.filter(recipient=member, rule__in=NEWS)] == [
        "meeting.planned"
    ]
    assert waiting(member) == []
    assert waiting(member, today=TODAY + timedelta(days=3)) == []


def test_an_invitation_is_told_once_and_its_mails_are_counted(
    meeting: Meeting, board: User, member: User
) -> None:
    invite(meeting, board)
    assert invitation_post(meeting) == Post()
    assert waiting(member) == ["meeting.invited"]
    assert invitation_post(meeting) == Post(waiting=2)
    assert go_out(member) == ["meeting.invited"]
    assert invitation_post(meeting) == Post(sent=1, waiting=1)
    assert waiting(member, today=TODAY + timedelta(days=1)) == []


def test_who_switched_the_mail_off_gets_none(meeting: Meeting, board: User, member: User) -> None:
    Preference.objects.create(user=member, branch=meeting.branch, meetings=False)
    invite(meeting, board)
    assert waiting(member) == []
    assert invitation_post(meeting) == Post(waiting=1)


def test_moved_twice_and_back_is_told_each_time_and_nothing_else_again(
    meeting: Meeting, board: User, member: User
) -> None:
    invite(meeting, board)
    go_out(member)
    for number, day in enumerate((THU, FRI, WED), start=1):
        today = TODAY + timedelta(days=number)
        change(meeting, board, today=today, day=day)
        assert go_out(member, today=today) == ["meeting.moved"]
        assert waiting(member, today=today) == []
    assert waiting(member, today=TODAY + timedelta(days=9)) == []


def test_what_changed_before_the_mail_left_is_one_mail(
    meeting: Meeting, board: User, member: User
) -> None:
    invite(meeting, board)
    assert waiting(member) == ["meeting.invited"]
    change(meeting, board, day=THU)
    assert waiting(member) == ["meeting.moved"]
    change(meeting, board, day=FRI)
    assert waiting(member) == ["meeting.moved"]
    cancel(meeting, board)
    assert go_out(member) == ["meeting.cancelled"]
    assert waiting(member) == []


def test_other_words_withdraw_nothing(meeting: Meeting, board: User, member: User) -> None:
    invite(meeting, board)
    assert waiting(member) == ["meeting.invited"]
    change(meeting, board, agenda="1. Opening")
    assert waiting(member) == ["meeting.invited"]


def test_the_mails_name_the_right_day_and_change_one_event(
    meeting: Meeting, board: User, member: User
) -> None:
    invite(meeting, board)
    method, invited = event_in(mail_to(member))
    assert (method, str(invited["attendee"])) == ("REQUEST", f"mailto:{member.email}")
    change(meeting, board, day=THU)
    message = mail_to(member)
    assert day_words(WED) in str(message.body).lower()
    method, moved = event_in(message)
    assert method == "REQUEST"
    cancel(meeting, board)
    message = mail_to(member)
    assert "Zaal bezet" in str(message.body)
    method, gone = event_in(message)
    assert (method, gone["status"]) == ("CANCEL", "CANCELLED")
    assert invited["uid"] == moved["uid"] == gone["uid"]
    assert invited["sequence"] < moved["sequence"] < gone["sequence"]


def test_another_place_is_told_without_another_day(
    meeting: Meeting, board: User, member: User
) -> None:
    change(meeting, board, day=THU)
    go_out(member)
    change(meeting, board, today=TODAY + timedelta(days=1), place="Dorpshuis")
    message = mail_to(member, today=TODAY + timedelta(days=1))
    assert "Dorpshuis" in str(message.body)
    assert day_words(THU) in str(message.body).lower()
    assert day_words(WED) not in str(message.body).lower()
