"""The first page of a branch: what is ours to do now, who does it, are we on time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import Branch, User
from process.enums import MeetingKind, MilestoneStatus
from process.models import Timeline
from process.services.milestones import record_part
from tests.clock import FIRST_DAY, FixedClock
from tests.factories import BranchFactory, MembershipFactory, NationalOfficerFactory, UserFactory
from tests.process_factories import MeetingFactory, TimelineFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(slug="harlingen", name="Harlingen")


def reader(branch: Branch, *roles: Role) -> User:
    user = UserFactory()
    for role in roles:
        MembershipFactory(user=user, branch=branch, role=role)
    return user


def page(client: Client, sign_in: SignIn, user: User, branch: Branch) -> str:
    sign_in(client, user)
    answer = client.get(f"/afdeling/{branch.slug}/", headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def done_until_draft(branch: Branch) -> Timeline:
    """Everything before the draft is done; three things are open now on 4 October 2021."""
    keys = (
        "people_approached",
        "committee_and_commission",
        "previous_loaded",
        "promises_assessed",
        "carry_over_decided",
        "themes_and_channels",
        "input_open",
        "input_closed",
        "base_update_seen",
    )
    days = {key: date(2021, 1, 15) + timedelta(days=26 * n) for n, key in enumerate(keys)}
    timeline = TimelineFactory(branch=branch, done=days)
    timeline.last_activity_on = date(2021, 9, 28)
    timeline.save()
    return timeline


def test_a_branch_without_a_timeline_is_told_who_starts_it(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    text = page(client, sign_in, reader(branch, Role.BOARD), branch)
    assert "There is no timeline yet" in text
    assert "clb@pvda.nl" in text
    assert "Plan a meeting" in text


def test_the_board_sees_what_is_late_first_with_who_and_the_next_step(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    done_until_draft(branch)
    text = page(client, sign_in, reader(branch, Role.BOARD), branch)
    titles = ["Hard choices listed", "Draft sent", "Programme adopted by the members"]
    places = [text.index(title, text.index('class="tasks"')) for title in titles]
    assert places == sorted(places)
    assert "3 things to do now" in text
    assert "Programme committee and board" in text
    assert "Next: " in text
    assert "163 days to go until the election" in text
    assert "could wait until Wed 8 September 2021" in text


def test_a_late_branch_is_offered_a_new_plan_and_only_its_board(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    done_until_draft(branch)
    offer = f"/afdeling/{branch.slug}/tijdlijn/inhalen/"
    assert offer in page(client, sign_in, reader(branch, Role.BOARD), branch)
    assert offer not in page(client, sign_in, reader(branch, Role.COMMITTEE), branch)
    assert offer not in page(client, sign_in, NationalOfficerFactory().user, branch)


def test_a_committee_member_sees_the_committees_work_first(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    done_until_draft(branch)
    text = page(client, sign_in, reader(branch, Role.COMMITTEE), branch)
    ours, others = text.split("For others in your branch")
    assert "Yours to do" in ours
    assert "Draft sent" in ours.split('class="tasks"')[1]
    assert "Programme adopted by the members" in others
    assert "2 things to do now" in ours


def test_a_council_group_with_nothing_open_is_told_so(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    done_until_draft(branch)
    text = page(client, sign_in, reader(branch, Role.COUNCIL_GROUP), branch)
    assert "Nothing waits for you now" in text
    assert "For others in your branch" in text


def test_a_member_without_a_task_is_not_told_to_do_the_boards_work(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    done_until_draft(branch)
    text = page(client, sign_in, reader(branch, Role.MEMBER), branch)
    assert "Nothing waits for you now" in text
    assert "Programme adopted by the members" in text.split("For others in your branch")[1]


def test_what_is_in_your_name_is_yours(client: Client, sign_in: SignIn, branch: Branch) -> None:
    timeline = done_until_draft(branch)
    user = reader(branch, Role.COUNCIL_GROUP)
    timeline.milestones.filter(key="draft_sent").update(owner=user)
    timeline.milestones.filter(key="candidates_endorse").update(owner=user)
    text = page(client, sign_in, user, branch)
    assert "One thing to do now" in text
    assert "Also in your name" in text
    assert "Candidates" in text.split("Also in your name")[1]


def test_what_was_just_done_is_praised_for_six_weeks(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    timeline = done_until_draft(branch)
    helper = UserFactory(name="Fenna Dijkstra")
    timeline.milestones.filter(key="base_update_seen").update(
        done_on=date(2021, 9, 28), done_by=helper
    )
    user = reader(branch, Role.BOARD)
    text = page(client, sign_in, user, branch)
    assert "Fenna Dijkstra" in text.split("Just done, well done")[1]
    FixedClock.set_today(date(2021, 11, 20))
    assert "Just done, well done" not in page(client, sign_in, user, branch)


def test_when_all_is_done_the_page_says_thank_you(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    timeline = TimelineFactory(branch=branch)
    timeline.milestones.update(status=MilestoneStatus.DONE, done_on=date(2021, 9, 1))
    timeline.next_key, timeline.next_target, timeline.next_deadline = "", None, None
    timeline.save()
    text = page(client, sign_in, reader(branch, Role.BOARD), branch)
    assert "Everything is done" in text
    assert "Thank you, all of you" in text


def test_with_little_open_now_the_next_things_are_shown_too(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    timeline = done_until_draft(branch)
    user = reader(branch, Role.BOARD)
    assert "After that" not in page(client, sign_in, user, branch)
    timeline.milestones.filter(key="draft_sent").update(
        status=MilestoneStatus.DONE, done_on=date(2021, 9, 20)
    )
    text = page(client, sign_in, user, branch)
    assert "2 things to do now" in text
    assert "Amendments" in text.split("After that")[1]


def test_with_nothing_open_now_the_next_thing_is_shown(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    TimelineFactory(branch=branch)
    user = UserFactory()
    MembershipFactory(user=user, branch=branch, role=Role.MEMBER, started_on=date(2020, 1, 1))
    FixedClock.set_today(date(2020, 11, 1))
    text = page(client, sign_in, user, branch)
    assert "Nothing has to be done now" in text
    assert "This comes next" in text


@pytest.mark.parametrize(
    ("day", "sent", "expected"),
    [
        (date(2021, 10, 29), None, "11 days left: send the invitation"),
        (date(2021, 10, 19), None, "1 day left: send the invitation"),
        (date(2021, 10, 18), None, "Today is the last day"),
        (date(2021, 10, 10), None, "The invitation had to leave on Sun 26 September 2021"),
        (date(2021, 10, 29), date(2021, 10, 1), "The invitation left on Fri 1 October 2021"),
    ],
)
def test_the_next_meeting_says_what_its_invitation_asks(
    client: Client,
    sign_in: SignIn,
    branch: Branch,
    *,
    day: date,
    sent: date | None,
    expected: str,
) -> None:
    MeetingFactory(branch=branch, day=day, notice_sent_on=sent, title="Najaarsvergadering")
    text = page(client, sign_in, reader(branch, Role.BOARD), branch)
    assert "Najaarsvergadering" in text
    assert expected in text


def test_another_kind_of_meeting_asks_no_statutory_notice(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    MeetingFactory(branch=branch, day=date(2021, 10, 6), kind=MeetingKind.BOARD)
    text = page(client, sign_in, reader(branch, Role.BOARD), branch)
    assert "Does everybody know the place" in text
    assert "had to leave" not in text


def test_a_smaller_meeting_does_not_hide_the_invitation_that_must_leave(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    MeetingFactory(branch=branch, day=date(2021, 10, 6), kind=MeetingKind.BOARD, title="Bestuur")
    MeetingFactory(branch=branch, day=date(2021, 10, 29), title="Najaarsvergadering")
    MeetingFactory(branch=branch, day=date(2021, 11, 29), title="Wintervergadering")
    text = page(client, sign_in, reader(branch, Role.BOARD), branch)
    assert text.index("Bestuur") < text.index("Najaarsvergadering")
    assert "11 days left: send the invitation" in text
    assert "Wintervergadering" not in text


def test_a_stranger_learns_nothing_and_a_visitor_signs_in(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    assert client.get(f"/afdeling/{branch.slug}/").status_code == 302
    other = reader(BranchFactory(), Role.BOARD)
    sign_in(client, other)
    assert client.get(f"/afdeling/{branch.slug}/").status_code == 404


def test_a_name_with_html_is_shown_as_text(client: Client, sign_in: SignIn, branch: Branch) -> None:
    timeline = done_until_draft(branch)
    owner = UserFactory(name="<script>alert(1)</script>")
    timeline.milestones.filter(key="draft_sent").update(owner=owner)
    MeetingFactory(branch=branch, day=date(2021, 11, 1), title="<b>ALV</b>", place="<i>Zaal</i>")
    text = page(client, sign_in, reader(branch, Role.BOARD), branch)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert "<b>ALV" not in text
    assert "<i>Zaal" not in text


def test_the_number_of_queries_does_not_grow_with_rows(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    timeline = done_until_draft(branch)
    MeetingFactory(branch=branch, day=date(2021, 11, 1))
    user = reader(branch, Role.BOARD)
    open_now = timeline.milestones.filter(key__in=["dilemmas_answered", "draft_sent"])
    open_now.update(status=MilestoneStatus.DONE, done_on=date(2021, 6, 20))
    sign_in(client, user)
    client.get(f"/afdeling/{branch.slug}/")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/afdeling/{branch.slug}/")
    open_now.update(status=MilestoneStatus.PLANNED, done_on=None, owner=UserFactory())
    MeetingFactory.create_batch(2, branch=branch, day=date(2021, 11, 1))
    with CaptureQueriesContext(connection) as three:
        answer = client.get(f"/afdeling/{branch.slug}/")
    assert answer.content.count(b'class="todo"') == 3
    assert len(one) == len(three)


def test_who_may_not_tick_it_off_reads_who_may(client: Client, sign_in: SignIn) -> None:
    timeline = TimelineFactory()
    row = timeline.milestones.get(key="people_approached")
    for part in row.definition.parts.all():
        record_part(milestone=row, part_key=part.key, by=UserFactory(), today=FIRST_DAY)
    FixedClock.set_today(date(2021, 1, 11))
    address = reverse("process:today", args=[timeline.branch.slug])

    def page_for(role: Role) -> str:
        someone = MembershipFactory(branch=timeline.branch, role=role, started_on=date(2020, 1, 1))
        sign_in(client, someone.user)
        return client.get(address).content.decode()

    assert "Alles is er: vink het af" in page_for(Role.BOARD)
    text = page_for(Role.MEMBER)
    assert "Alles is er: vink het af" not in text
    assert "Afvinken kan door: " in text
