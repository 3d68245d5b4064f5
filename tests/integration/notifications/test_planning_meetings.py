"""Whom a meeting is for, and what of it is told when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from branches.enums import Role
from branches.models import Branch, User
from notifications.models import Reminder
from process.enums import MeetingKind, MeetingStatus
from process.models import Meeting
from process.services.meetings import (
    MeetingPlan,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    record_notice,
    write_minutes,
)
from tests.factories import BranchFactory
from tests.integration.notifications.telling import (
    TODAY,
    days,
    plan_on,
    readers,
    somebody,
    told,
)
from tests.process_factories import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Branch:
    made: Branch = BranchFactory(notice_days=14)
    return made


@pytest.fixture
def people(branch: Branch) -> dict[Role, User]:
    return {role: somebody(branch, role) for role in Role}


def planned(branch: Branch, by: User, **values: Any) -> Meeting:
    given: dict[str, Any] = {
        "kind": MeetingKind.MEMBERS,
        "title": "Ledenvergadering",
        "day": days(30),
    }
    given |= values
    return plan_meeting(branch=branch, plan=MeetingPlan(**given), by=by, today=TODAY)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        (MeetingKind.MEMBERS, set(Role)),
        (MeetingKind.OTHER, set(Role)),
        (MeetingKind.BOARD, {Role.BOARD}),
        (MeetingKind.COMMITTEE, {Role.COMMITTEE}),
        (MeetingKind.COUNCIL_GROUP, {Role.COUNCIL_GROUP}),
    ],
)
def test_a_meeting_is_told_to_those_whom_its_kind_is_for(
    branch: Branch, people: dict[Role, User], kind: MeetingKind, roles: set[Role]
) -> None:
    planned(branch, people[Role.BOARD], kind=kind, day=days(2))
    plan_on()
    assert readers("meeting.planned") == {people[role] for role in roles}
    assert readers("meeting.soon") == {people[role] for role in roles}


def test_nobody_of_another_branch_and_nobody_who_left_is_told(
    branch: Branch, people: dict[Role, User]
) -> None:
    planned(branch, people[Role.BOARD])
    somebody(BranchFactory())
    somebody(branch, ended_on=TODAY)
    plan_on()
    assert readers("meeting.planned") == set(people.values())


def test_the_days_before_a_members_meeting(branch: Branch, people: dict[Role, User]) -> None:
    planned(branch, people[Role.BOARD], day=days(20))
    plan_on()
    board = people[Role.BOARD]
    assert told(to=board) == [
        ("meeting.notice_ahead", days(-1)),
        ("meeting.planned", TODAY),
        ("meeting.notice_today", days(6)),
    ]
    assert told(to=people[Role.MEMBER]) == [("meeting.planned", TODAY)]
    plan_on(days(14))
    assert told("meeting.soon", to=people[Role.MEMBER]) == [("meeting.soon", days(18))]


def test_the_notice_counts_by_the_statutes_of_each_branch() -> None:
    for length in (1, 21, 90):
        meeting = MeetingFactory(
            branch=BranchFactory(notice_days=length), day=days(length + 3), planned_on=TODAY
        )
        somebody(meeting.branch)
    plan_on()
    assert told("meeting.notice_today") == [("meeting.notice_today", days(3))] * 3


def test_once_the_notice_has_left_nobody_is_asked_for_it(
    branch: Branch, people: dict[Role, User]
) -> None:
    meeting = planned(branch, people[Role.BOARD], day=days(20))
    plan_on()
    record_notice(
        meeting=meeting,
        sent_on=TODAY,
        text="",
        revision=meeting.revision,
        by=people[Role.BOARD],
        today=TODAY,
    )
    plan_on()
    assert told("meeting.notice_ahead", "meeting.notice_today") == []


def test_a_meeting_recorded_afterwards_is_no_news(branch: Branch, people: dict[Role, User]) -> None:
    planned(branch, people[Role.BOARD], day=days(-3))
    plan_on()
    assert told() == []


def test_the_board_is_asked_for_minutes_until_they_are_there(
    branch: Branch, people: dict[Role, User]
) -> None:
    board = people[Role.BOARD]
    meeting = planned(branch, board, day=days(5))
    planned(branch, board, kind=MeetingKind.BOARD, day=days(5))
    plan_on(days(6))
    assert told("meeting.minutes") == [("meeting.minutes", days(10))]
    assert readers("meeting.minutes") == {board}
    meeting.refresh_from_db()
    write_minutes(
        meeting=meeting, minutes="Kort.", revision=meeting.revision, by=board, today=days(6)
    )
    plan_on(days(7))
    assert told("meeting.minutes") == []


def change(meeting: Meeting, by: User, *, day: date) -> Meeting:
    meeting.refresh_from_db()
    plan = MeetingPlan(kind=MeetingKind(meeting.kind), title=meeting.title, day=day)
    return change_meeting(meeting=meeting, plan=plan, revision=meeting.revision, by=by, today=TODAY)


def test_a_meeting_that_moves_twice_is_news_twice_and_its_planning_is_none_any_more(
    branch: Branch, people: dict[Role, User]
) -> None:
    board = people[Role.BOARD]
    meeting = planned(branch, board)
    plan_on()
    change(meeting, board, day=days(31))
    plan_on()
    assert told("meeting.planned") == []
    assert readers("meeting.moved") == set(people.values())
    Reminder.objects.filter(rule="meeting.moved").update(state="sent")
    change(meeting, board, day=days(32))
    plan_on()
    assert readers("meeting.moved") == set(people.values())
    versions = Reminder.objects.filter(recipient=board, rule="meeting.moved")
    assert sorted(versions.values_list("subject_version", flat=True)) == [1, 2]


def test_a_move_that_was_not_told_yet_is_told_once_with_the_next(
    branch: Branch, people: dict[Role, User]
) -> None:
    board = people[Role.BOARD]
    meeting = planned(branch, board)
    change(meeting, board, day=days(31))
    plan_on()
    change(meeting, board, day=days(32))
    plan_on()
    assert told("meeting.moved", to=board) == [("meeting.moved", TODAY)]


def test_a_move_takes_the_reminders_of_the_old_day_along(
    branch: Branch, people: dict[Role, User]
) -> None:
    board = people[Role.BOARD]
    meeting = planned(branch, board, day=days(4), kind=MeetingKind.BOARD)
    plan_on()
    assert told("meeting.soon") == [("meeting.soon", days(2))]
    change(meeting, board, day=days(6))
    plan_on()
    assert told("meeting.soon") == [("meeting.soon", days(4))]


def test_a_cancelled_meeting_says_that_and_nothing_else(
    branch: Branch, people: dict[Role, User]
) -> None:
    board = people[Role.BOARD]
    meeting = planned(branch, board, day=days(4))
    plan_on()
    cancel_meeting(
        meeting=meeting, reason="Zaal bezet", revision=meeting.revision, by=board, today=TODAY
    )
    plan_on()
    assert told(to=board) == [("meeting.cancelled", TODAY)]
    assert readers("meeting.cancelled") == set(people.values())
    plan_on(days(5))
    assert told() == []


def test_an_invitation_reaches_everybody_whom_the_meeting_is_for(
    branch: Branch, people: dict[Role, User]
) -> None:
    meeting = planned(branch, people[Role.BOARD])
    Meeting.objects.filter(pk=meeting.pk).update(invited_on=TODAY, planned_on=None, news=1)
    plan_on()
    assert readers("meeting.invited") == set(people.values())
    assert Reminder.objects.filter(rule="meeting.invited", subject_version=1).count() == 4


def test_who_joins_later_does_not_get_yesterdays_news_but_does_hear_of_the_meeting(
    branch: Branch, people: dict[Role, User]
) -> None:
    planned(branch, people[Role.BOARD], day=days(6))
    late = somebody(branch, Role.MEMBER, started_on=days(2))
    plan_on(days(2))
    assert told(to=late) == [("meeting.soon", days(4))]


def test_a_closed_branch_tells_nothing_of_its_meetings(
    branch: Branch, people: dict[Role, User]
) -> None:
    planned(branch, people[Role.BOARD], day=days(4))
    branch.closed_on = TODAY
    branch.save()
    plan_on()
    assert told() == []


def test_a_held_meeting_is_not_about_to_come(branch: Branch, people: dict[Role, User]) -> None:
    meeting = planned(branch, people[Role.BOARD], day=days(2))
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.HELD)
    plan_on()
    assert told("meeting.soon", "meeting.planned") == []
