"""Inviting by mail: who gets it, when it is refused, and when it is the notice too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.audit import sentence
from branches.enums import Role
from branches.models import AuditEntry, Branch, User
from core.concurrency import Stale
from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reminder
from process.enums import MeetingKind, MeetingStatus
from process.models import Meeting, PartRecord
from process.post import Post, invitation_post
from process.queries.meeting_people import ROLES_OF_KIND, people_of
from process.services import meetings as services
from process.services.meetings import MeetingPlan, MeetingRefused
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory, UserFactory
from tests.process_factories import MeetingFactory, TimelineFactory

pytestmark = pytest.mark.django_db
TODAY = FIRST_DAY
DAY = date(2021, 11, 6)
SignIn = Callable[..., Client]


@pytest.fixture
def branch() -> Branch:
    row: Branch = BranchFactory(slug="harlingen", name="Harlingen", notice_days=14)
    return row


@pytest.fixture
def people(branch: Branch) -> dict[Role, User]:
    found = {
        role: MembershipFactory(branch=branch, role=role, user__name=f"Van de {role}").user
        for role in Role
    }
    # Twice in the branch is one person.
    MembershipFactory(branch=branch, role=Role.MEMBER, user=found[Role.BOARD])
    return found


@pytest.fixture
def board(people: dict[Role, User]) -> User:
    return people[Role.BOARD]


@pytest.fixture
def desk(client: Client, sign_in: SignIn, board: User) -> Client:
    return sign_in(client, board)


@pytest.fixture
def meeting(branch: Branch) -> Meeting:
    row: Meeting = MeetingFactory(branch=branch, day=DAY)
    return row


def invite(meeting: Meeting, board: User, *, today: date = TODAY, as_notice: bool = False) -> int:
    return services.invite(
        meeting=meeting, by=board, today=today, revision=meeting.revision, as_notice=as_notice
    )


def url(name: str, meeting: Meeting) -> str:
    return reverse(f"process:{name}", args=[meeting.branch.slug, meeting.pk])


def test_every_kind_of_meeting_says_whose_it_is() -> None:
    assert set(ROLES_OF_KIND) == set(MeetingKind)


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
def test_a_meeting_is_for_those_of_its_kind_who_hold_a_role_today(
    meeting: Meeting, people: dict[Role, User], kind: MeetingKind, roles: set[Role]
) -> None:
    meeting.kind = kind
    gone = MembershipFactory(branch=meeting.branch, role=Role.BOARD, ended_on=TODAY).user
    closed = MembershipFactory(branch=meeting.branch, user__is_active=False).user
    elsewhere = MembershipFactory(role=Role.BOARD).user
    found = list(people_of(meeting, today=TODAY))
    assert {person.pk for person in found} == {people[role].pk for role in roles}
    assert len(found) == len(roles)
    assert not {gone, closed, elsewhere} & set(found)


def test_an_invitation_is_news_and_stands_in_the_history(
    meeting: Meeting, board: User, people: dict[Role, User]
) -> None:
    assert invite(meeting, board) == len(people)
    meeting.refresh_from_db()
    assert (meeting.invited_on, meeting.news, meeting.revision) == (TODAY, 1, 1)
    assert meeting.notice_sent_on is None, "only if the board says so"
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.actor) == ("meeting.invited", board)
    assert str(len(people)) in sentence(entry)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": MeetingStatus.CANCELLED},
        {"status": MeetingStatus.HELD},
        {"day": TODAY - timedelta(days=1)},
    ],
    ids=["cancelled", "held", "past"],
)
def test_nobody_is_invited_for_what_is_not_to_come(
    meeting: Meeting, board: User, changes: dict[str, Any]
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(**changes)
    with pytest.raises(MeetingRefused):
        invite(meeting, board)
    meeting.refresh_from_db()
    assert (meeting.invited_on, meeting.news, meeting.revision) == (None, 0, 0)
    assert not AuditEntry.objects.filter(verb="meeting.invited").exists()


def test_a_meeting_of_today_can_be_invited_for(meeting: Meeting, board: User) -> None:
    assert invite(meeting, board, today=DAY)


def test_a_meeting_of_nobody_is_said(meeting: Meeting) -> None:
    with pytest.raises(MeetingRefused):
        invite(meeting, UserFactory())


def test_twice_on_one_day_only_when_something_changed(meeting: Meeting, board: User) -> None:
    invite(meeting, board)
    with pytest.raises(MeetingRefused):
        invite(meeting, board)
    said = {name: getattr(meeting, name) for name in MeetingPlan.__dataclass_fields__}

    def change(**new: Any) -> None:
        meeting.refresh_from_db()
        services.change_meeting(
            meeting=meeting,
            plan=MeetingPlan(**(said | new)),
            revision=meeting.revision,
            by=board,
            today=TODAY,
        )

    change()
    with pytest.raises(MeetingRefused):
        invite(meeting, board)
    change(agenda="1. Opening")
    invite(meeting, board)
    with pytest.raises(MeetingRefused):
        invite(meeting, board)
    meeting.refresh_from_db()
    invite(meeting, board, today=TODAY + timedelta(days=1))
    meeting.refresh_from_db()
    assert (meeting.news, meeting.invited_on) == (3, TODAY + timedelta(days=1))


def test_it_is_the_notice_only_when_the_board_says_so(branch: Branch, board: User) -> None:
    timeline = TimelineFactory(branch=branch)
    meeting = MeetingFactory(branch=branch, day=DAY, notice_text="Kom allen")
    invite(meeting, board, as_notice=True)
    meeting.refresh_from_db()
    assert (meeting.notice_sent_on, meeting.notice_text) == (TODAY, "Kom allen")
    assert list(AuditEntry.objects.order_by("-pk").values_list("verb", flat=True)[:3]) == [
        "part.recorded",
        "meeting.notice_sent",
        "meeting.invited",
    ]
    recorded = PartRecord.objects.get(part_key="convening_notice")
    assert recorded.milestone.timeline == timeline


def test_a_notice_that_left_before_keeps_its_day(meeting: Meeting, board: User) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(notice_sent_on=TODAY - timedelta(days=9))
    invite(meeting, board, as_notice=True)
    meeting.refresh_from_db()
    assert meeting.notice_sent_on == TODAY - timedelta(days=9)


def test_whoever_looked_before_somebody_changed_it_invites_nobody(
    meeting: Meeting, board: User, desk: Client
) -> None:
    with pytest.raises(Stale):
        services.invite(meeting=meeting, by=board, today=TODAY, revision=7)
    answer = desk.post(url("meeting_invite", meeting), {"revision": 7})
    assert answer.status_code == 409
    assert b'name="revision" value="0"' in answer.content
    meeting.refresh_from_db()
    assert meeting.invited_on is None
    assert desk.post(url("meeting_invite", meeting), {"revision": 0}).status_code == 302


# The pages ---------------------------------------------------------------------------------------


def test_the_page_says_how_many_get_it_before_anything_is_sent(
    meeting: Meeting, desk: Client, people: dict[Role, User]
) -> None:
    page = desk.get(url("meeting_invite", meeting))
    assert f" {len(people)} " in page.context["explanation"]
    assert len(page.context["notes"]) == 1
    User.objects.filter(pk=people[Role.MEMBER].pk).update(mail_refused_on=TODAY)
    page = desk.get(url("meeting_invite", meeting))
    assert " 1 " in page.context["notes"][0]
    meeting.refresh_from_db()
    assert meeting.invited_on is None


def test_only_a_members_meeting_without_notice_asks_whether_it_is_the_notice(
    meeting: Meeting, desk: Client
) -> None:
    assert "as_notice" in desk.get(url("meeting_invite", meeting)).context["form"].fields
    for changes in ({"notice_sent_on": TODAY}, {"kind": MeetingKind.BOARD}):
        Meeting.objects.filter(pk=meeting.pk).update(**changes)
        assert "as_notice" not in desk.get(url("meeting_invite", meeting)).context["form"].fields


def test_a_board_invites_and_reads_how_far_the_mails_are(
    meeting: Meeting, desk: Client, people: dict[Role, User]
) -> None:
    assert url("meeting_invite", meeting) in desk.get(url("meeting", meeting)).content.decode()
    answer = desk.post(url("meeting_invite", meeting), {"revision": 0, "as_notice": "on"})
    assert answer["Location"] == url("meeting", meeting)
    meeting.refresh_from_db()
    assert (meeting.invited_on, meeting.notice_sent_on) == (TODAY, TODAY)
    page = desk.get(url("meeting", meeting))
    assert page.context["post"] == Post()
    _mails(meeting, people)
    assert desk.get(url("meeting", meeting)).context["post"] == Post(sent=1, waiting=2, failed=1)


def test_the_counts_are_of_the_latest_invitation(
    meeting: Meeting, board: User, people: dict[Role, User]
) -> None:
    invite(meeting, board)
    _mails(meeting, people)
    meeting.refresh_from_db()
    assert invitation_post(meeting).total == len(people)
    invite(meeting, board, today=TODAY + timedelta(days=1))
    assert invitation_post(meeting) == Post()


def test_whoever_only_reads_sees_that_it_was_sent_and_no_counts(
    meeting: Meeting, board: User, people: dict[Role, User], client: Client, sign_in: SignIn
) -> None:
    invite(meeting, board)
    _mails(meeting, people)
    page = sign_in(client, people[Role.MEMBER]).get(url("meeting", meeting))
    assert page.context["post"] is None
    assert "ma 4 oktober 2021" in page.content.decode()
    assert url("meeting_invite", meeting) not in page.content.decode()


def test_the_page_offers_no_invitation_for_what_has_been(meeting: Meeting, desk: Client) -> None:
    for changes in ({"day": TODAY - timedelta(days=1)}, {"day": DAY, "status": "cancelled"}):
        Meeting.objects.filter(pk=meeting.pk).update(**changes)
        content = desk.get(url("meeting", meeting)).content.decode()
        assert url("meeting_invite", meeting) not in content
        assert desk.post(url("meeting_invite", meeting), {"revision": 0}).status_code == 409


def test_page_and_list_say_from_which_day_it_was_moved(meeting: Meeting, desk: Client) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(moved_from=date(2021, 11, 3))
    listed = reverse("process:meetings", args=[meeting.branch.slug])
    for address in (url("meeting", meeting), listed):
        assert "wo 3 november 2021" in desk.get(address).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(
        status=MeetingStatus.CANCELLED, cancelled_reason="Zaal bezet", cancelled_on=TODAY
    )
    content = desk.get(url("meeting", meeting)).content.decode()
    assert "Zaal bezet" in content
    assert "ma 4 oktober 2021" in content
    assert "wo 3 november 2021" not in content


def test_moving_says_that_people_are_told_and_other_words_do_not(
    meeting: Meeting, desk: Client
) -> None:
    form = {"title": meeting.title, "kind": "alv", "day": "2021-11-06", "place": meeting.place}

    def said(**changes: Any) -> str:
        answer = desk.post(url("meeting_edit", meeting), form | changes, follow=True)
        return str(next(iter(answer.context["messages"])))

    quiet = said(revision=0, agenda="1. Opening")
    moved = said(revision=1, agenda="1. Opening", day="2021-11-13")
    assert quiet != moved


def _mails(meeting: Meeting, people: dict[Role, User]) -> None:
    """Plan the invitation: one mail sent, one waiting, one refused, one not made yet."""
    meeting.refresh_from_db()
    states = {
        Role.BOARD: (ReminderState.SENT, DeliveryState.SENT),
        Role.COMMITTEE: (ReminderState.WAITING, DeliveryState.WAITING),
        Role.COUNCIL_GROUP: (ReminderState.WAITING, DeliveryState.REFUSED),
        Role.MEMBER: (ReminderState.WAITING, None),
    }
    now = timezone.now()
    for role, (state, delivery_state) in states.items():
        delivery = None
        if delivery_state is not None:
            delivery = Delivery.objects.create(
                recipient=people[role],
                mail="meeting_invited",
                key=f"{role}-{meeting.news}",
                branch=meeting.branch,
                day=TODAY,
                state=delivery_state,
                send_after=now,
                created_at=now,
            )
        Reminder.objects.create(
            recipient=people[role],
            branch=meeting.branch,
            rule="meeting.invited",
            subject_id=meeting.pk,
            subject_version=meeting.news,
            due_on=TODAY,
            state=state,
            delivery=delivery,
            planned_at=now,
        )
