"""What is news about a meeting: told once, with the right text, and never of what has been."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from branches.enums import Role
from branches.models import AuditEntry, Branch, User
from process.enums import MeetingKind, MeetingStatus
from process.models import Meeting
from process.services import meetings as services
from process.services.meetings import MeetingPlan
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = FIRST_DAY
WED = date(2021, 11, 3)
THU, FRI = WED + timedelta(days=1), WED + timedelta(days=2)
PLAN: dict[str, Any] = {
    "kind": MeetingKind.MEMBERS,
    "title": "ALV",
    "day": WED,
    "starts_at": time(20),
    "place": "Café De Zon",
}


@pytest.fixture
def branch() -> Branch:
    row: Branch = BranchFactory()
    return row


@pytest.fixture
def board(branch: Branch) -> User:
    person: User = MembershipFactory(branch=branch, role=Role.BOARD).user
    return person


@pytest.fixture
def meeting(branch: Branch, board: User) -> Meeting:
    return services.plan_meeting(
        branch=branch, plan=MeetingPlan(**PLAN), by=board, today=TODAY - timedelta(days=30)
    )


def change(meeting: Meeting, board: User, *, today: date = TODAY, **new: Any) -> Meeting:
    said = {name: getattr(meeting, name) for name in MeetingPlan.__dataclass_fields__}
    return services.change_meeting(
        meeting=meeting,
        plan=MeetingPlan(**(said | new)),
        revision=meeting.revision,
        by=board,
        today=today,
    )


def invite(meeting: Meeting, board: User, *, today: date = TODAY) -> None:
    services.invite(meeting=meeting, by=board, today=today, revision=meeting.revision)


def cancel(meeting: Meeting, board: User, *, today: date = TODAY) -> None:
    services.cancel_meeting(
        meeting=meeting, reason="Zaal bezet", revision=meeting.revision, by=board, today=today
    )


def news(meeting: Meeting) -> tuple[int, dict[str, date]]:
    """Return how often there was news, and the latest of it: which kind, on which day."""
    meeting.refresh_from_db()
    kinds = ("planned_on", "moved_on", "cancelled_on", "invited_on")
    found = {kind: getattr(meeting, kind) for kind in kinds}
    return meeting.news, {kind: day for kind, day in found.items() if day}


def test_a_meeting_to_come_is_news_when_it_is_planned(meeting: Meeting) -> None:
    assert news(meeting) == (0, {"planned_on": TODAY - timedelta(days=30)})


def test_a_meeting_that_was_is_recorded_without_news(branch: Branch, board: User) -> None:
    plan = MeetingPlan(**(PLAN | {"day": TODAY - timedelta(days=1)}))
    row = services.plan_meeting(branch=branch, plan=plan, by=board, today=TODAY)
    assert news(row) == (0, {})


def test_another_day_is_news_with_the_day_it_was_on(meeting: Meeting, board: User) -> None:
    change(meeting, board, day=THU)
    assert news(meeting) == (1, {"moved_on": TODAY})
    assert meeting.moved_from == WED


@pytest.mark.parametrize("new", [{"starts_at": time(19)}, {"place": "Dorpshuis"}])
def test_another_time_or_place_is_news_on_the_same_day(
    meeting: Meeting, board: User, new: dict[str, Any]
) -> None:
    change(meeting, board, **new)
    assert news(meeting) == (1, {"moved_on": TODAY})
    assert meeting.moved_from is None
    assert AuditEntry.objects.latest("pk").verb == "meeting.changed_place"


@pytest.mark.parametrize(
    "new", [{"title": "Najaars-ALV"}, {"agenda": "1. Opening"}, {"is_public": True}, {}]
)
def test_other_words_are_no_news(meeting: Meeting, board: User, new: dict[str, Any]) -> None:
    change(meeting, board, **new)
    assert news(meeting) == (0, {"planned_on": TODAY - timedelta(days=30)})
    assert AuditEntry.objects.latest("pk").verb == "meeting.changed"


def test_moved_twice_on_two_days_is_told_twice_each_with_the_day_before(
    meeting: Meeting, board: User
) -> None:
    change(meeting, board, day=THU)
    change(meeting, board, day=FRI, today=TODAY + timedelta(days=1))
    assert news(meeting) == (2, {"moved_on": TODAY + timedelta(days=1)})
    assert meeting.moved_from == THU


def test_moved_twice_on_one_day_it_was_on_the_day_that_people_know(
    meeting: Meeting, board: User
) -> None:
    change(meeting, board, day=THU)
    change(meeting, board, day=FRI)
    assert news(meeting) == (2, {"moved_on": TODAY})
    assert meeting.moved_from == WED


def test_moved_back_it_is_told_again(meeting: Meeting, board: User) -> None:
    change(meeting, board, day=THU)
    change(meeting, board, day=WED)
    assert news(meeting) == (2, {"moved_on": TODAY})
    assert (meeting.day, meeting.moved_from) == (WED, THU)


def test_only_the_time_changing_later_takes_the_old_day_away(meeting: Meeting, board: User) -> None:
    change(meeting, board, day=THU)
    change(meeting, board, starts_at=time(19), today=TODAY + timedelta(days=1))
    assert news(meeting) == (2, {"moved_on": TODAY + timedelta(days=1)})
    assert meeting.moved_from is None


def test_the_latest_news_silences_what_was_news_before(meeting: Meeting, board: User) -> None:
    invite(meeting, board)
    assert news(meeting) == (1, {"invited_on": TODAY})
    change(meeting, board, day=THU)
    assert news(meeting) == (2, {"moved_on": TODAY})
    invite(meeting, board)
    assert news(meeting) == (3, {"invited_on": TODAY})
    assert meeting.moved_from == WED, "the page still says from which day it came"
    cancel(meeting, board, today=TODAY + timedelta(days=1))
    assert news(meeting) == (4, {"cancelled_on": TODAY + timedelta(days=1)})


def test_a_meeting_that_was_is_never_news(meeting: Meeting, board: User) -> None:
    after = FRI
    change(meeting, board, day=WED - timedelta(days=1), starts_at=time(10), today=after)
    assert news(meeting) == (0, {"planned_on": TODAY - timedelta(days=30)})
    cancel(meeting, board, today=after)
    assert news(meeting) == (0, {"planned_on": TODAY - timedelta(days=30)})


def test_a_meeting_that_did_not_happen_and_gets_a_day_to_come_is_news(
    meeting: Meeting, board: User
) -> None:
    later = FRI + timedelta(days=14)
    change(meeting, board, day=later, today=FRI)
    assert news(meeting) == (1, {"moved_on": FRI})
    assert meeting.moved_from == WED


def test_a_meeting_that_was_held_moves_nobody(meeting: Meeting, board: User) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.HELD)
    meeting.refresh_from_db()
    change(meeting, board, place="Dorpshuis", today=WED)
    assert news(meeting)[0] == 0


def test_a_cancellation_of_the_evening_itself_is_told(meeting: Meeting, board: User) -> None:
    cancel(meeting, board, today=WED)
    assert news(meeting) == (1, {"cancelled_on": WED})


def test_a_change_that_is_refused_is_no_news(meeting: Meeting, board: User) -> None:
    cancel(meeting, board)
    with pytest.raises(services.MeetingRefused):
        change(meeting, board, day=THU)
    assert news(meeting) == (1, {"cancelled_on": TODAY})
